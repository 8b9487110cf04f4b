"""Lines from sums over windows.

The sums are kept as TA-Lib keeps them; what follows from them is computed for several bars at once.
"""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True, error_model="numpy")
def sma(x, n, out):
    """Mean of the last *n*."""
    out[: n - 1] = np.nan
    total = _warmed(x, n)
    for bar in range(n - 1, len(x)):
        total += x[bar]
        out[bar] = total / n
        total -= x[bar - n + 1]


@njit(nogil=True, cache=True, error_model="numpy")
def _warmed(x, n):
    """The sum of the first n - 1."""
    total = 0.0
    for bar in range(min(n - 1, len(x))):
        total += x[bar]
    return total


@njit(nogil=True, cache=True, error_model="numpy")
def sums(x, n, out, other, m, more):
    """The sums over the last *n* of one line and over the last *m* of another, *m* being no less.

    Each of the two waits for itself only, so that together they take as long as one.
    """
    out[: n - 1] = np.nan
    more[: m - 1] = np.nan
    total, rest = _warmed(x, n), _warmed(other, m)
    for bar in range(n - 1, min(m - 1, len(x))):
        total += x[bar]
        out[bar] = total
        total -= x[bar - n + 1]
    for bar in range(m - 1, len(x)):
        total += x[bar]
        rest += other[bar]
        out[bar], more[bar] = total, rest
        total -= x[bar - n + 1]
        rest -= other[bar - m + 1]


@njit(nogil=True, cache=True, error_model="numpy")
def means(totals, n):
    """The means of sums over *n*, in their place."""
    for bar in range(len(totals)):
        totals[bar] /= n


@njit(nogil=True, cache=True, error_model="numpy")
def bollinger(x, n, k, upper, middle, lower):
    """Mean of the last *n*, and *k* population deviations around it."""
    for bar in range(len(x)):
        lower[bar] = x[bar] * x[bar]
    sums(x, n, middle, lower, n, upper)
    lower[: n - 1] = np.nan
    _bands(upper[n - 1 :], middle[n - 1 :], lower[n - 1 :], 1.0 / n, k)


@njit(nogil=True, cache=True, error_model="numpy")
def _bands(upper, middle, lower, part, k):
    """The bands from the sums of squares and of values that stand in *upper* and *middle*."""
    for bar in range(len(upper)):
        mean = middle[bar] * part
        variance = upper[bar] * part - mean * mean
        width = k * np.sqrt(variance if variance >= 1e-14 else 0.0)
        upper[bar], middle[bar], lower[bar] = mean + width, mean, mean - width


@njit(nogil=True, cache=True, error_model="numpy")
def vwma(high, low, close, volume, n, scratch, out):
    """Typical price weighted with volume over the last *n*; NaN where nothing was traded.

    *scratch* holds two lines; the second is left with the sums of the volume.
    """
    paid, traded = scratch[0, : len(close)], scratch[1, : len(close)]
    for bar in range(len(close)):
        paid[bar] = (high[bar] + low[bar] + close[bar]) / 3 * volume[bar]
    sums(paid, n, out, volume, n, traded)
    for bar in range(len(close)):
        price = (out[bar] / n) / (traded[bar] / n)
        out[bar] = price if traded[bar] != 0 else np.nan


@njit(nogil=True, cache=True, error_model="numpy")
def rvol(volume, n, out):
    """Volume over the mean of the *n* before; NaN where that is 0."""
    out[:n] = np.nan
    total = _warmed(volume, n)
    for bar in range(n - 1, len(volume) - 1):
        total += volume[bar]
        out[bar + 1] = total
        total -= volume[bar - n + 1]
    over_mean(volume[n:], out[n:], n)


@njit(nogil=True, cache=True, error_model="numpy")
def over_mean(x, totals, n):
    """*x* over the means of sums over *n*, in the place of the sums."""
    for bar in range(len(x)):
        usual = totals[bar] / n
        share = x[bar] / usual
        totals[bar] = share if usual != 0 else np.nan


@njit(nogil=True, cache=True, error_model="numpy")
def obv(close, volume, out):
    """Volume of rising bars minus that of falling ones, so far."""
    if len(close) == 0:
        return
    out[0] = volume[0]
    _signed(close[:-1], close[1:], volume[1:], out[1:])
    total = 0.0
    for bar in range(len(close)):
        total += out[bar]
        out[bar] = total


@njit(nogil=True, cache=True, error_model="numpy")
def _signed(before, close, volume, out):
    for bar in range(len(out)):
        rises = volume[bar] if close[bar] > before[bar] else 0.0
        out[bar] = -volume[bar] if close[bar] < before[bar] else rises
