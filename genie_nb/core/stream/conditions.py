"""Conditions of the language as primitives: a cross is an edge of a comparison, `within` a contrary `for`."""

from collections.abc import Callable, Mapping
from typing import Any

from ..expr.comparisons import Compare, Cross, Enter, Inside, Move, Touch
from ..expr.condition import And, Condition, For, Not, Or, Then, Within
from ..expr.value import Lag, Value
from .values import wire_value
from .wiring import NotStreamed, Wiring

_COMPARED = {
    ">": "greater",
    ">=": "greater_equal",
    "<": "less",
    "<=": "less_equal",
    "==": "equal",
    "!=": "not_equal",
}


def wire(wiring: Wiring, condition: Condition) -> int:
    """The place of the node whose truth is the condition's.

    Raises:
        NotStreamed: It reads what is not kept from bar to bar.
    """
    place = wiring.known.get(condition)
    if place is None:
        place = wiring.known[condition] = _wired(wiring, condition)
    return place


def _wired(wiring: Wiring, condition: Condition) -> int:
    take = _TAKEN.get(type(condition))
    if take is None:
        raise NotStreamed
    return take(wiring, condition)


def _both(name: str) -> Callable[[Wiring, And | Or], int]:
    def take(wiring: Wiring, joined: And | Or) -> int:
        return wiring.node(name, wire(wiring, joined.left), wire(wiring, joined.right))

    return take


def _not(wiring: Wiring, condition: Not) -> int:
    return wiring.node("not", wire(wiring, condition.condition))


def _for(wiring: Wiring, condition: For) -> int:
    return wiring.node("throughout", wire(wiring, condition.condition), n=condition.bars)


def _within(wiring: Wiring, condition: Within) -> int:
    return _sometime(wiring, wire(wiring, condition.condition), condition.bars)


def _then(wiring: Wiring, condition: Then) -> int:
    first = _sometime(wiring, wire(wiring, condition.first), condition.bars)
    return wiring.node("and", wiring.node("earlier", first), wire(wiring, condition.second))


def _compare(wiring: Wiring, test: Compare) -> int:
    return _compared(wiring, test.operator, test.left, test.right)


def _cross(wiring: Wiring, cross: Cross) -> int:
    sides = {"above": ">", "below": "<", "either": "><"}[cross.side]
    edges = [
        wiring.node("edge", _compared(wiring, sign, cross.left, cross.right)) for sign in sides
    ]
    return edges[0] if len(edges) == 1 else wiring.node("or", *edges)


def _touch(wiring: Wiring, touch: Touch) -> int:
    low, high = wiring.column("low"), wiring.column("high")
    return wiring.node("edge", wiring.node("inside", wire_value(wiring, touch.right), low, high))


def _inside(wiring: Wiring, test: Inside) -> int:
    inside = wiring.node("inside", *(wire_value(wiring, value) for value in test.reads()))
    return wiring.node("not", inside) if test.outside else inside


def _enter(wiring: Wiring, test: Enter) -> int:
    inside = wiring.node("inside", *(wire_value(wiring, value) for value in test.reads()))
    return wiring.node("edge", wiring.node("not", inside) if test.leaves else inside)


def _compared(wiring: Wiring, operator: str, left: Value, right: Value) -> int:
    both = wire_value(wiring, left), wire_value(wiring, right)
    return wiring.node(_COMPARED[operator], *both)


def _sometime(wiring: Wiring, place: int, n: int) -> int:
    contrary = wiring.node("throughout", wiring.node("not", place), n=n)
    return wiring.node("not", contrary)


def _move(wiring: Wiring, move: Move) -> int:
    now = wire_value(wiring, move.value)
    before = wire_value(wiring, Lag(value=move.value, bars=move.bars))
    by = -move.by if move.falls else move.by
    sign, by = ("*", (100 + by) / 100) if move.percent else ("+", by)
    limit = wiring.node(sign, before, wiring.number(by))
    return wiring.node("less_equal" if move.falls else "greater_equal", now, limit)


_TAKEN: Mapping[type[Condition], Callable[[Wiring, Any], int]] = {
    And: _both("and"),
    Or: _both("or"),
    Not: _not,
    For: _for,
    Within: _within,
    Then: _then,
    Compare: _compare,
    Cross: _cross,
    Touch: _touch,
    Inside: _inside,
    Enter: _enter,
    Move: _move,
}
