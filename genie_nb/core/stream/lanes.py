"""Lanes: what a stepper is given to take many lines one bar further at once.

A lane is one line of one ticker. Lanes of the same kind lie side by side in arrays, so that one bar of
thousands of them is a handful of array operations.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

ROUNDED = 1e-10
"""How far two ways of rounding the same sums may drift apart, as a share of the largest number in them.

Each bar rounds a few times by 2⁻⁵³; after a hundred thousand bars that is still less."""

type Sort = Literal["number", "truth"]

type Columns = dict[str, np.ndarray]
"""What is carried from bar to bar, an array of lanes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """One bar of some lanes of one kind.

    Attributes:
        inputs: What the lanes read at this bar; numbers or truths.
        errors: By how much each input may differ from a full recomputation; nothing where all are exact.
        n: Bars of each lane.
        k: The other parameter of each lane.
        carry: What is carried; arrays to be replaced.
        past: The first input so many bars before; 0 is this bar.
        window: The largest of the first input over the last *n* bars, of the lanes at some places.
    """

    inputs: tuple[np.ndarray, ...]
    errors: tuple[np.ndarray, ...] = ()
    n: np.ndarray
    k: np.ndarray
    carry: Columns
    past: Callable[[np.ndarray], np.ndarray]
    window: Callable[[np.ndarray, np.ufunc], np.ndarray]

    def run(self, *numbers: np.ndarray) -> np.ndarray:
        """Bars since the last hole in *numbers*, this one included; 0 in a hole."""
        known = np.logical_and.reduce([np.isfinite(one) for one in numbers])
        count = np.where(known, self.carry["count"] + 1, 0).astype(np.int32)
        self.carry["count"] = count
        return count

    def drift(self, scale: np.ndarray | float = 0.0) -> np.ndarray:
        """How far the line may be off: the worst error that it ever read, and its own rounding.

        *scale* is the size of the numbers in it now; the largest so far counts.
        """
        worst = self.carry["worst"]
        for error in self.errors[:1]:
            worst = np.fmax(worst, error)
        size = np.fmax(self.carry["size"], np.where(np.isfinite(scale), np.abs(scale), 0.0))
        self.carry["worst"], self.carry["size"] = worst, size
        return worst + ROUNDED * size


type Stepped = np.ndarray | tuple[np.ndarray, np.ndarray]
"""What a stepper gives: a number or truth per lane, and for numbers that may be off by how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of node.

    Attributes:
        name: As nodes name it.
        step: One bar of its lanes. A kind that rounds gives numbers and errors, and so does any kind
            some of whose inputs may be off.
        carry: What its lanes carry, with the value that they begin with.
        reach: From *n*, how many bars it looks back on its first input; None where it does not.
        rounds: Whether a full recomputation may round it in another way.
        takes: What its inputs are.
        gives: What it gives.
        memory: From *n*, on how many bars before a truth depends.
    """

    name: str
    step: Callable[[Lanes], Stepped]
    carry: Mapping[str, float | np.generic] = field(default_factory=dict)
    reach: Callable[[int], int] | None = None
    rounds: bool = False
    takes: Sort = "number"
    gives: Sort = "number"
    memory: Callable[[int], int] = lambda _: 0
