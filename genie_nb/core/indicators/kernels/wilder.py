"""Wilder's lines, smoothed with weight 1 / n and seeded as TA-Lib seeds them.

What each bar brings is computed for all bars first, then smoothed, and what follows from the smoothed
numbers comes last, so that the first and the last loop can take several bars at once.
"""

import numpy as np
from numba import njit

from ..momentum import NO_MOVE
from .smoothing import smooth


@njit(nogil=True, cache=True, error_model="numpy")
def rsi(x, n, scratch, out):
    """100 · mean gain / (mean gain + mean loss); NaN where nothing moved. *scratch* holds one line."""
    out[:n] = np.nan
    if len(x) <= n:
        return
    gains, losses = out[1:], scratch[0, 1 : len(x)]
    _moves(x, gains, losses)
    keep = 1.0 - 1.0 / n
    gains[n - 1], losses[n - 1] = gains[:n].sum(), losses[:n].sum()
    smooth(gains[n:], keep, gains[n - 1])
    smooth(losses[n:], keep, losses[n - 1])
    out[:n] = np.nan
    _shares(out[n:], losses[n - 1 :], n)


@njit(nogil=True, cache=True, error_model="numpy")
def _moves(x, gains, losses):
    """How far each value lies above and below the one before."""
    before, now = x[:-1], x[1:]
    for bar in range(len(gains)):
        move = now[bar] - before[bar]
        gains[bar] = move if move > 0 else 0.0
        losses[bar] = -move if move < 0 else 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def _shares(gains, losses, n):
    """The share of the gains, in their place, from sums that are *n* times the means."""
    least = n * NO_MOVE
    for bar in range(len(gains)):
        both = gains[bar] + losses[bar]
        share = 100 * (gains[bar] / both)
        gains[bar] = share if both >= least else np.nan


@njit(nogil=True, cache=True, error_model="numpy")
def atr(high, low, close, n, out):
    """The smoothed true range."""
    out[:n] = np.nan
    if len(close) <= n:
        return
    _ranges(high[1:], low[1:], close[:-1], out[1:])
    weight = 1.0 / n
    out[n] = out[1 : n + 1].sum()
    out[:n] = np.nan
    for bar in range(n, len(close)):
        out[bar] *= weight
    smooth(out[n + 1 :], 1.0 - weight, out[n])


@njit(nogil=True, cache=True, error_model="numpy")
def _ranges(high, low, before, out):
    """From the lower of the low and the close before to the higher of the high and that close."""
    for bar in range(len(out)):
        top = high[bar] if high[bar] > before[bar] else before[bar]
        bottom = low[bar] if low[bar] < before[bar] else before[bar]
        out[bar] = top - bottom


@njit(nogil=True, cache=True, error_model="numpy")
def adx(high, low, close, n, out, plus, minus):
    """Strength of the trend, and its two directions."""
    count = len(close)
    if count > 1:
        _reaches(high, low, plus[1:], minus[1:])
        _ranges(high[1:], low[1:], close[:-1], out[1:])
    first = min(n, count)
    rising, falling, swing = plus[1:first].sum(), minus[1:first].sum(), out[1:first].sum()
    keep = 1.0 - 1.0 / n
    smooth(plus[n:], keep, rising)
    smooth(minus[n:], keep, falling)
    smooth(out[n:], keep, swing)
    plus[:n] = minus[:n] = np.nan
    unknown = _directions(plus[n:], minus[n:], out[n:])
    _strength(out, n, unknown)


@njit(nogil=True, cache=True, error_model="numpy")
def _reaches(high, low, above, below):
    """How far each bar reaches above and below the one before, where that is the larger reach."""
    tops, tops_before, bottoms, bottoms_before = high[1:], high[:-1], low[1:], low[:-1]
    for bar in range(len(above)):
        up, down = tops[bar] - tops_before[bar], bottoms_before[bar] - bottoms[bar]
        above[bar] = up if (up > 0) & (up > down) else 0.0
        below[bar] = down if (down > 0) & (up < down) else 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def _directions(plus, minus, swing):
    """Both as shares of the swing; in the place of the swing, how far apart they are, NaN if unknown.

    Returns how many are unknown.
    """
    unknown = 0
    for bar in range(len(swing)):
        share = 100 / swing[bar] if swing[bar] >= NO_MOVE else 0.0
        up, down = plus[bar] * share, minus[bar] * share
        both = up + down
        apart = 100 * (abs(down - up) / both)
        plus[bar], minus[bar] = up, down
        swing[bar] = apart if both >= NO_MOVE else np.nan
        unknown += 0 if both >= NO_MOVE else 1
    return unknown


@njit(nogil=True, cache=True, error_model="numpy")
def _strength(out, n, unknown):
    """The mean of what stands in *out* from bar n on; where that is unknown it stays as it was."""
    first = 2 * n - 1
    last, weight = 0.0, 1.0 / n
    for bar in range(n, min(first + 1, len(out))):
        last += weight * (0.0 if np.isnan(out[bar]) else out[bar])
    out[:first] = np.nan
    if len(out) <= first:
        return
    out[first] = last
    if unknown == 0:
        for bar in range(first + 1, len(out)):
            out[bar] *= weight
        smooth(out[first + 1 :], 1.0 - weight, last)
        return
    for bar in range(first + 1, len(out)):
        last += 0.0 if np.isnan(out[bar]) else (out[bar] - last) * weight
        out[bar] = last
