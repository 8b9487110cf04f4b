"""Arithmetic of one bar, exactly as `expr.value` computes it, with what errors of the inputs do to it."""

import numpy as np

from .lanes import Kind, Lanes, Stepped


def _negative(lanes: Lanes) -> Stepped:
    (x,) = lanes.inputs
    return (-x, lanes.errors[0]) if lanes.errors else -x


def _plus(lanes: Lanes) -> Stepped:
    left, right = lanes.inputs
    return _sum(left + right, lanes)


def _minus(lanes: Lanes) -> Stepped:
    left, right = lanes.inputs
    return _sum(left - right, lanes)


def _times(lanes: Lanes) -> Stepped:
    left, right = lanes.inputs
    out = left * right
    if not lanes.errors:
        return out
    off_left, off_right = lanes.errors
    spread = np.abs(left) * off_right + np.abs(right) * off_left + off_left * off_right
    return out, _blurred(out, spread, lanes)


def _over(lanes: Lanes) -> Stepped:
    top, bottom = lanes.inputs
    out = np.where(bottom != 0, top / bottom, np.nan)
    if not lanes.errors:
        return out
    off_top, off_bottom = lanes.errors
    least = np.abs(bottom) - off_bottom
    spread = (off_top + np.abs(out) * off_bottom) / least
    could_be_zero = (off_bottom > 0) & (least <= 0)
    return out, np.where(could_be_zero, np.inf, _blurred(out, spread, lanes))


def _where_known(lanes: Lanes) -> Stepped:
    x, other = lanes.inputs
    out = np.where(np.isfinite(other), x, np.nan)
    return (out, _blurred(out, lanes.errors[0], lanes)) if lanes.errors else out


def _sum(out: np.ndarray, lanes: Lanes) -> Stepped:
    return (out, _blurred(out, sum(lanes.errors), lanes)) if lanes.errors else out


def _blurred(out: np.ndarray, spread: np.ndarray | float, lanes: Lanes) -> np.ndarray:
    """The error of a result: what its inputs bring, and another rounding of it; 0 stays exact.

    Where it is not sure that an input is known, it is not sure that the result is, whatever it is.
    """
    unsure = np.logical_or.reduce([np.isinf(error) for error in lanes.errors])
    blurred = np.where(spread > 0, spread + 1e-15 * np.abs(out), 0.0)
    return np.where(unsure, np.inf, blurred)


KINDS = (
    Kind(name="negative", step=_negative),
    Kind(name="+", step=_plus),
    Kind(name="-", step=_minus),
    Kind(name="*", step=_times),
    Kind(name="/", step=_over),
    Kind(name="where_known", step=_where_known),
)
