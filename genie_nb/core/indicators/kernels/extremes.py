"""Highest and lowest of the bars before: over windows of 2, 4, 8 … bars, then over two that cover all.

Slices instead of shifted indices let the compiler compare several bars at once.
"""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True, error_model="numpy")
def highest(x, n, scratch, out):
    """The largest of the *n* values before; *scratch* holds two lines."""
    out[:n] = np.nan
    last = len(x) - 1
    if last < n:
        return
    now, other = x, 0
    width = 1
    while 2 * width <= n:
        wider = scratch[other]
        _larger(now[width:], now[:-width], wider[width:])
        now, other, width = wider, 1 - other, 2 * width
    _larger(now[n - 1 : last], now[width - 1 : last - n + width], out[n:])


@njit(nogil=True, cache=True, error_model="numpy")
def lowest(x, n, scratch, out):
    """The smallest of the *n* values before; *scratch* holds two lines."""
    out[:n] = np.nan
    last = len(x) - 1
    if last < n:
        return
    now, other = x, 0
    width = 1
    while 2 * width <= n:
        wider = scratch[other]
        _smaller(now[width:], now[:-width], wider[width:])
        now, other, width = wider, 1 - other, 2 * width
    _smaller(now[n - 1 : last], now[width - 1 : last - n + width], out[n:])


@njit(nogil=True, cache=True, error_model="numpy")
def _larger(one, other, out):
    for bar in range(len(out)):
        out[bar] = one[bar] if one[bar] > other[bar] else other[bar]


@njit(nogil=True, cache=True, error_model="numpy")
def _smaller(one, other, out):
    for bar in range(len(out)):
        out[bar] = one[bar] if one[bar] < other[bar] else other[bar]
