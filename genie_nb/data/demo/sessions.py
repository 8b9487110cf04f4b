"""When the New York Stock Exchange was open: a pure calendar, and the moment the market stands at.

The embedded market keeps its own, so that asking for one company costs no calendar library. It is
the exchange's published rule set for 2013 to 2026 with the two days of mourning in it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np
import pandas as pd

FIRST_SESSION = date(2016, 1, 12)
LAST_SESSION = date(2026, 1, 12)
NOW = datetime(2026, 1, 12, 21, 30, tzinfo=UTC)
TIMEZONE = "America/New_York"

_YEARS = range(2013, 2027)
_MOURNING = {date(2018, 12, 5), date(2025, 1, 9)}
_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY, _SUNDAY = 0, 3, 4, 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Sessions in order, as aligned arrays.

    Attributes:
        days: Exchange-local dates (datetime64[D]).
        opens: Openings in UTC (datetime64[ns]).
        closes: Closings in UTC (datetime64[ns]).
        half: Whether the session ends at 13:00.
    """

    days: np.ndarray
    opens: np.ndarray
    closes: np.ndarray
    half: np.ndarray

    def at(self, day: date) -> int:
        """Position of the first session on or after *day*."""
        return int(np.searchsorted(self.days, np.datetime64(day, "D")))

    def day(self, position: int) -> date:
        """The date of the session at *position*."""
        return self.days[position].astype(object)

    def opening(self, position: int) -> datetime:
        """When the session at *position* opened, aware UTC."""
        return _moment(self.opens[position])

    def closing(self, position: int) -> datetime:
        """When the session at *position* closed, aware UTC."""
        return _moment(self.closes[position])

    def ended(self, moment: datetime) -> int:
        """How many sessions had closed by *moment*."""
        return int(np.searchsorted(self.closes, instant(moment), side="right"))


@cache
def calendar() -> Calendar:
    """Every session of the years the market knows of, some months ahead included."""
    days = np.arange(np.datetime64(f"{_YEARS[0]}-01-01"), np.datetime64(f"{_YEARS[-1] + 1}-01-01"))
    shut = np.array(sorted(set().union(*map(holidays, _YEARS))), dtype="datetime64[D]")
    short = np.array(sorted(set().union(*map(half_days, _YEARS))), dtype="datetime64[D]")
    days = days[np.is_busday(days) & ~np.isin(days, shut)]
    half = np.isin(days, short)
    midnight = days.astype("datetime64[ns]")
    ends = np.where(half, np.timedelta64(13, "h"), np.timedelta64(16, "h"))
    return Calendar(
        days=days,
        opens=_to_utc(midnight + np.timedelta64(570, "m")),
        closes=_to_utc(midnight + ends),
        half=half,
    )


@cache
def market_span() -> slice:
    """Positions in the calendar of the ten years that have a tape."""
    found = calendar()
    return slice(found.at(FIRST_SESSION), found.at(LAST_SESSION) + 1)


def holidays(year: int) -> set[date]:
    """Days of *year* from Monday to Friday on which the exchange stays shut.

    Example:
        >>> sorted(day.isoformat() for day in holidays(2025) if day.month < 3)
        ['2025-01-01', '2025-01-09', '2025-01-20', '2025-02-17']
    """
    fixed = [date(year, 7, 4), date(year, 12, 25)]
    if year >= 2022:
        fixed.append(date(year, 6, 19))
    found = {_observed(day) for day in fixed}
    new_year = date(year, 1, 1)
    if new_year.weekday() != _SATURDAY:
        found.add(_observed(new_year))
    found |= {
        _nth(year, 1, _MONDAY, 3),
        _nth(year, 2, _MONDAY, 3),
        _easter(year) - timedelta(days=2),
        _nth(year, 6, _MONDAY, 1) - timedelta(days=7),
        _nth(year, 9, _MONDAY, 1),
        _nth(year, 11, _THURSDAY, 4),
    }
    return found | {day for day in _MOURNING if day.year == year}


def half_days(year: int) -> set[date]:
    """Sessions of *year* that end at 13:00.

    Example:
        >>> sorted(day.isoformat() for day in half_days(2025))
        ['2025-07-03', '2025-11-28', '2025-12-24']
    """
    eves = [date(year, 7, 3), date(year, 12, 24)]
    found = {day for day in eves if day.weekday() <= _THURSDAY}
    return found | {_nth(year, 11, _THURSDAY, 4) + timedelta(days=1)}


def instant(moment: datetime) -> np.datetime64:
    """An aware time as NumPy has it, in UTC."""
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "ns")


def utc(values: np.ndarray) -> pd.DatetimeIndex:
    """Dates or UTC times of NumPy as an aware index."""
    return pd.DatetimeIndex(values.astype("datetime64[ns]"), tz="UTC")


def _moment(value: np.datetime64) -> datetime:
    return value.astype("datetime64[us]").astype(datetime).replace(tzinfo=UTC)


def _to_utc(local: np.ndarray) -> np.ndarray:
    there = pd.DatetimeIndex(local).tz_localize(TIMEZONE).tz_convert("UTC")
    return there.tz_localize(None).to_numpy(dtype="datetime64[ns]")


def _observed(day: date) -> date:
    return day + timedelta(days={_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)
