"""The prompt editor: a text with places for variables."""
