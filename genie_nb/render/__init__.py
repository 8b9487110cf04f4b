"""Answers as text, Markdown, HTML and charts."""
