"""The rule language as text: canonical words to values, and what is wrong with other words.

    "CRSR 1d: close crosses above 25" -> Rule        "rsi(14) < 30" -> Condition        "sma(50)" -> Value

`str` of a value, condition or rule is its canonical text, and reading that gives an equal one.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ..errors import AskError, RuleNotUnderstood
from ..expr.condition import Condition
from ..expr.value import Value
from ..given import text_given
from ..market import Interval
from ..rule import Rule
from .build import Built, Tail, build
from .caret import at, explain, not_a_line
from .syntax import GRAMMAR

if TYPE_CHECKING:
    from lark import Lark

_HEADER = re.compile(
    r"\s*(?P<ticker>\S+?)\s+(?P<interval>\d+\w+)(?:\s+@(?P<provider>\S+?))?\s*:(?=\s|$)"
)
_INTERVALS = ", ".join(Interval)


def parse_condition(text: str, *, stand_ins: frozenset[float] = frozenset()) -> Condition:
    """Read a condition.

    Args:
        text: In the rule language.
        stand_ins: Numbers of the text that others will replace, so that nothing is said of them.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.

    Example:
        >>> str(parse_condition("close  CROSSES ABOVE sma(50, close) and (rvol(20) > 150%)"))
        'close crosses above sma(50) and rvol(20) > 1.5'
    """
    text = text_given(text, of="The condition", example='"close > 25"')
    tail = _read(text, "condition", stand_ins=stand_ins)
    assert isinstance(tail, Condition)
    return tail


def line(text: str) -> Value:
    """Read a line, or a value made of lines.

    Args:
        text: In the rule language, such as `rsi(14)` or `close / prev_close - 1`.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.

    Example:
        >>> str(line("close/prev_close - 1"))
        'close / prev_close - 1'
    """
    text = text_given(text, of="The line", example='line("rsi(14)")')
    try:
        value = _read(text, "value")
    except RuleNotUnderstood as error:
        raise not_a_line(text, error, whole=_is_condition(text)) or error from None
    assert isinstance(value, Value)
    return value


def _is_condition(text: str) -> bool:
    try:
        parse_condition(text)
    except RuleNotUnderstood:
        return False
    return True


def parse_rule(
    text: str,
    ticker: str | None = None,
    *,
    interval: str | Interval | None = None,
    provider: str | None = None,
    default_provider: str | None = None,
) -> Rule:
    """Read a whole line of the watchlist, or a condition with its options for a ticker.

    Args:
        text: `CRSR 1d: close > 25 once`, or without the part before the colon when *ticker* is given.
        ticker: Whose bars it reads.
        interval: Of those bars; daily unless given.
        provider: Whose bars they are; None for the configured one.
        default_provider: The configured provider's name, which is not written in rules.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.
        AskError: The line names another ticker or interval than the arguments, or none is given.

    Example:
        >>> str(parse_rule("close > 25 cooldown 5 bars once", ticker="CRSR"))
        'CRSR 1d: close > 25 once cooldown 5 bars'
    """
    text = text_given(text, of="The rule", example='parse_rule("close > 25", ticker="CRSR")')
    if ticker is not None:
        text_given(ticker, of="The ticker", example='parse_rule("close > 25", ticker="CRSR")')
    body, comment = _without_comment(text)
    header = _HEADER.match(body)
    named = header.groupdict() if header else {}
    start = header.end() if header else 0
    symbol = _agreed("ticker", _upper(named.get("ticker")), _upper(ticker))
    if symbol is None:
        raise RuleNotUnderstood(
            f"This rule names no ticker:\n    {text.strip()}",
            seen=text.strip(),
            needed="a ticker and an interval before a colon",
            cure=f"Write, for example, CRSR 1d: {text.strip()}",
        )
    length = _agreed("interval", _interval(named.get("interval"), body), _interval(interval, body))
    source = _agreed("provider", named.get("provider"), provider)
    tail = _read(body, "rule", start)
    assert isinstance(tail, Tail)
    return Rule(
        ticker=symbol,
        interval=length or Interval.D1,
        provider=None if source == default_provider else source,
        comment=comment,
        condition=tail.condition,
        **dict(tail.options),
    )


def _without_comment(text: str) -> tuple[str, str]:
    """The text before the first # that is not quoted, and what follows it."""
    blanked = re.sub(r'"[^"]*"', lambda quoted: "_" * len(quoted.group()), text)
    cut = blanked.find("#")
    return (text, "") if cut < 0 else (text[:cut], text[cut + 1 :])


def _upper(ticker: str | None) -> str | None:
    return ticker.upper() if ticker else None


def _interval(text: str | Interval | None, line: str) -> Interval | None:
    if text is None:
        return None
    try:
        return Interval(text)
    except ValueError:
        raise at(
            line,
            max(line.find(str(text)), 0),
            seen=text,
            needed=f"one of {_INTERVALS}",
            cure=f"An interval should stand here: {_INTERVALS}.",
        ) from None


def _agreed[X](what: str, written: X | None, given: X | None) -> X | None:
    if written is not None and given is not None and written != given:
        raise AskError(
            f"The rule says {what} {written}, the request says {given}.",
            seen=written,
            needed=f"one {what}",
            cure=f"Leave one of them out: a rule has one {what}.",
        )
    return given if written is None else written


@lru_cache(maxsize=4096)
def _read(
    text: str, start: str, offset: int = 0, stand_ins: frozenset[float] = frozenset()
) -> Built:
    """Parse *text* from *offset* on; columns in errors count from its beginning."""
    from lark.exceptions import UnexpectedInput

    padded = " " * offset + text[offset:]
    try:
        tree = _parser().parse(padded, start=start)
    except UnexpectedInput as error:
        raise explain(text, error) from None
    return build(tree, text, stand_ins=stand_ins)


@cache
def _parser() -> "Lark":
    from lark import Lark

    return Lark(
        GRAMMAR,
        parser="lalr",
        start=["rule", "condition", "value"],
        maybe_placeholders=False,
        propagate_positions=True,
    )
