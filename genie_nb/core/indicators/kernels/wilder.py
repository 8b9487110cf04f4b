"""Wilder's lines, smoothed with weight 1 / n and seeded as TA-Lib seeds them."""

import numpy as np
from numba import njit

from ..momentum import NO_MOVE


@njit(nogil=True, cache=True, error_model="numpy")
def rsi(x, n, out):
    """100 · mean gain / (mean gain + mean loss); NaN where nothing moved."""
    out[:n] = np.nan
    if len(x) <= n:
        return
    gain = loss = 0.0
    for bar in range(1, n + 1):
        move = x[bar] - x[bar - 1]
        if move < 0:
            loss -= move
        else:
            gain += move
    gain, loss = gain / n, loss / n
    out[n] = 100 * (gain / (gain + loss)) if gain + loss >= NO_MOVE else np.nan
    weight = 1.0 / n
    for bar in range(n + 1, len(x)):
        move = x[bar] - x[bar - 1]
        gain += (max(move, 0.0) - gain) * weight
        loss += (max(-move, 0.0) - loss) * weight
        both = gain + loss
        out[bar] = 100 * (gain / both) if both >= NO_MOVE else np.nan


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def _range(high, low, close, bar):
    before = close[bar - 1]
    return max(high[bar] - low[bar], abs(before - high[bar]), abs(before - low[bar]))


@njit(nogil=True, cache=True, error_model="numpy")
def atr(high, low, close, n, out):
    """The smoothed true range."""
    out[:n] = np.nan
    if len(close) <= n:
        return
    mean = 0.0
    for bar in range(1, n + 1):
        mean += _range(high, low, close, bar)
    mean /= n
    out[n] = mean
    weight = 1.0 / n
    for bar in range(n + 1, len(close)):
        mean += (_range(high, low, close, bar) - mean) * weight
        out[bar] = mean


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def _directed(high, low, bar):
    """How far the bar reaches above and below the one before, where that is the larger reach."""
    up, down = high[bar] - high[bar - 1], low[bar - 1] - low[bar]
    return (up if up > 0 and up > down else 0.0), (down if down > 0 and up < down else 0.0)


@njit(nogil=True, cache=True, error_model="numpy")
def adx(high, low, close, n, out, plus, minus):
    """Strength of the trend, and its two directions."""
    out[: 2 * n - 1] = np.nan
    plus[:n] = minus[:n] = np.nan
    rising = falling = swing = 0.0
    for bar in range(1, min(n, len(close))):
        up, down = _directed(high, low, bar)
        rising += up
        falling += down
        swing += _range(high, low, close, bar)
    mean, weight = 0.0, 1.0 / n
    for bar in range(n, len(close)):
        up, down = _directed(high, low, bar)
        rising += up - rising * weight
        falling += down - falling * weight
        swing += _range(high, low, close, bar) - swing * weight
        strength, known = 0.0, False
        plus[bar] = minus[bar] = 0.0
        if swing >= NO_MOVE:
            share = 100 / swing
            plus[bar], minus[bar] = rising * share, falling * share
            both = plus[bar] + minus[bar]
            if both >= NO_MOVE:
                strength, known = 100 * (abs(minus[bar] - plus[bar]) / both), True
        if bar < 2 * n:
            mean += strength
            if bar == 2 * n - 1:
                mean /= n
                out[bar] = mean
        else:
            if known:
                mean += (strength - mean) * weight
            out[bar] = mean
