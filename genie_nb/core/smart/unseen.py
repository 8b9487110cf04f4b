"""Out of sample: what a strategy did on the last part of the bars."""

from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Any

import pandas as pd

from ..backtest import Result, run_backtest
from ..backtest.sample import first_unseen
from ..market import Bars
from ..strategies import Strategy

FEW = 20
"""Trades below which chance says more than they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfSample:
    """A strategy with its default parameters on the last 30 % of the bars, after costs.

    Attributes:
        start: Label of the first of these bars, UTC.
        bars: How many there are.
        total_return: Last equity − 1.
        sharpe: Per year; None where the equity never moved.
        max_drawdown: The deepest fall from a peak, at most 0.
        trades: Closed ones.
        buy_and_hold: Total return of holding throughout, after the same costs.
        fee_bps: On each side.
        spread_bps: The whole spread, as estimated; None where it is not known, and costs have none.
        evidence: Sharpe × √years: the number of standard errors by which the mean return is not 0.
    """

    start: datetime
    bars: int
    total_return: float
    sharpe: float | None
    max_drawdown: float
    trades: int
    buy_and_hold: float
    fee_bps: float
    spread_bps: float | None
    evidence: float | None

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `setup`."""
        return {
            "start": self.start.isoformat(),
            "bars": self.bars,
            "total_return": self.total_return,
            "sharpe": self.sharpe,
            "max_drawdown": self.max_drawdown,
            "trades": self.trades,
            "buy_and_hold": self.buy_and_hold,
            "fee_bps": self.fee_bps,
            "spread_bps": self.spread_bps,
        }


def out_of_sample(
    strategy: Strategy, bars: Bars, *, spread_bps: float | None = None
) -> OutOfSample:
    """Test a strategy on the last 30 % of the bars; the ones before only feed its lines.

    Args:
        strategy: Taken with its default parameters.
        bars: Closed bars.
        spread_bps: The whole spread; None when it is not known, and costs have none.

    Raises:
        TooFewBars: There are not enough bars for its conditions to be known even once.
        BadBars: A price is not above zero.
    """
    first = first_unseen(len(bars))
    result = run_backtest(strategy, bars, spread_bps=spread_bps or 0.0, first=first)
    return _summary(result, spread_bps)


def _summary(result: Result, spread_bps: float | None) -> OutOfSample:
    start = result.bars.index[0]
    assert isinstance(start, pd.Timestamp)
    sharpe = result.metrics["sharpe"]
    years = len(result.bars) / result.bars.interval.bars_per_year
    return OutOfSample(
        start=start.to_pydatetime(),
        bars=len(result.bars),
        total_return=result.metrics["total_return"] or 0.0,
        sharpe=sharpe,
        max_drawdown=result.metrics["max_drawdown"] or 0.0,
        trades=int(result.metrics["trades"] or 0),
        buy_and_hold=result.buy_and_hold["total_return"] or 0.0,
        fee_bps=result.costs.fee_bps,
        spread_bps=spread_bps,
        evidence=None if sharpe is None else sharpe * sqrt(years),
    )
