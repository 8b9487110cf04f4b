"""Comparisons: the tests that read values.

    close > 25    close crosses above sma(50)    rsi(14) inside 40..60    close rises by 5% in 3 bars

Each is UNKNOWN where something it reads is missing: at the bar, and for edges at the bar before.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, override

import numpy as np

from .condition import Condition
from .tape import Tape
from .truth import FALSE, TRUE, UNKNOWN, Truth, earlier, finite, negated, truth
from .value import Lag, Line, Value, bar_count, written

Operator = Literal[">", ">=", "<", "<=", "==", "!="]

_COMPARE = {
    ">": np.greater,
    ">=": np.greater_equal,
    "<": np.less,
    "<=": np.less_equal,
    "==": np.equal,
    "!=": np.not_equal,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Condition):
    """One value against another, on this bar."""

    left: Value
    operator: Operator
    right: Value

    @override
    def reads(self) -> tuple[Value, ...]:
        return (self.left, self.right)

    @override
    def compute(self, tape: Tape) -> Truth:
        left, right = tape.numbers(self.left), tape.numbers(self.right)
        return truth(finite(left, right), _COMPARE[self.operator](left, right))

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


Side = Literal["above", "below", "either"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cross(Condition):
    """One value passes another: not beyond it one bar before, beyond it now."""

    left: Value
    side: Side
    right: Value
    edge: ClassVar[bool] = True

    @override
    def reads(self) -> tuple[Value, ...]:
        return (self.left, self.right)

    @override
    def compute(self, tape: Tape) -> Truth:
        left, right = tape.numbers(self.left), tape.numbers(self.right)
        known = finite(left, right)
        above, below = truth(known, left > right), truth(known, left < right)
        up, down = _edge(above), _edge(below)
        crossed = {"above": up, "below": down, "either": np.maximum(up, down)}[self.side]
        return _not_at_restarts(crossed, tape, *self.reads())

    @override
    def lasting(self) -> str:
        return f"{self.left} {'<' if self.side == 'below' else '>'} {self.right}"

    def __str__(self) -> str:
        side = "" if self.side == "either" else f" {self.side}"
        return f"{self.left} crosses{side} {self.right}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch(Condition):
    """The bar's range reaches a value that the range of the bar before did not."""

    right: Value
    edge: ClassVar[bool] = True

    @override
    def reads(self) -> tuple[Value, ...]:
        return (Line(name="low"), self.right, Line(name="high"))

    @override
    def compute(self, tape: Tape) -> Truth:
        low, value, high = (tape.numbers(read) for read in self.reads())
        inside = truth(finite(value), (low <= value) & (value <= high))
        return _not_at_restarts(_edge(inside), tape, self.right)

    @override
    def lasting(self) -> str:
        return f"{self.right} inside low..high"

    def __str__(self) -> str:
        return f"close touches {self.right}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside(Condition):
    """A value lies between two others, both included; or, when *outside*, does not."""

    value: Value
    low: Value
    high: Value
    outside: bool = False

    @override
    def reads(self) -> tuple[Value, ...]:
        return (self.value, self.low, self.high)

    @override
    def compute(self, tape: Tape) -> Truth:
        inside = _inside(tape, self.value, self.low, self.high)
        return negated(inside) if self.outside else inside

    def __str__(self) -> str:
        word = "outside" if self.outside else "inside"
        return f"{self.value} {word} {self.low}..{self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter(Condition):
    """A value comes between two others; or, when it *leaves*, no longer lies between them."""

    value: Value
    low: Value
    high: Value
    leaves: bool = False
    edge: ClassVar[bool] = True

    @override
    def reads(self) -> tuple[Value, ...]:
        return (self.value, self.low, self.high)

    @override
    def compute(self, tape: Tape) -> Truth:
        inside = _inside(tape, *self.reads())
        edge = _edge(negated(inside) if self.leaves else inside)
        return _not_at_restarts(edge, tape, *self.reads())

    @override
    def lasting(self) -> str:
        return f"{self.value} {'outside' if self.leaves else 'inside'} {self.low}..{self.high}"

    def __str__(self) -> str:
        word = "leaves" if self.leaves else "enters"
        return f"{self.value} {word} {self.low}..{self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Condition):
    """A value is at least so much higher, or lower, than some bars before.

    Attributes:
        value: What moves.
        falls: Whether it must be lower.
        by: How much, in percent or in the value's unit; not negative.
        percent: Whether *by* is in percent of the value before.
        bars: How many bars before.
    """

    value: Value
    falls: bool = False
    by: float
    percent: bool = False
    bars: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "bars", bar_count(self.bars, of="A move"))
        object.__setattr__(self, "by", abs(float(self.by)))

    @override
    def reads(self) -> tuple[Value, ...]:
        return (self.value, Lag(value=self.value, bars=self.bars))

    @override
    def compute(self, tape: Tape) -> Truth:
        now, before = (tape.numbers(read) for read in self.reads())
        by = -self.by if self.falls else self.by
        limit = before * ((100 + by) / 100) if self.percent else before + by
        return truth(finite(now, limit), now <= limit if self.falls else now >= limit)

    def __str__(self) -> str:
        verb, unit = "falls" if self.falls else "rises", "%" if self.percent else ""
        return f"{self.value} {verb} by {written(self.by)}{unit} in {self.bars} bars"


def _inside(tape: Tape, value: Value, low: Value, high: Value) -> Truth:
    middle, bottom, top = tape.numbers(value), tape.numbers(low), tape.numbers(high)
    return truth(finite(middle, bottom, top), (bottom <= middle) & (middle <= top))


def _edge(now: Truth) -> Truth:
    """TRUE where it became TRUE, UNKNOWN where either bar is."""
    before = earlier(now)
    return truth((now != UNKNOWN) & (before != UNKNOWN), (now == TRUE) & (before == FALSE))


def _not_at_restarts(edge: Truth, tape: Tape, *values: Value) -> Truth:
    """FALSE on a session's first bar where a line starts anew: it did not move, it began."""
    if tape.bars.interval.intraday and any(_restarts(value) for value in values):
        return np.where(tape.starts(), FALSE, edge)
    return edge


def _restarts(value: Value) -> bool:
    if isinstance(value, Line):
        return value.kind.restarts
    return any(_restarts(part) for part in value.parts())
