"""Rules that hold a conversation against those before it in the store."""
