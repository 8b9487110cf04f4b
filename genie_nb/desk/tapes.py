"""Closed bars of several tickers, up to a moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ..core.errors import DataError, NoData, Unavailable
from ..core.market import Bars, Interval
from ..data.calendar import closed

if TYPE_CHECKING:
    from .desk import Desk

HISTORY = timedelta(days=3653)
"""Ten years of daily and weekly bars; of shorter ones, all there is."""


def closed_bars(
    desk: "Desk", tickers: Sequence[str], interval: Interval, as_of: datetime
) -> dict[str, Bars | Exception]:
    """For each ticker its closed bars up to *as_of*, or the typed failure of that ticker."""
    start = None if interval.intraday else as_of - HISTORY
    try:
        tapes = desk.data.bars(tickers, interval, start, as_of)
    except DataError as error:
        return dict.fromkeys(tickers, error)
    past = as_of < desk.data.now()
    delay = 0.0 if past else desk.data.capabilities.delay
    found: dict[str, Bars | Exception] = {}
    for ticker in tickers:
        tape = tapes.get(ticker, _lost(ticker))
        found[ticker] = closed(tape, as_of, delay) if isinstance(tape, Bars) else tape
        if isinstance(tape, Bars) and not len(tape):
            found[ticker] = NoData(
                f"{ticker} has no {interval} bar up to {as_of:%Y-%m-%d}.",
                seen=f"{as_of:%Y-%m-%d}",
                needed="a day on or after its first session",
                cure="Ask for a later day.",
            )
    return found


def _lost(ticker: str) -> Unavailable:
    return Unavailable(f"The source said nothing about {ticker}.", seen=ticker, cure="Ask again.")
