"""Rules that find what is wrong with preferences."""
