"""What a trade adds to the sums: bar by bar, from the changes of the closes, or at once from tables made before."""

import numpy as np
from numba import njit

from .bits import highest_one

RETURNS, SQUARES, LOSSES, CLOSES = 0, 2, 4, 6
"""Columns of the running sums; the rounding error of each stands in the next column."""

HIGHEST, LOWEST, DEEPEST = 0, 1, 2
"""Columns of the drawdown table."""

BOUGHT, ENTERED, BROUGHT, LEFT = 0, 1, 2, 3
"""Columns of the turning points."""


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def hold_by_bar(opens, closes, dividends, bought, sold, last, money, peak, deepest, buy, sell):
    """Follow one position through its bars.

    Args:
        opens: Of one ticker.
        closes: Of the same.
        dividends: Of the same; empty when there were none.
        bought: The bar at whose open it was entered.
        sold: The bar at whose open it was left, or *last* when it was not.
        last: One past the last bar.
        money: Equity before.
        peak: The highest equity before.
        deepest: The lowest share of a peak before.
        buy: What a share costs for an open of 1, fee included.
        sell: What it brings.

    Returns:
        Shares; equity, peak and deepest after; and what the trade adds to returns, squares, losses and
        area.
    """
    shares = money / (buy * opens[bought])
    cash = 0.0
    before = money
    returns = squares = losses = area = 0.0
    end = min(sold + 1, last)
    for bar in range(bought, end):
        if len(dividends) and bar > bought:
            cash += shares * dividends[bar]
        price = opens[bar] * sell if bar == sold else closes[bar]
        now = cash + shares * price
        change = now / before - 1.0
        returns += change
        squares += change * change
        loss = min(change, 0.0)
        losses += loss * loss
        area += now
        peak = max(peak, now)
        deepest = min(deepest, now / peak)
        before = now
    if sold < last:
        area -= before
    return shares, before, peak, deepest, returns, squares, losses, area


@njit(nogil=True, cache=True, error_model="numpy")
def changes_of(closes, out):
    """The return from each close to the next, 0 at the first."""
    before, now, into = closes[:-1], closes[1:], out[1:]
    out[0] = 0.0
    for bar in range(len(into)):
        into[bar] = now[bar] / before[bar] - 1.0


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def hold_by_change(opens, closes, changes, bought, sold, last, money, peak, deepest, buy, sell):
    """As `hold_by_bar`, for a ticker without dividends, whose changes serve every backtest on it."""
    shares = money / (buy * opens[bought])
    entered = shares * closes[bought] / money - 1.0
    returns, squares, losses, area = _added_up(changes[bought + 1 : sold], closes[bought:sold])
    returns += entered
    squares += entered * entered
    losses += min(entered, 0.0) ** 2
    area *= shares
    peak, deepest = _fallen(closes[bought:sold], shares, peak, deepest)
    after = shares * closes[sold - 1]
    if sold < last:
        before, after = after, shares * opens[sold] * sell
        left = after / before - 1.0
        returns += left
        squares += left * left
        losses += min(left, 0.0) ** 2
        peak = max(peak, after)
        deepest = _deeper(deepest, after, peak)
    return shares, after, peak, deepest, returns, squares, losses, area


@njit(nogil=True, cache=True, error_model="numpy")
def _fallen(closes, shares, peak, deepest):
    """Peak and lowest share of a peak after these closes; eight without a new peak cost as much as one."""
    whole = len(closes) - len(closes) % 8
    for start in range(0, whole, 8):
        eight = closes[start : start + 8]
        high = low = eight[0]
        for place in range(1, 8):
            high = eight[place] if eight[place] > high else high
            low = eight[place] if eight[place] < low else low
        if shares * high > peak:
            peak, deepest = _fallen_by_bar(eight, shares, peak, deepest)
        else:
            deepest = min(deepest, shares * low / peak)
    return _fallen_by_bar(closes[whole:], shares, peak, deepest)


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def _fallen_by_bar(closes, shares, peak, deepest):
    for close in closes:
        peak = max(peak, shares * close)
        deepest = min(deepest, shares * close / peak)
    return peak, deepest


