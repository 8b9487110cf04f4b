"""The plain reader: one bar after the other, as one would do it with a pencil.

    entry, exit (True, False, unknown per bar) + prices -> what was bought, sold and worth

It is the meaning of a backtest. The fast reader must equal it trade by trade.
"""

import numpy as np
import pandas as pd

from .costs import Costs
from .fills import Account, Fill
from .prices import Prices


def plain(entry: pd.Series, leave: pd.Series, prices: Prices, costs: Costs) -> Account:
    """Walk the bars.

    Args:
        entry: Truth per bar, dtype "boolean"; <NA> never trades.
        leave: The truth of the exit, as *entry*. While both are true nothing is entered.
        prices: One per bar.
        costs: Of each fill.
    """
    enters = entry.fillna(value=False).tolist()
    leaves = leave.fillna(value=False).tolist()
    opens, closes, dividends = (
        prices.open.tolist(),
        prices.close.tolist(),
        prices.dividends.tolist(),
    )

    cash, shares, stake, bought = 1.0, 0.0, 1.0, 0
    order = ""
    equity: list[float] = []
    fills: list[Fill] = []
    traded = 0.0
    for bar, (opened, closed, dividend) in enumerate(zip(opens, closes, dividends, strict=True)):
        cash += shares * dividend
        if order == "buy":
            price = opened * costs.buy_price
            stake, bought = cash, bar
            shares, cash = cash / (1 + costs.fee) / price, 0.0
            traded += shares * price
        elif order == "sell":
            price = opened * costs.sell_price
            cash += shares * price * (1 - costs.fee)
            traded += shares * price
            shares = 0.0
            fills.append(Fill(bought=bought, sold=bar, growth=cash / stake))
        equity.append(cash + shares * closed)
        if shares:
            order = "sell" if leaves[bar] else ""
        else:
            order = "buy" if enters[bar] and not leaves[bar] else ""
    if shares:
        fills.append(Fill(bought=bought, sold=None, growth=equity[-1] / stake))
    return Account(fills=tuple(fills), equity=np.array(equity), traded=traded)
