"""Tapes as `Bars` of any interval, cut to what had closed by a moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

import numpy as np
import pandas as pd

from ...core.errors import NoData
from ...core.market import Bars, Interval
from .company import companies
from .dividends import dividends
from .intraday import SESSIONS, Minutes, five_minutes
from .sessions import NOW, TIMEZONE, calendar, instant, utc
from .tape import Tape, tape

INTERVALS = frozenset({Interval.M5, Interval.M15, Interval.H1, Interval.D1, Interval.W1})

_FIVE_MINUTES = np.timedelta64(5, "m")
_EPOCH_WEEKDAY = 3  # NumPy counts days from a Thursday
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
    until = instant(NOW if end is None else min(end, NOW))
    stop = int(np.searchsorted(closes, until, side="right"))
    if stop == 0:
        raise _too_early(ticker, interval, frame, until)
    frame, closes = frame.iloc[:stop], closes[:stop]
    paid, splits = _events(ticker, _labels(frame), closes[-1])
    if interval.intraday:
        paid, splits, adjusted = paid.iloc[:0], splits.iloc[:0], np.nan
    else:
        adjusted = _adjusted(frame["close"], paid)
    first = 0 if start is None else int(np.searchsorted(_instants(frame), instant(start)))
    since = _labels(frame)[first:]
    return Bars(
        ticker=ticker,
        interval=interval,
        frame=frame.assign(adjclose=adjusted).iloc[first:],
        labels=since,
        dividends=_among(paid, since),
        splits=_among(splits, since),
        currency="USD",
        timezone=TIMEZONE,
        source="demo",
        fetched_at=NOW,
        closes=utc(closes[first:]),
    )


@cache
def _whole(ticker: str, interval: Interval) -> tuple[pd.DataFrame, np.ndarray]:
    """Every bar of a ticker, and when each closed (datetime64[ns], UTC)."""
    if interval.intraday:
        return _intraday(ticker, interval)
    return _daily(ticker) if interval is Interval.D1 else _weekly(ticker)


def _daily(ticker: str) -> tuple[pd.DataFrame, np.ndarray]:
    sessions, found = calendar(), tape(ticker)
    frame = _table(found, utc(sessions.days[found.positions]))
    return frame, sessions.closes[found.positions]


def _weekly(ticker: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Weeks labelled by their Monday, each closing with the exchange's last session of the week."""
    sessions, found = calendar(), tape(ticker)
    mondays = _mondays(sessions.days)
    frame = _joined(_daily(ticker)[0], utc(mondays[found.positions]))
    last = np.searchsorted(mondays, _instants(frame), side="right") - 1
    return frame, sessions.closes[last]


def _intraday(ticker: str, interval: Interval) -> tuple[pd.DataFrame, np.ndarray]:
    """Bars counted from the session's opening; the last one ends with the session if that is earlier."""
    sessions, found = calendar(), five_minutes(ticker)
    opens, width = sessions.opens[found.position], _FIVES[interval]
    labels = opens + found.slot // width * width * _FIVE_MINUTES
    frame = _table(found, utc(labels))
    ends = np.minimum(labels + width * _FIVE_MINUTES, sessions.closes[found.position])
    first = found.slot % width == 0
    return frame if width == 1 else _joined(frame, utc(labels)), ends[first]


def _table(found: Tape | Minutes, labels: pd.DatetimeIndex) -> pd.DataFrame:
    prices = {name: getattr(found, name) / 100 for name in ("open", "high", "low", "close")}
    return pd.DataFrame({**prices, "volume": found.volume}, index=labels)


def _joined(frame: pd.DataFrame, labels: pd.DatetimeIndex) -> pd.DataFrame:
    grouped = frame.groupby(labels)
    joined = grouped.agg(_HOW)
    joined["volume"] = grouped["volume"].sum(min_count=1)
    return joined


def _mondays(days: np.ndarray) -> np.ndarray:
    return days - (days.astype("int64") + _EPOCH_WEEKDAY) % 7


def _labels(frame: pd.DataFrame) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(frame.index)


def _instants(frame: pd.DataFrame) -> np.ndarray:
    return _labels(frame).tz_localize(None).to_numpy(dtype="datetime64[ns]")


def _events(
    ticker: str, labels: pd.DatetimeIndex, last: np.datetime64
) -> tuple[pd.Series, pd.Series]:
    """Dividends and splits with an ex-date by the last close, on the label of the bar they fall in."""
    member = companies().get(ticker)
    if member is None:
        return _series({}, labels), _series({}, labels)
    ratios = ((calendar().at(day), ratio) for day, ratio in member.traits.tape.splits.items())
    return (
        _series(_felt(ticker, dividends(member), last), labels),
        _series(_felt(ticker, ratios, last), labels),
    )


def _felt(
    ticker: str, events: Iterable[tuple[int, float]], last: np.datetime64
) -> dict[int, float]:
    """Events by the first session on or after their ex-date on which the ticker traded."""
    traded, closes = tape(ticker).positions, calendar().closes
    found = {int(traded[np.searchsorted(traded, place)]): value for place, value in events}
    return {place: value for place, value in found.items() if closes[place] <= last}


def _series(events: Mapping[int, float], labels: pd.DatetimeIndex) -> pd.Series:
    days = utc(calendar().days[list(events)] if events else np.array([], dtype="datetime64[D]"))
    at = np.maximum(labels.searchsorted(days, side="right") - 1, 0)
    return pd.Series(list(events.values()), dtype="float64", index=labels[at])


def _among(events: pd.Series, labels: pd.DatetimeIndex) -> pd.Series:
    return pd.Series(events[events.index.isin(labels)])


def _adjusted(close: pd.Series, paid: pd.Series) -> pd.Series:
    """Closes less the dividends paid after them, as shares of the price the day before each."""
    before = close.shift(1).reindex(paid.index)
    kept = (1 - paid / before).dropna()
    factor = np.ones(len(close))
    factor[close.index.get_indexer(kept.index)] = kept.to_numpy()
    after = np.append(np.cumprod(factor[::-1])[::-1][1:], 1.0)
    return close * after


def _too_early(
    ticker: str, interval: Interval, frame: pd.DataFrame, until: np.datetime64
) -> NoData:
    first = f"{frame.index[0]:%Y-%m-%d}"
    reach = (
        f"{interval} bars reach back {SESSIONS} sessions, to"
        if interval.intraday
        else "bars begin on"
    )
    asked = str(until.astype("datetime64[m]")).replace("T", " ")
    return NoData(
        f"{ticker} has no {interval} bars up to {asked} UTC: its {reach} {first}.",
        seen=asked,
        needed=f"a time after {first}",
        cure="Ask for a later time.",
    )
