"""Bit planes: one bit per bar, 64 to a word, the earliest bar in the lowest bit."""

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
LOW = np.uint64(63)


@intrinsic
def trailing_zeros(_context, _word):
    """How many bits are 0 below the lowest 1; 64 when there is none."""

    def codegen(_context, builder, _signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), codegen


@intrinsic
def _leading_zeros(_context, _word):
    """How many bits are 0 above the highest 1; 64 when there is none."""

    def codegen(_context, builder, _signature, arguments):
        return builder.ctlz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), codegen


@njit(nogil=True, cache=True, error_model="numpy")
def highest_one(word):
    """The number of the highest bit that is set, counted from 0."""
    return 63 - np.int64(_leading_zeros(word))  # pyright: ignore[reportCallIssue]


@njit(nogil=True, cache=True, error_model="numpy")
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


@njit(nogil=True, cache=True, error_model="numpy")
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


@njit(nogil=True, cache=True, error_model="numpy")
def known(lines, out):
    """Write the bits of the bars at which there is a finite number."""
    bars = lines.shape[1]
    whole = bars >> 6
    for row in range(len(lines)):
        numbers = lines[row]
        for word in range(whole):
            bits = np.uint64(0)
            for bit in range(64):
                number = numbers[(word << 6) + bit]
                bits |= np.uint64(number - number == 0) << np.uint64(bit)
            out[row, word] = bits
        bits = np.uint64(0)
        for bar in range(whole << 6, bars):
            bits |= np.uint64(numbers[bar] - numbers[bar] == 0) << np.uint64(bar & 63)
        if whole < out.shape[1]:
            out[row, whole] = bits


@njit(nogil=True, cache=True, error_model="numpy")
def at_most(left, right, left_row, right_row, out, start, stop):
    """Write the bits of left <= right for pairs of rows *start* to *stop*.

    A right side of one column is the same at every bar. Loops over whole words have a fixed length, so
    that the compiler compares several bars at once.
    """
    bars = left.shape[1]
    whole = bars >> 6
    constant = right.shape[1] == 1
    for row in range(start, stop):
        numbers, others = left[left_row[row]], right[right_row[row]]
        limit = others[0]
        for word in range(whole):
            bits = np.uint64(0)
            if constant:
                for bit in range(64):
                    bits |= np.uint64(numbers[(word << 6) + bit] <= limit) << np.uint64(bit)
            else:
                for bit in range(64):
                    bar = (word << 6) + bit
                    bits |= np.uint64(numbers[bar] <= others[bar]) << np.uint64(bit)
            out[row, word] = bits
        bits = np.uint64(0)
        for bar in range(whole << 6, bars):
            bits |= np.uint64(numbers[bar] <= others[0 if constant else bar]) << np.uint64(bar & 63)
        if whole < out.shape[1]:
            out[row, whole] = bits
