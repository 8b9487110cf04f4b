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
def ema(x, n, first, out):
    """Exponential mean, seeded with the mean of the *n* values up to bar *first*."""
    out[:first] = np.nan
    if first >= len(x):
        return
    mean = 0.0
    for bar in range(first - n + 1, first + 1):
        mean += x[bar]
    mean /= n
    weight = 2.0 / (n + 1)
    out[first] = mean
    for bar in range(first + 1, len(x)):
        mean = (x[bar] - mean) * weight + mean
        out[bar] = mean


@njit(nogil=True, cache=True, error_model="numpy")
def macd(x, fast, slow, signal, line, mean, hist):
    """Fast minus slow exponential mean, its own mean, and the difference; all begin together."""
    seed, first = slow - 1, slow + signal - 2
    line[:first] = mean[:first] = hist[:first] = np.nan
    if first >= len(x):
        return
    quick = slowly = 0.0
    for bar in range(slow - fast, slow):
        quick += x[bar]
    for bar in range(slow):
        slowly += x[bar]
    quick, slowly = quick / fast, slowly / slow
    weights = 2.0 / (fast + 1), 2.0 / (slow + 1), 2.0 / (signal + 1)
    total = quick - slowly
    for bar in range(seed + 1, first + 1):
        quick = (x[bar] - quick) * weights[0] + quick
        slowly = (x[bar] - slowly) * weights[1] + slowly
        total += quick - slowly
    average_ = total / signal
    line[first], mean[first], hist[first] = quick - slowly, average_, quick - slowly - average_
    for bar in range(first + 1, len(x)):
        quick = (x[bar] - quick) * weights[0] + quick
        slowly = (x[bar] - slowly) * weights[1] + slowly
        apart = quick - slowly
        average_ = (apart - average_) * weights[2] + average_
        line[bar], mean[bar], hist[bar] = apart, average_, apart - average_


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
