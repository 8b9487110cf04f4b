"""Rules: conditions somebody watches, and when they fire."""

from .due import due
from .rule import Rule
from .scan import Memory, fires
from .state import Alert, State

__all__ = ["Alert", "Memory", "Rule", "State", "due", "fires"]
