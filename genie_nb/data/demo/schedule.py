"""When a company's quarters end and when it tells the public."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from .company import Company
from .sessions import NOW, calendar
from .streams import stream

QUARTERS = 44
"""Quarters on the books: the ten years of the tape and a year before."""

_YEAR_END_EXTRA = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One quarter's results becoming public.

    Attributes:
        end: Last day of the quarter.
        at: The moment, aware UTC.
        session: Position in the calendar of the first session that could react.
        closes_year: Whether the quarter is the fiscal year's last.
    """

    end: date
    at: datetime
    session: int
    closes_year: bool

    @property
    def day(self) -> date:
        """The date of the release in New York."""
        return (self.at - timedelta(hours=5)).date()


@cache
def releases(company: Company) -> tuple[Release, ...]:
    """The releases of its last quarters, oldest first, and as the last one the next to come."""
    draw = stream(company.ticker, "schedule")
    year_end = company.traits.books.year_end or (12, 12, 12, 12, 6, 9, 1)[draw.randint(7)]
    small = company.market_cap < 300e6
    usual = company.traits.release_lag or 24 + draw.randint(12) + 9 * small
    jitter = draw.randint(0, 3, QUARTERS + 4) * (company.traits.release_lag is None)
    early = draw.random_sample() < 0.5
    before_open = company.traits.before_open if company.traits.before_open is not None else early
    ends = _quarter_ends(year_end, QUARTERS + 4)
    found = [
        _release(end, usual + int(late), year_end=year_end, before_open=before_open)
        for end, late in zip(ends, jitter, strict=True)
    ]
    told = sum(release.at <= NOW for release in found)
    return tuple(found[told - QUARTERS : told + 1])


def expected(company: Company, as_of: datetime) -> tuple[date, ...]:
    """The day of its next release once it is announced, else the week it is expected in.

    A company names the day about a month ahead; before that it is the day of the same quarter a year
    ago, give or take three.
    """
    schedule = releases(company)
    told = sum(release.at <= as_of for release in schedule)
    if told == len(schedule):
        return ()
    coming = schedule[told]
    if coming.at - as_of <= timedelta(days=30):
        return (coming.day,)
    lag = schedule[max(told - 4, 0)].day - schedule[max(told - 4, 0)].end
    middle = coming.end + lag
    return (middle - timedelta(days=3), middle + timedelta(days=3))


def _release(end: date, lag: int, *, year_end: int, before_open: bool) -> Release:
    closes_year = end.month == year_end
    sessions = calendar()
    position = sessions.at(end + timedelta(days=lag + _YEAR_END_EXTRA * closes_year))
    if before_open:
        at = sessions.opening(position) - timedelta(hours=2)
    else:
        at = sessions.closing(position) + timedelta(minutes=10)
    return Release(end=end, at=at, session=position + (not before_open), closes_year=closes_year)


def _quarter_ends(year_end: int, count: int) -> list[date]:
    """The last *count* quarter ends up to the first one after the market's present."""
    months = [
        (year, month)
        for year in range(NOW.year - count // 4 - 2, NOW.year + 1)
        for month in range(1, 13)
        if (month - year_end) % 3 == 0
    ]
    ends = [date(year, month, monthrange(year, month)[1]) for year, month in months]
    past = sum(end <= NOW.date() for end in ends)
    return ends[past + 1 - count : past + 1]
