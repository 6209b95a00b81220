"""The graph editor, a component of our own."""
