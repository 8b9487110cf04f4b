"""What is kept of one ticker's prices, and how it grows.

    Bars -> taped() -> Tape -> bars() -> Bars
    Tape, newer Bars -> update_of() -> Tape of the newer ones -> joined() -> a longer Tape

A tape is arrays: thousands of them are compared and joined in the time pandas takes for a few.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from ...core.market import COLUMNS, Bars, Interval
from ..calendar import calendar_for

OVERLAP = 5
"""Settled bars that are asked for again with every update, to see whether the past still stands."""
WHOLE_AFTER = timedelta(days=7)
"""How long the past may go unasked."""
VALUES = (*COLUMNS, "adjclose")
_COLUMNS = pd.Index(list(VALUES))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tape:
    """Bars of one ticker, and how far they can be relied on. Moments in arrays are UTC nanoseconds.

    Attributes:
        ticker: As of Bars, like all that is not explained here.
        interval: The length of a bar.
        labels: The label of each bar.
        values: A row for each of `VALUES`, a column for each bar; cannot be written to.
        dividends: Cash by ex-date, of the bars here.
        splits: New shares per old one by ex-date, of the bars here.
        currency: ISO code, when known.
        timezone: The exchange's.
        source: Who says so.
        bars_fetched_at: What the bars themselves say of when they were fetched.
        dropped: Rows that the source's answer was short of.
        since: The first moment asked for; None when all there is was asked for.
        settled: How many of the bars had closed when they were fetched; the last may be forming.
        fetched_at: When the newest bars were fetched, aware UTC.
        whole_at: When all of them were last fetched together.
    """

    ticker: str
    interval: Interval
    labels: np.ndarray
    values: np.ndarray
    dividends: dict[int, float]
    splits: dict[int, float]
    currency: str | None
    timezone: str
    source: str
    bars_fetched_at: datetime
    dropped: int
    since: datetime | None
    settled: int
    fetched_at: datetime
    whole_at: datetime

    def __len__(self) -> int:
        return len(self.labels)

    def covers(self, start: datetime | None) -> bool:
        """Whether it begins early enough."""
        return self.since is None or (start is not None and self.since <= start)

    def next_start(self, now: datetime) -> datetime | None:
        """From where to ask for an update; None when all must be asked for again."""
        if self.settled < OVERLAP or self.dropped or now - self.whole_at > WHOLE_AFTER:
            return None
        label = int(self.labels[self.settled - OVERLAP])
        return _EPOCH + timedelta(microseconds=label // 1000)

    def bars(self, start: datetime | None, end: datetime | None) -> Bars:
        """The bars labelled from *start* to *end*, both included; None for no limit.

        Raises:
            TypeError: A limit without a time zone.
        """
        first = 0 if start is None else int(self.labels.searchsorted(_nanosecond(start)))
        last = None if end is None else int(self.labels.searchsorted(_nanosecond(end), "right"))
        labels = self.labels[first:last]
        index = _index(labels)
        return Bars(
            ticker=self.ticker,
            interval=self.interval,
            frame=pd.DataFrame(
                self.values[:, first:last].T, index=index, columns=_COLUMNS, copy=False
            ),
            labels=index,
            dividends=_series(self.dividends, labels),
            splits=_series(self.splits, labels),
            currency=self.currency,
            timezone=self.timezone,
            source=self.source,
            fetched_at=self.bars_fetched_at,
            dropped=self.dropped,
        )


def taped(bars: Bars, *, since: datetime | None, now: datetime, delay: float) -> Tape:
    """The tape of bars that were just fetched as a whole.

    What they say of their closes decides how many are settled, and is not kept.
    """
    labels = _nanoseconds(bars.frame.index)
    if bars.closes is None:
        closes = (
            calendar_for(bars).closes(labels.view("datetime64[ns]"), bars.interval).view("int64")
        )
    else:
        closes = _nanoseconds(bars.closes)
    settled_by = _nanosecond(now - timedelta(seconds=delay))
    return Tape(
        ticker=bars.ticker,
        interval=bars.interval,
        labels=labels,
        values=_values(bars.frame),
        dividends=_dated(bars.dividends),
        splits=_dated(bars.splits),
        currency=bars.currency,
        timezone=bars.timezone,
        source=bars.source,
        bars_fetched_at=bars.fetched_at or now,
        dropped=bars.dropped,
        since=since,
        settled=int(closes.searchsorted(settled_by, "right")),
        fetched_at=now,
        whole_at=now,
    )


def update_of(tape: Tape, bars: Bars, *, now: datetime, delay: float) -> Tape | None:
    """Newer bars as a tape to join; None when the past has changed, so that all must be asked for.

    The bars begin with some that the tape has already. They must say the same, and no split may be
    new: after a split, or a dividend that moves `adjclose`, every older price is another one.
    """
    if not len(bars) or bars.dropped or bars.currency != tape.currency:
        return None
    update = taped(bars, since=tape.since, now=now, delay=delay)
    at = _joint(tape, update)
    again = slice(at, tape.settled)
    count = tape.settled - at
    if count < 1 or not np.array_equal(tape.labels[again], update.labels[:count]):
        return None
    if not _agree(tape.values[:, again], update.values[:, :count]):
        return None
    first = int(update.labels[0])
    known = {day: ratio for day, ratio in tape.splits.items() if day >= first}
    return update if update.splits == known else None


def joined(tape: Tape, update: Tape) -> Tape:
    """*tape* up to where *update* begins, and *update*."""
    at = _joint(tape, update)
    values = np.concatenate([tape.values[:, :at], update.values], axis=1)
    values.flags.writeable = False
    first = int(update.labels[0])
    return replace(
        update,
        labels=np.concatenate([tape.labels[:at], update.labels]),
        values=values,
        dividends=_before(first, tape.dividends) | update.dividends,
        splits=_before(first, tape.splits) | update.splits,
        since=tape.since,
        settled=at + update.settled,
        whole_at=tape.whole_at,
    )


def follows(tape: Tape, update: Tape) -> bool:
    """Whether *update* begins within the settled bars of *tape* and is not older than it."""
    return (
        len(update) > 0
        and update.fetched_at >= tape.fetched_at
        and _joint(tape, update) < tape.settled
    )


def _joint(tape: Tape, update: Tape) -> int:
    return int(tape.labels.searchsorted(update.labels[0]))


def _agree(one: np.ndarray, other: np.ndarray) -> bool:
    """Equal but for the last digits, in which sources waver from one answer to the next."""
    return one.tobytes() == other.tobytes() or np.allclose(
        one, other, rtol=1e-6, atol=0, equal_nan=True
    )


def _before(first: int, events: dict[int, float]) -> dict[int, float]:
    return {day: value for day, value in events.items() if day < first}


def _values(frame: pd.DataFrame) -> np.ndarray:
    columns = frame if frame.columns.equals(_COLUMNS) else frame[list(VALUES)]
    values = np.ascontiguousarray(columns.to_numpy(dtype="float64").T)
    values.flags.writeable = False
    return values


def _dated(events: pd.Series) -> dict[int, float]:
    if not len(events):
        return {}
    return dict(zip(_nanoseconds(events.index).tolist(), events.tolist(), strict=True))


def _series(events: dict[int, float], labels: np.ndarray) -> pd.Series:
    """The events of the bars with these labels."""
    first, last = (labels[0], labels[-1]) if len(labels) else (1, 0)
    days = [day for day in events if first <= day <= last]
    if not days:
        return _NOTHING.copy(deep=False)
    values = np.array([events[day] for day in days], dtype="float64")
    return pd.Series(values, index=_index(np.array(days, dtype="int64")))


def _index(nanoseconds: np.ndarray) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(nanoseconds.view("datetime64[ns]"), tz="UTC")


def _nanoseconds(index: pd.Index) -> np.ndarray:
    days = index if isinstance(index, pd.DatetimeIndex) else pd.DatetimeIndex(index)
    return days.as_unit("ns").asi8


def _nanosecond(moment: datetime) -> int:
    return pd.Timestamp(moment).tz_convert("UTC").value


_NOTHING = pd.Series(np.empty(0), index=_index(np.empty(0, dtype="int64")))
