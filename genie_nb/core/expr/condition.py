"""Conditions: a truth per bar, and how they are joined.

    test | condition and condition | condition or condition | not condition
    test for N bars | test within N bars | test then test within N bars

Conditions are plain and equal when they are written the same; `str` gives the canonical text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, override

import numpy as np
import pandas as pd

from ..errors import AskError
from ..market import Bars
from .tape import NOTHING_ELSE, Tape, World
from .truth import Truth, as_series, earlier, negated, sometime, throughout
from .value import Value, bar_count

OR, AND, NOT, SEQUENCE, HELD, TEST = range(6)
"""How tightly a condition holds together when it is written."""


class Condition:
    """A truth per bar: TRUE, FALSE, or UNKNOWN where something it reads is missing."""

    __slots__ = ()
    binding: ClassVar[int] = TEST
    edge: ClassVar[bool] = False
    """Whether it is TRUE only on the bar where something changes."""

    def compute(self, tape: Tape) -> Truth:
        """The truth per bar."""
        raise NotImplementedError

    def parts(self) -> tuple["Condition", ...]:
        """The conditions it is made of."""
        return ()

    def reads(self) -> tuple[Value, ...]:
        """The values it compares itself."""
        return ()

    def lasting(self) -> str:
        """What can be said of several bars, where this one is an edge."""
        return "close > 25"

    def evaluate(self, bars: Bars, world: World = NOTHING_ELSE) -> pd.Series:
        """The truth per bar, on the bars' own labels.

        Args:
            bars: Closed bars.
            world: Facts and other tickers' bars, where the condition reads them.

        Returns:
            Dtype "boolean": True, False, and <NA> where it is unknown.
        """
        return as_series(Tape(bars=bars, world=world).truth(self), bars.labels)

    def within(self, binding: int) -> str:
        """Its text, in brackets where it holds together less tightly than *binding*."""
        return f"({self})" if self.binding < binding else str(self)


def walk_conditions(condition: Condition) -> Iterator[Condition]:
    """The condition and everything it is made of."""
    yield condition
    for part in condition.parts():
        yield from walk_conditions(part)


@dataclass(frozen=True, slots=True, kw_only=True)
class And(Condition):
    """Both, by Kleene's rules: FALSE as soon as one is FALSE."""

    left: Condition
    right: Condition
    binding: ClassVar[int] = AND

    @override
    def parts(self) -> tuple[Condition, ...]:
        return (self.left, self.right)

    @override
    def compute(self, tape: Tape) -> Truth:
        return np.minimum(tape.truth(self.left), tape.truth(self.right))

    def __str__(self) -> str:
        return f"{self.left.within(AND)} and {self.right.within(NOT)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Or(Condition):
    """Either, by Kleene's rules: TRUE as soon as one is TRUE."""

    left: Condition
    right: Condition
    binding: ClassVar[int] = OR

    @override
    def parts(self) -> tuple[Condition, ...]:
        return (self.left, self.right)

    @override
    def compute(self, tape: Tape) -> Truth:
        return np.maximum(tape.truth(self.left), tape.truth(self.right))

    def __str__(self) -> str:
        return f"{self.left.within(OR)} or {self.right.within(AND)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Condition):
    """The contrary; the contrary of UNKNOWN is UNKNOWN."""

    condition: Condition
    binding: ClassVar[int] = NOT

    @override
    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)

    @override
    def compute(self, tape: Tape) -> Truth:
        return negated(tape.truth(self.condition))

    def __str__(self) -> str:
        return f"not {self.condition.within(NOT)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class For(Condition):
    """TRUE on each of the last *bars* bars, this one included.

    Raises:
        AskError: The condition is TRUE on single bars only, so it cannot last.
    """

    condition: Condition
    bars: int
    binding: ClassVar[int] = HELD

    def __post_init__(self) -> None:
        object.__setattr__(self, "bars", bar_count(self.bars, of="'for'"))
        if self.condition.edge:
            raise AskError(
                f"'{self.condition}' happens on one bar and cannot last {self.bars}; "
                f"say: {self.condition.lasting()} for {self.bars} bars.",
                seen=str(self),
                needed="a comparison that can last",
            )

    @override
    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)

    @override
    def compute(self, tape: Tape) -> Truth:
        return throughout(tape.truth(self.condition), self.bars)

    def __str__(self) -> str:
        return f"{self.condition.within(HELD)} for {self.bars} bars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Within(Condition):
    """TRUE on at least one of the last *bars* bars, this one included."""

    condition: Condition
    bars: int
    binding: ClassVar[int] = HELD

    def __post_init__(self) -> None:
        object.__setattr__(self, "bars", bar_count(self.bars, of="'within'"))

    @override
    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)

    @override
    def compute(self, tape: Tape) -> Truth:
        return sometime(tape.truth(self.condition), self.bars)

    def __str__(self) -> str:
        return f"{self.condition.within(HELD)} within {self.bars} bars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Then(Condition):
    """The second is TRUE now and the first was on at least one of the *bars* bars before."""

    first: Condition
    second: Condition
    bars: int
    binding: ClassVar[int] = SEQUENCE

    def __post_init__(self) -> None:
        object.__setattr__(self, "bars", bar_count(self.bars, of="'then'"))

    @override
    def parts(self) -> tuple[Condition, ...]:
        return (self.first, self.second)

    @override
    def compute(self, tape: Tape) -> Truth:
        before = earlier(sometime(tape.truth(self.first), self.bars))
        return np.minimum(before, tape.truth(self.second))

    def __str__(self) -> str:
        return f"{self.first.within(TEST)} then {self.second.within(TEST)} within {self.bars} bars"
