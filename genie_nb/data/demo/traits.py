"""What can set a company apart from the average of its sector and size. None means: as its kind is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

type InsiderKind = Literal["purchase", "sale", "award", "exercise", "gift", "tax", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twist:
    """One session that the story wants so; what it leaves open is drawn.

    Attributes:
        day: The session.
        gap: Open over the close before, less one.
        change: Close over the close before, less one.
        volume: Shares traded, over the mean of the 20 sessions before.
    """

    day: date
    gap: float | None = None
    change: float | None = None
    volume: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeTraits:
    """How the price moves.

    Attributes:
        take: Which of the possible tapes is played; chosen for what it shows.
        volatility: Standard deviation of daily returns over a year, a fraction.
        beta: Share in the moves of the large-cap index.
        half_life: Sessions in which a move of its own loses half of itself.
        drift: Yearly logarithmic growth of the price.
        spread: Bid-ask spread as a fraction of the price.
        daily_shares: Mean volume of a session over the last month.
        first_session: When it was listed; None for longer ago than the tape.
        halts: First and last session of each time without trading.
        splits: Ex-date to new shares per old share.
        twists: Sessions that the story wants so.
    """

    take: int = 0
    volatility: float | None = None
    beta: float | None = None
    half_life: float | None = None
    drift: float | None = None
    spread: float | None = None
    daily_shares: float | None = None
    first_session: date | None = None
    halts: tuple[tuple[date, date], ...] = ()
    splits: Mapping[date, float] = field(default_factory=dict)
    twists: tuple[Twist, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTraits:
    """What the statements say.

    Attributes:
        revenue: False for a company that has none.
        gross_margin: Gross profit over revenue.
        net_margin: Net income over revenue; with a P/E it decides the revenue.
        earnings: Diluted earnings per share of the newest quarters, oldest first.
        equity: Stockholders' equity in dollars.
        debt_to_equity: Total debt over the absolute value of equity.
        other_liabilities: Liabilities besides debt, over the absolute value of equity.
        current_liabilities: Their share of all liabilities.
        current_ratio: Current assets over current liabilities.
        retained: Retained earnings over the absolute value of equity.
        free_cash_flow: Over the last twelve months, in dollars.
        cash: In dollars.
        runway: Quarters that the cash lasts, for a company that burns it.
        share_growth: Yearly growth of the shares outstanding, a fraction.
        dividend_yield: Yearly dividends over the price; 0 for none.
        currency: ISO code of the statements.
        year_end: Month in which the fiscal year ends.
    """

    revenue: bool = True
    gross_margin: float | None = None
    net_margin: float | None = None
    earnings: tuple[float, ...] = ()
    equity: float | None = None
    debt_to_equity: float | None = None
    other_liabilities: float | None = None
    current_liabilities: float | None = None
    current_ratio: float | None = None
    retained: float | None = None
    free_cash_flow: float | None = None
    cash: float | None = None
    runway: float | None = None
    share_growth: float | None = None
    dividend_yield: float | None = None
    currency: str = "USD"
    year_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiderPlan:
    """One transaction that the story wants."""

    day: date
    name: str
    position: str
    kind: InsiderKind
    shares: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """A company's part in the play.

    Attributes:
        country: Where it is at home.
        tape: How its price moves.
        books: What its statements say.
        analysts: How many follow it.
        release_lag: Days from a quarter's end to its release; the year's last one takes 8 more.
        before_open: Whether it releases earnings before the session rather than after.
        insiders: The open-market transactions of its insiders; None for drawn ones.
    """

    country: str = "United States"
    tape: TapeTraits = TapeTraits()
    books: BookTraits = BookTraits()
    analysts: int | None = None
    release_lag: int | None = None
    before_open: bool | None = None
    insiders: tuple[InsiderPlan, ...] | None = None
