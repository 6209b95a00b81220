"""Texts: templates, conditions and their variables."""
