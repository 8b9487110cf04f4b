"""Numbers per bar."""
