"""Exponential smoothing: each number waits for the one before, which costs more than the arithmetic.

Eight bars are taken together, y₂ = a₂ + k·a₁ + k²·y₀ and so on: only the last product waits. Products and sums may
be rounded once instead of twice, where the processor can.
"""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True, error_model="numpy", fastmath={"contract"})
def smooth(y, keep, last):
    """Add to each number *keep* times the smoothed one before it, in place.

    Args:
        y: What each bar brings.
        keep: The share that stays from bar to bar.
        last: The smoothed number before the first.
    """
    k2 = keep * keep
    k3, k4 = k2 * keep, k2 * k2
    k5, k6, k7, k8 = k4 * keep, k4 * k2, k4 * k3, k4 * k4
    whole = len(y) - len(y) % 8
    for bar in range(0, whole, 8):
        a1 = y[bar]
        a2 = y[bar + 1] + keep * a1
        a3 = y[bar + 2] + keep * a2
        a4 = y[bar + 3] + keep * a3
        a5 = y[bar + 4] + keep * a4
        a6 = y[bar + 5] + keep * a5
        a7 = y[bar + 6] + keep * a6
        a8 = y[bar + 7] + keep * a7
        y[bar], y[bar + 1] = a1 + keep * last, a2 + k2 * last
        y[bar + 2], y[bar + 3] = a3 + k3 * last, a4 + k4 * last
        y[bar + 4], y[bar + 5] = a5 + k5 * last, a6 + k6 * last
        y[bar + 6] = a7 + k7 * last
        last = a8 + k8 * last
        y[bar + 7] = last
    for bar in range(whole, len(y)):
        last = y[bar] + keep * last
        y[bar] = last


@njit(nogil=True, cache=True, error_model="numpy")
def mean(x):
    """The mean, added up from the first on."""
    total = 0.0
    for number in x:
        total += number
    return total / len(x)


@njit(nogil=True, cache=True, error_model="numpy")
def exponential(x, n, out):
    """The exponential mean of *x* with weight 2 / (n + 1), in *out*, seeded with the mean of the first *n*."""
    out[: n - 1] = np.nan
    if len(x) < n:
        return
    weight = 2.0 / (n + 1)
    out[n - 1] = mean(x[:n])
    _weighted(x[n:], weight, out[n:])
    smooth(out[n:], 1.0 - weight, out[n - 1])


@njit(nogil=True, cache=True, error_model="numpy")
def _weighted(x, weight, out):
    for bar in range(len(out)):
        out[bar] = x[bar] * weight


@njit(nogil=True, cache=True, error_model="numpy")
def macd(x, fast, slow, signal, out):
    """Five lines: the fast and the slow exponential mean, their MACD, its mean, and the difference.

    The MACD's own fast mean is seeded so that it begins with the slow one, and its three lines begin together.
    """
    averages, apart, smoothed, rest = out[:2], out[2], out[3], out[4]
    exponential(x, fast, averages[0])
    exponential(x, slow, averages[1])
    first = slow + signal - 2
    out[2:5, :first] = np.nan
    if len(x) <= first:
        return
    exponential(x[slow - fast :], fast, apart[slow - fast :])
    _take(apart[slow - 1 :], averages[1, slow - 1 :])
    exponential(apart[slow - 1 :], signal, smoothed[slow - 1 :])
    rest[first:] = apart[first:]
    _take(rest[first:], smoothed[first:])
    out[2:4, :first] = np.nan


@njit(nogil=True, cache=True, error_model="numpy")
def _take(one, other):
    """Subtract the other in place."""
    for bar in range(len(one)):
        one[bar] -= other[bar]
