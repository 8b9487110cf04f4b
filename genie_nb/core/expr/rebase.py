"""A split re-bases prices; the numbers a rule was written with follow.

    close > 25 and volume > 1000    after 2:1    close > 12.5 and volume > 2000

Numbers compared with prices scale with them, numbers compared with volumes the other way; ratios,
fractions and indices stay, and so do other tickers' prices, unless they are compared with its own: half
a price is then compared with half of another. What `untold` finds cannot be rebased.
"""

from dataclasses import fields, replace
from typing import Any

from .comparisons import Compare, Cross, Enter, Inside, Move, Touch
from .condition import Condition
from .dimension import dimension
from .elsewhere import Other
from .value import Arithmetic, Lag, Line, Negative, Number, Value, walk


def rebased(condition: Condition, scale: float) -> Condition:
    """The condition as it reads once prices are *scale* times what they were."""
    match condition:
        case Compare() | Cross() | Enter() | Inside():
            return _together(condition, scale)
        case Touch():
            return replace(condition, right=_scaled(condition.right, "price", scale))
        case Move():
            unit = dimension(condition.value)
            by = condition.by if condition.percent else _plain(condition.by * _factor(unit, scale))
            return replace(condition, value=_scaled(condition.value, unit, scale), by=by)
    return _each(condition, scale)


def _each(condition: Any, scale: float) -> Condition:
    """A joined condition with each of its parts rebased."""
    parts = {f.name: getattr(condition, f.name) for f in fields(condition)}
    inner = {n: rebased(part, scale) for n, part in parts.items() if isinstance(part, Condition)}
    return replace(condition, **inner)


def _together(condition: Any, scale: float) -> Any:
    """A comparison with all that is compared brought to one dimension."""
    values = {f.name: getattr(condition, f.name) for f in fields(condition)}
    sides = {name: value for name, value in values.items() if isinstance(value, Value)}
    unit = next((u for u in map(dimension, sides.values()) if u is not None), None)
    return replace(condition, **{n: _scaled(v, unit, scale) for n, v in sides.items()})


def _scaled(value: Value, unit: str | None, scale: float) -> Value:
    """The value with its bare numbers, meant in *unit*, scaled."""
    match value:
        case Number():
            return Number(number=_plain(value.number * _factor(unit, scale)))
        case Negative() | Lag():
            return replace(value, value=_scaled(value.value, unit, scale))
        case Arithmetic():
            return _scaled_arithmetic(value, unit, scale)
        case Other() | Line() if dimension(value) is None and _is_elsewhere(value):
            return _times(value, _factor(unit, scale))
        case Line():
            args = (_own(arg, scale) if isinstance(arg, Value) else arg for arg in value.args)
            return replace(value, args=tuple(args))
    return value


def _scaled_arithmetic(value: Arithmetic, unit: str | None, scale: float) -> Value:
    left, right = value.left, value.right
    if value.sign in "+-":
        both = _scaled(left, unit, scale), _scaled(right, unit, scale)
    elif dimension(value) is None and value.sign == "*" and not _is_constant(left):
        both = left, _scaled(right, unit, scale)
    elif dimension(value) is None:
        both = _scaled(left, unit, scale), right
    elif value.sign == "/" and dimension(left) is None:
        both = _scaled(left, dimension(right), scale), _own(right, scale)
    else:
        both = _own(left, scale), _own(right, scale)
    return replace(value, left=both[0], right=both[1])


def _is_constant(value: Value) -> bool:
    """Whether it is made of numbers alone, as the 25 of `25 * 0.98` is, which is meant in the unit of the whole."""
    return all(isinstance(part, Number | Arithmetic | Negative) for part in walk(value))


def _own(value: Value, scale: float) -> Value:
    """A factor or an argument: its numbers are meant in its own dimension, if it has one."""
    unit = dimension(value)
    return value if unit is None else _scaled(value, unit, scale)


def _is_elsewhere(value: Value) -> bool:
    return any(isinstance(part, Other) for part in walk(value))


def _times(value: Value, factor: float) -> Value:
    if factor == 1:
        return value
    return Arithmetic(left=value, sign="*", right=Number(number=factor))


def _factor(unit: str | None, scale: float) -> float:
    return {"price": scale, "shares": 1 / scale}.get(unit or "", 1.0)


def _plain(number: float) -> float:
    """Without the digits that dividing by a split adds: 25 after 3:2 is 16.6666666667.

    Example:
        >>> _plain(25 * (2 / 3))
        16.6666666667
    """
    return float(f"{number:.12g}")
