"""When markets are open: sessions, the moment each bar closed, and what `--as-of` means.

    Bars -> calendar_for() -> Calendar -> closed() -> Bars without those still forming

Holidays and half days come from exchange_calendars, read once per process and exchange into three
plain arrays; asking them costs microseconds. Days the calendar does not know (before it begins, or a
bar on a holiday) are taken to end at the exchange's midnight: the latest they can have ended. What is left
of such a session is counted to the usual hour, though.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from ..core.errors import AskError
from ..core.market import Bars, Interval
from .exchanges import ALWAYS, WEEKDAYS, exchange_for, timezone_of

_FIRST, _LAST = date(1960, 1, 1), date(2045, 12, 31)
_DAY = np.timedelta64(1, "D")
_WEEK = np.timedelta64(7, "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The sessions of one exchange.

    Attributes:
        exchange: An exchange_calendars name such as `XNYS`; `24/7` or `24/5` for markets without
            sessions, whose day runs from midnight to midnight.
        timezone: Decides which date a moment belongs to.
    """

    exchange: str = "XNYS"
    timezone: str = "America/New_York"

    def sessions(self, start: date, end: date) -> pd.DatetimeIndex:
        """The session dates from *start* to *end*, both included, at 00:00 UTC."""
        days = self._table.days
        first, last = np.datetime64(start, "D"), np.datetime64(end, "D")
        return _utc(days[(days >= first) & (days <= last)])

    def session_close(self, day: date) -> datetime | None:
        """When the session of *day* ends, aware UTC; None where there is none."""
        table = self._table
        at = int(np.searchsorted(table.days, np.datetime64(day, "D")))
        if at == len(table.days) or table.days[at] != np.datetime64(day, "D"):
            return None
        return _moment(table.closes[at])

    def next_open(self, now: datetime) -> datetime:
        """The first opening after *now*, aware UTC."""
        opens = self._table.opens
        return _moment(opens[np.searchsorted(opens, _instant(now), "right")])

    def next_close(self, now: datetime, interval: Interval = Interval.D1) -> datetime:
        """The first moment after *now* at which a bar of *interval* closes, aware UTC.

        No bar closes that lies in a lunch break, as Tokyo, Hong Kong and Shanghai have one.
        """
        table, moment = self._table, _instant(now)
        at = int(np.searchsorted(table.closes, moment, "right"))
        if interval is Interval.D1:
            return _moment(table.closes[at])
        if interval is Interval.W1:
            ends = self._week_ends(table.days[at : at + 15])
            return _moment(ends[ends > moment][0])
        length = np.timedelta64(interval.length)
        opened, closed = table.opens[at], table.closes[at]
        bar = _bar_end(opened, max(opened, moment), length)
        if table.pauses[at] <= bar - length and bar <= table.resumes[at]:
            bar = _bar_end(opened, table.resumes[at], length)
        return _moment(min(bar, closed))

    def closes_of(self, bars: Bars) -> pd.DatetimeIndex:
        """The moment each bar closed, aligned with it, in UTC.

        A daily bar closes with its session, half days included; a weekly one with the last session
        of its week; an intraday one after its interval, or with the session if that is earlier.
        """
        return _utc(self.closes(_instants(bars.index), bars.interval))

    def closes(self, labels: np.ndarray, interval: Interval) -> np.ndarray:
        """As `closes_of`; labels and closes are UTC `datetime64[ns]`."""
        if interval is Interval.D1:
            return self._session_ends(labels.astype("datetime64[D]"))
        if interval is Interval.W1:
            return self._week_ends(labels.astype("datetime64[D]"))
        return np.minimum(labels + np.timedelta64(interval.length), self._ends_after(labels))

    def session_ends_of(self, bars: Bars) -> pd.DatetimeIndex:
        """The end of the session that each bar lies in, or lies before; aligned with it, in UTC.

        A bar within the usual hours of a day that the calendar takes for a holiday is of a session
        all the same, for it was traded; that ends at the usual hour.
        """
        if not bars.interval.intraday:
            return self.closes_of(bars)
        moments, days = _instants(bars.index), _days(bars.sessions)
        ends = self._ends_after(moments)
        unlisted = ~np.isin(days, self._table.days)
        if unlisted.any():
            opened, closed = _usual_hours(self.exchange, self.timezone)
            midnight = _midnights(days[unlisted], self.timezone)
            since = moments[unlisted] - midnight
            usual = (opened <= since) & (since < closed)
            ends[unlisted] = np.where(usual, midnight + closed, ends[unlisted])
        return _utc(ends)

    def bucket_labels(self, bars: Bars, interval: Interval) -> pd.DatetimeIndex:
        """The label, in UTC, of the longer bar that each bar is a part of.

        Weeks begin on Monday. Intraday bars are counted from the opening; those before and after the
        session from the close before them, so that they never mix with it.
        """
        if interval is Interval.W1:
            return _utc(self._mondays(_days(bars.sessions)))
        labels, length = _instants(bars.index), np.timedelta64(interval.length)
        bounds = np.union1d(self._table.opens, self._table.closes)
        begun = bounds[np.searchsorted(bounds, labels, "right") - 1]
        return _utc(begun + (labels - begun) // length * length)

    def end_of(self, day: date) -> datetime:
        """The end of the session of *day*; where there is none, midnight at the exchange after it."""
        close = self.session_close(day)
        if close is not None:
            return close
        midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(self.timezone))
        return midnight.astimezone(UTC)

    def _ends_after(self, moments: np.ndarray) -> np.ndarray:
        """The end of the session that each moment lies in, or lies before."""
        closes = self._table.closes
        at = np.searchsorted(closes, moments, "right")
        return closes[np.minimum(at, len(closes) - 1)]

    def _session_ends(self, days: np.ndarray) -> np.ndarray:
        table = self._table
        at = np.minimum(np.searchsorted(table.days, days), len(table.days) - 1)
        known = table.days[at] == days
        ends = table.closes[at]
        if not known.all():
            ends = np.where(known, ends, _midnights(days + _DAY, self.timezone))
        return ends

    def _week_ends(self, days: np.ndarray) -> np.ndarray:
        """The end of the last session in the week of each day."""
        mondays = self._mondays(days)
        table = self._table
        at = np.searchsorted(table.days, mondays + _WEEK) - 1
        known = (at >= 0) & (table.days[at] >= mondays)
        ends = table.closes[at]
        if not known.all():
            ends = np.where(known, ends, _midnights(mondays + _WEEK, self.timezone))
        return ends

    def _mondays(self, days: np.ndarray) -> np.ndarray:
        """The Monday of the week of each day; where Sunday has no session of its own, the next one."""
        weekday = (days.astype("int64") + 3) % 7
        forward = weekday == 6 if self.exchange != ALWAYS else np.zeros(len(days), dtype=bool)
        return np.where(forward, days + _DAY, days - weekday * _DAY)

    @property
    def _table(self) -> "_Table":
        return _table(self.exchange, self.timezone)


