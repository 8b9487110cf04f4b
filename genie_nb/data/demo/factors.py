"""What moves all prices at once: the market, small caps against large ones, and the sectors."""

from functools import cache

import numpy as np

from .sessions import market_span
from .streams import fat_tailed, reverting, stream

YEAR = 252
MARKET_VOLATILITY = 0.16
STREAK = 7
"""Sessions for which small caps have beaten large ones at the market's present."""

_SECTOR_VOLATILITY = 0.08
_TILT_VOLATILITY = 0.075
_LEAST_LEAD = 0.0008


def length() -> int:
    """Sessions of the ten years."""
    span = market_span()
    return span.stop - span.start


@cache
def market() -> tuple[np.ndarray, np.ndarray]:
    """Daily log returns of large caps, and the volatility each was drawn with."""
    random = stream("factor", "market")
    count = length()
    mood = reverting(random.standard_normal(count) * 0.055, half_life=40)
    calm = np.exp(mood - mood.var()) * MARKET_VOLATILITY / np.sqrt(YEAR)
    draws, wildness = fat_tailed(random, count, freedom=5)
    returns = draws * calm
    return returns - returns.mean() + 0.07 / YEAR, calm * wildness


@cache
def night() -> np.ndarray:
    """How each night's news leant against the day's, for all companies alike, in deviations."""
    return stream("factor", "night").standard_normal(length())


@cache
def tilt() -> np.ndarray:
    """Daily log return of small caps less that of large ones."""
    random = stream("factor", "tilt")
    draws, _ = fat_tailed(random, length(), freedom=5)
    level = reverting(draws * _TILT_VOLATILITY / np.sqrt(YEAR), half_life=400)
    lead = np.diff(level, prepend=0.0) - 0.01 / YEAR
    lead[-STREAK:] = np.abs(lead[-STREAK:]) + _LEAST_LEAD
    lead[-STREAK - 1] = -abs(lead[-STREAK - 1]) - _LEAST_LEAD
    return lead


@cache
def sector(name: str) -> np.ndarray:
    """Daily log return that a sector's companies share."""
    random = stream("factor", name)
    draws, _ = fat_tailed(random, length(), freedom=6)
    level = reverting(draws * _SECTOR_VOLATILITY / np.sqrt(YEAR), half_life=250)
    return np.diff(level, prepend=0.0)
