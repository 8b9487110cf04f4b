"""The wish to be told when something happens.

"Let me know if CRSR drops below its 50-day average" -> watch CRSR, with the rule that means
"""

import re
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AskError, RuleNotUnderstood
from ..ticker import is_ticker
from ..verbs import Ask
from .question import topic_of
from .request import Request

if TYPE_CHECKING:
    from ..rule import Rule

DAILY = "1d"
_NOBODY = "NOBODY"
"""Stands for the ticker of a condition that names none."""

_TOLD = r"(?:alert|notify|ping|warn|tell|text|email|message|remind) (?:me|us)|let (?:me|us) know|send me an? \w+"
_WATCH = re.compile(
    rf"^(?:watch|monitor|track|keep an eye on)\b(?! ?list)"
    rf"|^(?:please )?(?:alert (?:me|us|if|when|for)\b|notify\b|ping\b|warn\b|remind\b|text me\b|email me\b|message me\b"
    rf"|let (?:me|us) know (?:if|when|once|as soon|every|each|the)\b|tell (?:me|us) (?:(?:if|when|once|as soon|every|each)\b|the moment)"
    rf"|flag \S+ (?:if|when)\b|send me an? (?:\w+ )?(?:alert|notification|message)|(?:give me a )?heads up\b"
    rf"|(?:set(?: up)?|create|make|add|arm) (?:me )?an? (?:\w+ )?(?:alert|alarm|rule)\b"
    rf"|(?:be|get) (?:told|alerted|notified)\b|know (?:if|when)\b)"
    rf"|^(?:if|when|whenever|once|as soon as|every time)\b.*\b(?:{_TOLD})",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"^(?:tell|let) (?:me|us) (?:know )?(?:if|whether)\b", re.IGNORECASE)
_OF_THE_COMPANY = frozenset({
    "advantage", "coverage", "debt", "dilution", "dividend", "growth", "insiders", "margins",
    "profitability", "should_buy", "valuation",
})  # fmt: skip
_LINE = re.compile(r"^watch\s+(?P<line>\S+\s+\d+[a-z]+(?:\s+@\S+)?\s*:\s.+)$", re.IGNORECASE)


def watch(request: Request) -> Ask | None:
    """A wish to be told when something happens.

    Raises:
        AskError: It is one, and what it waits for was not understood; a caret points at the place.
    """
    line = _LINE.match(request.whole)
    if line is None and not is_wish(request.whole):
        return None
    from ..english import parse_rule

    try:
        rule = parse_rule(line["line"] if line else request.whole, last=_spoken_of(request))
    except AskError:
        if _asks_of_the_company(request.whole):
            return None
        named = watching_by_name(request.whole)
        if named is None:
            raise
        return named
    return watching(rule)


def watching_by_name(words: str) -> Ask | None:
    """The request to watch a company that is named and not given by its ticker; None without one.

    Raises:
        RuleNotUnderstood: What is said of it was not understood.

    Example:
        >>> watching_by_name("alert me if Acme Corp breaks above $25").tickers
        ('Acme Corp',)
    """
    from .company import NOBODY, rule_by_name

    found = rule_by_name(words)
    if found is None:
        return None
    rule, name = found
    ask = watching(rule)
    return replace(ask, tickers=(name,), said_back=ask.said_back.replace(NOBODY, name))


def _asks_of_the_company(words: str) -> bool:
    """Whether `tell me if …` asks for what no rule can wait for, such as profit."""
    asked = _WHETHER.match(words)
    return asked is not None and topic_of(words) in _OF_THE_COMPANY


def is_wish(words: str) -> bool:
    """Whether the words begin as a wish to be told of something does.

    Example:
        >>> is_wish("Let me know if CRSR drops below 20"), is_wish("Is CRSR profitable?")
        (True, False)
    """
    return _WATCH.match(words) is not None


def watching(rule: "Rule") -> Ask:
    """The request to watch a rule; equal rules make equal requests, however they were said."""
    bare = replace(rule, comment="", said_back="")
    options: dict[str, object] = {}
    if str(rule.interval) != DAILY:
        options["interval"] = str(rule.interval)
    if rule.provider:
        options["provider"] = rule.provider
    return Ask(
        verb="watch",
        tickers=(rule.ticker,),
        words=str(bare).partition(": ")[2],
        options=options,
        said_back=rule.said_back,
    )


def without_ticker(request: Request) -> "Rule | None":
    """The rule that words would be if they named a ticker; None when they are no condition, or name one.

    Raises:
        RuleNotUnderstood: They are a condition that cannot be: of wishes that contradict each other, for one.

    Example:
        >>> from .request import Request
        >>> str(without_ticker(Request.of("close crosses above 25", None)).condition)
        'close crosses above 25'
    """
    if request.whole.endswith("?"):
        return None
    from ..english import parse_rule

    try:
        return parse_rule(request.whole, _NOBODY)
    except RuleNotUnderstood as error:
        if error.stage == "meaning" and error.position is not None:
            raise _of_nobody(error) from None
        return None
    except AskError:
        return None


def _of_nobody(error: RuleNotUnderstood) -> RuleNotUnderstood:
    """The error without the name that stood for the ticker."""
    told = copy(error)
    told.message = error.message.replace(_NOBODY, "ACME")
    told.cure = error.cure.replace(_NOBODY, "ACME") if error.cure else error.cure
    return told


def ticker_missing(rule: "Rule", request: Request) -> AskError:
    """What to answer to a condition without a ticker; the example has the one spoken of before."""
    meant = replace(rule, ticker=_spoken_of(request) or "ACME", comment="", said_back="")
    return AskError(
        f"Only the ticker is missing. I read the condition as: {rule.condition}.",
        seen=str(rule.condition),
        needed="a ticker",
        cure=f"For example: watch {meant}",
    )


def _spoken_of(request: Request) -> str | None:
    """The ticker that `it` means: the one of the request before."""
    last = request.last
    return (
        last.tickers[0] if last and len(last.tickers) == 1 and is_ticker(last.tickers[0]) else None
    )
