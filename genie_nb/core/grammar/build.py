"""From a parsed sentence to the values it stands for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import AskError, RuleNotUnderstood, UnknownName
from ..expr.catalogue import Option, Ta
from ..expr.comparisons import Compare, Cross, Enter, Inside, Move, Touch
from ..expr.condition import And, Condition, For, Not, Or, Then, Within
from ..expr.elsewhere import FactValue, Other
from ..expr.lines import LINES
from ..expr.pattern import Pattern
from ..expr.value import (
    Arithmetic,
    Lag,
    Line,
    Negative,
    Number,
    Value,
    bar_count,
)
from .caret import at

if TYPE_CHECKING:
    from lark import Token, Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """What follows the colon of a rule.

    Attributes:
        condition: What is watched for.
        options: The fields of the rule that were written, by name.
    """

    condition: Condition
    options: tuple[tuple[str, Any], ...]


type Built = Value | Condition | Tail


DEEPEST = 100
"""How many parts of a sentence may lie inside one another."""


def build(
    tree: "Tree", text: str, depth: int = 0, *, stand_ins: frozenset[float] = frozenset()
) -> Any:
    """The value of a parse tree of *text*.

    Args:
        tree: As the parser gave it.
        text: What was parsed, which errors point into.
        depth: How many parts it lies inside.
        stand_ins: Numbers that stand for others, of which nothing is known.

    Raises:
        RuleNotUnderstood: It is well formed and means nothing, such as a line that does not exist;
            or it is too deep to be meant.
    """
    if depth > DEEPEST:
        raise at(
            text,
            tree.meta.start_pos,
            seen=f"more than {DEEPEST} parts inside one another",
            needed=f"at most {DEEPEST}",
            cure=f"At most {DEEPEST} parts may lie inside one another; make several rules of it.",
        )
    children = [
        part if _is_token(part) else build(part, text, depth + 1, stand_ins=stand_ins)
        for part in tree.children
    ]
    try:
        made = _BUILDERS[tree.data](*children)
    except RuleNotUnderstood:
        raise
    except AskError as error:
        raise at(
            text,
            tree.meta.start_pos,
            seen=error.seen,
            needed=error.needed,
            cure=str(error),
            stage="options" if tree.data in _OPTIONS else "meaning",
        ) from None
    if tree.data in ("range", "edge"):
        low: Any = tree.children[2]
        _refuse_backwards(made, text, low.meta.start_pos, stand_ins)
    return made


def _refuse_backwards(
    made: Inside | Enter, text: str, position: int, stand_ins: frozenset[float]
) -> None:
    """Raises where both ends are plain numbers and the lower one stands last: nothing lies between."""
    low, high = _plain(made.low), _plain(made.high)
    if low is None or high is None or low <= high or {low, high} & stand_ins:
        return
    raise at(
        text,
        position,
        seen=f"{made.low}..{made.high}",
        needed="the lower number first",
        cure=f"The lower number comes first: write {made.high}..{made.low}.",
        stage="meaning",
    )


def _plain(value: Value) -> float | None:
    """The number a value is, without lines or reckoning."""
    match value:
        case Number():
            return value.number
        case Negative(value=Number(number=number)):
            return -number
    return None


def _is_token(part: object) -> bool:
    return isinstance(part, str)


def _rule(condition: Condition, *options: tuple[str, Any]) -> Tail:
    names = [name for name, _ in options]
    for name in names:
        if names.count(name) > 1:
            raise AskError(
                f"{name!r} is written twice.",
                seen=name,
                needed="each option once",
                cure="Keep one.",
            )
    return Tail(condition=condition, options=options)


def _count(number: "Token", _: "Token") -> int:
    return bar_count(_float(number), least=0, of="A span")


def _float(text: str) -> float:
    """The float nearest to the written number; 15% is 0.15."""
    if text.endswith("%"):
        return float(Decimal(text[:-1].strip()) / 100)
    return float(text)


def _number(text: "Token") -> Number:
    return Number(number=_float(text))


def _line(name: "Token") -> Line:
    kind = LINES.get(name.lower())
    if kind is None:
        raise _no_such_line(name)
    if kind.call:
        raise AskError(
            f"{kind.name} needs brackets.",
            seen=name,
            needed=kind.spelling,
            cure=f"Write {kind.spelling}.",
        )
    return Line(name=kind.name)


def _call(name: "Token", *args: Value | date) -> Line:
    kind = LINES.get(name.lower())
    if kind is None:
        raise _no_such_line(name)
    if not kind.call:
        raise AskError(
            f"{kind.name} takes nothing in brackets.",
            seen=name,
            needed=kind.name,
            cure=f"Write {kind.name}, or {kind.name}[5] for its value 5 bars ago.",
        )
    return Line(name=kind.name, args=args)


def _no_such_line(name: str) -> UnknownName:
    return UnknownName(
        "line", name.lower(), [kind.spelling.split("(")[0] for kind in LINES.values()]
    )


def _fact(_: "Token", name: "Token") -> FactValue:
    from ..facts.registry import REGISTRY

    if name.lower() not in REGISTRY:
        raise UnknownName("fact", name.lower(), REGISTRY)
    return FactValue(name=name.lower())


def _indicator(name: "Token", *keywords: tuple[str, Option]) -> Ta:
    named = dict(keywords)
    if len(named) < len(keywords):
        raise AskError(
            f"A parameter of {name} is given twice.",
            seen=name,
            needed="each once",
            cure="Keep one.",
        )
    column = str(named.pop("column", ""))
    return Ta(name=name[3:].lower(), options=tuple(named.items()), column=column)


def _keyword(token: "Token", *tokens: "Token") -> tuple[str, Option]:
    name, last = str(token), tokens[-1]
    if last.type == "NUMBER":
        number = _float(last)
        return name, -number if tokens[0] == "-" else number
    if last.type == "STRING":
        return name, last[1:-1]
    return name, last.type == "TRUE"


def _crossing(left: Value, *rest: Any) -> Cross:
    *words, right = rest
    side = (
        "above" if words[-1].type == "ABOVE" else "below" if words[-1].type == "BELOW" else "either"
    )
    return Cross(left=left, side=side, right=right)


def _touch(left: Value, _word: "Token", right: Value) -> Touch:
    if left != Line(name="close"):
        raise AskError(
            f"Only close can touch something, not {left}.",
            seen=str(left),
            needed="close touches …",
            cure=f"Write close touches {right}, or {left} crosses {right}.",
        )
    return Touch(right=right)


def _range(value: Value, word: "Token", low: Value, _to: "Token", high: Value) -> Inside:
    return Inside(value=value, low=low, high=high, outside=word.type == "OUTSIDE")


def _border(value: Value, word: "Token", low: Value, _to: "Token", high: Value) -> Enter:
    return Enter(value=value, low=low, high=high, leaves=word.type == "LEAVES")


def _move(value: Value, verb: "Token", _by: "Token", by: "Token", _in: "Token", bars: int) -> Move:
    percent = by.type == "PERCENT"
    size = float(by.rstrip("% \t")) if percent else float(by)
    return Move(value=value, falls=verb.type == "FALLS", by=size, percent=percent, bars=bars)


def _pattern(_: "Token", first: "Token", *rest: "Token") -> Pattern:
    if not rest:
        return Pattern(name=first)
    return Pattern(name=rest[0], mood="bullish" if first.type == "BULLISH" else "bearish")


def _sign(left: Value, sign: "Token", right: Value) -> Arithmetic:
    return Arithmetic(left=left, sign=sign.value, right=right)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AskError(
            f"{text} is not a date.",
            seen=text,
            needed="a date such as 2026-01-02",
            cure="Write a date such as 2026-01-02.",
        ) from None


_OPTIONS = frozenset({"rule", "once", "cooldown", "expires", "paused"})
"""Parts of a rule that can only be refused for its options."""

_BUILDERS: dict[str, Callable[..., Any]] = {
    "rule": _rule,
    "rearm": lambda _, condition: ("rearm", condition),
    "once": lambda _: ("once", True),
    "cooldown": lambda _, bars: ("cooldown", bars),
    "expires": lambda _, day: ("expires", _day(day)),
    "paused": lambda _: ("paused", True),
    "condition": lambda condition: condition,
    "value": lambda value: value,
    "either": lambda left, _, right: Or(left=left, right=right),
    "both": lambda left, _, right: And(left=left, right=right),
    "negation": lambda _, condition: Not(condition=condition),
    "sequence": lambda first, _, second, __, bars: Then(first=first, second=second, bars=bars),
    "during": lambda condition, _, bars: For(condition=condition, bars=bars),
    "recently": lambda condition, _, bars: Within(condition=condition, bars=bars),
    "comparison": lambda left, sign, right: Compare(left=left, operator=sign.value, right=right),
    "crossing": _crossing,
    "touch": _touch,
    "range": _range,
    "edge": _border,
    "move": _move,
    "pattern": _pattern,
    "count": _count,
    "addition": _sign,
    "product": _sign,
    "negative": lambda sign, value: value if sign == "+" else Negative(value=value),
    "number": _number,
    "percent": _number,
    "line": _line,
    "call": _call,
    "day": _day,
    "indicator": _indicator,
    "keyword": _keyword,
    "fact": _fact,
    "lag": lambda value, bars: Lag(value=value, bars=bar_count(_float(bars), least=0, of="A lag")),
    "other": lambda value, _, ticker: Other(value=value, ticker=ticker.upper()),
}
