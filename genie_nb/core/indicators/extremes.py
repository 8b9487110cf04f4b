"""Extremes: the range a price has been in, the current bar left out."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import talib

from .runs import length, like, one_bar_later, over_runs


def highest[X: (pd.Series, np.ndarray)](x: X, n: int) -> X:
    """The largest of the *n* values before this bar, so that this bar can exceed it.

    Args:
        x: Any numbers, oldest first; highs, as a rule.
        n: Bars looked back on.

    Returns:
        In the unit of *x*, aligned with it. NaN for the first *n* bars, and wherever one of the *n*
        values is missing.

    Example:
        >>> highest(np.array([1.0, 3.0, 2.0, 9.0]), 2)
        array([nan, nan,  3.,  3.])
    """
    return like(x, _extreme(talib.MAX, x, length(n, of="highest")))


def lowest[X: (pd.Series, np.ndarray)](x: X, n: int) -> X:
    """The smallest of the *n* values before this bar, so that this bar can fall below it.

    Args:
        x: Any numbers, oldest first; lows, as a rule.
        n: Bars looked back on.

    Returns:
        In the unit of *x*, aligned with it. NaN for the first *n* bars, and wherever one of the *n*
        values is missing.
    """
    return like(x, _extreme(talib.MIN, x, length(n, of="lowest")))


def _extreme(formula: Callable[..., np.ndarray], x: pd.Series | np.ndarray, n: int) -> np.ndarray:
    window = partial(formula, timeperiod=n) if n > 1 else np.copy
    return one_bar_later(over_runs(window, x))
