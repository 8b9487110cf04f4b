"""Where prices and fundamentals come from."""
