"""Lines for many tickers at once, one per row, equal to the ones for single tickers to the last bit, save one."""

import numpy as np
from numba import njit

from . import averages, extremes, wilder


@njit(nogil=True, cache=True, error_model="numpy")
def sma(x, n, out):
    """As `indicators.sma`, for rows without holes."""
    for row in range(len(x)):
        averages.sma(x[row], n, out[row])


@njit(nogil=True, cache=True, error_model="numpy")
def vwma(high, low, close, volume, n, out):
    """As `indicators.vwma`, for rows without holes."""
    scratch = np.empty((2, close.shape[1]))
    for row in range(len(close)):
        averages.vwma(high[row], low[row], close[row], volume[row], n, scratch, out[row])


@njit(nogil=True, cache=True, error_model="numpy")
def rsi(x, n, out):
    """As `indicators.rsi`, for rows without holes; equal to within rounding."""
    scratch = np.empty((1, x.shape[1]))
    for row in range(len(x)):
        wilder.rsi(x[row], n, scratch, out[row])


@njit(nogil=True, cache=True, error_model="numpy")
def rvol(volume, n, out):
    """As `indicators.rvol` on daily bars, for rows without holes."""
    for row in range(len(volume)):
        averages.rvol(volume[row], n, out[row])


@njit(nogil=True, cache=True, error_model="numpy")
def highest(x, n, out):
    """As `indicators.highest`, for rows without holes."""
    scratch = np.empty((2, x.shape[1]))
    for row in range(len(x)):
        extremes.highest(x[row], n, scratch, out[row])


@njit(nogil=True, cache=True, error_model="numpy")
def lowest(x, n, out):
    """As `indicators.lowest`, for rows without holes."""
    scratch = np.empty((2, x.shape[1]))
    for row in range(len(x)):
        extremes.lowest(x[row], n, scratch, out[row])
