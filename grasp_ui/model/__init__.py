"""The nouns: plain values that every room may exchange. No I/O, no clock."""
