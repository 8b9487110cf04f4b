"""The ledger: what is watched, what fired, and what still has to be told."""

from .ledger import Ledger, open_ledger

__all__ = ["Ledger", "open_ledger"]
