"""The panel of usual indicators for many tickers: 21 lines each, written in place."""

from numba import njit

from .averages import bollinger, ema, macd, obv, rvol, sma, vwma
from .extremes import highest, lowest
from .wilder import adx, atr, rsi

PANEL = (
    "sma_20", "sma_50", "sma_200", "ema_12", "ema_26", "rsi_14", "macd", "macd_signal", "macd_hist",
    "bb_upper", "bb_middle", "bb_lower", "atr_14", "adx_14", "plus_di_14", "minus_di_14", "vwma_20",
    "highest_20", "lowest_20", "obv", "rvol_20",
)  # fmt: skip
"""The lines of the panel, in order."""

HIGH, LOW, CLOSE, VOLUME = 1, 2, 3, 4
"""Rows of a ticker's columns: open, high, low, close, volume."""


@njit(nogil=True, cache=True, error_model="numpy")
def panel(columns, out, scratch, start, stop):
    """Write the panel of tickers *start* to *stop*.

    Args:
        columns: Ticker, column, bar; without holes.
        out: Ticker, line, bar.
        scratch: Two lines to work in.
        start: The first ticker.
        stop: One past the last.
    """
    for ticker in range(start, stop):
        high, low = columns[ticker, HIGH], columns[ticker, LOW]
        close, volume = columns[ticker, CLOSE], columns[ticker, VOLUME]
        lines = out[ticker]
        sma(close, 50, lines[1])
        sma(close, 200, lines[2])
        ema(close, 12, 11, lines[3])
        ema(close, 26, 25, lines[4])
        rsi(close, 14, lines[5])
        macd(close, 12, 26, 9, lines[6], lines[7], lines[8])
        bollinger(close, 20, 2.0, lines[9], lines[10], lines[11])
        lines[0] = lines[10]
        atr(high, low, close, 14, lines[12])
        adx(high, low, close, 14, lines[13], lines[14], lines[15])
        vwma(high, low, close, volume, 20, scratch, lines[16])
        highest(high, 20, scratch, lines[17])
        lowest(low, 20, scratch, lines[18])
        obv(close, volume, lines[19])
        rvol(volume, 20, lines[20])
