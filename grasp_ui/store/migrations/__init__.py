"""Numbered SQL files that build the schema, in order; a landed one never changes."""
