"""Relation: how a price moves against an index."""

import numpy as np
import pandas as pd

from .runs import floats, length, like, ratio


def beta(close: pd.Series, index_close: pd.Series, n: int = 252) -> float:
    """How far the price moves for a move of the index: covariance / variance of simple returns.

    Returns are taken between consecutive days that both have, so that each pair spans the same time.

    Args:
        close: Daily prices, oldest first.
        index_close: The index's, on its own days.
        n: Common returns in the sample, the newest ones; 2 or more.

    Returns:
        A ratio; NaN with fewer than n + 1 common days, a price that is missing or not positive, or
        an index that did not move.
    """
    n = length(n, of="beta", least=2)
    pair = pd.concat([close, index_close], axis=1, join="inner").to_numpy()[-(n + 1) :]
    if len(pair) <= n or not (pair > 0).all():
        return float("nan")
    returns = pair[1:] / pair[:-1] - 1
    (_, covariance), (_, variance) = np.cov(returns, rowvar=False, ddof=1)
    return float(covariance / variance) if variance > 0 else float("nan")


def relative_strength(close: pd.Series, index_close: pd.Series, n: int = 63) -> pd.Series:
    """How much better than the index the price did over *n* bars.

    (close / index) over the same ratio *n* bars before, minus 1.

    Args:
        close: Prices, oldest first.
        index_close: The index's, on its own days.
        n: Bars of *close* looked back on; 63 are about a quarter.

    Returns:
        A fraction, aligned with *close*. NaN for the first *n* bars, and where the index has no
        price at one of the two bars.
    """
    n = length(n, of="relative_strength")
    against = ratio(floats(close), floats(index_close.reindex(close.index)))
    before = np.full(len(against), np.nan)
    before[n:] = against[:-n]
    return like(close, ratio(against, before) - 1)
