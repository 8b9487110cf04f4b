"""Trend: whether the price goes somewhere, and which side it is on."""

from functools import partial

import numpy as np
import pandas as pd
import talib

from .runs import Numbers, length, like, over_runs


def adx[X: (pd.Series, np.ndarray)](high: Numbers, low: Numbers, close: X, n: int = 14) -> X:
    """Wilder's average directional index: how strong the trend is, whichever way it points.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Last prices.
        n: Bars of memory, 2 or more.

    Returns:
        0 to 100, aligned with *close*; above 25 is commonly called a trend. NaN for the first
        2n − 1 bars and in holes, after which it is seeded anew.
    """
    n = length(n, of="adx", least=2)
    return like(close, over_runs(partial(talib.ADX, timeperiod=n), high, low, close))


def supertrend[X: (pd.Series, np.ndarray)](
    high: Numbers, low: Numbers, close: X, n: int = 10, k: float = 3.0
) -> X:
    """A trailing line below a rising price and above a falling one; crossing it turns the trend.

    Bands stand *k* average true ranges around the middle of each bar and only ever tighten until the
    close passes one; a close on a band does not pass it. The line is the band on the trend's far side.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Last prices.
        n: Bars of the average true range.
        k: Width in average true ranges.

    Returns:
        A price, aligned with *close*. NaN for the first *n* bars and in holes, after which it is
        seeded anew: rising when the first close is at or above the middle of its bar.
    """
    n = length(n, of="supertrend")
    return like(close, over_runs(partial(_supertrend, n=n, k=float(k)), high, low, close))


def _supertrend(
    high: np.ndarray, low: np.ndarray, close: np.ndarray, *, n: int, k: float
) -> np.ndarray:
    line = np.full(len(close), np.nan)
    if len(close) <= n:
        return line
    middle = (high + low) / 2
    width = k * talib.ATR(high, low, close, timeperiod=n)
    uppers, lowers, closes = (middle + width).tolist(), (middle - width).tolist(), close.tolist()
    upper, lower, rising = uppers[n], lowers[n], closes[n] >= middle[n]
    for t in range(n, len(closes)):
        before = closes[t - 1]
        if uppers[t] < upper or before > upper:
            upper = uppers[t]
        if lowers[t] > lower or before < lower:
            lower = lowers[t]
        rising = closes[t] >= lower if rising else closes[t] > upper
        line[t] = lower if rising else upper
    return line
