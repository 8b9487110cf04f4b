"""Bit planes: one bit per bar, 64 to a word, the earliest bar in the lowest bit."""

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
ONE = np.uint64(1)
LOW = np.uint64(63)

LESS, LESS_OR_EQUAL, EQUAL = 0, 1, 2


@intrinsic
def trailing_zeros(_context, _word):
    """How many bits are 0 below the lowest 1; 64 when there is none."""

    def codegen(_context, builder, _signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), codegen


@njit(nogil=True, cache=True)
def next_true(plane, start, stop):
    """The first bar from *start* on whose bit is set; *stop* when there is none before it."""
    if start >= stop:
        return stop
    at = start >> 6
    end = (stop - 1) >> 6
    word = plane[at] & (ALL << (np.uint64(start) & LOW))
    while word == 0:
        at += 1
        if at > end:
            return stop
        word = plane[at]
    return min(stop, (at << 6) + np.int64(trailing_zeros(word)))  # pyright: ignore[reportCallIssue]


@njit(nogil=True, cache=True)
def next_alone(plane, other, start, stop):
    """As `next_true`, for bars at which the bit of *other* is not set."""
    if start >= stop:
        return stop
    at = start >> 6
    end = (stop - 1) >> 6
    word = plane[at] & ~other[at] & (ALL << (np.uint64(start) & LOW))
    while word == 0:
        at += 1
        if at > end:
            return stop
        word = plane[at] & ~other[at]
    return min(stop, (at << 6) + np.int64(trailing_zeros(word)))  # pyright: ignore[reportCallIssue]


@njit(nogil=True, cache=True)
def _holds(test, left, right):
    if test == LESS:
        return left < right, left >= right
    if test == LESS_OR_EQUAL:
        return left <= right, left > right
    return left == right, left < right or left > right


@njit(nogil=True, cache=True)
def compare(test, left, right, left_row, right_row, true, false, start, stop):
    """Write the planes of `left test right` for rows *start* to *stop*.

    A comparison with NaN is neither true nor false. A side of one column is the same at every bar.
    """
    bars = left.shape[1]
    constant = right.shape[1] == 1
    for row in range(start, stop):
        numbers = left[left_row[row]]
        others = right[right_row[row]]
        for word in range(true.shape[1]):
            first = word << 6
            yes, no = np.uint64(0), np.uint64(0)
            for bit in range(min(64, bars - first)):
                bar = first + bit
                holds, fails = _holds(test, numbers[bar], others[0 if constant else bar])
                yes |= np.uint64(holds) << np.uint64(bit)
                no |= np.uint64(fails) << np.uint64(bit)
            true[row, word] = yes
            false[row, word] = no
