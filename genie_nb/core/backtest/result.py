"""The result of a backtest: what it was, what it did, what it was worth."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..expr import Condition
from ..market import Bars
from .costs import Costs
from .fills import Account, Fill
from .metrics import Metrics


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result:
    """One strategy on one ticker.

    Attributes:
        strategy: Its name.
        params: Its parameters.
        entry: The condition that enters.
        exit: The condition that leaves.
        bars: The bars of the test.
        costs: Of each fill.
        account: Fills and equity, by bar number.
        metrics: total_return cagr sharpe sortino max_drawdown hit_rate exposure trades turnover; None
            where one cannot be known.
        buy_and_hold: The same for buying at the second open, the first that a signal can reach, and
            never selling.
        notes: What has to be known to read the figures, in sentences.
    """

    strategy: str
    params: dict[str, float]
    entry: Condition
    exit: Condition
    bars: Bars = field(repr=False)
    costs: Costs
    account: Account = field(repr=False)
    metrics: Metrics
    buy_and_hold: Metrics
    notes: tuple[str, ...] = ()

    @property
    def equity(self) -> pd.Series:
        """What 1.0 had become at each close, on the caller's own index."""
        return pd.Series(self.account.equity, index=self.bars.labels, name="equity")

    @property
    def trades(self) -> pd.DataFrame:
        """The trades that were left, one per row.

        entry_time and exit_time are the labels of the bars at whose open the orders were filled;
        entry_price and exit_price are the filled prices. `return` is after all costs and includes the
        dividends that the position received: the equity after the last closed trade is the product
        of 1 + return. `bars` counts the closes over which it was held.
        """
        closed = self.account.closed
        bought = np.array([fill.bought for fill in closed], dtype=np.int64)
        sold = np.array([fill.sold for fill in closed], dtype=np.int64)
        opens = self.bars.open.to_numpy()
        return pd.DataFrame(
            {
                "entry_time": self.bars.labels[bought],
                "entry_price": opens[bought] * self.costs.buy_price,
                "exit_time": self.bars.labels[sold],
                "exit_price": opens[sold] * self.costs.sell_price,
                "return": np.array([fill.growth - 1 for fill in closed], dtype=np.float64),
                "bars": sold - bought,
            }
        )

    @property
    def open_trade(self) -> dict[str, Any] | None:
        """The trade that is still on, marked at the last close without costs of leaving; or None."""
        fill = self.account.open
        return None if fill is None else self._open(fill, self.bars.labels[fill.bought])

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON has it; times are the UTC labels of the bars."""
        label: Any = self.bars.index
        fill = self.account.open
        trades = self.trades.assign(
            entry_time=[label[fill.bought].isoformat() for fill in self.account.closed],
            exit_time=[label[fill.sold].isoformat() for fill in self.account.closed],
        )
        return {
            "strategy": self.strategy,
            "params": dict(self.params),
            "ticker": self.bars.ticker,
            "interval": str(self.bars.interval),
            "costs": self.costs.to_dict(),
            "entry": str(self.entry),
            "exit": str(self.exit),
            "metrics": dict(self.metrics),
            "buy_and_hold": dict(self.buy_and_hold),
            "trades": trades.to_dict("records"),
            "open_trade": None
            if fill is None
            else self._open(fill, label[fill.bought].isoformat()),
            "notes": list(self.notes),
        }

    def _open(self, fill: Fill, entry_time: Any) -> dict[str, Any]:
        return {
            "entry_time": entry_time,
            "entry_price": float(self.bars.open.iloc[fill.bought] * self.costs.buy_price),
            "last_price": float(self.bars.close.iloc[-1]),
            "return": fill.growth - 1,
            "bars": len(self.bars) - fill.bought,
        }
