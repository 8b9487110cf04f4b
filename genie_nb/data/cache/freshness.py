"""How long an answer stays true: until the market can have said something new."""

from datetime import datetime, timedelta
from functools import lru_cache

from ...core.market import Interval
from ..calendar import Calendar
from ..exchanges import exchange_for
from .tape import Tape

LONGEST = timedelta(hours=12)
"""Bars are asked for again after this, for sources correct themselves between sessions."""
FUNDAMENTALS = timedelta(hours=12)
PEERS = timedelta(hours=24)
SEARCH = timedelta(hours=24)
MACRO = timedelta(hours=12)


def fresh_until(tape: Tape, delay: float) -> datetime:
    """The moment from which a newer bar, or a re-based one, may be had.

    That is the next settled close of a bar of its interval, or the next opening, when splits and
    dividends take effect; 12 hours at most.
    """
    calendar = Calendar(exchange=exchange_for(tape.ticker, tape.timezone), timezone=tape.timezone)
    return _next_news(calendar, tape.interval, tape.fetched_at, timedelta(seconds=delay))


@lru_cache(maxsize=256)
def _next_news(
    calendar: Calendar, interval: Interval, fetched_at: datetime, lag: timedelta
) -> datetime:
    return min(
        calendar.next_close(fetched_at - lag, interval) + lag,
        calendar.next_open(fetched_at),
        fetched_at + LONGEST,
    )
