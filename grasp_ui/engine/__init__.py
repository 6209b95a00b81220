"""Graphs become plans, and plans become events."""
