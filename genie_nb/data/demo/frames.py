"""Tapes as `Bars` of any interval, cut to what had closed by a moment."""

from datetime import datetime
from functools import cache

import numpy as np
import pandas as pd

from ...core.errors import NoData
from ...core.market import Bars, Interval
from .company import companies
from .dividends import dividends
from .intraday import SESSIONS, five_minutes
from .sessions import NOW, TIMEZONE, calendar
from .tape import tape

INTERVALS = frozenset({Interval.M5, Interval.M15, Interval.H1, Interval.D1, Interval.W1})

_FIVE_MINUTES = pd.Timedelta(minutes=5)
_FIVES = {Interval.M5: 1, Interval.M15: 3, Interval.H1: 12}
_HOW = {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}


def bars(ticker: str, interval: Interval, start: datetime | None, end: datetime | None) -> Bars:
    """The bars of *ticker* labelled from *start* on that had closed by *end*.

    A bar that is still forming at *end* is left out, since here its future is already written.

    Raises:
        NotFound: The market has no such ticker.
        NoData: The interval is not made here, or *end* is before the first bar.
    """
    if interval not in INTERVALS:
        raise NoData(
            f"The demo market has no {interval} bars.",
            seen=interval,
            needed=f"one of {', '.join(sorted(INTERVALS))}",
            cure="Ask for 5m bars or longer.",
        )
    frame, closes = _whole(ticker, interval)
    until = pd.Timestamp(NOW if end is None else min(end, NOW))
    stop = int(closes.searchsorted(until, side="right"))
    if stop == 0:
        raise _too_early(ticker, interval, frame, until)
    frame, closes = frame.iloc[:stop], closes[:stop]
    paid, splits = (
        _events(ticker, frame.index, closes[-1]) if not interval.intraday else (None, None)
    )
    frame = frame.assign(adjclose=_adjusted(frame["close"], paid))
    first = 0 if start is None else int(frame.index.searchsorted(pd.Timestamp(start)))
    events = {
        name: series[series.index >= frame.index[first]] if first < stop else series.iloc[:0]
        for name, series in (("dividends", paid), ("splits", splits))
        if series is not None
    }
    frame = frame.iloc[first:]
    return Bars(
        ticker=ticker,
        interval=interval,
        frame=frame,
        labels=frame.index,
        currency="USD",
        timezone=TIMEZONE,
        source="demo",
        fetched_at=NOW,
        closes=closes[first:],
        **events,
    )


@cache
def _whole(ticker: str, interval: Interval) -> tuple[pd.DataFrame, pd.DatetimeIndex]:
    if interval.intraday:
        return _intraday(ticker, interval)
    return _daily(ticker) if interval is Interval.D1 else _weekly(ticker)


def _daily(ticker: str) -> tuple[pd.DataFrame, pd.DatetimeIndex]:
    sessions, found = calendar(), tape(ticker)
    index = pd.DatetimeIndex(sessions.days[found.positions].astype("datetime64[ns]"), tz="UTC")
    frame = pd.DataFrame(
        {
            "open": found.open / 100,
            "high": found.high / 100,
            "low": found.low / 100,
            "close": found.close / 100,
            "volume": found.volume,
        },
        index=index,
    )
    return frame, sessions.closes[found.positions]


def _weekly(ticker: str) -> tuple[pd.DataFrame, pd.DatetimeIndex]:
    """Weeks labelled by their Monday, each closing with the exchange's last session of the week."""
    days, _ = _daily(ticker)
    monday = _mondays(pd.DatetimeIndex(days.index))
    frame = _joined(days, monday)
    sessions = calendar()
    weeks = _mondays(pd.DatetimeIndex(sessions.days.astype("datetime64[ns]"), tz="UTC"))
    last = weeks.searchsorted(pd.DatetimeIndex(frame.index), side="right") - 1
    return frame, sessions.closes[last]


