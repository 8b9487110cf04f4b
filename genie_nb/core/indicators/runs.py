"""Where a line can be computed: unbroken runs of finite numbers.

    inputs -> runs without a hole -> the formula on each -> one line, NaN in the holes

TA-Lib's running sums would carry one missing value to the end of the series. Here each run stands
alone: a window that holds a missing value is missing, and recursive lines seed anew after a hole.
"""

from collections.abc import Callable
from operator import index

import numpy as np
import pandas as pd

from ..errors import AskError

type Numbers = pd.Series | np.ndarray
"""A number per bar, oldest first."""


def floats(x: Numbers) -> np.ndarray:
    """The numbers of *x* as a contiguous float64 array."""
    values = x.to_numpy() if isinstance(x, pd.Series) else x
    return np.ascontiguousarray(values, dtype=np.float64)


def like[X: (pd.Series, np.ndarray)](x: X, values: np.ndarray) -> X:
    """*values* in the shape of *x*: a Series on its index, or the array itself."""
    if isinstance(x, pd.Series):
        return pd.Series(values, index=x.index)
    return values


def length(n: int, *, of: str, least: int = 1) -> int:
    """The number of bars *n*, checked.

    Raises:
        AskError: *n* is not a whole number, or below *least*.
    """
    try:
        whole = index(n)
    except TypeError:
        whole = -1
    if whole < least:
        raise AskError(
            f"{of} over {n} bars cannot be computed.",
            seen=n,
            needed=f"a whole number of bars, {least} or more",
            cure=f"Give a length of at least {least}, such as {of}(20).",
        )
    return whole


def over_runs(formula: Callable[..., np.ndarray], *inputs: Numbers) -> np.ndarray:
    """*formula* on each run of bars where every input is finite; NaN elsewhere."""
    (line,) = several_over_runs(lambda *arrays: (formula(*arrays),), 1, *inputs)
    return line


def several_over_runs(
    formula: Callable[..., tuple[np.ndarray, ...]], count: int, *inputs: Numbers
) -> tuple[np.ndarray, ...]:
    """As `over_runs`, for a formula that gives *count* lines at once."""
    arrays = [floats(x) for x in inputs]
    finite = np.logical_and.reduce([np.isfinite(array) for array in arrays])
    if finite.all():
        return formula(*arrays)
    lines = tuple(np.full(len(finite), np.nan) for _ in range(count))
    for start, stop in spans(finite):
        parts = formula(*(array[start:stop] for array in arrays))
        for line, part in zip(lines, parts, strict=True):
            line[start:stop] = part
    return lines


def spans(true: np.ndarray) -> list[tuple[int, int]]:
    """The half-open spans in which *true* holds without a break.

    Example:
        >>> spans(np.array([True, True, False, True]))
        [(0, 2), (3, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], true, [False])).astype(np.int8)))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def one_bar_later(values: np.ndarray) -> np.ndarray:
    """The values as they stood one bar before; NaN for the first bar."""
    later = np.full(len(values), np.nan)
    later[1:] = values[:-1]
    return later


def ratio(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """*top* / *bottom*; NaN where the bottom is 0 or either is missing."""
    out = np.full(len(top), np.nan)
    np.divide(top, bottom, out=out, where=bottom != 0)
    return out
