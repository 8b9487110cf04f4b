"""Conditions in plain words, made from the tree alone, so that no strategy has to bring its own.

close > highest(20) and rvol(20) > 1.5
-> the close is above the highest high of the 20 bars before and volume is more than 1.5 times what
   is usual over 20 bars
"""

from collections.abc import Callable, Mapping
from functools import singledispatch

from ..expr import (
    And,
    Arithmetic,
    Compare,
    Condition,
    Cross,
    Enter,
    FactValue,
    For,
    Inside,
    Lag,
    Line,
    Move,
    Negative,
    Not,
    Number,
    Or,
    Other,
    Pattern,
    Ta,
    Then,
    Touch,
    Value,
    Within,
)
from ..expr.value import written
from ..facts.registry import REGISTRY
from ..figures import written as figure

_ABOVE = {">": "above", ">=": "at or above", "<": "below", "<=": "at or below"}
_MORE = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most"}
_EQUAL = {"==": "equal to", "!=": "other than"}
_SIDES = {"above": "crosses above", "below": "crosses below", "either": "crosses"}
_SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}


@singledispatch
def told(condition: Condition) -> str:
    """A condition as a clause, for example after "enters when".

    Example:
        >>> from ..grammar import parse_condition
        >>> told(parse_condition("close > highest(20) and rvol(20) > 1.5"))
        'the close is above the highest high of the 20 bars before and volume is more than 1.5 times its usual over 20 bars'
        >>> told(parse_condition("rsi(14) < 30 for 3 bars"))
        'the RSI over 14 bars is below 30, for 3 bars in a row'
    """
    return f"{condition} is true"


@told.register
def _(condition: And) -> str:
    return _joined(condition.left, "and", condition.right)


@told.register
def _(condition: Or) -> str:
    return _joined(condition.left, "or", condition.right)


@told.register
def _(condition: Not) -> str:
    return f"it is not so that {told(condition.condition)}"


@told.register
def _(condition: For) -> str:
    return f"{told(condition.condition)}, for {_bars(condition.bars)} in a row"


@told.register
def _(condition: Within) -> str:
    return f"{told(condition.condition)}, on this bar or one of the {condition.bars - 1} before"


@told.register
def _(condition: Then) -> str:
    first, second = told(condition.first), told(condition.second)
    return f"{first}, and then within {_bars(condition.bars)} {second}"


@told.register
def _(condition: Compare) -> str:
    left, number = condition.left, _constant(condition.right)
    special = _SPECIAL.get(left.name) if isinstance(left, Line) else None
    if isinstance(left, Line) and special and number is not None and condition.operator in _MORE:
        return special(left, condition.operator, number)
    words = {**_ABOVE, **_EQUAL}[condition.operator]
    return f"{named(left)} is {words} {named(condition.right)}"


@told.register
def _(condition: Cross) -> str:
    return f"{named(condition.left)} {_SIDES[condition.side]} {named(condition.right)}"


@told.register
def _(condition: Touch) -> str:
    return f"the price reaches {named(condition.right)}"


@told.register
def _(condition: Inside) -> str:
    word = "outside" if condition.outside else "between"
    return f"{named(condition.value)} is {word} {named(condition.low)} and {named(condition.high)}"


@told.register
def _(condition: Enter) -> str:
    verb = "leaves the range from" if condition.leaves else "comes into the range from"
    low, high = named(condition.low), named(condition.high)
    return f"{named(condition.value)} {verb} {low} to {high}"


@told.register
def _(condition: Move) -> str:
    verb, unit = "falls" if condition.falls else "rises", " %" if condition.percent else ""
    by = f"{written(condition.by)}{unit}"
    return f"{named(condition.value)} {verb} by {by} or more in {_bars(condition.bars)}"


@told.register
def _(condition: Pattern) -> str:
    mood = "" if condition.mood == "any" else f"{condition.mood} "
    return f"a {mood}{condition.name} candlestick pattern completes"


@singledispatch
def named(value: Value) -> str:
    """A value as a noun.

    Example:
        >>> from ..grammar import line
        >>> named(line("sma(50)")), named(line("close[5]"))
        ('the 50-bar average', 'the close 5 bars before')
    """
    return str(value)


@named.register
def _(value: Number) -> str:
    return written(value.number)


@named.register
def _(value: Negative) -> str:
    inner = value.value
    return f"−{named(inner)}" if isinstance(inner, Number) else f"minus {named(inner)}"


@named.register
def _(value: Arithmetic) -> str:
    return f"{_operand(value.left)} {_SIGNS[value.sign]} {_operand(value.right)}"


@named.register
def _(value: Lag) -> str:
    return f"{named(value.value)} {_bars(value.bars)} before"


