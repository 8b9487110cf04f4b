"""Books as statements, and only what was public at the time."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import numpy as np

from ...core.fundamentals import ROWS, Frequency, Period, Statement, Topic
from .books import Books, books
from .company import Company
from .schedule import Release
from .sessions import calendar

SHOWN: Mapping[Frequency, int] = {"quarterly": 16, "annual": 5, "ttm": 5}
"""How many periods a statement goes back."""

_MEANS = frozenset({"diluted_shares"})


def listed_at(company: Company) -> datetime | None:
    """The morning of its first session, when what it filed before became public; None for always."""
    first = company.traits.tape.first_session
    if first is None:
        return None
    sessions = calendar()
    return sessions.opening(sessions.at(first)) - timedelta(hours=2)


def filed(company: Company, release: Release) -> datetime:
    """When a quarter's results became public."""
    listed = listed_at(company)
    return release.at if listed is None else max(release.at, listed)


def known(company: Company, as_of: datetime) -> int:
    """How many of its quarters, from the first, were public at *as_of*."""
    return sum(filed(company, release) <= as_of for release in books(company).releases)


def statements(company: Company, as_of: datetime) -> tuple[Statement, ...]:
    """Every statement as it was public at *as_of*."""
    found = books(company)
    count = known(company, as_of)
    made = (
        _statement(company, found, topic, frequency, count)
        for topic in ROWS
        for frequency in SHOWN
        if (topic, frequency) != ("balance", "ttm")
    )
    return tuple(statement for statement in made if statement.periods)


def _statement(
    company: Company, found: Books, topic: Topic, frequency: Frequency, count: int
) -> Statement:
    ends = _period_ends(found.releases[:count], frequency)
    return Statement(
        topic=topic,
        frequency=frequency,
        currency=found.currency,
        periods=tuple(
            Period(
                end=found.releases[row].end,
                rows=_values(found, topic, frequency, row),
                filed=filed(company, found.releases[row]),
            )
            for row in ends[-SHOWN[frequency] :]
        ),
    )


def _period_ends(told: tuple[Release, ...], frequency: Frequency) -> list[int]:
    if frequency == "quarterly":
        return list(range(len(told)))
    whole = range(3, len(told))
    if frequency == "annual":
        return [row for row in whole if told[row].closes_year]
    return list(whole)


def _values(found: Books, topic: Topic, frequency: Frequency, row: int) -> dict[str, float]:
    rows = found.rows[topic]
    if frequency == "quarterly" or topic == "balance":
        return {name: float(rows[name][row]) for name in _in_order(rows, topic)}
    return {name: year_to(rows[name], name, row) for name in _in_order(rows, topic)}


def year_to(values: np.ndarray, name: str, row: int) -> float:
    """Four quarters up to *row*: their sum, or the mean for a count of shares."""
    quarters = values[row - 3 : row + 1]
    whole = quarters.mean() if name in _MEANS else quarters.sum()
    return float(round(whole, 2))


def _in_order(rows: Mapping[str, np.ndarray], topic: Topic) -> Iterable[str]:
    return (name for name in ROWS[topic] if name in rows)
