"""GraSP UI: draw dialogue graphs, run, tag, review and export SFT and DPO data."""
