"""The market's own figures for a company: what a data vendor would quote beside the statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from ...core.fundamentals import Topic
from .books import DOLLARS, books
from .company import Company
from .dividends import dividends
from .earnings import analyst_count, expected_growth
from .sessions import NOW, calendar
from .statements import known, year_to
from .streams import stream
from .tape import last_cents

SNAPSHOT_ONLY = ("analyst_count", "float_shares", "pe_forward", "short_percent_of_float")
"""Figures that have no history: known now, not as of a day in the past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What multiples are made from, as known at one moment, in the currency of the statements.

    Attributes:
        company: Whose.
        row: The newest quarter that was public; negative when none was.
        price: The newest close.
    """

    company: Company
    row: int
    price: float

    def latest(self, topic: Topic, name: str) -> float | None:
        """A row of the newest quarter; None where it is not reported."""
        values = self._values(topic, name)
        return None if values is None or self.row < 0 else float(values[self.row])

    def year(self, name: str, topic: Topic = "income") -> float | None:
        """A row over the last four quarters; None where it is not reported that long."""
        values = self._values(topic, name)
        return None if values is None or self.row < 3 else year_to(values, name, self.row)

    def year_ago(self, name: str) -> float | None:
        """An income row of the quarter a year before the newest."""
        values = self._values("income", name)
        return None if values is None or self.row < 4 else float(values[self.row - 4])

    @property
    def quarter(self) -> date | None:
        """End of the newest quarter that was public."""
        return None if self.row < 0 else books(self.company).releases[self.row].end

    @property
    def cap(self) -> float | None:
        """Price × shares outstanding."""
        shares = self.latest("balance", "shares")
        return None if shares is None else self.price * shares

    def _values(self, topic: Topic, name: str) -> np.ndarray | None:
        return books(self.company).rows[topic].get(name)


def standing(company: Company, as_of: datetime) -> Standing | None:
    """What was known of *company* at *as_of*; None when it was not listed yet."""
    cents = last_cents(company.ticker, calendar().ended(as_of))
    if cents is None:
        return None
    currency = company.traits.books.currency
    return Standing(
        company=company, row=known(company, as_of) - 1, price=cents / 100 / DOLLARS[currency]
    )


def multiples(at: Standing) -> dict[str, float | None]:
    """The figures peers are compared by; None where one is not meaningful."""
    cap, equity, revenue = at.cap, at.latest("balance", "equity"), at.year("revenue")
    debt, cash = at.latest("balance", "total_debt"), at.latest("balance", "cash")
    enterprise = None if cap is None or debt is None or cash is None else cap + debt - cash
    before = at.year_ago("revenue")
    growth = _over(at.latest("income", "revenue"), before)
    return {
        "pe_trailing": _over(at.price, at.year("eps_diluted")),
        "price_to_sales": _over(cap, revenue),
        "price_to_book": _over(cap, equity),
        "ev_to_ebitda": _over(enterprise, at.year("ebitda")),
        "debt_to_equity": None if at.company.is_bank else _over(debt, equity),
        "profit_margin": _over(at.year("net_income"), revenue),
        "revenue_growth_yoy": None if growth is None else growth - 1,
        "gross_margin": _over(at.year("gross_profit"), revenue),
        "market_cap": None if cap is None else cap * DOLLARS[at.company.traits.books.currency],
    }


def quoted(at: Standing, as_of: datetime) -> Mapping[str, float]:
    """The provider's own figures at *as_of*; those without a history only at the present."""
    rate = DOLLARS[at.company.traits.books.currency]
    shares = at.latest("balance", "shares")
    figures = {
        "last_price": round(at.price * rate, 2),
        "shares_outstanding": shares,
        "implied_shares": shares,
        "dividend_yield": _dividend_yield(at, as_of),
    }
    found = multiples(at)
    figures |= {name: found[name] for name in ("market_cap", "pe_trailing", "debt_to_equity")}
    if as_of >= NOW:
        figures |= _snapshot(at)
    return {name: float(value) for name, value in figures.items() if value is not None}


def _snapshot(at: Standing) -> dict[str, float | None]:
    company = at.company
    draw = stream(company.ticker, "snapshot")
    freely = draw.uniform(0.62, 0.86) if company.market_cap < 2e9 else draw.uniform(0.9, 0.99)
    shares = at.latest("balance", "shares")
    short = draw.gamma(2.0, 0.05 if not company.profitable else 0.018)
    forward = _over(at.price, at.year("eps_diluted"))
    covered = analyst_count(company) > 0
    return {
        "analyst_count": float(analyst_count(company)),
        "float_shares": None if shares is None else round(shares * freely, -3),
        "short_percent_of_float": round(min(short, 0.35), 4),
        "pe_forward": forward / (1 + expected_growth(company)) if forward and covered else None,
    }


def _dividend_yield(at: Standing, as_of: datetime) -> float | None:
    ended = calendar().ended(as_of)
    paid = [cash for place, cash in dividends(at.company) if ended - 252 <= place < ended]
    rate = DOLLARS[at.company.traits.books.currency]
    return sum(paid) / (at.price * rate) if paid else None


def _over(value: float | None, base: float | None) -> float | None:
    """A ratio; None without both or with a base that is not positive."""
    return None if value is None or base is None or base <= 0 else value / base
