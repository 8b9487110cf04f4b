"""Rules that are watched, and what becomes of them."""
