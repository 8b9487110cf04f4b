"""Three truths: FALSE, UNKNOWN and TRUE, one per bar, combined by Kleene's rules.

They are small integers in that order, so that `and` is the minimum, `or` the maximum and `not` the
mirror image.
"""

import numpy as np
import pandas as pd

FALSE, UNKNOWN, TRUE = np.int8(0), np.int8(1), np.int8(2)

type Truth = np.ndarray
"""FALSE, UNKNOWN or TRUE per bar, as int8."""


def truth(known: np.ndarray, holds: np.ndarray) -> Truth:
    """TRUE or FALSE as *holds* says where it is *known*, UNKNOWN elsewhere."""
    return np.where(known, np.where(holds, TRUE, FALSE), UNKNOWN)


def finite(*lines: np.ndarray) -> np.ndarray:
    """Where every line has a number."""
    return np.logical_and.reduce([np.isfinite(line) for line in lines])


def negated(one: Truth) -> Truth:
    """Kleene's not."""
    return TRUE - one


def throughout(one: Truth, n: int) -> Truth:
    """Kleene's and over the last *n* bars, this one included; bars before the first are UNKNOWN."""
    bar = np.arange(len(one))
    refuted = bar - _newest(one == FALSE, before=-n) < n
    doubtful = bar - _newest(one == UNKNOWN, before=-1) < n
    return np.where(refuted, FALSE, np.where(doubtful, UNKNOWN, TRUE))


def sometime(one: Truth, n: int) -> Truth:
    """Kleene's or over the last *n* bars, this one included; bars before the first are UNKNOWN."""
    return negated(throughout(negated(one), n))


def earlier(one: Truth, n: int = 1) -> Truth:
    """The truth *n* bars before; UNKNOWN where there was none."""
    moved = np.full(len(one), UNKNOWN)
    moved[n:] = one[: max(0, len(one) - n)]
    return moved


def as_series(one: Truth, index: pd.Index) -> pd.Series:
    """Dtype "boolean": True, False, and <NA> for UNKNOWN."""
    return pd.Series(pd.arrays.BooleanArray(one == TRUE, one == UNKNOWN), index=index)


def _newest(where: np.ndarray, *, before: int) -> np.ndarray:
    """The newest bar up to each at which *where* holds; *before* as long as there was none."""
    return np.maximum.accumulate(np.where(where, np.arange(len(where)), before))
