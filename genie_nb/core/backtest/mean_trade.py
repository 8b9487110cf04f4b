"""The mean trade and how sure one can be of it."""

from dataclasses import dataclass

import numpy as np

from ..figures import written

ENOUGH = 20
"""Trades below which nothing is said."""

TOO_FEW = "too few trades to say"

DRAWS = 5_000
SEED = 20_260_112


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanTrade:
    """What a trade returned on average.

    Attributes:
        trades: How many there were.
        mean: Their mean return, a fraction; None without a trade.
        low: Lower end of the interval; None with too few trades.
        high: Its upper end.
        level: How often such an interval holds the true mean.
        text: What can be said.
    """

    trades: int
    mean: float | None
    low: float | None
    high: float | None
    level: float
    text: str


def mean_trade(returns: np.ndarray, *, level: float = 0.95) -> MeanTrade:
    """The mean of the trades' returns with its bootstrap interval.

    The trades are drawn anew with replacement 5,000 times, always the same draws; the interval is
    between the quantiles of the means. Below 20 trades there is none.

    Args:
        returns: Of the closed trades, after costs.
        level: Share of the means inside the interval.

    Example:
        >>> mean_trade(np.array([0.05, -0.02])).text
        'too few trades to say (2 of 20)'
    """
    count = len(returns)
    mean = float(returns.mean()) if count else None
    if count < ENOUGH:
        text = f"{TOO_FEW} ({count} of {ENOUGH})"
        return MeanTrade(trades=count, mean=mean, low=None, high=None, level=level, text=text)
    draws = np.random.default_rng(SEED).integers(0, count, (DRAWS, count))
    tail = (1 - level) / 2
    low, high = (float(end) for end in np.quantile(returns[draws].mean(axis=1), (tail, 1 - tail)))
    beside = "above zero" if low > 0 else "below zero" if high < 0 else "not told apart from zero"
    return MeanTrade(
        trades=count,
        mean=mean,
        low=low,
        high=high,
        level=level,
        text=f"the mean of {count} trades is {beside} at {written(level, 'fraction')}",
    )
