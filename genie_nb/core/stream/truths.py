"""Truths of one bar: comparisons, Kleene's logic, edges, and what must last or have happened."""

from collections.abc import Callable, Mapping

import numpy as np

from ..expr.truth import FALSE, TRUE, UNKNOWN, finite, negated, truth
from .lanes import Kind, Lanes, Stepped

AGES = 1 << 30
"""Bars since what never happened."""

COMPARED = ("greater", "greater_equal", "less", "less_equal", "equal", "not_equal")
"""The comparisons, by the names that numpy has for them."""


def _comparison(compare: Callable[..., np.ndarray]) -> Callable[[Lanes], Stepped]:
    def step(lanes: Lanes) -> Stepped:
        left, right = lanes.inputs
        now = truth(finite(left, right), compare(left, right))
        return (now, _close_call(left - right, lanes)) if lanes.errors else now

    return step


def _inside(lanes: Lanes) -> Stepped:
    middle, bottom, top = lanes.inputs
    now = truth(finite(middle, bottom, top), (bottom <= middle) & (middle <= top))
    if not lanes.errors:
        return now
    off, off_bottom, off_top = lanes.errors
    return now, _near(middle - bottom, off + off_bottom) | _near(top - middle, off + off_top)


def _close_call(apart: np.ndarray, lanes: Lanes) -> np.ndarray:
    return _near(apart, lanes.errors[0] + lanes.errors[1])


def _near(apart: np.ndarray, off: np.ndarray) -> np.ndarray:
    """Whether rounding in another way could turn the comparison."""
    return (off > 0) & (np.abs(apart) <= off) | np.isinf(off)


def _edge(lanes: Lanes) -> Stepped:
    (now,), before = lanes.inputs, lanes.carry["before"]
    lanes.carry["before"] = now
    return truth((now != UNKNOWN) & (before != UNKNOWN), (now == TRUE) & (before == FALSE))


def _earlier(lanes: Lanes) -> Stepped:
    (now,), before = lanes.inputs, lanes.carry["before"]
    lanes.carry["before"] = now
    return before


def _throughout(lanes: Lanes) -> Stepped:
    (now,), n, carry = lanes.inputs, lanes.n, lanes.carry
    refuted = np.where(now == FALSE, 0, carry["since_false"] + 1).astype(np.int32)
    doubtful = np.where(now == UNKNOWN, 0, carry["since_unknown"] + 1).astype(np.int32)
    carry["since_false"], carry["since_unknown"] = refuted, doubtful
    return np.where(refuted < n, FALSE, np.where(doubtful < n, UNKNOWN, TRUE))


_BEFORE = {"before": np.int8(UNKNOWN)}
_AGES = {"since_false": np.int32(AGES), "since_unknown": np.int32(0)}

_JOINED: tuple[
    tuple[str, Callable[[Lanes], Stepped], Mapping[str, float | np.generic], Callable[[int], int]],
    ...,
] = (
    ("edge", _edge, _BEFORE, lambda _: 1),
    ("earlier", _earlier, _BEFORE, lambda _: 1),
    ("throughout", _throughout, _AGES, lambda n: n),
    ("and", lambda lanes: np.minimum(*lanes.inputs), {}, lambda _: 0),
    ("or", lambda lanes: np.maximum(*lanes.inputs), {}, lambda _: 0),
    ("not", lambda lanes: negated(lanes.inputs[0]), {}, lambda _: 0),
)

KINDS = (
    *(Kind(name=name, step=_comparison(getattr(np, name)), gives="truth") for name in COMPARED),
    Kind(name="inside", step=_inside, gives="truth"),
    *(
        Kind(name=name, step=step, takes="truth", gives="truth", carry=carry, memory=memory)
        for name, step, carry, memory in _JOINED
    ),
)