def _intraday(ticker: str, interval: Interval) -> tuple[pd.DataFrame, pd.DatetimeIndex]:
    sessions, found = calendar(), five_minutes(ticker)
    opens = sessions.opens[found.position]
    labels = opens + found.slot * _FIVE_MINUTES
    fives = pd.DataFrame(
        {
            "open": found.open / 100,
            "high": found.high / 100,
            "low": found.low / 100,
            "close": found.close / 100,
            "volume": found.volume,
        },
        index=labels,
    )
    width = _FIVES[interval]
    frame = fives
    if width > 1:
        frame = _joined(fives, opens + (found.slot // width * width) * _FIVE_MINUTES)
    whole = pd.DatetimeIndex(frame.index) + width * _FIVE_MINUTES
    ends = sessions.closes[
        sessions.closes.searchsorted(pd.DatetimeIndex(frame.index), side="right")
    ]
    return frame, pd.DatetimeIndex(np.minimum(whole, ends))


def _joined(frame: pd.DataFrame, labels: pd.DatetimeIndex) -> pd.DataFrame:
    grouped = frame.groupby(labels)
    joined = grouped.agg(_HOW)
    joined["volume"] = grouped["volume"].sum(min_count=1)
    return joined


def _mondays(days: pd.DatetimeIndex) -> pd.DatetimeIndex:
    return days - pd.to_timedelta(days.weekday, unit="D")


def _events(ticker: str, index: pd.Index, last_close: pd.Timestamp) -> tuple[pd.Series, pd.Series]:
    """Dividends and splits with an ex-date by the last bar, on the label of the bar they fall in."""
    member = companies().get(ticker)
    if member is None:
        return _series({}), _series({})
    sessions = calendar()
    cash = {
        place: amount for place, amount in dividends(member) if sessions.closes[place] <= last_close
    }
    ratios = {sessions.at(day): ratio for day, ratio in member.traits.tape.splits.items()}
    split = {
        place: ratio for place, ratio in ratios.items() if sessions.closes[place] <= last_close
    }
    labels = pd.DatetimeIndex(index)
    return _on(labels, cash), _on(labels, split)


def _on(labels: pd.DatetimeIndex, events: dict[int, float]) -> pd.Series:
    days = pd.DatetimeIndex(
        calendar().days[list(events)].astype("datetime64[ns]") if events else [], tz="UTC"
    )
    at = labels.searchsorted(days, side="right") - 1
    return _series(
        {labels[max(place, 0)]: value for place, value in zip(at, events.values(), strict=True)}
    )


def _series(events: dict[pd.Timestamp, float]) -> pd.Series:
    return pd.Series(
        list(events.values()), dtype="float64", index=pd.DatetimeIndex(list(events), tz="UTC")
    )


def _adjusted(close: pd.Series, paid: pd.Series | None) -> pd.Series:
    """Closes less the dividends paid after them, as shares of the price the day before each."""
    if paid is None:
        return pd.Series(np.nan, index=close.index)
    before = close.shift(1).reindex(paid.index)
    kept = (1 - paid / before).dropna()
    factor = np.ones(len(close))
    factor[close.index.get_indexer(kept.index)] = kept.to_numpy()
    after = np.append(np.cumprod(factor[::-1])[::-1][1:], 1.0)
    return close * after


def _too_early(ticker: str, interval: Interval, frame: pd.DataFrame, until: pd.Timestamp) -> NoData:
    first = frame.index[0]
    reach = (
        f"{interval} bars reach back {SESSIONS} sessions, to"
        if interval.intraday
        else "bars begin on"
    )
    return NoData(
        f"{ticker} has no {interval} bars up to {until:%Y-%m-%d %H:%M} UTC: its {reach} {first:%Y-%m-%d}.",
        seen=f"{until:%Y-%m-%d}",
        needed=f"a time after {first:%Y-%m-%d}",
        cure="Ask for a later time.",
    )
