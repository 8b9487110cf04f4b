"""Session lines: what the exchange's day has done so far. They start anew each session.

On daily and weekly bars each bar is its own session.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from ..market import Bars
from .averages import typical_price
from .runs import floats, like, ratio

LONGEST_CLOSURE = timedelta(days=7)
"""US exchanges have not been closed for longer than that since 1933."""


def session_starts(bars: Bars) -> np.ndarray:
    """True at the first bar of each session."""
    if not bars.interval.intraday:
        return np.ones(len(bars), dtype=bool)
    day = bars.sessions.asi8
    starts = np.ones(len(day), dtype=bool)
    starts[1:] = day[1:] != day[:-1]
    return starts


def prev_close(bars: Bars) -> pd.Series:
    """The last close of the session before.

    Returns:
        A price. NaN throughout the first session.
    """
    close = floats(bars.close)
    first = np.flatnonzero(session_starts(bars))
    before = np.full(len(first), np.nan)
    before[1:] = close[first[1:] - 1]
    return like(bars.close, np.repeat(before, _lengths(first, len(close))))


def gap(bars: Bars) -> pd.Series:
    """How far the session opened from the close before it: open / previous close − 1.

    Returns:
        A fraction, the same for each bar of a session. NaN throughout the first session.
    """
    first = np.flatnonzero(session_starts(bars))
    opened = np.repeat(floats(bars.open)[first], _lengths(first, len(bars)))
    return like(bars.close, ratio(opened, floats(prev_close(bars))) - 1)


def change(bars: Bars) -> pd.Series:
    """How far the price is from the previous session's close: close / previous close − 1.

    Returns:
        A fraction. NaN throughout the first session.
    """
    return like(bars.close, ratio(floats(bars.close), floats(prev_close(bars))) - 1)


def vwap(bars: Bars) -> pd.Series:
    """The session's volume-weighted typical price so far, from intraday bars.

    Returns:
        A price. NaN on daily and weekly bars, where it cannot be known; until something was traded;
        and from a bar without volume to the end of its session.
    """
    if not bars.interval.intraday:
        return like(bars.close, np.full(len(bars), np.nan))
    first = np.flatnonzero(session_starts(bars))
    spans = zip(first, np.append(first[1:], len(bars)), strict=True)
    traded = _traded(bars)
    parts = [_weighted(*(line[start:stop] for line in traded)) for start, stop in spans]
    return like(bars.close, np.concatenate(parts) if parts else np.empty(0))


def anchored_vwap(bars: Bars, anchor: date) -> pd.Series:
    """The volume-weighted typical price of all that was traded since a session.

    Args:
        bars: Of any interval.
        anchor: The session it starts with, or the first one after.

    Returns:
        A price. NaN before *anchor*, from a bar without volume on, and everywhere when the bars begin
        more than 7 days after *anchor*, as the volume between is unknown.
    """
    line = np.full(len(bars), np.nan)
    sessions = bars.sessions.tz_localize(None).to_numpy()
    if len(bars) and sessions[0] <= np.datetime64(anchor + LONGEST_CLOSURE):
        first = int(sessions.searchsorted(np.datetime64(anchor)))
        line[first:] = _weighted(*(part[first:] for part in _traded(bars)))
    return like(bars.close, line)


def _traded(bars: Bars) -> tuple[np.ndarray, np.ndarray]:
    """Typical prices, and how many shares changed hands at them."""
    price = typical_price(floats(bars.high), floats(bars.low), floats(bars.close))
    return price, floats(bars.volume)


def _weighted(price: np.ndarray, shares: np.ndarray) -> np.ndarray:
    return ratio(np.cumsum(price * shares), np.cumsum(shares))


def _lengths(first: np.ndarray, count: int) -> np.ndarray:
    return np.diff(np.append(first, count))
