"""Wishes that cannot come true together."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..expr.comparisons import Compare, Cross, Inside, Move
from ..expr.condition import And, Condition, walk_conditions
from ..expr.value import Arithmetic, Negative, Number, Value


@dataclass(slots=True)
class Limits:
    """Between which numbers a value must lie, and the tests that say so."""

    low: float = float("-inf")
    high: float = float("inf")
    open_low: bool = False
    open_high: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number is between them."""
        return self.low > self.high or (self.low == self.high and (self.open_low or self.open_high))

    def above(self, number: float, *, strictly: bool) -> None:
        """Raise the lower limit."""
        self.low, self.open_low = max((self.low, self.open_low), (number, strictly))

    def below(self, number: float, *, strictly: bool) -> None:
        """Lower the upper limit."""
        if (-number, strictly) > (-self.high, self.open_high):
            self.high, self.open_high = number, strictly


def contradiction(condition: Condition) -> tuple[Condition, Condition] | None:
    """Two tests joined by `and` that can never be true on one bar; None when there are none.

    Example:
        >>> from ..grammar import parse_condition
        >>> str(contradiction(parse_condition("close > 25 and close < 20"))[1])
        'close < 20'
    """
    for part in walk_conditions(condition):
        if isinstance(part, And):
            found = _among(list(_conjuncts(part)))
            if found:
                return found
    return None


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, And):
        yield from _conjuncts(condition.left)
        yield from _conjuncts(condition.right)
    else:
        yield condition


def _among(tests: list[Condition]) -> tuple[Condition, Condition] | None:
    """Limits are narrowed test by test; the one that leaves nothing contradicts one before."""
    limits: dict[str, tuple[Limits, Condition]] = {}
    for test in tests:
        for about, sign, number in _limits(test):
            known, first = limits.setdefault(about, (Limits(), test))
            if sign.startswith(">"):
                known.above(number, strictly=sign == ">")
            else:
                known.below(number, strictly=sign == "<")
            if known.empty:
                return first, test
    return None


def _limits(test: Condition) -> Iterator[tuple[str, str, float]]:
    """What a test asks of a value, or of the difference of two."""
    match test:
        case Compare(left=left, operator=">" | ">=" | "<" | "<=" as sign, right=right):
            yield from _limit(left, sign, right)
        case Compare(left=left, operator="==", right=right):
            yield from _limit(left, ">=", right)
            yield from _limit(left, "<=", right)
        case Cross(left=left, side="above" | "below" as side, right=right):
            yield from _limit(left, ">" if side == "above" else "<", right)
        case Inside(value=value, low=low, high=high, outside=False):
            yield from _limit(value, ">=", low)
            yield from _limit(value, "<=", high)
        case Move(value=value, falls=falls, by=by, bars=bars) if by:
            yield f"{value} over {bars}", "<" if falls else ">", 0.0
        case _:
            return


def _limit(left: Value, sign: str, right: Value) -> Iterator[tuple[str, str, float]]:
    number = _constant(right)
    if number is not None:
        yield str(left), sign, number
    else:
        yield f"{left} - {right}", sign, 0.0


def _constant(value: Value) -> float | None:
    if isinstance(value, Negative):
        inner = _constant(value.value)
        return None if inner is None else -inner
    if isinstance(value, Arithmetic) and value.sign == "*":
        left, right = _constant(value.left), _constant(value.right)
        return None if left is None or right is None else left * right
    return value.number if isinstance(value, Number) else None
