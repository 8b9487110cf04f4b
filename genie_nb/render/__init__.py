"""Answers as text, Markdown, HTML and charts."""

from .view import View, notice, view_of

__all__ = ["View", "notice", "view_of"]
