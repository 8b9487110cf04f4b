"""What values are counted in, as a split sees it.

    close, ta.sma(length=20), fact sma_50    prices: halved by a 2:1 split
    volume, fact average_volume_20d          shares: doubled
    rsi(14), close * volume, fact beta_1y    free of it

An indicator of pandas-ta is tried; a fact says its unit.
"""

from collections.abc import Iterator
from functools import cache

from ..facts.registry import REGISTRY
from ..facts.units import MONEY
from .catalogue import Ta
from .comparisons import Move
from .condition import Condition, walk_conditions
from .elsewhere import FactValue, Other
from .future import split_factor, trial_bars
from .lines import Dimension
from .tape import Tape
from .value import Arithmetic, Lag, Line, Negative, Number, Value

PER_SHARE = frozenset({"eps_ttm"})
"""Facts of the accounts that are money per share; the others are the whole company's."""

_BY_FACTOR: dict[float, Dimension] = {0.5: "price", 2.0: "shares", 1.0: "ratio"}
"""What a 2:1 split multiplies by, and what it is."""


def dimension(value: Value) -> Dimension | None:
    """What a value is counted in; None for bare numbers, other tickers and what cannot be said."""
    match value:
        case Line():
            return value.kind.unit or next(map(dimension, value.parts()), None)
        case Negative() | Lag():
            return dimension(value.value)
        case Arithmetic():
            return _of_arithmetic(value)
        case Ta():
            return _of_indicator(value)
        case FactValue():
            return _of_fact(value.name)
    return None


def untold(condition: Condition) -> Value | None:
    """A value that numbers are compared with though nobody knows what a split does to it."""
    for part in walk_conditions(condition):
        read = [inner for value in part.reads() for inner in _own(value)]
        numbers = [inner.number for inner in read if isinstance(inner, Number)]
        if isinstance(part, Move) and not part.percent:
            numbers.append(part.by)
        for value in read:
            # A fact is multiplied by the split, whatever it is, so its sign stays.
            harmed = any(numbers) if isinstance(value, FactValue) else bool(numbers)
            if harmed and isinstance(value, Ta | FactValue) and dimension(value) is None:
                return value
    return None


def _own(value: Value) -> Iterator[Value]:
    """The value and what it is made of, leaving out other tickers: the split is not theirs."""
    if isinstance(value, Other):
        return
    yield value
    for part in value.parts():
        yield from _own(part)


def _of_arithmetic(value: Arithmetic) -> Dimension | None:
    left, right = dimension(value.left), dimension(value.right)
    if value.sign in "+-":
        return left or right
    if right is None:
        return left
    return right if left is None and value.sign == "*" else "ratio"


@cache
def _of_indicator(indicator: Ta) -> Dimension | None:
    """By trial, as pandas-ta does not say it."""
    factor = split_factor(lambda bars: Tape(bars=bars).numbers(indicator), trial_bars())
    return _BY_FACTOR.get(factor) if factor else None


def _of_fact(name: str) -> Dimension | None:
    """By its declaration.

    Facts of the tape follow it. Counts of shares and earnings per share are the provider's, who
    restates them when it likes.
    """
    spec = REGISTRY.get(name)
    if spec is None or name in PER_SHARE:
        return None
    match spec.unit, spec.about:
        case "shares", "traded":
            return "shares"
        case "shares", _:
            return None
        case unit, "price" if unit == MONEY:
            return "price"
    return "ratio"
