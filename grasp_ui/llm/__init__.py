"""Talking to models: one port, a few makers, one place for retries."""
