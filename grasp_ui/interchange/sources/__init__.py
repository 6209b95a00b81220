"""One file for each source of seeds."""
