"""What a split made of the numbers that a rule was written with."""

from collections.abc import Iterator
from fractions import Fraction

from ..expr import Condition, walk_conditions
from ..expr.comparisons import Move
from ..expr.rebase import rebased
from ..expr.value import Number, walk, written
from ..rule import Rule


def rescaled(rule: Rule, scale: float) -> str:
    """The numbers before and after, and the split; empty where nothing changed.

    Args:
        rule: As it was written.
        scale: What prices have been multiplied by since.

    Example:
        >>> from ..grammar import parse_rule
        >>> rescaled(parse_rule("X 1d: close > 25 and volume > 1000"), 0.5)
        '25 → 12.50 and 1000 → 2000 after 2:1'
        >>> rescaled(parse_rule("X 1d: close inside 25 * 0.98..25 * 1.02"), 0.5)
        '25 → 12.50 after 2:1'
    """
    if scale == 1:
        return ""
    conditions = [rule.condition, *([rule.rearm] if rule.rearm else [])]
    pairs = [
        pair
        for condition in conditions
        for pair in zip(_numbers(condition), _numbers(rebased(condition, scale)), strict=True)
    ]
    told = dict.fromkeys(f"{written(a)} → {_plain(b)}" for a, b in pairs if a != b)
    return f"{' and '.join(told)} after {_split(scale)}" if told else ""


def _numbers(condition: Condition) -> Iterator[float]:
    for part in walk_conditions(condition):
        if isinstance(part, Move):
            yield part.by
        for value in part.reads():
            yield from (inner.number for inner in walk(value) if isinstance(inner, Number))


def _plain(number: float) -> str:
    return written(number) if number == int(number) else f"{number:,.2f}"


def _split(scale: float) -> str:
    ratio = Fraction(1 / scale).limit_denominator(1000)
    return f"{ratio.numerator}:{ratio.denominator}"
