"""Highest and lowest of the bars before, by windows of doubled length."""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True, error_model="numpy")
def highest(x, n, scratch, out):
    """The largest of the *n* values before; *scratch* holds two lines."""
    _widest(x, n, 1.0, scratch, out)


@njit(nogil=True, cache=True, error_model="numpy")
def lowest(x, n, scratch, out):
    """The smallest of the *n* values before; *scratch* holds two lines."""
    _widest(x, n, -1.0, scratch, out)


@njit(nogil=True, cache=True, error_model="numpy")
def _widest(x, n, sign, scratch, out):
    """The largest of sign · x: first over 1 bar, then over 2, 4, 8 …, last over two that cover *n*."""
    count = len(x)
    out[:n] = np.nan
    now, wider = scratch[0], scratch[1]
    for bar in range(count):
        now[bar] = sign * x[bar]
    width = 1
    while 2 * width <= n:
        for bar in range(width, count):
            one, other = now[bar], now[bar - width]
            wider[bar] = one if one > other else other
        now, wider = wider, now
        width *= 2
    for bar in range(n, count):
        one, other = now[bar - 1], now[bar - 1 - n + width]
        out[bar] = sign * (one if one > other else other)
