"""A program: which lines to compute and compare, in order, so that compiled code does it ticker by ticker.

    conditions -> comparisons of lines and numbers -> steps -> planes of each comparison

It takes what the kernels know; what else a condition reads is left to `Block`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..expr import Compare, Condition, Cross, Line, Touch, Value, walk_conditions
from .grid import FLIPPED, constant
from .planes import Planes, words

ORDER = ("open", "high", "low", "close", "volume")
"""The first columns of `Bars.frame`, in the places that steps know them by; lines have the places after."""


def with_kernel(line: Line, *, intraday: bool) -> tuple[tuple[Value, ...], int] | None:
    """What a line's kernel reads and over how many bars; None where there is no kernel."""
    match line.name, line.args:
        case "sma" | "highest" | "lowest", (int(n), Value() as x):
            return (x,), n
        case "vwma", (int(n),):
            return tuple(Line(name=name) for name in ("high", "low", "close", "volume")), n
        case "rsi", (int(n),):
            return (Line(name="close"),), n
        case "rvol", (int(n),) if not intraday:
            return (Line(name="volume"),), n
        case _:
            return None


@dataclass(frozen=True, kw_only=True)
class Program:
    """Steps for compiled code.

    Attributes:
        comparisons: What it finds, in the order of the planes.
        steps: As `kernels.perform` takes them.
        numbers: As `kernels.perform` takes them.
        lines: How many lines are in memory together.
    """

    comparisons: tuple[Compare, ...]
    steps: np.ndarray
    numbers: np.ndarray
    lines: int

    @classmethod
    def of(
        cls, conditions: Sequence[Condition], whole: frozenset[str], *, intraday: bool
    ) -> "Program":
        """The program for all comparisons in *conditions* that kernels can make.

        Args:
            conditions: What is to be known.
            whole: The columns without holes; the kernels of lines read no others.
            intraday: Whether bars are shorter than a day, so that edges are not comparisons alone.
        """
        steps = _Steps(whole=whole, intraday=intraday)
        wanted = dict.fromkeys(
            test for one in conditions for test in _comparisons(one, edges=not intraday)
        )
        return cls(
            comparisons=tuple(test for test in wanted if steps.compare(test)),
            steps=np.array(steps.steps, dtype=np.int64).reshape(-1, 5),
            numbers=np.array(steps.numbers).reshape(-1, 2),
            lines=steps.lines,
        )

    def run(
        self, columns: np.ndarray, take: Callable[[tuple[int, ...]], np.ndarray]
    ) -> dict[Condition, Planes]:
        """The planes of each comparison, one row per ticker.

        Args:
            columns: Column, ticker, bar.
            take: Lends an array of a shape to write to.
        """
        from .kernels.perform import perform

        _, tickers, bars = columns.shape
        shape = len(self.comparisons), tickers, words(bars)
        true, false = np.empty(shape, dtype=np.uint64), np.empty(shape, dtype=np.uint64)
        lines, scratch = take((self.lines, bars)), take((2, bars))
        perform(columns, self.steps, self.numbers, lines, scratch, true, false)
        found = (Planes(true=yes, false=no) for yes, no in zip(true, false, strict=True))
        return {
            test: ~planes if test.operator in "<>" else planes
            for test, planes in zip(self.comparisons, found, strict=True)
        }


def _comparisons(condition: Condition, *, edges: bool) -> Iterator[Compare]:
    """The comparisons that a condition is made of; those of its edges too, if wanted."""
    for part in walk_conditions(condition):
        match part:
            case Compare():
                yield part
            case Cross() | Touch() if edges:
                yield from compared_by(part)


def compared_by(edge: Cross | Touch) -> tuple[Compare, Compare]:
    """The two comparisons of an edge: above and below; or not below the low and not above the high."""
    if isinstance(edge, Touch):
        low, value, high = edge.reads()
        return (
            Compare(left=low, operator="<=", right=value),
            Compare(left=value, operator="<=", right=high),
        )
    return (
        Compare(left=edge.left, operator=">", right=edge.right),
        Compare(left=edge.left, operator="<", right=edge.right),
    )


@dataclass(kw_only=True)
class _Steps:
    """Steps while they are put together; each line has a place and is computed once."""

    whole: frozenset[str]
    intraday: bool
    steps: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    numbers: list[tuple[float, float]] = field(default_factory=list)
    places: dict[Value, int] = field(default_factory=dict)
    lines: int = 0
    compared: int = 0

    def compare(self, test: Compare) -> bool:
        """Add a comparison and what it reads; says whether that is possible."""
        operator, left, right = test.operator, test.left, test.right
        if constant(left) is not None:
            operator, left, right = FLIPPED[operator], right, left
        if operator not in ("<", ">", "<=", ">="):
            return False
        turned = operator in ("<", ">=")
        number = constant(right)
        one = self.place(left)
        other = one if number is not None else self.place(right)
        if one is None or other is None:
            return False
        if number is not None:
            self.add("at_most_number", one, place=self.compared, number=number, turned=turned)
        else:
            ends = (other, one) if turned else (one, other)
            self.add("at_most", *ends, place=self.compared)
        self.compared += 1
        return True

    def place(self, value: Value) -> int | None:
        """Where a line stands when the comparison comes, computed by then; None if no kernel can."""
        if not isinstance(value, Line):
            return None
        if value.name in ORDER:
            return ORDER.index(value.name)
        if value in self.places:
            return self.places[value]
        kernel = with_kernel(value, intraday=self.intraday)
        if kernel is None or not all(
            isinstance(read, Line) and read.name in self.whole for read in kernel[0]
        ):
            return None
        place = self.places[value] = len(ORDER) + self.lines
        self.lines += 1
        self.add(value.name, ORDER.index(str(kernel[0][0])), n=kernel[1], place=place)
        return place

    def add(
        self, kind: str, one: int, other: int = 0, *, place: int, n: int = 0,
        number: float = 0.0, turned: bool = False,
    ) -> None:  # fmt: skip
        """Add a step."""
        from .kernels.perform import KINDS

        self.steps.append((KINDS.index(kind), one, other, n, place))
        self.numbers.append((-1.0 if turned else 1.0, number))
