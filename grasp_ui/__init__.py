"""GraSP UI: draw dialogue graphs, run them, tag, review and export SFT and DPO data."""
