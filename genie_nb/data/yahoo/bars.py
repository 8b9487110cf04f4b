"""Price bars through `yfinance.Ticker.history`, split-adjusted and not dividend-adjusted."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from ...core.errors import NoData
from ...core.market import Bars, Interval
from .client import Client
from .symbols import known_timezone, spelled
from .values import currency

_KEPT = {
    Interval.M1: timedelta(days=8),
    Interval.M5: timedelta(days=60),
    Interval.M15: timedelta(days=60),
    Interval.H1: timedelta(days=730),
}
_SLACK = timedelta(minutes=10)
_PRICES = ["Open", "High", "Low", "Close", "Adj Close", "Dividends"]
_WEEK = {
    "open": "first",
    "high": "max",
    "low": "min",
    "close": "last",
    "volume": "sum",
    "adjclose": "last",
}


def fetch_bars(
    client: Client,
    ticker: str,
    interval: Interval,
    *,
    start: datetime | None,
    end: datetime | None,
    now: datetime,
) -> Bars:
    """The bars of one ticker labelled from *start* to *end*, both included.

    Weekly bars are made from daily ones, for Yahoo adjusts its own wrongly around splits.

    Raises:
        DataError: They did not come, and why.
        BadBars: They came and cannot be true.
    """
    asked = Interval.D1 if interval is Interval.W1 else interval
    first, last = _window(interval, ticker, start, end, now)
    frame, meta = client.call(lambda: _history(client, spelled(ticker), asked, first, last))
    if frame.empty:
        raise _nothing(ticker, interval, start, end)
    code, unit = currency(meta.get("currency"))
    if unit != 1.0:
        frame[_PRICES] *= unit
    if not frame["Volume"].to_numpy().any():
        frame["Volume"] = float("nan")  # currencies and some indices are not counted in shares
    bars = Bars.from_frame(
        frame,
        ticker=ticker,
        interval=asked,
        currency=code,
        timezone=str(meta.get("exchangeTimezoneName") or "America/New_York"),
        source="yahoo",
        fetched_at=now,
    )
    bars = _between(bars, None, end)
    if interval is Interval.W1:
        bars = _weekly(bars)
    bars = _between(bars, start, None)
    if not len(bars):
        raise _nothing(ticker, interval, start, end)
    return bars


def _window(
    interval: Interval, ticker: str, start: datetime | None, end: datetime | None, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """What to ask Yahoo for: wider than wanted, as it compares opening times and we compare labels."""
    first = start if start is None or interval.intraday else start - interval.length
    last = None if end is None or end + interval.length >= now else end + interval.length
    if interval not in _KEPT:
        return first, last
    oldest = now - _KEPT[interval] + _SLACK
    if end is not None and end < oldest:
        raise NoData(
            f"Yahoo keeps {interval} bars for {_KEPT[interval].days} days; none of {ticker} up to "
            f"{end:%Y-%m-%d} are left.",
            seen=end,
            needed=f"a time after {oldest:%Y-%m-%d}",
            cure="Ask for a later time, or for daily bars.",
        )
    return (oldest if first is None else max(first, oldest)), last


def _history(
    client: Client,
    symbol: str,
    interval: Interval,
    start: datetime | None,
    end: datetime | None,
) -> tuple[pd.DataFrame, dict[str, Any]]:
    import yfinance

    _remember_timezone(symbol)
    ticker = yfinance.Ticker(symbol, session=client.session)
    span: dict[str, Any] = {"start": start, "end": end} if start else {"period": "max", "end": end}
    frame = ticker.history(
        interval=str(interval),
        auto_adjust=False,
        actions=True,
        keepna=True,
        repair=False,
        **span,
    )
    if frame.empty:
        return frame, {}
    meta = ticker.get_history_metadata()
    return frame, {key: meta.get(key) for key in ("currency", "exchangeTimezoneName")}


def _remember_timezone(symbol: str) -> None:
    """Spare yfinance the request by which it learns the time zone of a US listing."""
    from yfinance import cache

    zones: Any = cache.get_tz_cache()
    zone = known_timezone(symbol)
    if zone and zones.lookup(symbol) is None:
        zones.store(symbol, zone)


def _weekly(bars: Bars) -> Bars:
    """Daily bars as weekly ones; bars and events carry the label of their week's Monday."""
    frame = bars.frame.groupby(_mondays(bars.frame.index)).agg(_WEEK)
    frame["volume"] = bars.volume.groupby(_mondays(bars.index)).sum(min_count=1)
    return replace(
        bars,
        interval=Interval.W1,
        frame=frame,
        labels=frame.index,
        dividends=bars.dividends.groupby(_mondays(bars.dividends.index)).sum(),
        splits=bars.splits.groupby(_mondays(bars.splits.index)).prod(),
    )


def _mondays(index: pd.Index) -> pd.DatetimeIndex:
    days = pd.DatetimeIndex(index)
    return (days - pd.to_timedelta(days.day_of_week, unit="D")).as_unit("ns").rename(None)


def _between(bars: Bars, start: datetime | None, end: datetime | None) -> Bars:
    early = 0 if start is None else int(np.sum(bars.index < pd.Timestamp(start)))
    late = 0 if end is None else int(np.sum(bars.index > pd.Timestamp(end)))
    return bars.head(len(bars) - late).tail(len(bars) - late - early)


def _nothing(
    ticker: str, interval: Interval, start: datetime | None, end: datetime | None
) -> NoData:
    since = f"from {start:%Y-%m-%d}" if start else "from its first day"
    until = f"to {end:%Y-%m-%d}" if end else "to now"
    return NoData(
        f"Yahoo has no {interval} bars of {ticker} {since} {until}.",
        seen=f"{since} {until}",
        needed="a period in which it was traded",
        cure="Ask for another period.",
    )
