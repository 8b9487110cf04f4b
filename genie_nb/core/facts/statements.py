"""Statements: the newest figures, twelve months of them, and the same quarter a year before.

quarters | years | trailing twelve months -> Figures (one period, one currency)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ..fundamentals import Frequency, Fundamentals, Period, Topic
from .fact import Input, Unit

NEAR = 15
"""Days within which two period ends are the same one; fiscal quarters may end on a Saturday."""

_QUARTER = range(75, 106)
_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Some rows of a statement over one period.

    Attributes:
        rows: Row name to value; every row that was asked for is there.
        end: Last day of the period.
        span: The period in words, such as `quarter to 2025-09-30`.
        currency: ISO code of the money in it; None where nobody named it.
        source: Who says so.
    """

    rows: Mapping[str, float]
    end: date
    span: str
    currency: Unit | None
    source: str

    def __getitem__(self, row: str) -> float:
        return self.rows[row]

    def inputs(self, *names: str) -> tuple[Input, ...]:
        """The rows as inputs of a fact, all of them or those named."""
        return tuple(
            Input(
                name=f"{row} ({self.span})",
                value=self.rows[row],
                source=self.source,
                as_of=self.end,
                unit=_units(row, self.currency),
            )
            for row in names or self.rows
        )


def newest(company: Fundamentals, topic: Topic, *rows: str) -> Figures | None:
    """The newest quarter or year in which all of *rows* are reported."""
    last = [*quarters(company, topic, *rows)[-1:], *years(company, topic, *rows)[-1:]]
    return max(last, key=lambda figures: figures.end, default=None)


def quarters(company: Fundamentals, topic: Topic, *rows: str) -> list[Figures]:
    """Every quarter in which all of *rows* are reported, oldest first."""
    return _each(company, topic, "quarterly", rows)


def years(company: Fundamentals, topic: Topic, *rows: str) -> list[Figures]:
    """Every fiscal year in which all of *rows* are reported, oldest first."""
    return _each(company, topic, "annual", rows)


def trailing(company: Fundamentals, topic: Topic, *rows: str) -> Figures | None:
    """Twelve months of *rows*: the newest of four quarters, a fiscal year, the provider's own sum.

    Four quarters must follow each other without a hole. Among sums that end at the same time, four
    quarters come before a fiscal year and that before the provider's own.
    """
    found = [sum_ for sum_ in _twelve_months(company, topic, rows) if sum_]
    if not found:
        return None
    last = max(figures.end for figures in found)
    return next(figures for figures in found if (last - figures.end).days <= NEAR)


def year_before(figures: Figures, among: Sequence[Figures]) -> Figures | None:
    """The one of *among* that ended a year before *figures* did."""
    near = [other for other in among if abs((figures.end - other.end).days - _YEAR) <= NEAR]
    return min(near, key=lambda other: abs((figures.end - other.end).days - _YEAR), default=None)


def _twelve_months(
    company: Fundamentals, topic: Topic, rows: Sequence[str]
) -> Iterator[Figures | None]:
    last_four = _having(company, topic, "quarterly", rows)[-4:]
    unbroken = len(last_four) == 4 and all(
        (after.end - before.end).days in _QUARTER for before, after in pairwise(last_four)
    )
    yield _figures(company, topic, "quarterly", last_four, rows) if unbroken else None
    for frequency in ("annual", "ttm"):
        last = _having(company, topic, frequency, rows)[-1:]
        yield _figures(company, topic, frequency, last, rows) if last else None


def _each(
    company: Fundamentals, topic: Topic, frequency: Frequency, rows: Sequence[str]
) -> list[Figures]:
    periods = _having(company, topic, frequency, rows)
    return [_figures(company, topic, frequency, [period], rows) for period in periods]


def _having(
    company: Fundamentals, topic: Topic, frequency: Frequency, rows: Sequence[str]
) -> list[Period]:
    statement = company.statement(topic, frequency)
    if statement is None:
        return []
    return [period for period in statement.periods if all(row in period.rows for row in rows)]


def _figures(
    company: Fundamentals,
    topic: Topic,
    frequency: Frequency,
    periods: Sequence[Period],
    rows: Sequence[str],
) -> Figures:
    statement = company.statement(topic, frequency)
    currency = (statement.currency if statement else None) or company.financial_currency
    end = periods[-1].end
    return Figures(
        rows={row: sum(period.rows[row] for period in periods) for row in rows},
        end=end,
        span=f"{_SPANS[frequency] if len(periods) == 1 else 'four quarters'} to {end}",
        currency=currency,
        source=company.source,
    )


_SPANS: Mapping[Frequency, str] = {
    "quarterly": "quarter",
    "annual": "fiscal year",
    "ttm": "twelve months",
}


def _units(row: str, currency: Unit | None) -> Unit | None:
    return "shares" if row in ("shares", "diluted_shares") else currency
