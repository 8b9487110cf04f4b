"""Rules: conditions somebody watches, and when they fire."""

from .rule import Rule

__all__ = ["Rule"]