def calendar_for(bars: Bars) -> Calendar:
    """The calendar that a ticker trades by, told from its symbol and time zone."""
    return Calendar(exchange=exchange_for(bars.ticker, bars.timezone), timezone=bars.timezone)


def calendar_of(ticker: str) -> Calendar:
    """The calendar that a ticker trades by, told from its symbol alone, before any bars are known."""
    timezone = timezone_of(ticker)
    return Calendar(exchange=exchange_for(ticker, timezone), timezone=timezone)


def closed(bars: Bars, now: datetime, delay: float = 0.0) -> Bars:
    """The bars that had closed and been settled by *now*, each with the end of it and of its session.

    Args:
        bars: As the provider gave them; the last may be forming. Where it said itself when they
            closed, it is believed.
        now: The clock to judge by, aware UTC.
        delay: Seconds after its close until a bar is settled at the source. Leave it 0 when *now* is
            a moment of the past: what is asked today has long been settled.
    """
    closes = calendar_for(bars).closes_of(bars) if bars.closes is None else bars.closes
    ends = calendar_for(bars).session_ends_of(bars) if bars.interval.intraday else closes
    settled = int((_instants(closes) <= _instant(now - timedelta(seconds=delay))).sum())
    return replace(bars, closes=closes, session_ends=ends).head(settled)


def with_session_ends[B: Bars](bars: B) -> B:
    """Intraday bars with the end of each bar's session where they had none; others as they are.

    Every bar stays: this is for the user's own bars, each of which counts as closed.
    """
    if bars.session_ends is not None or not bars.interval.intraday:
        return bars
    return replace(bars, session_ends=calendar_for(bars).session_ends_of(bars))


def as_of(text: str, calendar: Calendar | None = None) -> datetime:
    """Read `--as-of`: a date is the end of that session, a time must say its zone.

    A date without a session means the end of that date at the exchange, so everything up to the last
    session before it.

    Args:
        text: `2026-01-09`, `2026-01-09T15:00-05:00`, `2026-01-09 15:00 America/New_York`.
        calendar: Whose sessions; None for New York's.

    Raises:
        AskError: It is neither, or the time has no zone.

    Example:
        >>> print(as_of("2025-11-28"), as_of("2026-01-09T15:00-05:00"), sep=chr(10))
        2025-11-28 18:00:00+00:00
        2026-01-09 20:00:00+00:00
    """
    words = text.strip()
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return _zoned(words)
    if not _FIRST <= day <= _LAST:
        raise _unread(f"The date {words} lies outside the calendars, {_FIRST} to {_LAST}.", words)
    return (calendar or Calendar()).end_of(day)


