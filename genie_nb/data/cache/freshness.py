"""How long an answer stays true: until the market can have said something new."""

from datetime import datetime, timedelta

from ...core.market import Bars
from ..calendar import calendar_for

LONGEST = timedelta(hours=12)
"""Bars are asked for again after this, for sources correct themselves between sessions."""
FUNDAMENTALS = timedelta(hours=12)
PEERS = timedelta(hours=24)
SEARCH = timedelta(hours=24)
MACRO = timedelta(hours=12)


def bars_fresh_until(bars: Bars, fetched_at: datetime, delay: float) -> datetime:
    """The moment from which a newer bar, or a re-based one, may be had.

    That is the next settled close of a bar of its interval, or the next opening, when splits and
    dividends take effect; 12 hours at most.
    """
    calendar = calendar_for(bars)
    lag = timedelta(seconds=delay)
    return min(
        calendar.next_close(fetched_at - lag, bars.interval) + lag,
        calendar.next_open(fetched_at),
        fetched_at + LONGEST,
    )
