"""Volatility: how far prices swing."""

from functools import partial
from math import sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd
import talib

from .runs import Numbers, floats, length, like, over_runs, several_over_runs


def stdev[X: (pd.Series, np.ndarray)](x: X, n: int) -> X:
    """Population standard deviation (divided by n) of the last *n* values, this bar's included.

    Args:
        x: Any numbers, oldest first.
        n: Bars in the window, 2 or more.

    Returns:
        In the unit of *x*, aligned with it. NaN for the first n − 1 bars, and wherever one of the
        *n* values is missing.
    """
    n = length(n, of="stdev", least=2)
    return like(x, over_runs(partial(talib.STDDEV, timeperiod=n, nbdev=1.0), x))


class Bands[X](NamedTuple):
    """Bollinger bands, in the unit of the price."""

    upper: X
    middle: X
    lower: X


def bollinger[X: (pd.Series, np.ndarray)](x: X, n: int = 20, k: float = 2.0) -> Bands[X]:
    """Bollinger bands: the mean of *n* values, and *k* population standard deviations around it.

    Args:
        x: Prices, oldest first.
        n: Bars in the window, 2 or more.
        k: Width in standard deviations.

    Returns:
        Three lines in the unit of *x*, aligned with it. NaN for the first n − 1 bars, and wherever
        one of the *n* values is missing.
    """
    n = length(n, of="bollinger", least=2)
    bands = partial(talib.BBANDS, timeperiod=n, nbdevup=float(k), nbdevdn=float(k))
    return Bands(*(like(x, line) for line in several_over_runs(bands, 3, x)))


def true_range[X: (pd.Series, np.ndarray)](high: Numbers, low: Numbers, close: X) -> X:
    """A bar's range with the gap before it: max(high, previous close) − min(low, previous close).

    Returns:
        In the unit of the prices, aligned with *close*. NaN for the first bar and after a hole.
    """
    return like(close, over_runs(talib.TRANGE, high, low, close))


def atr[X: (pd.Series, np.ndarray)](high: Numbers, low: Numbers, close: X, n: int = 14) -> X:
    """Average true range: how far a bar usually swings, by Wilder's smoothing (weight 1 / n).

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Last prices.
        n: Bars of memory.

    Returns:
        In the unit of the prices, aligned with *close*. NaN for the first *n* bars and in holes,
        after which it is seeded anew.
    """
    n = length(n, of="atr")
    return like(close, over_runs(partial(talib.ATR, timeperiod=n), high, low, close))


def volatility(close: Numbers, n: int = 252, bars_per_year: int = 252) -> float:
    """Yearly volatility: standard deviation (ddof 1) of the last *n* simple returns × √bars a year.

    Args:
        close: Prices, oldest first.
        n: Returns in the sample, 2 or more.
        bars_per_year: 252 for daily bars.

    Returns:
        A fraction per year; NaN with fewer than n + 1 prices or a missing one among them.

    Example:
        >>> round(volatility(np.array([100.0, 110.0, 99.0]), n=2), 4)
        2.245
    """
    n = length(n, of="volatility", least=2)
    prices = floats(close)[-(n + 1) :]
    if len(prices) <= n or not (prices > 0).all():
        return float("nan")
    returns = prices[1:] / prices[:-1] - 1
    return float(returns.std(ddof=1) * sqrt(bars_per_year))
