"""Closed bars of several tickers, up to a moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..core.errors import DataError, NoData
from ..core.market import Bars, Interval
from ..core.provider import unanswered
from ..data.calendar import calendar_of, closed

if TYPE_CHECKING:
    from .desk import Desk

HISTORY = timedelta(days=3653)
"""Ten years of daily and weekly bars; of shorter ones, all there is."""


def closed_bars(
    desk: "Desk",
    tickers: Sequence[str],
    interval: Interval,
    as_of: datetime,
    since: datetime | None = None,
) -> dict[str, Bars | Exception]:
    """For each ticker its closed bars up to *as_of*, or the typed failure of that ticker.

    A bar counts once it had closed by *as_of* and, by now, is settled at the provider.

    Args:
        desk: Whose provider is asked.
        tickers: Symbols.
        interval: The length of a bar.
        as_of: What is taken for now.
        since: The first label that is needed, where that is further back than the usual history.
    """
    start = None if interval.intraday else min(as_of - HISTORY, since or as_of)
    try:
        tapes = desk.data.bars(tickers, interval, start, as_of)
    except DataError as error:
        return dict.fromkeys(tickers, error)
    delay = settling(desk, as_of)
    return {
        ticker: _closed(tapes.get(ticker, unanswered(ticker)), ticker, interval, as_of, delay)
        for ticker in tickers
    }


def settling(desk: "Desk", as_of: datetime) -> float:
    """Seconds before *as_of* in which a bar may have closed without being settled by now."""
    ago = (desk.data.now() - as_of).total_seconds()
    return max(0.0, desk.data.capabilities.delay - ago)


def _closed(
    tape: Bars | Exception, ticker: str, interval: Interval, as_of: datetime, delay: float
) -> Bars | Exception:
    if not isinstance(tape, Bars):
        return tape
    bars = closed(tape, as_of, delay)
    return bars if len(bars) else _before_listing(ticker, interval, as_of)


def _before_listing(ticker: str, interval: Interval, as_of: datetime) -> NoData:
    last = (as_of - timedelta(microseconds=1)).astimezone(ZoneInfo(calendar_of(ticker).timezone))
    length = "daily" if interval is Interval.D1 else interval
    return NoData(
        f"{ticker} has no closed {length} bar up to {last:%Y-%m-%d}.",
        seen=f"{last:%Y-%m-%d}",
        needed="a day on or after its first session",
        cure="Ask for a later day.",
    )
