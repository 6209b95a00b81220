"""One file for each transform of seeds."""
