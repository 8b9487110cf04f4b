"""What conditions draw: the lines they read, on the candles or in panes of their own.

    "close > highest(20) and rvol(20) > 1.5"
    -> on the candles: highest(20)      a pane: rvol(20) with a threshold at 1.5

Lines that a test compares share a scale, so they share a pane; no strategy brings code for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ...core.expr import (
    Arithmetic,
    Condition,
    FactValue,
    Lag,
    Line,
    Move,
    Negative,
    Number,
    Other,
    Ta,
    Tape,
    Value,
    walk_conditions,
)

type Scale = Literal["price", "number", "own"]

BARE = frozenset({"open", "high", "low", "close"})
"""Lines that the candles show already."""

DISTANCES = frozenset({"atr", "stdev", "macd", "macd_signal", "macd_hist"})
"""Lines counted in money that are no price: how far it is from one to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """Lines on one scale.

    Attributes:
        lines: To draw.
        thresholds: Numbers they are compared with.
    """

    lines: tuple[Value, ...]
    thresholds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What some conditions draw.

    Attributes:
        prices: Lines on the scale of the candles.
        marks: Prices that do not change, on the same scale.
        panes: Everything else.
    """

    prices: tuple[Value, ...] = ()
    marks: tuple[float, ...] = ()
    panes: tuple[Pane, ...] = ()


def drawing(
    conditions: Iterable[Condition], tape: Tape, levels: Mapping[str, Value] | None = None
) -> Drawing:
    """Collect what conditions and levels draw.

    Args:
        conditions: Of a strategy or a rule.
        tape: The bars, which tell the scale of indicators that do not say it.
        levels: Prices to draw beside them, by name.
    """
    groups = [_readings(test) for condition in conditions for test in walk_conditions(condition)]
    priced = [group for group in groups if any(scale(value, tape) == "price" for value in group)]
    others = [group for group in groups if group and group not in priced]
    on_price = [value for group in priced for value in group] + list((levels or {}).values())
    return Drawing(
        prices=tuple(dict.fromkeys(value for value in on_price if not _shown_anyway(value))),
        marks=tuple(dict.fromkeys(_numbers(on_price))),
        panes=tuple(_pane(group) for group in _merged(others)),
    )


def scale(value: Value, tape: Tape) -> Scale:
    """Whether a value can be drawn on the candles: a price, a bare number, or neither."""
    if _constant(value) is not None:
        return "number"
    match value:
        case Lag():
            return scale(value.value, tape)
        case Line():
            return _scale_of_line(value, tape)
        case Arithmetic():
            return _scale_of_arithmetic(value, tape)
        case Ta():
            return "price" if _lies_on_prices(value, tape) else "own"
        case _:
            return "own"


def _scale_of_line(line: Line, tape: Tape) -> Scale:
    if line.name in DISTANCES:
        return "own"
    if line.kind.unit is None:
        return scale(line.parts()[0], tape)
    return "price" if line.kind.unit == "price" else "own"


def _scale_of_arithmetic(value: Arithmetic, tape: Tape) -> Scale:
    left, right = scale(value.left, tape), scale(value.right, tape)
    if left == right == "number":
        return "number"
    match value.sign:
        case "+":
            return "price" if (left == "price") != (right == "price") else "own"
        case "-" | "/":
            return "price" if left == "price" and right != "price" else "own"
        case "*":
            return "price" if {left, right} == {"price", "number"} else "own"


def _lies_on_prices(value: Value, tape: Tape) -> bool:
    """Whether most of its numbers are near the price, for lines that do not say what they are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        against = tape.numbers(value) / tape.numbers(Line(name="close"))
    known = against[np.isfinite(against)]
    return len(known) > 0 and bool(np.median((known > 0.5) & (known < 2)) == 1)


def _readings(test: Condition) -> tuple[Value, ...]:
    read = test.reads()[:1] if isinstance(test, Move) else test.reads()
    return tuple(value for value in read if not isinstance(value, FactValue | Other))


def _shown_anyway(value: Value) -> bool:
    return _constant(value) is not None or (isinstance(value, Line) and value.name in BARE)


def _constant(value: Value) -> float | None:
    if isinstance(value, Negative):
        inner = _constant(value.value)
        return None if inner is None else -inner
    return value.number if isinstance(value, Number) else None


def _numbers(values: Iterable[Value]) -> Iterator[float]:
    for value in values:
        number = _constant(value)
        if number is not None:
            yield number


def _pane(group: tuple[Value, ...]) -> Pane:
    lines = tuple(value for value in group if _constant(value) is None)
    return Pane(lines=lines, thresholds=tuple(dict.fromkeys(_numbers(group))))


def _merged(groups: Iterable[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    """Groups that share a line, taken together."""
    merged: list[tuple[Value, ...]] = []
    for group in groups:
        lines = {value for value in group if _constant(value) is None}
        if not lines:
            continue
        near = [one for one in merged if lines & set(one)]
        merged = [one for one in merged if one not in near]
        merged.append(tuple(dict.fromkeys((*(v for one in near for v in one), *group))))
    return merged