@njit(nogil=True, cache=True, error_model="numpy", fastmath={"reassoc", "contract"})
def _added_up(changes, closes):
    """Sums of changes, of their squares, of the squares of the losses, and of closes, several bars at once."""
    returns = squares = losses = area = 0.0
    for change in changes:
        loss = change if change < 0.0 else 0.0
        returns += change
        squares += change * change
        losses += loss * loss
    for close in closes:
        area += close
    return returns, squares, losses, area


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def hold_by_table(closes, sums, falls, turns, bought, sold, last, money, peak, deepest):
    """As `hold_by_bar`, for a ticker without dividends, at a cost that does not grow with the bars."""
    shares = money * turns[bought, BOUGHT]
    end = sold - 1
    entered = turns[bought, ENTERED]
    returns = entered + _between(sums, RETURNS, bought, end)
    squares = entered * entered + _between(sums, SQUARES, bought, end)
    losses = min(entered, 0.0) ** 2 + _between(sums, LOSSES, bought, end)
    area = shares * (closes[bought] + _between(sums, CLOSES, bought, end))
    highest, lowest, deepest = _range(closes, falls, bought, end, deepest)
    deepest = _deeper(deepest, shares * lowest, peak)
    peak = max(peak, shares * highest)
    after = shares * closes[end]
    if sold < last:
        left = turns[sold, LEFT]
        returns += left
        squares += left * left
        losses += min(left, 0.0) ** 2
        after = shares * turns[sold, BROUGHT]
        peak = max(peak, after)
        deepest = _deeper(deepest, after, peak)
    return shares, after, peak, deepest, returns, squares, losses, area


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def _deeper(deepest, low, peak):
    """The lower of two shares of a peak; divides only where there is news."""
    return low / peak if low < deepest * peak else deepest


@njit(nogil=True, cache=True, error_model="numpy")
def turning_points(opens, closes, buy, sell):
    """Per bar: shares for a unit of money, the return of entering, money for a share, that of leaving."""
    turns = np.zeros((len(opens), 4))
    for bar in range(len(opens)):
        turns[bar, BOUGHT] = 1.0 / (buy * opens[bar])
        turns[bar, ENTERED] = closes[bar] / (buy * opens[bar]) - 1.0
        turns[bar, BROUGHT] = opens[bar] * sell
        if bar:
            turns[bar, LEFT] = opens[bar] * sell / closes[bar - 1] - 1.0
    return turns


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def _between(sums, column, first, last):
    """The sum over the bars after *first* up to *last*."""
    whole = sums[last, column] - sums[first, column]
    return whole + (sums[last, column + 1] - sums[first, column + 1])


@njit(nogil=True, cache=True, error_model="numpy")
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


@njit(nogil=True, cache=True, error_model="numpy")
def _add(sums, bar, column, number):
    before = sums[bar - 1, column]
    after = before + number
    taken = after - before
    sums[bar, column] = after
    error = (before - (after - taken)) + (number - taken)
    sums[bar, column + 1] = sums[bar - 1, column + 1] + error


@njit(nogil=True, cache=True, error_model="numpy")
def drawdown_table(closes):
    """Highest, lowest and lowest share of a peak towards the middle of each block of 2, 4, 8 … bars.

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


@njit(nogil=True, cache=True, error_model="numpy")
def _leftwards(closes, falls, middle, half):
    highest, lowest, deepest = -np.inf, np.inf, 1.0
    for bar in range(middle - 1, middle - half - 1, -1):
        highest, lowest = max(highest, closes[bar]), min(lowest, closes[bar])
        deepest = min(deepest, lowest / closes[bar])
        falls[bar, HIGHEST], falls[bar, LOWEST], falls[bar, DEEPEST] = highest, lowest, deepest


@njit(nogil=True, cache=True, error_model="numpy")
def _rightwards(closes, falls, middle, stop):
    highest, lowest, deepest = -np.inf, np.inf, 1.0
    for bar in range(middle, stop):
        highest, lowest = max(highest, closes[bar]), min(lowest, closes[bar])
        deepest = min(deepest, closes[bar] / highest)
        falls[bar, HIGHEST], falls[bar, LOWEST], falls[bar, DEEPEST] = highest, lowest, deepest


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def _range(closes, falls, first, last, deepest):
    """Highest and lowest close of *first* to *last*, and the deepest fall there or before."""
    if first == last:
        return closes[first], closes[first], deepest
    level = highest_one(np.uint64(first ^ last))
    deepest = min(deepest, falls[level, first, DEEPEST], falls[level, last, DEEPEST])
    deepest = _deeper(deepest, falls[level, last, LOWEST], falls[level, first, HIGHEST])
    highest = max(falls[level, first, HIGHEST], falls[level, last, HIGHEST])
    lowest = min(falls[level, first, LOWEST], falls[level, last, LOWEST])
    return highest, lowest, deepest
