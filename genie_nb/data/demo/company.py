"""A fictional company: who it is, and what makes its tape and its books its own."""

import re
from dataclasses import dataclass
from functools import cache

from ...core.errors import NotFound
from .cast import CAST
from .roster import ROSTER
from .traits import Traits

_BANKS_AND_INSURERS = ("Banks", "Insurance")
_GAP = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Company:
    """One line of the roster, with the traits of its role in the cast; there is one object of each.

    Attributes:
        ticker: The symbol.
        name: Its invented name.
        sector: One of the eleven.
        industry: What it does.
        shares: Ordinary shares outstanding at the last session.
        price: Close of the last session, in dollars.
        pe: Trailing price/earnings at the last session; None for a loss maker.
        growth: Revenue growth of the latest quarter over a year before, a fraction.
        traits: What sets it apart from the average of its sector and size.
    """

    ticker: str
    name: str
    sector: str
    industry: str
    shares: float
    price: float
    pe: float | None
    growth: float
    traits: Traits

    @property
    def market_cap(self) -> float:
        """Price × shares at the last session, in dollars."""
        return self.price * self.shares

    @property
    def band(self) -> str:
        """Its size: nano, micro, small, mid, large or mega."""
        return next(name for name, limit in _BANDS if self.market_cap < limit)

    @property
    def profitable(self) -> bool:
        """Whether it earned money over the last twelve months."""
        return self.pe is not None

    @property
    def is_bank(self) -> bool:
        """Whether it takes deposits, so that debt over equity says nothing."""
        return "Banks" in self.industry

    @property
    def unclassified(self) -> bool:
        """Whether its balance sheet has no current part and its income no gross profit."""
        return self.industry.startswith(_BANKS_AND_INSURERS)


_BANDS = (
    ("nano", 50e6),
    ("micro", 300e6),
    ("small", 2e9),
    ("mid", 10e9),
    ("large", 200e9),
    ("mega", float("inf")),
)


@cache
def companies() -> dict[str, Company]:
    """Every company by ticker, sector after sector."""
    found = (
        _read(line, sector)
        for sector, table in ROSTER.items()
        for line in table.strip().split("\n")
    )
    return {company.ticker: company for company in found}


def company(ticker: str) -> Company:
    """The company of that ticker.

    Raises:
        NotFound: The fictional market has none.
    """
    try:
        return companies()[ticker]
    except KeyError:
        raise NotFound(
            f"{ticker} is not in the fictional demo market.",
            seen=ticker,
            needed="a ticker of the demo market, such as ACME",
            cure="Add --provider yahoo, or run: genie config provider yahoo",
        ) from None


def sector_of(member: Company) -> tuple[Company, ...]:
    """Every other company of its sector."""
    return tuple(
        other
        for other in companies().values()
        if other.sector == member.sector and other.ticker != member.ticker
    )


def _read(line: str, sector: str) -> Company:
    ticker, name, industry, millions, price, pe, growth = _GAP.split(line.strip())
    traits = CAST.get(ticker, Traits())
    return Company(
        ticker=ticker,
        name=name,
        sector=sector,
        industry=industry,
        shares=round(float(millions) * 1e6 / float(price), -3),
        price=float(price),
        pe=None if pe == "-" else float(pe),
        growth=float(growth) / 100,
        traits=traits,
    )


def tickers() -> tuple[str, ...]:
    """Every company's ticker, in alphabetical order."""
    return tuple(sorted(companies()))
