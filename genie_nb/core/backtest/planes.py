"""Planes: where a condition is known to be true and where it is known to be false, a bit per bar.

Kleene's rules become operations on words: 64 bars at once, unknown wherever neither bit is set.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from ..expr.truth import FALSE, TRUE, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Planes:
    """The truth of several conditions, one per row.

    Attributes:
        true: Bits where it is true; words of 64 bars in columns.
        false: Bits where it is false.
    """

    true: np.ndarray
    false: np.ndarray

    @classmethod
    def of(cls, truths: np.ndarray) -> Self:
        """From one truth per row and bar."""
        return cls(true=packed(truths == TRUE), false=packed(truths == FALSE))

    def __and__(self, other: "Planes") -> "Planes":
        return Planes(true=self.true & other.true, false=self.false | other.false)

    def __or__(self, other: "Planes") -> "Planes":
        return Planes(true=self.true | other.true, false=self.false & other.false)

    def __invert__(self) -> "Planes":
        return Planes(true=self.false, false=self.true)

    def edges(self) -> "Planes":
        """Where it became true: true now, false one bar before; unknown where either bar is."""
        before = Planes(true=_one_bar_later(self.true), false=_one_bar_later(self.false))
        became = self.true & before.false
        known = (self.true | self.false) & (before.true | before.false)
        return Planes(true=became, false=known & ~became)

    def take(self, rows: np.ndarray) -> "Planes":
        """The rows with these numbers, in their order."""
        return Planes(true=self.true[rows], false=self.false[rows])

    @property
    def ever_known(self) -> np.ndarray:
        """Per row, whether it is known at any bar."""
        return np.bitwise_or.reduce(self.true | self.false, axis=1) != 0


def _one_bar_later(plane: np.ndarray) -> np.ndarray:
    later = plane << np.uint64(1)
    later[:, 1:] |= plane[:, :-1] >> np.uint64(63)
    return later


def words(bars: int) -> int:
    """Words that hold so many bars."""
    return (bars + 63) // 64


def packed(bits: np.ndarray) -> np.ndarray:
    """Booleans per row and bar, 64 bars to a word.

    Example:
        >>> packed(np.array([[True, False, True]]))
        array([[5]], dtype=uint64)
    """
    rows, bars = bits.shape
    octets = np.zeros((rows, 8 * words(bars)), dtype=np.uint8)
    octets[:, : (bars + 7) // 8] = np.packbits(bits, axis=1, bitorder="little")
    return octets.view("<u8")


def unpacked(plane: np.ndarray, bars: int) -> Truth:
    """Booleans per row and bar."""
    octets = np.ascontiguousarray(plane).view(np.uint8)
    return np.unpackbits(octets, axis=1, count=bars, bitorder="little").astype(bool)
