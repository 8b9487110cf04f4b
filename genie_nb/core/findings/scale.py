"""A Scale: how much a number stands out, from 0 to 1, by straight lines between named points."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..facts.fact import Fact


@dataclass(frozen=True, slots=True)
class Scale:
    """A monotone map from a number to a severity.

    Attributes:
        points: Numbers, rising, and the severity of each; in between the line is straight, beyond
            the ends it is level.

    Example:
        >>> debt = Scale(((0.0, 0.0), (2.0, 0.6), (8.0, 1.0)))
        >>> debt(1.0), debt(-3.0), debt(50.0)
        (0.3, 0.0, 1.0)
    """

    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        values = [value for value, _ in self.points]
        severities = [severity for _, severity in self.points]
        if any(low >= high for low, high in pairwise(values)):
            raise ValueError(f"The numbers of a scale must rise: {values}.")
        if severities != sorted(severities) and severities != sorted(severities, reverse=True):
            raise ValueError(f"The severities of a scale must go one way: {severities}.")

    def __call__(self, value: float) -> float:
        """The severity of *value*, two decimals."""
        (first, low), (last, high) = self.points[0], self.points[-1]
        if value <= first:
            return low
        if value >= last:
            return high
        for (left, below), (right, above) in pairwise(self.points):
            if value <= right:
                return round(below + (above - below) * (value - left) / (right - left), 2)
        return high

    def of(self, fact: Fact | None) -> float | None:
        """The severity of a fact; None when it is unknown."""
        return None if fact is None or fact.value is None else self(fact.value)


def worst(severities: Iterable[float | None]) -> float | None:
    """The highest of the known severities; None when none is known."""
    return max((severity for severity in severities if severity is not None), default=None)
