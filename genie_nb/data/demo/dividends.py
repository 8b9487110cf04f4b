"""What a company pays its holders, quarter after quarter."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np

from .company import Company
from .economics import SECTORS
from .sessions import FIRST_SESSION, LAST_SESSION, calendar
from .streams import stream

_YEARLY_RAISE = 0.04
_CHANCE = {"nano": 0.0, "micro": 0.15, "small": 0.3, "mid": 0.7, "large": 0.85, "mega": 0.85}


@cache
def dividends(company: Company) -> tuple[tuple[int, float], ...]:
    """Each ex-date, as its position in the calendar, and the cash per share, oldest first."""
    yearly = _yield(company) * company.price
    if yearly == 0:
        return ()
    draw = stream(company.ticker, "dividends")
    month, day = 1 + draw.randint(3), 3 + draw.randint(22)
    sessions = calendar()
    dates = [
        date(year, month + 3 * quarter, day)
        for year in range(FIRST_SESSION.year, LAST_SESSION.year + 1)
        for quarter in range(4)
    ]
    places = [sessions.at(ex) for ex in dates if ex > FIRST_SESSION]
    past = [place for place in places if sessions.day(place) <= LAST_SESSION]
    years_ago = np.arange(len(past) - 1, -1, -1) // 4
    cash = np.maximum(np.round(yearly / 4 / (1 + _YEARLY_RAISE) ** years_ago, 2), 0.01)
    listed = company.traits.tape.first_session or FIRST_SESSION
    return tuple(
        (place, float(amount))
        for place, amount in zip(past, cash, strict=True)
        if sessions.day(place) > listed
    )


def paid_by_quarter(company: Company, ends: Sequence[date]) -> np.ndarray:
    """Cash per share with an ex-date in each quarter, the quarters running up to *ends*."""
    paid = dividends(company)
    places = [place for place, _ in paid]
    total = np.append(0.0, np.cumsum([cash for _, cash in paid]))
    last = np.array(ends, dtype="datetime64[D]")
    counts = np.searchsorted(calendar().days[places], last, side="right")
    return np.diff(total[counts], prepend=0.0)


def _yield(company: Company) -> float:
    wanted = company.traits.books.dividend_yield
    if wanted is not None:
        return wanted
    draw = stream(company.ticker, "payout")
    chance = 1.0 if company.industry.startswith("REIT") else _CHANCE[company.band]
    if not company.profitable or draw.random_sample() > chance:
        return 0.0
    return SECTORS[company.sector].payout * float(np.exp(0.25 * draw.standard_normal()))
