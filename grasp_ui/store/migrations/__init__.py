"""Numbered SQL files that build the schema, applied in order. A landed file never changes."""
