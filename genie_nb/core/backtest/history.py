"""How much history a condition needs before it can be known."""

from ..expr import Condition, Cross, Enter, For, Lag, Line, Then, Touch, Value


def bars_needed(condition: Condition) -> int:
    """The first bar, counted from 1, at which everything the condition reads can be there.

    Example:
        >>> from ..grammar import parse_condition
        >>> bars_needed(parse_condition("close crosses above sma(50)"))
        51
    """
    return 1 + _before(condition)


def too_short(condition: Condition, have: int, *, known: bool) -> bool:
    """Whether a condition that may be known at no bar owes this to a lack of bars, one more included for the fill.

    Args:
        condition: Which.
        have: Bars there are.
        known: Whether it is known at any of them.
    """
    return not known and have < bars_needed(condition) + 1


def _before(condition: Condition) -> int:
    """Bars that must lie before."""
    read = max((_warm_up(value) for value in condition.reads()), default=0)
    deepest = max((_before(part) for part in condition.parts()), default=0)
    return max(read, deepest) + _own(condition)


def _own(condition: Condition) -> int:
    match condition:
        case Cross() | Enter() | Touch() | Then():
            return 1
        case For():
            return condition.bars - 1
        case _:
            return 0


def _warm_up(value: Value) -> int:
    inner = max((_warm_up(part) for part in value.parts()), default=0)
    match value:
        case Line():
            return inner + value.kind.warm_up(*value.args)
        case Lag():
            return inner + value.bars
        case _:
            return inner
