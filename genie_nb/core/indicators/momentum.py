"""Momentum: how one-sided and how fast recent moves were."""

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
import talib

from .runs import length, like, over_runs, several_over_runs

NO_MOVE = 1e-14
"""TA-Lib's own limit: a mean move below it counts as none."""


def rsi[X: (pd.Series, np.ndarray)](x: X, n: int = 14) -> X:
    """Wilder's relative strength index: how one-sided recent moves were.

    100 · mean gain / (mean gain + mean loss), both smoothed with weight 1 / n. 100 means that every
    move in memory was up, 0 that every move was down.

    Args:
        x: Prices, oldest first; any unit, as only ratios of moves matter.
        n: Bars of memory, 2 or more; Wilder used 14.

    Returns:
        0 to 100, aligned with *x*. NaN for the first *n* bars, wherever the price has not moved at
        all (no direction is neither 0 nor 50), and in holes of *x*, after which it is seeded anew.

    Example:
        >>> rsi(pd.Series(np.arange(1.0, 17.0))).iloc[-1]
        np.float64(100.0)
    """
    return like(x, over_runs(partial(_rsi, n=length(n, of="rsi", least=2)), x))


def _rsi(x: np.ndarray, n: int) -> np.ndarray:
    mean_move = talib.ATR(x, x, x, timeperiod=n)
    line = talib.RSI(x, timeperiod=n)
    line[mean_move < NO_MOVE] = np.nan
    return line


class Macd[X](NamedTuple):
    """Moving average convergence and divergence, in the unit of the price.

    Attributes:
        line: Fast average minus slow average.
        signal: The exponential average of *line*.
        hist: *line* minus *signal*.
    """

    line: X
    signal: X
    hist: X


def macd[X: (pd.Series, np.ndarray)](
    x: X, fast: int = 12, slow: int = 26, signal: int = 9
) -> Macd[X]:
    """Whether the fast average pulls away from the slow one, and whether that is speeding up.

    All three lines begin together, as in TA-Lib: the fast average is seeded so that it starts on
    the slow one's first bar, and nothing is given before the signal exists.

    Args:
        x: Prices, oldest first.
        fast: Bars of the fast exponential average.
        slow: Bars of the slow one.
        signal: Bars of the average of their difference.

    Returns:
        Three lines in the unit of *x*, aligned with it. NaN for the first slow + signal − 2 bars and
        in holes of *x*, after which they are seeded anew.
    """
    lines = several_over_runs(
        partial(
            talib.MACD,
            fastperiod=length(fast, of="macd", least=2),
            slowperiod=length(slow, of="macd", least=2),
            signalperiod=length(signal, of="macd"),
        ),
        3,
        x,
    )
    return Macd(*(like(x, line) for line in lines))
