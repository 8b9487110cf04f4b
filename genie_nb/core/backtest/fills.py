"""Fills: which opens were bought and sold, and what follows from that by arithmetic alone."""

from dataclasses import dataclass

import numpy as np

from .costs import Costs
from .prices import Prices


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """One trade.

    Attributes:
        bought: The bar at whose open it was entered.
        sold: The bar at whose open it was left; None while it is open.
        growth: What one unit of money became, after costs, dividends included; for an open trade, by
            the last close.
    """

    bought: int
    sold: int | None
    growth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the strategy did and what it was worth.

    Attributes:
        fills: In the order in which they were entered; only the last may be open.
        equity: At each close, 1.0 before the first trade.
        traded: Value of all purchases and sales at their filled prices.
    """

    fills: tuple[Fill, ...]
    equity: np.ndarray
    traded: float

    @property
    def closed(self) -> tuple[Fill, ...]:
        """The trades that were left."""
        return tuple(fill for fill in self.fills if fill.sold is not None)

    @property
    def open(self) -> Fill | None:
        """The trade that is still on, if any."""
        last = self.fills[-1] if self.fills else None
        return last if last and last.sold is None else None

    @property
    def held(self) -> int:
        """Bars at whose close there was a position."""
        return sum((fill.sold or len(self.equity)) - fill.bought for fill in self.fills)


def settle(spans: list[tuple[int, int | None]], prices: Prices, costs: Costs) -> Account:
    """The account that follows from the bars bought and sold at."""
    equity = np.ones(len(prices))
    fills: list[Fill] = []
    money, traded, flat = 1.0, 0.0, 0
    for bought, sold in spans:
        equity[flat:bought] = money
        shares = money / (1 + costs.fee) / (prices.open[bought] * costs.buy_price)
        traded += shares * prices.open[bought] * costs.buy_price
        flat = len(prices) if sold is None else sold
        paid = prices.dividends[bought + 1 : flat + 1]
        cash = shares * np.cumsum(paid) if paid.any() else np.zeros(len(paid))
        equity[bought:flat] = shares * prices.close[bought:flat]
        equity[bought + 1 : flat] += cash[: flat - bought - 1]
        if sold is None:
            fills.append(Fill(bought=bought, sold=None, growth=float(equity[-1]) / money))
        else:
            proceeds = shares * prices.open[sold] * costs.sell_price
            worth = float(cash[-1] + proceeds * (1 - costs.fee))
            traded += proceeds
            fills.append(Fill(bought=bought, sold=sold, growth=worth / money))
            money = worth
    equity[flat:] = money
    return Account(fills=tuple(fills), equity=equity, traded=float(traded))
