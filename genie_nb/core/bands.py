"""Market-cap bands: what a company of that size is called.

nano < 50M <= micro < 300M <= small < 2B <= mid < 10B <= large <= 200B < mega
"""

from collections.abc import Mapping
from itertools import pairwise
from math import isfinite
from types import MappingProxyType
from typing import Literal, get_args

Band = Literal["nano", "micro", "small", "mid", "large", "mega"]
BANDS: tuple[Band, ...] = get_args(Band)
"""Smallest first."""

LIMITS: Mapping[str, float] = MappingProxyType(
    {"nano": 50e6, "micro": 300e6, "small": 2e9, "mid": 10e9, "large": 200e9}
)
"""Upper limit of each band in money. Only the limit of large belongs to the band below it."""


def band(cap: float | None, limits: Mapping[str, float] = LIMITS) -> Band | None:
    """The band of a market value.

    Args:
        cap: Market value, in the currency that the limits are meant in; None when unknown.
        limits: Upper limit of each band but mega, rising.

    Returns:
        None when the value is unknown, not finite or not positive.

    Raises:
        ValueError: A limit is missing, or they do not rise.

    Example:
        >>> band(850e6), band(200e9), band(200e9 + 1)
        ('small', 'large', 'mega')
    """
    edges = _edges(limits)
    if cap is None or not isfinite(cap) or cap <= 0:
        return None
    *below, last = edges
    passed = sum(cap >= edge for edge in below) + (cap > last)
    return BANDS[passed]


def _edges(limits: Mapping[str, float]) -> tuple[float, ...]:
    absent = [name for name in BANDS[:-1] if name not in limits]
    if absent:
        raise ValueError(f"The bands have no upper limit for {', '.join(absent)}.")
    edges = tuple(limits[name] for name in BANDS[:-1])
    if any(low >= high for low, high in pairwise(edges)):
        raise ValueError(f"The limits of the bands do not rise: {edges}.")
    return edges
