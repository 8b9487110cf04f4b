"""Stored bars: what is kept of one ticker's prices, its bytes, and how it grows.

source -> Tape -> pack() -> bytes on disk -> unpack() -> Tape -> grown() -> a longer Tape
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from ...core.market import COLUMNS, Bars, Interval
from ..calendar import closed
from .codec import Unreadable

FORMAT = 1
OVERLAP = 5
"""Settled bars that are asked for again with every update, to see whether the past still stands."""
WHOLE_AFTER = timedelta(days=7)
"""How long the past may go unasked."""
_COLUMNS = (*COLUMNS, "adjclose")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """Bars of one ticker, and how far they can be relied on.

    Attributes:
        bars: The bars; their labels are their UTC index.
        since: The first moment asked for; None when all there is was asked for.
        settled: How many of the bars had closed when they were fetched; the last may be forming.
        fetched_at: When the newest bars were fetched, aware UTC.
        whole_at: When all of them were last fetched together.
    """

    bars: Bars
    since: datetime | None
    settled: int
    fetched_at: datetime
    whole_at: datetime

    def covers(self, start: datetime | None) -> bool:
        """Whether it begins early enough."""
        return self.since is None or (start is not None and self.since <= start)

    def next_start(self, now: datetime) -> datetime | None:
        """From where to ask for an update; None when all must be asked for again."""
        if self.settled < OVERLAP or self.bars.dropped or now - self.whole_at > WHOLE_AFTER:
            return None
        label: Any = self.bars.index[self.settled - OVERLAP]
        return label.to_pydatetime()


def taped(bars: Bars, *, since: datetime | None, now: datetime, delay: float) -> Tape:
    """The tape of bars that were just fetched as a whole."""
    frame = bars.frame.rename_axis(index=None)
    bars = replace(bars, frame=frame, labels=frame.index, fetched_at=bars.fetched_at or now)
    settled = len(closed(bars, now, delay))
    return Tape(bars=bars, since=since, settled=settled, fetched_at=now, whole_at=now)


def grown(tape: Tape, update: Bars, *, now: datetime, delay: float) -> Tape | None:
    """*tape* with newer bars; None when the past has changed, so that all must be asked for again.

    The update begins with bars that the tape has already. They must say the same, and no split may
    be new: after a split, or a dividend that moves `adjclose`, every older price is another one.
    """
    kept = tape.bars.head(tape.settled)
    if not len(update) or update.dropped or update.currency != kept.currency:
        return None
    at = int(kept.index.searchsorted(update.index[0]))
    again = kept.frame.iloc[at:]
    same = update.frame.iloc[: len(again)]
    if not len(again) or not same.index.equals(again.index) or not _agree(same, again):
        return None
    first = update.index[0]
    known = {day: ratio for day, ratio in _dated(tape.bars.splits).items() if day >= first}
    if _dated(update.splits) != known:
        return None
    bars = replace(
        update,
        frame=pd.concat([kept.frame.iloc[:at], update.frame]),
        dividends=_joined(kept.dividends, update.dividends, first),
        splits=_joined(kept.splits, update.splits, first),
        closes=None,
        session_ends=None,
    )
    return replace(taped(bars, since=tape.since, now=now, delay=delay), whole_at=tape.whole_at)


def _agree(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Equal but for the last digits, in which sources waver from one answer to the next."""
    return np.allclose(one.to_numpy(), other.to_numpy(), rtol=1e-6, atol=0, equal_nan=True)


def _joined(kept: pd.Series, update: pd.Series, first: Any) -> pd.Series:
    before = {day: value for day, value in _dated(kept).items() if day < first}
    events = before | _dated(update)
    days = pd.DatetimeIndex(list(events), tz="UTC").as_unit("ns")
    return pd.Series(list(events.values()), index=days, dtype="float64")


def _dated(events: pd.Series) -> dict[Any, float]:
    return dict(zip(events.index, events.tolist(), strict=True))


def pack(tape: Tape) -> bytes:
    """The bytes of a tape: plain arrays, each with its checksum."""
    bars = tape.bars
    about = {
        "format": FORMAT,
        "ticker": bars.ticker,
        "interval": bars.interval,
        "currency": bars.currency,
        "timezone": bars.timezone,
        "source": bars.source,
        "dropped": bars.dropped,
        "bars_fetched_at": _iso(bars.fetched_at),
        "since": _iso(tape.since),
        "settled": tape.settled,
        "fetched_at": _iso(tape.fetched_at),
        "whole_at": _iso(tape.whole_at),
    }
    content = BytesIO()
    np.savez(
        content,
        about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        labels=_nanoseconds(bars.index),
        values=np.ascontiguousarray(bars.frame[list(_COLUMNS)].to_numpy(dtype="float64").T),
        dividend_days=_nanoseconds(bars.dividends.index),
        dividends=bars.dividends.to_numpy(dtype="float64"),
        split_days=_nanoseconds(bars.splits.index),
        splits=bars.splits.to_numpy(dtype="float64"),
    )
    return content.getvalue()


def unpack(content: bytes, ticker: str, interval: Interval) -> Tape:
    """The tape in *content*.

    Raises:
        Unreadable: It is damaged, of another version, or about something else.
    """
    try:
        with np.load(BytesIO(content), allow_pickle=False) as stored:
            about = json.loads(stored["about"].tobytes())
            if (about["format"], about["ticker"], about["interval"]) != (FORMAT, ticker, interval):
                raise Unreadable(f"{about['ticker']} {about['interval']}, format {about['format']}")
            return _unpacked(about, {name: stored[name] for name in stored.files[1:]}, interval)
    except (BadZipFile, OSError, EOFError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from None


def _unpacked(about: dict[str, Any], stored: dict[str, np.ndarray], interval: Interval) -> Tape:
    index = _index(stored["labels"])
    bars = Bars(
        ticker=about["ticker"],
        interval=interval,
        frame=pd.DataFrame(stored["values"].T, index=index, columns=list(_COLUMNS)),
        labels=index,
        dividends=pd.Series(stored["dividends"], index=_index(stored["dividend_days"])),
        splits=pd.Series(stored["splits"], index=_index(stored["split_days"])),
        currency=about["currency"],
        timezone=about["timezone"],
        source=about["source"],
        fetched_at=_moment(about["bars_fetched_at"]),
        dropped=about["dropped"],
    )
    fetched_at, whole_at = _moment(about["fetched_at"]), _moment(about["whole_at"])
    if fetched_at is None or whole_at is None or not 0 <= about["settled"] <= len(bars):
        raise Unreadable("incomplete")
    return Tape(
        bars=bars,
        since=_moment(about["since"]),
        settled=about["settled"],
        fetched_at=fetched_at,
        whole_at=whole_at,
    )


def _nanoseconds(index: pd.Index) -> np.ndarray:
    return pd.DatetimeIndex(index).as_unit("ns").asi8


def _index(nanoseconds: np.ndarray) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(nanoseconds.view("datetime64[ns]")).tz_localize("UTC")


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
