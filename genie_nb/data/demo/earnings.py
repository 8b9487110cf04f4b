"""Earnings releases against what analysts had expected."""

from datetime import date, datetime
from functools import cache

import numpy as np

from ...core.fundamentals import EarningsReport
from .books import books
from .company import Company
from .statements import listed_at
from .streams import stream

SHOWN = 12
"""How many releases the history goes back."""

_ANALYSTS = {"nano": 0, "micro": 1, "small": 4, "mid": 12, "large": 22, "mega": 36}


@cache
def analyst_count(company: Company) -> int:
    """How many analysts follow it."""
    if company.traits.analysts is not None:
        return company.traits.analysts
    usual = _ANALYSTS[company.band]
    return usual + stream(company.ticker, "analysts").randint(usual // 3 + 1)


def earnings_history(company: Company, as_of: datetime) -> tuple[EarningsReport, ...]:
    """The releases made as a listed company by *as_of*, newest first."""
    found, estimates = books(company), _estimates(company)
    actual = found.rows["income"]["eps_diluted"]
    listed = listed_at(company)
    told = [
        row
        for row, release in enumerate(found.releases)
        if release.at <= as_of and (listed is None or listed <= release.at)
    ]
    return tuple(
        _report(found.releases[row].day, estimates[row], float(actual[row]))
        for row in reversed(told[-SHOWN:])
    )


def expected_growth(company: Company) -> float:
    """Growth of earnings per share that analysts expect for the next year, a fraction."""
    draw = stream(company.ticker, "outlook")
    return float(np.clip(company.growth + 0.03 * draw.standard_normal(), -0.15, 0.4))


@cache
def _estimates(company: Company) -> tuple[float | None, ...]:
    actual = books(company).rows["income"]["eps_diluted"]
    if analyst_count(company) == 0:
        return (None,) * len(actual)
    draw = stream(company.ticker, "surprises")
    surprise = np.clip(0.02 + 0.07 * draw.standard_normal(len(actual)), -0.25, 0.3)
    return tuple(float(value) for value in np.round(actual - surprise * np.abs(actual), 2))


def _report(day: date, estimate: float | None, actual: float) -> EarningsReport:
    surprise = (actual - estimate) / abs(estimate) if estimate else None
    return EarningsReport(day=day, estimate=estimate, actual=actual, surprise=surprise)
