"""What the size of a company means for whoever holds it."""

from collections.abc import Mapping

WARNINGS: Mapping[str, str] = {"nano": "extremely risky, often illiquid"}
"""Bands that call for a word of caution."""


def warning(band: str | None) -> str | None:
    """The word of caution that goes with a band; None where none is called for.

    Example:
        >>> warning("nano")
        'extremely risky, often illiquid'
    """
    return None if band is None else WARNINGS.get(band)
