"""The time axis of daily and weekly charts: only the days that were traded."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

DAY = 86_400_000
"""Milliseconds, the unit of a range break's length."""


def labels(index: pd.Index) -> list[str]:
    """The sessions as dates."""
    return np.datetime_as_string(index.to_numpy(dtype="datetime64[D]"), unit="D").tolist()


def closed(index: pd.DatetimeIndex) -> list[dict[str, object]]:
    """Plotly range breaks for the days between the first and last bar that have none.

    Weekends are one rule where no bar falls on one; every other missing day is named. Weekly bars
    need no break.

    Args:
        index: Session dates at 00:00 UTC, in order.

    Example:
        >>> closed(pd.DatetimeIndex(["2026-01-15", "2026-01-16", "2026-01-20"], tz="UTC"))
        [{'bounds': ['sat', 'mon']}, {'values': ['2026-01-19'], 'dvalue': 86400000}]
    """
    if len(index) < 2 or _closest(index) > 3:
        return []
    days = index.tz_localize(None).normalize()
    calendar = pd.date_range(days[0], days[-1], freq="D")
    absent = calendar[~calendar.isin(days)]
    if (days.day_of_week >= 5).any():
        return _named(labels(absent))
    weekdays = absent[absent.day_of_week < 5]
    return [{"bounds": ["sat", "mon"]}, *_named(labels(weekdays))]


def _named(days: Sequence[str]) -> list[dict[str, object]]:
    return [{"values": list(days), "dvalue": DAY}] if days else []


def _closest(index: pd.DatetimeIndex) -> int:
    """Days between the two bars that are closest to each other."""
    return int(pd.Series(index).diff().dt.days.min())
