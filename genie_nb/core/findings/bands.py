"""What the size of a company means for whoever holds it."""

from collections.abc import Mapping

from ..facts.fact import Fact
from ..figures import written

WARNINGS: Mapping[str, str] = {"nano": "extremely risky, often illiquid"}
"""Bands that call for a word of caution."""


def warning(band: str | None) -> str | None:
    """The word of caution that goes with a band; None where none is called for.

    Example:
        >>> warning("nano")
        'extremely risky, often illiquid'
    """
    return None if band is None else WARNINGS.get(band)


def refusal(cap: Fact) -> str | None:
    """Why a known market value has no size band; None where it has one or is unknown."""
    if cap.value is None or cap.verdict:
        return None
    if not cap.alternatives:
        return f"the bands are limits in US dollars, and the market value is in {cap.unit}"
    (other, *_) = cap.alternatives
    return (
        f"the market value of {written(cap.value, cap.unit)} and {other.source} of "
        f"{written(other.value, cap.unit)} are too far apart to trust either"
    )
