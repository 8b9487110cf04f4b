"""The panel of usual indicators for many tickers: 21 lines each, written in place."""

import numpy as np
from numba import njit

from .averages import bollinger, means, obv, over_mean, sums, vwma
from .extremes import highest, lowest
from .smoothing import macd
from .wilder import adx, atr, rsi

HIGH, LOW, CLOSE, VOLUME = 1, 2, 3, 4
"""Rows of a ticker's columns: open, high, low, close, volume."""


@njit(nogil=True, cache=True, error_model="numpy")
def panel(columns, out, scratch, start, stop):
    """Write the panel of tickers *start* to *stop*.

    Args:
        columns: Ticker, column, bar; without holes.
        out: Ticker, line in the order of `PANEL`, bar.
        scratch: Two lines to work in.
        start: The first ticker.
        stop: One past the last.
    """
    for ticker in range(start, stop):
        high, low = columns[ticker, HIGH], columns[ticker, LOW]
        close, volume = columns[ticker, CLOSE], columns[ticker, VOLUME]
        lines = out[ticker]
        sums(close, 50, lines[1], close, 200, lines[2])
        means(lines[1], 50)
        means(lines[2], 200)
        macd(close, 12, 26, 9, lines[3:8])
        rsi(close, 14, scratch, lines[8])
        bollinger(close, 20, 2.0, lines[9], lines[10], lines[11])
        lines[0] = lines[10]
        atr(high, low, close, 14, lines[12])
        adx(high, low, close, 14, lines[13], lines[14], lines[15])
        vwma(high, low, close, volume, 20, scratch, lines[16])
        usual = scratch[1, 19 : len(close) - 1]  # left there by vwma: sums of 20 volumes
        lines[20, :20], lines[20, 20:] = np.nan, usual
        over_mean(volume[20:], lines[20, 20:], 20)
        highest(high, 20, scratch, lines[17])
        lowest(low, 20, scratch, lines[18])
        obv(close, volume, lines[19])
