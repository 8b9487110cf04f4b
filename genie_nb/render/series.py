"""Series on their way into a page: plain numbers, rounded, None where missing."""

from itertools import pairwise

import numpy as np
import pandas as pd


def column(frame: pd.DataFrame, name: str) -> np.ndarray:
    """One column of a frame of bars as numbers."""
    return frame[name].to_numpy(dtype="float64", na_value=np.nan)


def rounded(values: np.ndarray, decimals: int) -> tuple[float | None, ...]:
    """The values for JSON; whole numbers when *decimals* is 0.

    Example:
        >>> rounded(np.array([1.234, np.nan]), 2), rounded(np.array([7.0]), 0)
        ((1.23, None), (7,))
    """
    numbers = np.round(values, decimals)
    known = np.isfinite(numbers)
    if decimals == 0:
        numbers = np.where(known, numbers, 0.0).astype(np.int64)
    plain = numbers.tolist()
    return tuple(
        number if there else None for number, there in zip(plain, known.tolist(), strict=True)
    )


def prices(values: np.ndarray) -> tuple[float | None, ...]:
    """Prices with as many decimals as they can use: cents, and more below a dollar.

    Example:
        >>> prices(np.array([21.254, 20.0])), prices(np.array([0.12345]))
        ((21.25, 20.0), (0.1234,))
    """
    positive = values[np.isfinite(values) & (values > 0)]
    smallest = positive.min(initial=1.0)
    return rounded(values, 2 if smallest >= 1 else 4 if smallest >= 0.01 else 6)


def corners(values: np.ndarray, stretches: int) -> np.ndarray:
    """Where a long curve must be known to look the same: the ends, and each stretch's lowest and highest.

    Args:
        values: The curve, without gaps.
        stretches: How many parts of equal length it is cut into.

    Returns:
        Positions, ascending; all of them for a curve that is short.

    Example:
        >>> corners(np.array([1.0, 5.0, 2.0, 2.0, 0.0, 3.0, 3.0, 3.0, 4.0, 4.0, 6.0, 5.0]), 2).tolist()
        [0, 1, 4, 6, 10, 11]
    """
    if len(values) <= 3 * stretches:
        return np.arange(len(values))
    edges = np.linspace(0, len(values), stretches + 1).astype(np.int64)
    found = [0, len(values) - 1]
    for first, last in pairwise(edges.tolist()):
        part = values[first:last]
        found += [first + int(part.argmin()), first + int(part.argmax())]
    return np.unique(found)