def _zoned(words: str) -> datetime:
    stamp, _, zone = words.rpartition(" ")
    try:
        if "/" in zone or zone == "UTC":
            moment = datetime.fromisoformat(stamp).replace(tzinfo=ZoneInfo(zone))
        else:
            moment = datetime.fromisoformat(words)
    except (ValueError, OSError, LookupError):
        raise _unread(f"{words!r} is neither a date nor a time.", words) from None
    if moment.tzinfo is None:
        raise _unread(f"The time {words!r} does not say its zone.", words)
    if not _FIRST <= moment.date() <= _LAST:
        raise _unread(f"The time {words} lies outside the calendars, {_FIRST} to {_LAST}.", words)
    return moment.astimezone(UTC)


def _unread(message: str, words: str) -> AskError:
    return AskError(
        message,
        seen=words,
        needed="a date, or a time with a zone",
        cure="Write for example 2026-01-09, or 2026-01-09T15:00-05:00.",
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """Sessions side by side; where one has no lunch break, `pauses` and `resumes` are no time."""

    days: np.ndarray
    opens: np.ndarray
    closes: np.ndarray
    pauses: np.ndarray
    resumes: np.ndarray


@lru_cache
def _table(exchange: str, timezone: str) -> _Table:
    if exchange in (ALWAYS, WEEKDAYS):
        return _round_the_clock(timezone, weekends=exchange == ALWAYS)
    sessions = _sessions(exchange)
    known = _Table(
        days=sessions.sessions.to_numpy().astype("datetime64[D]"),
        opens=sessions.opens.to_numpy(dtype="datetime64[ns]"),
        closes=sessions.closes.to_numpy(dtype="datetime64[ns]"),
        pauses=_plain(sessions.break_starts),
        resumes=_plain(sessions.break_ends),
    )
    return _continued(known, timezone)


@lru_cache
def _usual_hours(exchange: str, timezone: str) -> tuple[np.timedelta64, np.timedelta64]:
    """From midnight at the exchange to its opening and to its close, on most of its days."""
    table = _table(exchange, timezone)
    midnights = _midnights(table.days, timezone)
    hours = np.stack((table.opens - midnights, table.closes - midnights))
    kinds, counts = np.unique(hours, axis=1, return_counts=True)
    opened, closed = kinds[:, counts.argmax()]
    return opened, closed


def _continued(known: _Table, timezone: str) -> _Table:
    """Weekdays from midnight to midnight after the last year whose holidays are settled."""
    after = _round_the_clock(timezone, weekends=False)
    later = after.days > np.datetime64(f"{known.days[-1].astype('datetime64[Y]')}-12-31")
    return _Table(
        days=np.append(known.days, after.days[later]),
        opens=np.append(known.opens, after.opens[later]),
        closes=np.append(known.closes, after.closes[later]),
        pauses=np.append(known.pauses, after.pauses[later]),
        resumes=np.append(known.resumes, after.resumes[later]),
    )


def _sessions(exchange: str) -> Any:
    """The widest calendar there is; limits are always given, for the defaults depend on today."""
    from exchange_calendars import get_calendar

    first, last = datetime.combine(_FIRST, time.min), datetime.combine(_LAST, time.min)
    try:
        return get_calendar(exchange, start=first, end=last)
    except ValueError:
        known = get_calendar(exchange, start="2024-01-01", end="2024-12-31")
    first, last = max(first, known.bound_min() or first), min(last, known.bound_max() or last)
    return get_calendar(exchange, start=first, end=last)


def _round_the_clock(timezone: str, *, weekends: bool) -> _Table:
    days = np.arange(np.datetime64(_FIRST), np.datetime64(_LAST) + _DAY)
    if not weekends:
        days = days[np.is_busday(days)]
    opens, closes = _midnights(days, timezone), _midnights(days + _DAY, timezone)
    never = np.full(len(days), np.datetime64("NaT", "ns"))
    return _Table(days=days, opens=opens, closes=closes, pauses=never, resumes=never)


def _midnights(days: np.ndarray, timezone: str) -> np.ndarray:
    """Local midnight of each day; the earlier of two, the first moment after one that is skipped."""
    local = pd.DatetimeIndex(days.astype("datetime64[ns]"))
    zoned = local.tz_localize(
        timezone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="shift_forward"
    )
    return zoned.tz_convert("UTC").tz_localize(None).to_numpy(dtype="datetime64[ns]")


def _bar_end(opened: np.datetime64, now: np.datetime64, length: np.timedelta64) -> np.datetime64:
    """When the bar ends that *now* lies in, counted from the opening."""
    return opened + ((now - opened) // length + 1) * length


def _plain(times: pd.Series) -> np.ndarray:
    return _instants(pd.DatetimeIndex(times))


def _days(index: pd.DatetimeIndex) -> np.ndarray:
    return _instants(index).astype("datetime64[D]")


def _instants(index: pd.DatetimeIndex) -> np.ndarray:
    return index.tz_convert("UTC").tz_localize(None).to_numpy(dtype="datetime64[ns]")


def _utc(moments: np.ndarray) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(moments.astype("datetime64[ns]")).tz_localize("UTC")


def _instant(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "ns")


def _moment(instant: np.datetime64) -> datetime:
    return instant.astype("datetime64[us]").item().replace(tzinfo=UTC)
