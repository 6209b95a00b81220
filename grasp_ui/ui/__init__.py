"""Streamlit: forms, canvas, review, cards, charts."""
