"""Insiders: what those who run the company did with their own money in six months."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..fundamentals import InsiderTrade

MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiderSummary:
    """Open-market trades apart from awards, exercises, gifts and tax, which say nothing of a view.

    Attributes:
        since: First day counted.
        until: Last day counted.
        purchases: How many open-market purchases.
        sales: How many open-market sales.
        bought: Shares bought on the open market.
        sold: Shares sold on the open market.
        others: Transactions of any other kind.
    """

    since: date
    until: date
    purchases: int
    sales: int
    bought: float
    sold: float
    others: int

    @property
    def net_shares(self) -> float:
        """Shares bought less shares sold, on the open market."""
        return self.bought - self.sold


def insider_summary(trades: Sequence[InsiderTrade], until: date) -> InsiderSummary:
    """The six months up to and including *until*."""
    since = months_before(until, MONTHS)
    recent = [trade for trade in trades if since <= trade.day <= until]
    purchases = [trade for trade in recent if trade.kind == "purchase"]
    sales = [trade for trade in recent if trade.kind == "sale"]
    others = [trade for trade in recent if trade.kind not in ("purchase", "sale")]
    return InsiderSummary(
        since=since,
        until=until,
        purchases=len(purchases),
        sales=len(sales),
        bought=sum(trade.shares for trade in purchases),
        sold=sum(trade.shares for trade in sales),
        others=len(others),
    )


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last.

    Example:
        >>> months_before(date(2026, 8, 31), 6)
        datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
