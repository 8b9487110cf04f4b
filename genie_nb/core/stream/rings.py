"""Rings: the last numbers of the lines that others look back on.

One flat array holds them all. Each ring is a stretch of it that is written round and round.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(slots=True, kw_only=True)
class Rings:
    """The numbers behind some slots.

    Attributes:
        slots: Whose numbers each ring keeps, in ascending order.
        length: How many it keeps.
        base: Where in the flat array it begins.
        head: Where its newest number is.
        numbers: All rings, one after the other; NaN where nothing was written.
    """

    slots: np.ndarray
    length: np.ndarray
    base: np.ndarray
    head: np.ndarray
    numbers: np.ndarray

    @classmethod
    def empty(cls, slots: np.ndarray, length: np.ndarray) -> "Rings":
        """Rings with nothing written."""
        ends = np.cumsum(length, dtype=np.int64)
        base = ends - length
        return cls(
            slots=slots.astype(np.int32),
            length=length.astype(np.int32),
            base=base,
            head=base.copy(),
            numbers=np.full(int(ends[-1]) if len(ends) else 0, np.nan),
        )

    def of(self, slots: np.ndarray) -> np.ndarray:
        """The ring of each slot, which must have one."""
        return np.searchsorted(self.slots, slots).astype(np.int32)

    def push(self, rings: slice | np.ndarray, values: np.ndarray) -> None:
        """Write the newest number of some rings."""
        head = self.head[rings] + 1
        base = self.base[rings]
        head = np.where(head == base + self.length[rings], base, head)
        self.head[rings] = head
        self.numbers[head] = values

    def past(self, rings: np.ndarray, bars: np.ndarray) -> np.ndarray:
        """The numbers so many bars before the newest; fewer than the ring is long."""
        at = self.head[rings] - bars
        at += np.where(at < self.base[rings], self.length[rings], 0)
        return self.numbers[at]

    def extreme(self, rings: np.ndarray, bars: np.ndarray, larger: np.ufunc) -> np.ndarray:
        """The largest, or smallest, of the last numbers of some rings."""
        ends = np.cumsum(bars)
        back = np.arange(ends[-1]) - np.repeat(ends - bars, bars)
        return larger.reduceat(self.past(np.repeat(rings, bars), back), ends - bars)
