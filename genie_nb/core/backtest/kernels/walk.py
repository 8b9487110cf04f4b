"""The walk: from entry to exit to entry, bar by bar only where it must be."""

import numpy as np
from numba import njit

from .bits import next_alone, next_true
from .ledger import changes_of, hold_by_bar, hold_by_change, hold_by_table

FINAL, RETURNS, SQUARES, LOSSES, DRAWDOWN, AREA, TRADED, HELD, TRADES, WON = range(10)
"""Columns of the sums that `walk` writes."""


@njit(nogil=True, cache=True, error_model="numpy")
def spans(enter, leave, first, last, out):
    """Write the bars bought and sold at, -1 for an open trade; returns how many trades there are.

    Args:
        enter: Bits of the bars at whose close the entry is true.
        leave: Bits of the bars at whose close the exit is true.
        first: The first bar of the test.
        last: One past the last one; its signal cannot be filled.
        out: Two columns.
    """
    count = 0
    signal = next_alone(enter, leave, first, last - 1)
    while signal < last - 1:
        out[count, 0] = signal + 1
        left = next_true(leave, signal + 1, last - 1)
        out[count, 1] = left + 1 if left < last - 1 else -1
        count += 1
        signal = next_alone(enter, leave, left + 1, last - 1)
    return count


@njit(nogil=True, cache=True, error_model="numpy")
def _above_zero(prices):
    """Whether all are; looking at each in order also brings them near, before the walk jumps about."""
    good = True
    for price in prices:
        good &= price > 0.0
    return good


@njit(nogil=True, cache=True, error_model="numpy")
def walk(
    enter, leave, enter_row, leave_row, opens, closes, dividends, sums, falls, turns, price_row,
    firsts, lasts, fee, buy_price, sell_price, out, start, stop,
):  # fmt: skip
    """Write the sums of the backtests *start* to *stop*.

    Args:
        enter, leave: Planes as in `spans`, one per row.
        enter_row, leave_row: Which planes each backtest reads.
        opens, closes, dividends: One row per ticker.
        sums, falls, turns: The tables of the only ticker; empty to go through the bars.
        price_row: Whose prices each backtest reads.
        firsts, lasts: The span of bars, per ticker.
        fee, buy_price, sell_price: As `Costs` has them.
        out: One row per backtest, columns as named above; NaN where a price is not above zero.
    """
    tabled, pays = len(sums) > 0, dividends.size > 0
    changes = np.empty(0 if tabled or pays else closes.shape[1])
    buy, sell = buy_price * (1.0 + fee), sell_price * (1.0 - fee)
    sound, of = False, -1
    for row in range(start, stop):
        ticker = price_row[row]
        if ticker != of:
            sound, of = _above_zero(opens[ticker]) & _above_zero(closes[ticker]), ticker
            if len(changes):
                changes_of(closes[ticker], changes)
        if not sound:
            out[row] = np.nan
            continue
        entries, exits = enter[enter_row[row]], leave[leave_row[row]]
        opened, closed, paid = opens[ticker], closes[ticker], dividends[ticker]
        first, last = firsts[ticker], lasts[ticker]
        money = peak = deepest = 1.0
        returns = squares = losses = area = traded = 0.0
        held = trades = won = 0
        flat = first
        signal = next_alone(entries, exits, first, last - 1)
        while signal < last - 1:
            bought = signal + 1
            left = next_true(exits, bought, last - 1)
            sold = left + 1 if left < last - 1 else last
            if tabled:
                trade = hold_by_table(
                    closed, sums, falls, turns, bought, sold, last, money, peak, deepest
                )
            elif pays:
                trade = hold_by_bar(
                    opened, closed, paid, bought, sold, last, money, peak, deepest, buy, sell
                )
            else:
                trade = hold_by_change(
                    opened, closed, changes, bought, sold, last, money, peak, deepest, buy, sell
                )
            shares, after, peak, deepest, gained, squared, lost, covered = trade
            area += money * (bought - flat) + covered
            traded += shares * buy_price * opened[bought]
            if sold < last:
                traded += shares * sell_price * opened[sold]
                trades += 1
                won += after > money
            returns += gained
            squares += squared
            losses += lost
            held += sold - bought
            money, flat = after, sold
            signal = next_alone(entries, exits, sold, last - 1)
        out[row, FINAL], out[row, AREA] = money, area + money * (last - flat)
        out[row, RETURNS], out[row, SQUARES], out[row, LOSSES] = returns, squares, losses
        out[row, DRAWDOWN], out[row, TRADED], out[row, HELD] = deepest - 1.0, traded, held
        out[row, TRADES], out[row, WON] = trades, won
