"""Lines and comparisons of one ticker after the other, each ticker's numbers still being near.

A line that is written, compared and forgotten before the next ticker never leaves the processor's cache.
"""

from numba import njit

from ...indicators.kernels.averages import rvol, sma, vwma
from ...indicators.kernels.extremes import highest, lowest
from ...indicators.kernels.wilder import rsi
from .bits import line_at_most, line_at_most_number

KINDS = ("sma", "highest", "lowest", "vwma", "rsi", "rvol", "at_most", "at_most_number")
"""What a step can do, by number."""

SMA, HIGHEST, LOWEST, VWMA, RSI, RVOL, AT_MOST, AT_MOST_NUMBER = range(len(KINDS))

COLUMNS = 5
"""Places of open, high, low, close and volume; the lines come after."""


@njit(nogil=True, cache=True, error_model="numpy")
def perform(columns, steps, numbers, lines, scratch, true, false):
    """Take every step for every ticker.

    Args:
        columns: Column, ticker, bar.
        steps: One row each: what to do, the places it reads (two), a length, and where the result goes.
        numbers: Two per step: the sign and the number of a comparison with a number.
        lines: One row per line; they hold the last ticker's in the end.
        scratch: Two lines to work in.
        true: Where comparisons go: comparison, ticker, word.
        false: The same.
    """
    for ticker in range(columns.shape[1]):
        for step in range(len(steps)):
            kind, n, place = steps[step, 0], steps[step, 3], steps[step, 4]
            one = _at(columns, lines, steps[step, 1], ticker)
            other = _at(columns, lines, steps[step, 2], ticker)
            if kind == AT_MOST:
                line_at_most(one, other, true[place, ticker], false[place, ticker])
            elif kind == AT_MOST_NUMBER:
                sign, number = numbers[step, 0], numbers[step, 1]
                line_at_most_number(one, number, sign, true[place, ticker], false[place, ticker])
            elif kind == SMA:
                sma(one, n, lines[place - COLUMNS])
            elif kind == HIGHEST:
                highest(one, n, scratch, lines[place - COLUMNS])
            elif kind == LOWEST:
                lowest(one, n, scratch, lines[place - COLUMNS])
            elif kind == VWMA:
                high, low, close = columns[1, ticker], columns[2, ticker], columns[3, ticker]
                vwma(high, low, close, columns[4, ticker], n, scratch, lines[place - COLUMNS])
            elif kind == RSI:
                rsi(one, n, scratch, lines[place - COLUMNS])
            elif kind == RVOL:
                rvol(one, n, lines[place - COLUMNS])


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def _at(columns, lines, place, ticker):
    return columns[place, ticker] if place < COLUMNS else lines[place - COLUMNS]
