"""Lines over a window, kept bar by bar as TA-Lib keeps them: add the newest, drop the oldest."""

from functools import partial

import numpy as np

from .lanes import Kind, Lanes, Stepped

NONE = 1e-14
"""TA-Lib takes a variance below it for 0."""


def _lag(lanes: Lanes) -> Stepped:
    out = lanes.past(lanes.n)
    return (out, lanes.drift()) if lanes.errors else out


def _sma(lanes: Lanes) -> Stepped:
    (x,), n, carry = lanes.inputs, lanes.n, lanes.carry
    count = lanes.run(x)
    total = np.where(count > 1, carry["total"], 0.0) + x
    full = count >= n
    carry["total"] = np.where(full, total - lanes.past(n - 1), total)
    out = np.where(full, total / n, np.nan)
    return (out, lanes.drift(x)) if lanes.errors else out


def _stdev(lanes: Lanes) -> Stepped:
    (x,), n, carry = lanes.inputs, lanes.n, lanes.carry
    count = lanes.run(x)
    total = np.where(count > 1, carry["total"], 0.0) + x
    squares = np.where(count > 1, carry["squares"], 0.0) + x * x
    full, oldest = count >= n, lanes.past(n - 1)
    carry["total"] = np.where(full, total - oldest, total)
    carry["squares"] = np.where(full, squares - oldest * oldest, squares)
    mean = total / n
    variance = squares / n - mean * mean
    out = np.where(full, np.sqrt(np.where(variance < NONE, 0.0, variance)), np.nan)
    return out, _off(variance, lanes.drift(x * x), lanes)


def _off(variance: np.ndarray, off: np.ndarray, lanes: Lanes) -> np.ndarray:
    """The error of a root, from that of the variance, which for a price that stands still is all there is."""
    size = np.sqrt(lanes.carry["size"])
    off = off + 4 * size * (lanes.errors[0] if lanes.errors else 0.0)
    near = np.fmax(variance, 0.0)
    most, least = np.sqrt(near + off + NONE), np.sqrt(np.fmax(near - off - NONE, 0.0))
    return most - least


def _extreme(lanes: Lanes, *, larger: np.ufunc) -> Stepped:
    """The largest of the last *n*; it is sought anew only where the one that leaves was the largest."""
    (x,), n, carry = lanes.inputs, lanes.n, lanes.carry
    count = lanes.run(x)
    before = carry["extreme"]
    extreme = np.where(count > 1, larger(before, x), x)
    left = np.flatnonzero((count > n) & (lanes.past(n) == before) & (extreme == before))
    if len(left):
        extreme[left] = lanes.window(left, larger)
    carry["extreme"] = extreme
    out = np.where(count >= n, extreme, np.nan)
    return (out, lanes.drift()) if lanes.errors else out


KINDS = (
    Kind(name="lag", step=_lag, reach=lambda n: n),
    Kind(name="sma", step=_sma, carry={"count": 0, "total": 0.0}, reach=lambda n: n - 1),
    Kind(
        name="stdev",
        step=_stdev,
        carry={"count": 0, "total": 0.0, "squares": 0.0},
        reach=lambda n: n - 1,
        rounds=True,
    ),
    Kind(
        name="max",
        step=partial(_extreme, larger=np.maximum),
        carry={"count": 0, "extreme": np.nan},
        reach=lambda n: n,
    ),
    Kind(
        name="min",
        step=partial(_extreme, larger=np.minimum),
        carry={"count": 0, "extreme": np.nan},
        reach=lambda n: n,
    ),
)
