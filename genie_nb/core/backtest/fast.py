"""The fast reader: from event to event over bit planes, compiled, many backtests at once.

    planes of entries and exits + prices -> walk -> Sums, one per backtest

It must equal `plain` trade by trade.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..expr.truth import Truth
from .costs import Costs
from .fills import Account, settle
from .metrics import Sums
from .planes import Planes
from .prices import Prices

NO_DIVIDENDS = np.empty((1, 0))

TABLES_PAY = 32
"""Backtests on one ticker from which on tables made before cost less than going bar by bar."""

THREAD_PAYS = 256
"""Backtests that are worth a thread of their own."""


@dataclass(frozen=True, kw_only=True)
class Market:
    """The prices of one or more tickers, as the compiled walk reads them.

    Attributes:
        open: One row per ticker.
        close: As *open*.
        dividends: As *open*; without columns when nobody pays any.
        first: The first bar of the test, per ticker.
        last: One past its last bar.
    """

    open: np.ndarray
    close: np.ndarray
    dividends: np.ndarray
    first: np.ndarray
    last: np.ndarray

    @classmethod
    def of(cls, prices: Prices, span: range) -> "Market":
        """One ticker's, tested over the bars in *span*."""
        return cls(
            open=prices.open[np.newaxis],
            close=prices.close[np.newaxis],
            dividends=prices.dividends[np.newaxis] if prices.pays else NO_DIVIDENDS,
            first=np.array([span.start]),
            last=np.array([span.stop]),
        )

    @cached_property
    def tables(self) -> tuple[np.ndarray, np.ndarray]:
        """Running sums and drawdowns of the only ticker."""
        from .kernels.ledger import drawdown_table, running_sums

        return running_sums(self.close[0]), drawdown_table(self.close[0])

    def turns(self, costs: Costs) -> np.ndarray:
        """What entering and leaving at each bar of the only ticker comes to."""
        from .kernels.ledger import turning_points

        buy, sell = costs.buy_price * (1 + costs.fee), costs.sell_price * (1 - costs.fee)
        return turning_points(self.open[0], self.close[0], buy, sell)


NO_TABLES = np.empty((0, 8)), np.empty((0, 0, 3)), np.empty((0, 4))


def account(entry: Truth, leave: Truth, prices: Prices, costs: Costs) -> Account:
    """What one pair of conditions did, as `plain` gives it."""
    from .kernels.walk import spans

    signals = Planes.of(np.stack([entry, leave]))
    trades = np.empty((len(prices) // 2 + 1, 2), dtype=np.int64)
    count = spans(signals.true[0], signals.true[1], 0, len(prices), trades)
    pairs = [(bought, sold if sold >= 0 else None) for bought, sold in trades[:count].tolist()]
    return settle(pairs, prices, costs)


def sums(
    enter: np.ndarray,
    leave: np.ndarray,
    market: Market,
    costs: Costs,
    *,
    rows: Sequence[np.ndarray],
    tabled: bool | None = None,
) -> Sums:
    """The sums of many backtests.

    Args:
        enter: Planes of the bars at whose close the entry is true.
        leave: Planes of the bars at whose close the exit is true.
        market: Whose prices.
        costs: Of each fill.
        rows: For each backtest, the row of *enter*, the row of *leave* and the row of *market*.
        tabled: Whether to go by tables, which need a single ticker without dividends; chosen by what
            costs less unless given.
    """
    from ..threads import spread
    from .kernels.walk import walk

    count = len(rows[0])
    if tabled is None:
        tabled = len(market.open) == 1 and not market.dividends.size and count >= TABLES_PAY
    tables = (*market.tables, market.turns(costs)) if tabled else NO_TABLES
    out = np.empty((count, 10))

    def work(start: int, stop: int) -> None:
        walk(
            enter, leave, rows[0], rows[1], market.open, market.close, market.dividends, *tables,
            rows[2], market.first, market.last,
            costs.fee, costs.buy_price, costs.sell_price, out, start, stop,
        )  # fmt: skip

    spread(work, count, least=THREAD_PAYS)
    bars = (market.last - market.first)[rows[2]].astype(float)
    names = (
        "final", "returns", "squares", "losses", "drawdown", "area", "traded", "held", "trades", "won",
    )  # fmt: skip
    return Sums(bars=bars, **dict(zip(names, out.T, strict=True)))
