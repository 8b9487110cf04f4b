"""Series on their way into a page: plain numbers, rounded, None where missing."""

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
