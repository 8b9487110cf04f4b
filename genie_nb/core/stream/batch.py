"""A batch: all nodes of one kind and level, side by side, and one bar of them at once."""

from dataclasses import dataclass, field

import numpy as np

from .kinds import KINDS
from .lanes import Columns, Kind, Lanes
from .rings import Rings

type Key = tuple[int, str, bool, bool]
"""Level, kind, whether what it gives is exact, whether all that it reads is."""


@dataclass(slots=True, kw_only=True)
class Board:
    """What every node gave at its newest bar, by slot.

    Attributes:
        numbers: Of nodes that give numbers.
        errors: By how much each number may differ from a full recomputation.
        truths: Of nodes that give truths.
        doubtful: Slots whose truth another rounding could have turned, at this bar.
    """

    numbers: np.ndarray
    errors: np.ndarray
    truths: np.ndarray
    doubtful: list[np.ndarray] = field(default_factory=list)

    @classmethod
    def empty(cls, size: int) -> "Board":
        """Nothing was given."""
        numbers, errors = np.full(size, np.nan), np.zeros(size)
        return cls(numbers=numbers, errors=errors, truths=np.ones(size, np.int8))


@dataclass(slots=True, kw_only=True)
class Batch:
    """Lanes of one kind and level.

    Attributes:
        key: What they have in common.
        start: Slot of the first; the others follow.
        tape: Of each lane.
        inputs: Slots that each reads, a row for each input.
        n: Bars of each.
        k: The other parameter of each; the number of a constant.
        carry: What each carries.
        looks: The ring of each lane's first input; empty where none is looked back on.
        kept: Lanes whose numbers are kept in rings, in the order of their rings.
        first: The ring of the first of them.
    """

    key: Key
    start: int
    tape: np.ndarray
    inputs: np.ndarray
    n: np.ndarray
    k: np.ndarray
    carry: Columns
    looks: np.ndarray = field(default_factory=lambda: np.empty(0, np.int32))
    kept: np.ndarray = field(default_factory=lambda: np.empty(0, np.int32))
    first: int = 0

    @property
    def kind(self) -> Kind | None:
        """What is done at a bar; None for columns and constants, which are given."""
        return KINDS.get(self.key[1])

    def connect(self, rings: Rings) -> None:
        """Find the rings that the lanes look back on, and the ones that they fill."""
        if self.kind and self.kind.reach and len(self.tape):
            self.looks = rings.of(self.inputs[0])
        end = self.start + len(self.tape)
        self.first, last = np.searchsorted(rings.slots, (self.start, end)).tolist()
        self.kept = (rings.slots[self.first : last] - self.start).astype(np.int32)

    def step(self, board: Board, rings: Rings, active: np.ndarray | None) -> None:
        """One bar of the lanes whose tape is active; of all lanes when that is None."""
        taken = None if active is None else np.flatnonzero(active[self.tape])
        if self.kind is not None and (taken is None or len(taken)):
            self._stepped(self.kind, board, rings, slice(None) if taken is None else taken)
        if len(self.kept):
            self._keep(board, rings, active)

    def _stepped(self, kind: Kind, board: Board, rings: Rings, lanes: slice | np.ndarray) -> None:
        inputs = self.inputs[:, lanes]
        takes_numbers = kind.takes == "number"
        source = board.numbers if takes_numbers else board.truths
        blurred = takes_numbers and not self.key[3]
        n, looks = self.n[lanes], self.looks[lanes] if len(self.looks) else self.looks
        carry = {name: column[lanes] for name, column in self.carry.items()}
        given = kind.step(
            Lanes(
                inputs=tuple(source[row] for row in inputs),
                errors=tuple(board.errors[row] for row in inputs) if blurred else (),
                n=n,
                k=self.k[lanes],
                carry=carry,
                past=lambda bars: rings.past(looks, bars),
                window=lambda at, larger: rings.extreme(looks[at], n[at], larger),
            )
        )
        self._give(given, kind, board, lanes)
        for name, column in carry.items():
            self.carry[name][lanes] = column

    def _give(self, given: object, kind: Kind, board: Board, lanes: slice | np.ndarray) -> None:
        values, beside = given if isinstance(given, tuple) else (given, None)
        own = slice(self.start, self.start + len(self.tape))
        if kind.gives == "number":
            board.numbers[own][lanes] = values
            if beside is not None:
                board.errors[own][lanes] = beside
            return
        board.truths[own][lanes] = values
        if beside is not None and beside.any():
            board.doubtful.append(np.arange(own.start, own.stop)[lanes][beside])

    def _keep(self, board: Board, rings: Rings, active: np.ndarray | None) -> None:
        lanes, own = self.kept, slice(self.first, self.first + len(self.kept))
        if active is None:
            rings.push(own, board.numbers[self.start + lanes])
            return
        taken = np.flatnonzero(active[self.tape[lanes]])
        rings.push(self.first + taken, board.numbers[self.start + lanes[taken]])
