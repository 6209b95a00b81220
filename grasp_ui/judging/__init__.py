"""Rubrics, asking, parsing, pairs: used by the engine and by tagging."""
