"""The circuit: every node of every tape, sorted into batches, and one bar through all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

import numpy as np

from .batch import Batch, Board, Key
from .kinds import COLUMNS, KINDS, ORDER
from .lanes import Columns
from .rings import Rings
from .wiring import Node

DRIFT = {"worst": 0.0, "size": 0.0}
"""What lanes carry whose numbers a full recomputation may round in another way."""


@dataclass(slots=True, kw_only=True)
class Circuit:
    """Nodes that are taken from bar to bar.

    Attributes:
        batches: In the order in which they are computed.
        rings: The past that some of them look back on.
        board: What each node gave last.
    """

    batches: list[Batch]
    rings: Rings
    board: Board

    def step(self, bars: np.ndarray, active: np.ndarray | None = None) -> np.ndarray:
        """Take tapes one bar further.

        Args:
            bars: The new bar of each tape: a row for open, high, low, close and volume each.
            active: Which tapes have one; None for all.

        Returns:
            Slots of comparisons that another rounding could have turned.
        """
        self.board.doubtful.clear()
        with np.errstate(all="ignore"):
            for batch in self.batches:
                name = batch.key[1]
                if name in COLUMNS:
                    given = bars[COLUMNS.index(name)][batch.tape]
                    self.board.numbers[batch.start : batch.start + len(given)] = given
                batch.step(self.board, self.rings, active)
        return np.concatenate([np.empty(0, np.int64), *self.board.doubtful])

    def connected(self) -> Self:
        """With constants given and rings found: what follows from the rest and is not kept."""
        for batch in self.batches:
            batch.connect(self.rings)
            if batch.key[1] == "number":
                self.board.numbers[batch.start : batch.start + len(batch.k)] = batch.k
        return self


def order(key: Key) -> tuple[int, int, Key]:
    """What batches are sorted by."""
    return key[0], ORDER[key[1]], key


def assembled(nodes: Sequence[Node]) -> tuple[Circuit, np.ndarray]:
    """A circuit of nodes before their first bar, and the slot of each node."""
    keys = [_key(nodes, node) for node in nodes]
    by_key = sorted(range(len(nodes)), key=lambda at: order(keys[at]))
    slots = np.empty(len(nodes), np.int64)
    slots[by_key] = np.arange(len(nodes))
    batches, start = [], 0
    for key, places in groupby(by_key, key=lambda at: keys[at]):
        batches.append(_batch(key, start, [nodes[at] for at in places], slots))
        start += len(batches[-1].tape)
    rings, board = _rings(nodes, slots), Board.empty(len(nodes))
    return Circuit(batches=batches, rings=rings, board=board).connected(), slots


def _key(nodes: Sequence[Node], node: Node) -> Key:
    return node.level, node.kind, node.exact, all(nodes[at].exact for at in node.inputs)


def _batch(key: Key, start: int, nodes: Sequence[Node], slots: np.ndarray) -> Batch:
    inputs = np.array([node.inputs for node in nodes], dtype=np.int64).reshape(len(nodes), -1).T
    return Batch(
        key=key,
        start=start,
        tape=np.array([node.tape for node in nodes], np.int32),
        inputs=slots[inputs].astype(np.int32),
        n=np.array([node.n for node in nodes], np.int32),
        k=np.array([node.k for node in nodes]),
        carry=_carry(key, len(nodes)),
    )


def _carry(key: Key, count: int) -> Columns:
    kind = KINDS.get(key[1])
    if kind is None:
        return {}
    begin = {**kind.carry, **({} if key[2] else DRIFT)}
    return {
        name: np.full(count, value, np.int32 if isinstance(value, int) else None)
        for name, value in begin.items()
    }


def _rings(nodes: Sequence[Node], slots: np.ndarray) -> Rings:
    """Rings as long as the farthest look back."""
    reach: dict[int, int] = {}
    for node in nodes:
        kind = KINDS.get(node.kind)
        if kind and kind.reach:
            place = node.inputs[0]
            reach[place] = max(reach.get(place, 0), kind.reach(node.n) + 1)
    owners = np.array(list(reach), np.int64)
    by_slot = np.argsort(slots[owners]) if len(owners) else owners
    length = np.array(list(reach.values()), np.int32)
    return Rings.empty(slots[owners][by_slot], length[by_slot])
