"""The next release, and how past ones came in."""

from datetime import date

import pytest

from genie_nb.core.facts.registry import compute_facts
from genie_nb.core.findings.earnings import surprise_history, told
from genie_nb.core.fundamentals import EarningsReport


def release(surprise: float | None) -> EarningsReport:
    return EarningsReport(day=date(2025, 9, 30), estimate=1.0, actual=None, surprise=surprise)


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ((date(2026, 2, 4),), 23.0),
        ((date(2026, 1, 12),), 0.0),
        ((date(2026, 2, 4), date(2026, 2, 9)), 23.0),
        ((date(2026, 1, 9), date(2026, 1, 14)), 2.0),
    ],
)
def test_days_to_earnings_are_calendar_days_to_the_first_date_ahead(subject, company, dates, days):
    fact = compute_facts(subject(fundamentals=company(next_earnings=dates)))["days_to_earnings"]
    assert fact.value == days


def test_a_date_in_the_past_is_not_the_next_one(subject, company):
    fact = compute_facts(subject(fundamentals=company(next_earnings=(date(2025, 11, 4),))))[
        "days_to_earnings"
    ]
    assert fact.value is None
    assert "is past" in (fact.reason or "")


def test_only_a_year_of_releases_is_looked_at():
    history = surprise_history([release(s) for s in (0.05, -0.08, 0.0, 0.02, -0.9)])
    assert history is not None
    assert (history.releases, history.missed, history.worst) == (4, 1, -0.08)
    assert "1 of the last 4 releases, at worst by 8.0 %" in told(history)


@pytest.mark.parametrize("past", [None, [], [release(None)]])
def test_without_an_estimate_there_is_no_history(past):
    assert surprise_history(past) is None
