"""Conditions that cannot mean anything: a price beside a count of shares or a pure number."""

from collections.abc import Iterator
from itertools import pairwise

from ..expr import Condition, walk_conditions
from ..expr.comparisons import Compare, Cross, Enter, Inside, Touch
from ..expr.dimension import dimension
from ..expr.lines import Dimension
from ..expr.value import Arithmetic, Lag, Line, Negative, Value

_CALLED: dict[Dimension, str] = {
    "price": "a price",
    "shares": "a number of shares",
    "fraction": "a share of something",
    "ratio": "a share of something",
    "index": "an index from 0 to 100",
    "bars": "a number of bars",
}


def nonsense(condition: Condition) -> str:
    """Why a condition compares what cannot be compared; empty where it may mean something.

    Example:
        >>> from ..grammar import parse_condition
        >>> nonsense(parse_condition("close crosses above rsi(14)"))
        'close is a price and rsi(14) is an index from 0 to 100'
        >>> nonsense(parse_condition("rsi(14) < 30"))
        ''
    """
    for part in walk_conditions(condition):
        units: list[tuple[Value, Dimension]] = [
            (value, unit) for value in _sides(part) if (unit := _unit(value)) is not None
        ]
        for (left, one), (right, other) in pairwise(units):
            if _CALLED[one] != _CALLED[other]:
                return f"{left} is {_CALLED[one]} and {right} is {_CALLED[other]}"
    return ""


def _sides(part: Condition) -> Iterator[Value]:
    match part:
        case Compare() | Cross() | Inside() | Enter():
            yield from part.reads()
        case Touch():
            yield from (Line(name="close"), part.right)
        case _:
            return


def _unit(value: Value) -> Dimension | None:
    """What it is counted in for certain; None where a bare number may have given it another meaning."""
    match value:
        case Line():
            return dimension(value)
        case Negative() | Lag():
            return _unit(value.value)
        case Arithmetic():
            left, right = _unit(value.left), _unit(value.right)
            plain = left == right if value.sign in "+-" else left is not None and right is not None
            return dimension(value) if plain else None
    return None
