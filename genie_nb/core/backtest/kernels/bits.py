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
def at_most(left, right, left_row, right_row, true, false, start, stop):
    """Write the planes of left <= right for pairs of rows *start* to *stop*."""
    for row in range(start, stop):
        line_at_most(left[left_row[row]], right[right_row[row]], true[row], false[row])


@njit(nogil=True, cache=True, error_model="numpy")
def line_at_most(numbers, others, true, false):
    """Write the planes of one line <= another.

    Where a side is not finite both bits stay 0. The loop over a whole word has a fixed length and no index
    that could be negative, so that the compiler compares several bars at once.
    """
    for word in range(len(true)):
        one, other = numbers[word << 6 :], others[word << 6 :]
        yes, known = np.uint64(0), np.uint64(0)
        if len(one) >= 64:
            for bit in range(64):
                yes |= np.uint64(one[bit] <= other[bit]) << np.uint64(bit)
                there = one[bit] - one[bit] == other[bit] - other[bit]
                known |= np.uint64(there) << np.uint64(bit)
        else:
            for bit in range(len(one)):
                yes |= np.uint64(one[bit] <= other[bit]) << np.uint64(bit)
                there = one[bit] - one[bit] == other[bit] - other[bit]
                known |= np.uint64(there) << np.uint64(bit)
        true[word], false[word] = known & yes, known & ~yes


@njit(nogil=True, cache=True, error_model="numpy")
def at_most_number(left, numbers, left_row, number_row, sign, true, false, start, stop):
    """As `at_most`, for sign · left against one number per row; a *sign* of −1 turns the test round."""
    for row in range(start, stop):
        number = numbers[number_row[row], 0]
        line_at_most_number(left[left_row[row]], number, sign, true[row], false[row])


@njit(nogil=True, cache=True, error_model="numpy")
def line_at_most_number(line, number, sign, true, false):
    """As `line_at_most`, for sign · line against sign · number."""
    limit = sign * number
    for word in range(len(true)):
        one = line[word << 6 :]
        yes, known = np.uint64(0), np.uint64(0)
        if len(one) >= 64:
            for bit in range(64):
                yes |= np.uint64(sign * one[bit] <= limit) << np.uint64(bit)
                known |= np.uint64(one[bit] - one[bit] == 0) << np.uint64(bit)
        else:
            for bit in range(len(one)):
                yes |= np.uint64(sign * one[bit] <= limit) << np.uint64(bit)
                known |= np.uint64(one[bit] - one[bit] == 0) << np.uint64(bit)
        true[word], false[word] = known & yes, known & ~yes