@named.register
def _(value: Other) -> str:
    return f"{named(value.value)} of {value.ticker}"


@named.register
def _(value: FactValue) -> str:
    spec = REGISTRY.get(value.name)
    return f"the fact {spec.label if spec else value.name}"


@named.register
def _(value: Ta) -> str:
    column = f", column {value.column}," if value.column else ""
    options = " and ".join(f"{key} {option}" for key, option in value.options)
    return f"{value.name} of pandas-ta{column}{f' with {options}' if options else ''}"


@named.register
def _(value: Line) -> str:
    args = [named(arg) if isinstance(arg, Value) else arg for arg in value.args]
    return _NOUNS[value.name](*args)


def _joined(left: Condition, word: str, right: Condition) -> str:
    """Two clauses; one that is joined by the other word is set off."""
    return f"{_clause(left, word)} {word} {_clause(right, word)}"


def _clause(part: Condition, word: str) -> str:
    other = Or if word == "and" else And
    return f"either {told(part)}," if word == "and" and isinstance(part, other) else told(part)


def _constant(value: Value) -> float | None:
    if isinstance(value, Negative) and isinstance(value.value, Number):
        return -value.value.number
    return value.number if isinstance(value, Number) else None


def _operand(value: Value) -> str:
    return f"({named(value)})" if isinstance(value, Arithmetic) else named(value)


def _bars(count: float) -> str:
    return "1 bar" if count == 1 else f"{count:g} bars"


def _of(x: object) -> str:
    """What an average is of, where it is not the close."""
    return "" if x == _NOUNS["close"]() else f" of {x}"


def _extreme(word: str, usual: str) -> Callable[..., str]:
    def noun(n: int, x: str) -> str:
        of = word if x == _NOUNS[usual]() else f"{word} value of {x}"
        tail = usual if of == word else ""
        return f"the {of} {tail}".rstrip() + f" of the {n} bars before"

    return noun


def _fraction(noun: str) -> Callable[[Line, str, float], str]:
    return lambda _, sign, number: f"{noun} is {_ABOVE[sign]} {figure(number, 'fraction')}"


def _relative_volume(line: Line, operator: str, number: float) -> str:
    (n,) = line.args
    return f"volume is {_MORE[operator]} {written(number)} times its usual over {n} bars"


def _bars_left(_: Line, operator: str, number: float) -> str:
    return (
        f"{_MORE[operator]} {_bars(number)} of the session {'is' if number == 1 else 'are'} to come"
    )


_SPECIAL: Mapping[str, Callable[[Line, str, float], str]] = {
    "rvol": _relative_volume,
    "bars_left": _bars_left,
    "gap": _fraction("the opening gap"),
    "change": _fraction("the change since the last session"),
}
"""Lines whose comparison with a number has words of its own."""

_NOUNS: Mapping[str, Callable[..., str]] = {
    "open": lambda: "the open",
    "high": lambda: "the high",
    "low": lambda: "the low",
    "close": lambda: "the close",
    "volume": lambda: "volume",
    "adjclose": lambda: "the dividend-adjusted close",
    "vwap": lambda: "the session's volume-weighted price",
    "prev_close": lambda: "the last session's close",
    "gap": lambda: "the opening gap",
    "change": lambda: "the change since the last session",
    "bars_left": lambda: "the number of bars to come in the session",
    "sma": lambda n, x: f"the {n}-bar average{_of(x)}",
    "ema": lambda n, x: f"the {n}-bar exponential average{_of(x)}",
    "vwma": lambda n: f"the {n}-bar volume-weighted average",
    "rsi": lambda n: f"the RSI over {_bars(n)}",
    "atr": lambda n: f"the average true range over {_bars(n)}",
    "macd": lambda: "the MACD line",
    "macd_signal": lambda: "the MACD's signal line",
    "macd_hist": lambda: "the MACD histogram",
    "bb_upper": lambda n, k: f"the upper Bollinger band ({n} bars, {k:g} deviations)",
    "bb_lower": lambda n, k: f"the lower Bollinger band ({n} bars, {k:g} deviations)",
    "highest": _extreme("highest", "high"),
    "lowest": _extreme("lowest", "low"),
    "average": lambda x, n: f"the mean of {x} over the {n} bars before",
    "rvol": lambda n: f"volume against its usual over {_bars(n)}",
    "stdev": lambda n, x: f"the standard deviation over {_bars(n)}{_of(x)}",
    "adx": lambda n: f"the ADX over {_bars(n)}",
    "obv": lambda: "the on-balance volume",
    "supertrend": lambda n, k: f"the supertrend line ({n} bars, factor {k:g})",
    "anchored_vwap": lambda day: f"the volume-weighted price since {day}",
}
"""A noun for each line of the language, from its arguments."""
