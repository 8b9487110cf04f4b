"""What a provider knows of a company, read once into plain values.

Ratios, margins, growth and yields are fractions; money is in the currency named beside it. A figure
that is absent is absent: nothing here is zero because it is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["equity", "etf", "fund", "index", "currency", "crypto", "future", "other"]
Frequency = Literal["quarterly", "annual", "ttm"]
Topic = Literal["income", "balance", "cashflow"]

ROWS: Mapping[Topic, tuple[str, ...]] = {
    "income": (
        "revenue", "gross_profit", "operating_income", "ebit", "ebitda", "net_income",
        "net_income_common", "eps_diluted", "diluted_shares", "interest_expense", "research",
    ),
    "balance": (
        "total_assets", "total_liabilities", "current_assets", "current_liabilities", "cash",
        "total_debt", "equity", "retained_earnings", "working_capital", "shares",
    ),
    "cashflow": (
        "operating_cash_flow", "free_cash_flow", "capital_expenditure", "stock_compensation",
        "buybacks", "dividends_paid",
    ),
}  # fmt: skip
"""The statement rows that facts read. `cash` is cash, equivalents and short-term investments; `equity`
is the common stockholders'; `capital_expenditure`, `buybacks` and `dividends_paid` are negative when
money left the company; `shares` are ordinary shares outstanding at the period's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that was wanted and is not there.

    Attributes:
        what: The fact, or the part of the answer.
        reason: Why, in words a user can act on.
        failed: True when a call to the provider failed (it may work later); False when the thing
            does not apply or the provider has never had it.
    """

    what: str
    reason: str
    failed: bool = False

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of an answer."""
        return {"what": self.what, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One column of a statement.

    Attributes:
        end: Last day of the period.
        rows: Row name of `ROWS` to value; a row the company did not report is absent.
        filed: When it became public, aware UTC; None where the provider does not say.
    """

    end: date
    rows: Mapping[str, float]
    filed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement over several periods.

    Attributes:
        topic: Income, balance or cashflow.
        frequency: Quarterly, annual or trailing twelve months.
        currency: ISO code of the money in it.
        periods: Oldest first.
    """

    topic: Topic
    frequency: Frequency
    currency: str | None
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiderTrade:
    """One transaction of an officer, director or large holder.

    Attributes:
        day: When it happened.
        name: Who.
        position: Role in the company; empty where not said.
        kind: `purchase` and `sale` are open-market trades with the insider's own money; the others
            are not a view on the price.
        shares: How many, always positive.
        value: Money paid or received, in the price currency; None where not said.
    """

    day: date
    name: str
    position: str
    kind: Literal["purchase", "sale", "award", "exercise", "gift", "tax", "other"]
    shares: float
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningsReport:
    """One past earnings release against what analysts expected.

    Attributes:
        day: The quarter's end or the release date, as the provider labels it.
        estimate: Expected earnings per share.
        actual: Reported earnings per share.
        surprise: (actual - estimate) / |estimate|, a fraction; None where either is missing or the
            estimate is zero.
    """

    day: date
    estimate: float | None
    actual: float | None
    surprise: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fundamentals:
    """All that one provider says of one company at one moment.

    Attributes:
        ticker: The symbol.
        name: The company's name; outside text, never trusted as markup.
        kind: What the ticker stands for; only an equity has fundamentals.
        source: Who says so.
        as_of: What was knowable, aware UTC.
        fetched_at: When the source was asked, aware UTC.
        currency: ISO code of the price.
        financial_currency: ISO code of the statements; may differ from *currency*.
        quoted: The provider's own figures by fact name, in the registry's units. Besides fact names:
            `implied_shares` (all share classes, in units of the quoted share), `last_price`.
        most_recent_quarter: End of the newest quarter the provider's own figures are based on.
        statements: All statements it has.
        insider_trades: Newest first; None where the provider cannot tell.
        earnings: Past releases, newest first; None where the provider cannot tell.
        next_earnings: The next release date, or the first and last of an estimated range.
        point_in_time: Whether every part was public at *as_of*.
        fictional: Whether the company is invented.
        missing: What was asked for and did not come, and why.
    """

    ticker: str
    name: str
    source: str
    as_of: datetime
    kind: Kind = "equity"
    fetched_at: datetime | None = None
    sector: str | None = None
    industry: str | None = None
    country: str | None = None
    exchange: str | None = None
    currency: str | None = None
    financial_currency: str | None = None
    description: str | None = None
    quoted: Mapping[str, float] = field(default_factory=dict)
    most_recent_quarter: date | None = None
    statements: tuple[Statement, ...] = ()
    insider_trades: tuple[InsiderTrade, ...] | None = None
    earnings: tuple[EarningsReport, ...] | None = None
    next_earnings: tuple[date, ...] = ()
    point_in_time: bool = False
    fictional: bool = False
    missing: tuple[Missing, ...] = ()

    def statement(self, topic: Topic, frequency: Frequency) -> Statement | None:
        """The statement of that topic and frequency, or None."""
        for statement in self.statements:
            if statement.topic == topic and statement.frequency == frequency:
                return statement
        return None
