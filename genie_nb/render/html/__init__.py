"""A document as one static HTML card: no script, no request, nothing outside its own element."""

from .card import to_html

__all__ = ["to_html"]
