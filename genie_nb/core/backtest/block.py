"""A block of tickers: the lines and truths of many tickers with equally many bars, each once.

    bars of each ticker -> columns -> lines -> planes, one row per ticker

A line comes from the same formula as for a single ticker; a program has made the usual comparisons before,
with kernels that equal those formulas.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ..expr import And, Compare, Condition, Cross, Line, Not, Or, Tape, Touch, Value
from ..market import Bars
from .fast import Market
from .grid import compared, constant
from .planes import Planes
from .prices import dividends
from .program import ORDER, Program, compared_by, with_kernel


class Columns:
    """Daily or weekly bars as plain arrays, for the formulas of lines; the rest is the bars' own."""

    def __init__(self, bars: Bars, frame: dict[str, np.ndarray]) -> None:
        self._bars = bars
        self.frame = frame
        self.interval = bars.interval

    def __len__(self) -> int:
        return len(self._bars)

    def __getattr__(self, name: str) -> Any:
        frame = self.__dict__["frame"]
        return frame[name] if name in frame else getattr(self._bars, name)


class Shelf:
    """Arrays that one block leaves to the next, so that memory is not asked for anew each time."""

    def __init__(self) -> None:
        self._free: list[np.ndarray] = []
        self._lent: list[np.ndarray] = []

    def take(self, shape: tuple[int, ...]) -> np.ndarray:
        """An array to write to, for as long as the block lives."""
        fits = (place for place, array in enumerate(self._free) if array.shape == shape)
        place = next(fits, None)
        array = np.empty(shape) if place is None else self._free.pop(place)
        self._lent.append(array)
        return array

    def clear(self) -> None:
        """Take back what was lent, and forget what did not fit."""
        self._free, self._lent = self._lent, []


@dataclass(frozen=True, kw_only=True)
class Block:
    """Tickers with equally many bars, and what was computed on them already.

    Attributes:
        bars: Of each ticker; of one interval.
        shelf: Where its arrays are from; the block before it must be done with them.
    """

    bars: Sequence[Bars]
    shelf: Shelf = field(default_factory=Shelf, repr=False)
    _lines: dict[Value, np.ndarray] = field(default_factory=dict, repr=False)
    _truths: dict[Condition, Planes] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.shelf.clear()

    def __len__(self) -> int:
        return len(self.bars)

    @cached_property
    def count(self) -> int:
        """Bars of each ticker."""
        return len(self.bars[0])

    @cached_property
    def whole(self) -> frozenset[str]:
        """The columns without holes; `Bars` has none in its prices."""
        traded = {"volume"} if np.isfinite(self.columns["volume"]).all() else set()
        return frozenset({"open", "high", "low", "close", *traded})

    @cached_property
    def table(self) -> np.ndarray:
        """Column, ticker, bar."""
        table = self.shelf.take((len(ORDER), len(self), self.count))
        for row, bars in enumerate(self.bars):
            table[:, row] = bars.frame.to_numpy().T[: len(ORDER)]
        return table

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """Each column that most conditions read, one row per ticker."""
        return dict(zip(ORDER, self.table, strict=True))

    @cached_property
    def market(self) -> Market:
        """The prices of all."""
        pays = any(bars.dividends.size for bars in self.bars)
        paid = (
            np.stack([dividends(bars) for bars in self.bars]) if pays else np.empty((len(self), 0))
        )
        return Market(
            open=self.columns["open"],
            close=self.columns["close"],
            dividends=paid,
            first=np.zeros(len(self), dtype=np.int64),
            last=np.full(len(self), self.count),
        )

    def run(self, program: Program) -> None:
        """Make the comparisons of a program, to be found made later."""
        self._truths.update(program.run(self.table, self.shelf.take))

    def truths(self, condition: Condition) -> Planes:
        """The truth of a condition, one row per ticker."""
        found = self._truths.get(condition)
        if found is None:
            found = self._truths[condition] = self._of(condition)
        return found

    def _of(self, condition: Condition) -> Planes:
        match condition:
            case And():
                return self.truths(condition.left) & self.truths(condition.right)
            case Or():
                return self.truths(condition.left) | self.truths(condition.right)
            case Not():
                return ~self.truths(condition.condition)
            case Compare():
                return self._compared(condition)
            case Cross() | Touch() if not self.bars[0].interval.intraday:
                return self._edges(condition)
            case _:
                tapes = self._tapes(condition.reads())
                return Planes.of(np.stack([tape.truth(condition) for tape in tapes]))

    def _compared(self, test: Compare) -> Planes:
        tickers = np.arange(len(self))
        left, right = test.left, constant(test.right)
        if right is not None:
            rows, others = [tickers, np.zeros_like(tickers)], np.array([[right]])
        else:
            rows, others = [tickers, tickers], self.numbers(test.right)
        return compared(test.operator, self.numbers(left), others, rows)

    def _edges(self, edge: Cross | Touch) -> Planes:
        one, other = (self.truths(test) for test in compared_by(edge))
        if isinstance(edge, Touch):
            return (one & other).edges()
        above, below = one.edges(), other.edges()
        return {"above": above, "below": below, "either": above | below}[edge.side]

    def numbers(self, value: Value) -> np.ndarray:
        """A value, one row per ticker. Not to be written to."""
        lines = self._lines.get(value)
        if lines is None:
            lines = self._lines[value] = self._computed(value)
        return lines

    def _computed(self, value: Value) -> np.ndarray:
        if not isinstance(value, Line):
            return np.stack([tape.numbers(value) for tape in self._tapes(value.parts())])
        if value.name in self.columns:
            return self.columns[value.name]
        at_once = self._at_once(value)
        if at_once is not None:
            return at_once
        lines = self.shelf.take((len(self), self.count))
        args = [self.numbers(a) if isinstance(a, Value) else [a] * len(self) for a in value.args]
        compute: Callable[..., Any] = value.kind.compute
        for row, bars in enumerate(self.bars):
            columns = {name: column[row] for name, column in self.columns.items()}
            columns["adjclose"] = np.asarray(bars.frame["adjclose"])
            read = bars if bars.interval.intraday else Columns(bars, columns)
            lines[row] = compute(read, *(arg[row] for arg in args))
        return lines

    def _at_once(self, line: Line) -> np.ndarray | None:
        """The line from a kernel, where there is one and no input has a hole."""
        from ..indicators.kernels import rows

        kernel = with_kernel(line, intraday=self.bars[0].interval.intraday)
        if kernel is None or not all(self._whole(value) for value in kernel[0]):
            return None
        out = self.shelf.take((len(self), self.count))
        inputs = (self.numbers(value) for value in kernel[0])
        getattr(rows, line.name)(*inputs, kernel[1], out)
        return out

    def _whole(self, value: Value) -> bool:
        """Whether a value is known at every bar of every ticker."""
        if isinstance(value, Line) and value.name in self.columns:
            return value.name in self.whole
        return bool(np.isfinite(self.numbers(value)).all())

    def _tapes(self, read: Sequence[Value]) -> Iterator[Tape]:
        """A tape per ticker, on which the values to be read are computed already."""
        lines = [(value, self.numbers(value)) for value in read]
        for row, bars in enumerate(self.bars):
            yield Tape(bars=bars, _memo={value: numbers[row] for value, numbers in lines})
