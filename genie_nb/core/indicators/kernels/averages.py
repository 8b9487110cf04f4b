"""Averages over windows and recursive ones, seeded as TA-Lib seeds them."""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True, error_model="numpy")
def sma(x, n, out):
    """Mean of the last *n*."""
    out[: n - 1] = np.nan
    total = 0.0
    for bar in range(min(n - 1, len(x))):
        total += x[bar]
    for bar in range(n - 1, len(x)):
        total += x[bar]
        out[bar] = total / n
        total -= x[bar - n + 1]


@njit(nogil=True, cache=True, error_model="numpy")
def exponential(x, fast, slow, signal, out):
    """Five lines: the fast and the slow exponential mean, their MACD, its mean, and the difference.

    The MACD's own fast mean is seeded so that it begins with the slow one, and its three lines begin
    together. All run in one loop, as each bar of a recursive line waits for the bar before.
    """
    first = slow + signal - 2
    out[0, : fast - 1] = np.nan
    out[1, : slow - 1] = np.nan
    out[2:5, :first] = np.nan
    count = len(x)
    weight, heavy, light = 2.0 / (signal + 1), 2.0 / (fast + 1), 2.0 / (slow + 1)
    mean = _mean(x, 0, fast) if count >= fast else 0.0
    for bar in range(fast - 1, min(slow, count)):
        if bar >= fast:
            mean = (x[bar] - mean) * heavy + mean
        out[0, bar] = mean
    if count < slow:
        return
    quick, slowly = _mean(x, slow - fast, slow), _mean(x, 0, slow)
    out[1, slow - 1] = slowly
    total = smooth = quick - slowly
    for bar in range(slow, count):
        mean = (x[bar] - mean) * heavy + mean
        quick = (x[bar] - quick) * heavy + quick
        slowly = (x[bar] - slowly) * light + slowly
        out[0, bar], out[1, bar] = mean, slowly
        apart = quick - slowly
        if bar <= first:
            total += apart
            smooth = total / signal
        else:
            smooth = (apart - smooth) * weight + smooth
        if bar >= first:
            out[2, bar], out[3, bar], out[4, bar] = apart, smooth, apart - smooth


@njit(nogil=True, cache=True, error_model="numpy")
def _mean(x, start, stop):
    total = 0.0
    for bar in range(start, stop):
        total += x[bar]
    return total / (stop - start)


@njit(nogil=True, cache=True, error_model="numpy")
def bollinger(x, n, k, upper, middle, lower):
    """Mean of the last *n*, and *k* population deviations around it."""
    upper[: n - 1] = middle[: n - 1] = lower[: n - 1] = np.nan
    total = squares = 0.0
    part = 1.0 / n
    for bar in range(min(n - 1, len(x))):
        total += x[bar]
        squares += x[bar] * x[bar]
    for bar in range(n - 1, len(x)):
        old = x[bar - n + 1]
        total += x[bar]
        squares += x[bar] * x[bar]
        mean = total * part
        variance = squares * part - mean * mean
        total -= old
        squares -= old * old
        width = k * np.sqrt(variance) if variance >= 1e-14 else 0.0
        upper[bar], middle[bar], lower[bar] = mean + width, mean, mean - width


@njit(nogil=True, cache=True, error_model="numpy")
def vwma(high, low, close, volume, n, scratch, out):
    """Typical price weighted with volume over the last *n*; NaN where nothing was traded."""
    out[: n - 1] = np.nan
    paid = scratch[0]
    for bar in range(len(close)):
        paid[bar] = (high[bar] + low[bar] + close[bar]) / 3 * volume[bar]
    money = shares = 0.0
    for bar in range(min(n - 1, len(close))):
        money += paid[bar]
        shares += volume[bar]
    for bar in range(n - 1, len(close)):
        money += paid[bar]
        shares += volume[bar]
        out[bar] = (money / n) / (shares / n) if shares != 0 else np.nan
        money -= paid[bar - n + 1]
        shares -= volume[bar - n + 1]


@njit(nogil=True, cache=True, error_model="numpy")
def rvol(volume, n, out):
    """Volume over the mean of the *n* before; NaN where that is 0."""
    out[:n] = np.nan
    total = 0.0
    for bar in range(min(n - 1, len(volume))):
        total += volume[bar]
    for bar in range(n - 1, len(volume) - 1):
        total += volume[bar]
        usual = total / n
        out[bar + 1] = volume[bar + 1] / usual if usual != 0 else np.nan
        total -= volume[bar - n + 1]


@njit(nogil=True, cache=True, error_model="numpy")
def obv(close, volume, out):
    """Volume of rising bars minus that of falling ones, so far."""
    if len(close) == 0:
        return
    total = out[0] = volume[0]
    for bar in range(1, len(close)):
        if close[bar] > close[bar - 1]:
            total += volume[bar]
        elif close[bar] < close[bar - 1]:
            total -= volume[bar]
        out[bar] = total
