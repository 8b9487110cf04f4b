"""What a trade adds to the sums: bar by bar, or at once from tables made before."""

import numpy as np
from numba import njit

RETURNS, SQUARES, LOSSES, CLOSES = 0, 2, 4, 6
"""Columns of the running sums; the rounding error of each stands in the next column."""

HIGHEST, LOWEST, DEEPEST = 0, 1, 2
"""Columns of the drawdown table."""


@njit(nogil=True, cache=True)
def hold_by_bar(opens, closes, dividends, bought, sold, last, money, peak, buy, sell):
    """Follow one position through its bars.

    Args:
        opens, closes, dividends: Of one ticker.
        bought: The bar at whose open it was entered.
        sold: The bar at whose open it was left, or *last* when it was not.
        last: One past the last bar.
        money: Equity before.
        peak: The highest equity before.
        buy: What a share costs for an open of 1, fee included.
        sell: What it brings.

    Returns:
        Equity after, its peak, and what the trade adds to returns, squares, losses and area, and its
        deepest fall from the peak.
    """
    shares = money / (buy * opens[bought])
    cash = 0.0
    before = money
    returns = squares = losses = area = deepest = 0.0
    for bar in range(bought, min(sold + 1, last)):
        if bar > bought:
            cash += shares * dividends[bar]
        price = opens[bar] * sell if bar == sold else closes[bar]
        now = cash + shares * price
        change = now / before - 1.0
        returns += change
        squares += change * change
        losses += min(change, 0.0) ** 2
        if bar < sold:
            area += now
        peak = max(peak, now)
        deepest = min(deepest, now / peak - 1.0)
        before = now
    return before, peak, returns, squares, losses, area, deepest


@njit(nogil=True, cache=True)
def hold_by_table(opens, closes, sums, falls, bought, sold, last, money, peak, buy, sell):
    """As `hold_by_bar`, for a ticker without dividends, at a cost that does not grow with the bars."""
    shares = money / (buy * opens[bought])
    end = sold - 1
    entered = closes[bought] / (buy * opens[bought]) - 1.0
    returns = entered + _between(sums, RETURNS, bought, end)
    squares = entered * entered + _between(sums, SQUARES, bought, end)
    losses = min(entered, 0.0) ** 2 + _between(sums, LOSSES, bought, end)
    area = shares * (closes[bought] + _between(sums, CLOSES, bought, end))
    highest, lowest, deepest = _range(closes, falls, bought, end)
    deepest = min(deepest, shares * lowest / peak - 1.0)
    peak = max(peak, shares * highest)
    after = shares * closes[end]
    if sold < last:
        left = opens[sold] * sell / closes[end] - 1.0
        returns += left
        squares += left * left
        losses += min(left, 0.0) ** 2
        after = shares * opens[sold] * sell
        peak = max(peak, after)
        deepest = min(deepest, after / peak - 1.0)
    return after, peak, returns, squares, losses, area, deepest


@njit(nogil=True, cache=True)
def _between(sums, column, first, last):
    """The sum over the bars after *first* up to *last*."""
    whole = sums[last, column] - sums[first, column]
    return whole + (sums[last, column + 1] - sums[first, column + 1])


@njit(nogil=True, cache=True)
def running_sums(closes):
    """Sums from the first bar to each: returns, squares, losses, closes, each with its rounding error."""
    sums = np.zeros((len(closes), 8))
    for bar in range(1, len(closes)):
        change = closes[bar] / closes[bar - 1] - 1.0
        _add(sums, bar, RETURNS, change)
        _add(sums, bar, SQUARES, change * change)
        _add(sums, bar, LOSSES, min(change, 0.0) ** 2)
        _add(sums, bar, CLOSES, closes[bar])
    return sums


@njit(nogil=True, cache=True)
def _add(sums, bar, column, number):
    before = sums[bar - 1, column]
    after = before + number
    taken = after - before
    sums[bar, column] = after
    error = (before - (after - taken)) + (number - taken)
    sums[bar, column + 1] = sums[bar - 1, column + 1] + error


@njit(nogil=True, cache=True)
def drawdown_table(closes):
    """Highest, lowest and deepest fall towards the middle of each block of 2, 4, 8 … bars.

    Any range of bars is two entries of one level: from its first bar to the middle of the smallest
    block that holds both ends, and from that middle to its last bar.
    """
    count = len(closes)
    levels = 1
    while (1 << levels) < count:
        levels += 1
    falls = np.empty((levels, count, 3))
    for level in range(levels):
        half = 1 << level
        for middle in range(half, count, 2 * half):
            _leftwards(closes, falls[level], middle, half)
            _rightwards(closes, falls[level], middle, min(count, middle + half))
    return falls


@njit(nogil=True, cache=True)
def _leftwards(closes, falls, middle, half):
    highest, lowest, deepest = -np.inf, np.inf, 0.0
    for bar in range(middle - 1, middle - half - 1, -1):
        highest, lowest = max(highest, closes[bar]), min(lowest, closes[bar])
        deepest = min(deepest, lowest / closes[bar] - 1.0)
        falls[bar, HIGHEST], falls[bar, LOWEST], falls[bar, DEEPEST] = highest, lowest, deepest


@njit(nogil=True, cache=True)
def _rightwards(closes, falls, middle, stop):
    highest, lowest, deepest = -np.inf, np.inf, 0.0
    for bar in range(middle, stop):
        highest, lowest = max(highest, closes[bar]), min(lowest, closes[bar])
        deepest = min(deepest, closes[bar] / highest - 1.0)
        falls[bar, HIGHEST], falls[bar, LOWEST], falls[bar, DEEPEST] = highest, lowest, deepest


@njit(nogil=True, cache=True)
def _range(closes, falls, first, last):
    """Highest, lowest, and deepest fall from a peak over the closes of *first* to *last*."""
    if first == last:
        return closes[first], closes[first], 0.0
    level = 0
    while (first ^ last) >> (level + 1):
        level += 1
    left, right = falls[level, first], falls[level, last]
    across = right[LOWEST] / left[HIGHEST] - 1.0
    return (
        max(left[HIGHEST], right[HIGHEST]),
        min(left[LOWEST], right[LOWEST]),
        min(left[DEEPEST], right[DEEPEST], across),
    )
