"""Units that stand for a currency not named in the registry."""

from .fact import Unit

MONEY: Unit = "money"
"""In a declaration: counted in whichever currency its data are in."""

UNNAMED: Unit = "XXX"
"""In a fact: money whose currency nobody named; ISO 4217's code for no currency."""
