"""What officers and directors did with their shares, and when the public could know.

A transaction is told to the regulator by the second session after it.
"""

from datetime import datetime
from functools import cache

import numpy as np

from ...core.fundamentals import InsiderTrade
from .company import Company
from .sessions import FIRST_SESSION, calendar, market_span
from .streams import stream
from .tape import last_cents
from .traits import InsiderKind

SHOWN_SESSIONS = 504
"""Sessions that the list goes back: two years."""

_TOLD_AFTER = 2
_GIVEN = (
    "Alba", "Bram", "Corin", "Delphine", "Emrys", "Fenna", "Gideon", "Hestia", "Idris", "Junia",
    "Kestrel", "Lorcan", "Maren", "Nerys", "Osric", "Petra", "Quentin", "Rhona", "Silas", "Tamsin",
)  # fmt: skip
_FAMILY = (
    "Ashdown", "Birchall", "Cawdrey", "Dunmere", "Elverton", "Fairlock", "Garrow", "Hartwell", "Ivers",
    "Jessop", "Kirkbride", "Larkham", "Moorcroft", "Northgate", "Oakes", "Penhallow", "Quarles", "Rookwood",
)  # fmt: skip
_POSITIONS = (
    "Chief Executive Officer", "Chief Financial Officer", "General Counsel", "Director", "Director",
)  # fmt: skip

type _Trade = tuple[int, str, str, InsiderKind, int]


def insider_trades(company: Company, as_of: datetime) -> tuple[InsiderTrade, ...]:
    """The transactions of two years that were public at *as_of*, newest first."""
    sessions = calendar()
    ended = sessions.ended(as_of)
    seen = (
        trade
        for trade in _trades(company)
        if ended - SHOWN_SESSIONS <= trade[0] and trade[0] + _TOLD_AFTER < ended
    )
    return tuple(_priced(company, trade) for trade in sorted(seen, reverse=True))


def _priced(company: Company, trade: _Trade) -> InsiderTrade:
    place, name, position, kind, shares = trade
    cents = last_cents(company.ticker, place + 1)
    paid = kind in ("purchase", "sale", "tax") and cents is not None
    return InsiderTrade(
        day=calendar().day(place),
        name=name,
        position=position,
        kind=kind,
        shares=float(shares),
        value=round(shares * cents / 100, 2) if paid and cents is not None else None,
    )


@cache
def _trades(company: Company) -> tuple[_Trade, ...]:
    random = stream(company.ticker, "insiders")
    plans = company.traits.insiders
    if plans is None:
        people = _people(random)
        return (*_yearly(company, people, random), *_open_market(company, people, random))
    people = [(plan.name, plan.position) for plan in plans]
    planned: list[_Trade] = [
        (calendar().at(plan.day), plan.name, plan.position, plan.kind, plan.shares)
        for plan in plans
    ]
    return (*_yearly(company, people, random), *planned)


def _people(random: np.random.RandomState) -> list[tuple[str, str]]:
    given = random.choice(len(_GIVEN), len(_POSITIONS), replace=False)
    family = random.choice(len(_FAMILY), len(_POSITIONS), replace=False)
    return [
        (f"{_GIVEN[first]} {_FAMILY[last]}", position)
        for first, last, position in zip(given, family, _POSITIONS, strict=True)
    ]


def _yearly(
    company: Company, people: list[tuple[str, str]], random: np.random.RandomState
) -> list[_Trade]:
    """Awards each spring, the shares withheld for tax, options exercised, now and then a gift."""
    found: list[_Trade] = []
    for start in _year_starts():
        spring = start + 40 + random.randint(20)
        for name, position in people[:3]:
            shares = _round_lot(company, 0.0004 * random.uniform(0.5, 1.5))
            found.append((spring, name, position, "award", shares))
            found.append((spring + 1, name, position, "tax", max(shares // 3, 1)))
        if random.random_sample() < 0.5:
            name, position = people[random.randint(3)]
            shares = _round_lot(company, 0.0006 * random.uniform(0.5, 1.5))
            found.append((start + 100 + random.randint(60), name, position, "exercise", shares))
        if random.random_sample() < 0.25:
            name, position = people[random.randint(len(people))]
            found.append((start + 230, name, position, "gift", _round_lot(company, 0.0001)))
    return _on_the_tape(company, found)


def _open_market(
    company: Company, people: list[tuple[str, str]], random: np.random.RandomState
) -> list[_Trade]:
    """Insiders of large companies mostly sell; those of small ones buy now and then."""
    large = company.market_cap > 2e9
    sales, purchases = (3.0, 0.2) if large else (1.0, 1.1)
    found: list[_Trade] = []
    for start in _year_starts():
        rates: dict[InsiderKind, float] = {"sale": sales, "purchase": purchases}
        for kind, rate in rates.items():
            for _ in range(random.poisson(rate)):
                name, position = people[random.randint(len(people))]
                shares = _round_lot(company, 0.0005 * random.uniform(0.2, 1.8))
                found.append((start + random.randint(250), name, position, kind, shares))
    return _on_the_tape(company, found)


def _on_the_tape(company: Company, trades: list[_Trade]) -> list[_Trade]:
    first = calendar().at(company.traits.tape.first_session or FIRST_SESSION)
    return [trade for trade in trades if first <= trade[0] < market_span().stop]


def _year_starts() -> range:
    span = market_span()
    return range(span.stop - 252 * 10, span.stop, 252)


def _round_lot(company: Company, share_of_all: float) -> int:
    """Shares held are worth less of the company the larger it is."""
    worth = share_of_all * company.market_cap * min(1.0, (1e9 / company.market_cap) ** 0.6)
    return max(round(worth / company.price / 100), 1) * 100
