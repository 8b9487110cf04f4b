"""Averages: where the price was, on the whole.

Smoothing averages include the current bar; `average` leaves it out.
"""

from functools import partial

import numpy as np
import pandas as pd
import talib

from .runs import Numbers, floats, length, like, one_bar_later, over_runs, ratio


def sma[X: (pd.Series, np.ndarray)](x: X, n: int) -> X:
    """Simple moving average: the mean of the last *n* values, this bar's included.

    Args:
        x: Any numbers, oldest first.
        n: Bars in the mean.

    Returns:
        In the unit of *x*, aligned with it. NaN for the first n − 1 bars, and wherever one of the
        *n* values is missing.

    Example:
        >>> sma(np.array([1.0, 2.0, 6.0]), 2)
        array([nan, 1.5, 4. ])
    """
    n = length(n, of="sma")
    return like(x, over_runs(partial(talib.SMA, timeperiod=n), x))


def ema[X: (pd.Series, np.ndarray)](x: X, n: int) -> X:
    """Exponential moving average with weight 2 / (n + 1), this bar included.

    Seeded, as TA-Lib does, with the simple mean of the first *n* values.

    Args:
        x: Any numbers, oldest first.
        n: Bars of memory.

    Returns:
        In the unit of *x*, aligned with it. NaN for the first n − 1 bars and in holes of *x*; after
        a hole it is seeded anew.

    Example:
        >>> ema(np.array([1.0, 2.0, 3.0, 9.0]), 3)
        array([nan, nan, 2. , 5.5])
    """
    n = length(n, of="ema")
    return like(x, over_runs(partial(talib.EMA, timeperiod=n), x))


def average[X: (pd.Series, np.ndarray)](x: X, n: int) -> X:
    """The mean of the *n* values before this bar: what was usual until now.

    Args:
        x: Any numbers, oldest first.
        n: Bars in the mean.

    Returns:
        In the unit of *x*, aligned with it. NaN for the first *n* bars, and wherever one of the *n*
        values is missing.

    Example:
        >>> average(np.array([1.0, 3.0, 100.0]), 2)
        array([nan, nan,  2.])
    """
    n = length(n, of="average")
    return like(x, one_bar_later(over_runs(partial(talib.SMA, timeperiod=n), x)))


def typical_price[X: (pd.Series, np.ndarray)](high: X, low: X, close: X) -> X:
    """The middle of a bar: (high + low + close) / 3."""
    return (high + low + close) / 3


def vwma[X: (pd.Series, np.ndarray)](
    high: Numbers, low: Numbers, close: X, volume: Numbers, n: int
) -> X:
    """Volume-weighted moving average of the typical price over *n* bars, this one included.

    Sum(typical price · volume) / sum(volume). It slides over the bars, where the session's `vwap`
    starts anew each day.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Last prices.
        volume: Shares traded.
        n: Bars in the sums.

    Returns:
        A price, aligned with *close*. NaN for the first n − 1 bars, wherever a value in the window
        is missing, and where nothing was traded in it.
    """
    n = length(n, of="vwma")
    shares = floats(volume)
    traded = typical_price(floats(high), floats(low), floats(close)) * shares
    mean = partial(talib.SMA, timeperiod=n)
    return like(close, ratio(over_runs(mean, traded), over_runs(mean, shares)))
