"""A condition over a grid of parameters: each distinct line and test computed once.

    template + tape + grid -> truth for every combination of the parameters it reads

`rsi({n}) < {entry}` over 25 lengths and 20 thresholds is 25 lines and 500 planes, whatever else is
swept beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import or_

import numpy as np

from ..expr import And, Compare, Condition, Cross, Negative, Not, Number, Or, Tape, Value
from ..strategies.template import Template
from .planes import Planes, words

THREAD_PAYS = 4096
"""Planes that are worth a thread of their own."""

FLIPPED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}
"""The operator when its sides change places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Values per parameter; its combinations are numbered with the last parameter running fastest."""

    values: Mapping[str, Sequence[float]]

    def __len__(self) -> int:
        return self.count(tuple(self.values))

    def count(self, slots: Sequence[str]) -> int:
        """Combinations of some of the parameters."""
        return int(np.prod([len(self.values[slot]) for slot in slots], dtype=np.int64))

    def each(self, slots: Sequence[str]) -> Iterator[dict[str, float]]:
        """The combinations of some of the parameters, in order."""
        for combination in product(*(self.values[slot] for slot in slots)):
            yield dict(zip(slots, combination, strict=True))

    def ordered(self, *slots: str) -> tuple[str, ...]:
        """The parameters in the grid's order, each once."""
        return tuple(name for name in self.values if name in slots)

    def rows(self, part: Sequence[str], whole: Sequence[str]) -> np.ndarray:
        """For each combination of *whole*, the number of its combination of *part*.

        Example:
            >>> Grid(values={"a": (1, 2), "b": (5, 6, 7)}).rows(("b",), ("a", "b")).tolist()
            [0, 1, 2, 0, 1, 2]
        """
        numbers = np.zeros([len(self.values[slot]) for slot in whole] or [1], dtype=np.int64)
        for slot in part:
            axis = [1] * numbers.ndim
            axis[whole.index(slot)] = len(self.values[slot])
            numbers *= len(self.values[slot])
            numbers += np.arange(len(self.values[slot])).reshape(axis)
        return numbers.reshape(-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truths:
    """The truth of a condition for every combination of the parameters it reads.

    Attributes:
        slots: Those parameters.
        planes: One row per combination.
    """

    slots: tuple[str, ...]
    planes: Planes


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """Evaluates one template over a grid.

    Attributes:
        template: The condition with its slots.
        tape: The bars, and the lines computed on them.
        grid: The parameters' values.
    """

    template: Template[Condition]
    tape: Tape
    grid: Grid

    def truths(self) -> Truths:
        """The truth of the whole condition."""
        return self._of(self.template.tree)

    def _of(self, node: Condition) -> Truths:
        match node:
            case And() | Or():
                return self._joined(node)
            case Not():
                inner = self._of(node.condition)
                return Truths(slots=inner.slots, planes=~inner.planes)
            case Compare():
                return self._compared(node)
            case Cross() if not self.tape.bars.interval.intraday:
                return self._crossed(node)
            case _:
                return self._each(node)

    def _joined(self, node: And | Or) -> Truths:
        left, right = self._of(node.left), self._of(node.right)
        slots = self.grid.ordered(*left.slots, *right.slots)
        one, other = (
            side.planes
            if side.slots == slots
            else side.planes.take(self.grid.rows(side.slots, slots))
            for side in (left, right)
        )
        return Truths(slots=slots, planes=one & other if isinstance(node, And) else one | other)

    def _compared(self, node: Compare) -> Truths:
        left_slots, left = self._numbers(node.left)
        right_slots, right = self._numbers(node.right)
        slots = self.grid.ordered(*left_slots, *right_slots)
        rows = [self.grid.rows(side, slots) for side in (left_slots, right_slots)]
        operator = node.operator
        if left.shape[1] < right.shape[1]:
            left, right, rows, operator = right, left, rows[::-1], FLIPPED[operator]
        bars = len(self.tape.bars)
        if left.shape[1] != bars:
            left = np.repeat(left, bars, axis=1)
        return Truths(slots=slots, planes=compared(operator, left, right, rows))

    def _crossed(self, node: Cross) -> Truths:
        sides = {"above": ">", "below": "<", "either": "><"}[node.side]
        beyond = [
            self._compared(Compare(left=node.left, operator=side, right=node.right))  # pyright: ignore[reportArgumentType]
            for side in sides
        ]
        edges = reduce(or_, (one.planes.edges() for one in beyond))
        return Truths(slots=beyond[0].slots, planes=edges)

    def _each(self, node: Condition) -> Truths:
        slots = self.grid.ordered(*self.template.slots(node))
        filled = (self.template.fill_part(node, params) for params in self.grid.each(slots))
        truths = np.stack([self.tape.truth(one) for one in filled])
        return Truths(slots=slots, planes=Planes.of(truths))

    def _numbers(self, value: Value) -> tuple[tuple[str, ...], np.ndarray]:
        """The parameters a value reads, and a row per combination: a line, or one number."""
        slots = self.grid.ordered(*self.template.slots(value))
        filled = [self.template.fill_part(value, params) for params in self.grid.each(slots)]
        constants = [constant(one) for one in filled]
        if None not in constants:
            return slots, np.array(constants, dtype=np.float64).reshape(-1, 1)
        return slots, np.stack([self.tape.numbers(one) for one in filled])


def compared(
    operator: str, left: np.ndarray, right: np.ndarray, rows: Sequence[np.ndarray]
) -> Planes:
    """The planes of a comparison, for pairs of rows; unknown where a side is not finite.

    Args:
        operator: One of > >= < <= == !=.
        left: Numbers per row and bar.
        right: The same, or one number per row.
        rows: For each pair, the row on the left and the row on the right.
    """
    if operator in ("<", ">"):
        planes = ~_at_most(left, right, rows, turned=operator == "<")
    elif operator in ("<=", ">="):
        planes = _at_most(left, right, rows, turned=operator == ">=")
    else:
        planes = _at_most(left, right, rows) & _at_most(left, right, rows, turned=True)
    return ~planes if operator == "!=" else planes


def _at_most(
    left: np.ndarray, right: np.ndarray, rows: Sequence[np.ndarray], *, turned: bool = False
) -> Planes:
    """Left <= right; or, when *turned*, left >= right."""
    from ..threads import spread
    from .kernels.bits import at_most, at_most_number

    shape = len(rows[0]), words(left.shape[1])
    true, false = np.empty(shape, dtype=np.uint64), np.empty(shape, dtype=np.uint64)

    def against_numbers(start: int, stop: int) -> None:
        sign = -1.0 if turned else 1.0
        at_most_number(left, right, rows[0], rows[1], sign, true, false, start, stop)

    def against_lines(start: int, stop: int) -> None:
        if turned:
            at_most(right, left, rows[1], rows[0], true, false, start, stop)
        else:
            at_most(left, right, rows[0], rows[1], true, false, start, stop)

    work = against_numbers if right.shape[1] == 1 else against_lines
    spread(work, len(true), least=THREAD_PAYS)
    return Planes(true=true, false=false)


def constant(value: Value) -> float | None:
    """The number that a value is at every bar; None for one that may change."""
    if isinstance(value, Negative):
        inner = constant(value.value)
        return None if inner is None else -inner
    return value.number if isinstance(value, Number) else None
