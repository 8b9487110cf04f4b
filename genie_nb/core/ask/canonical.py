"""A request in its canonical form: the same Ask, whichever face it came through and however it was said."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from ..errors import AskError
from ..ticker import is_ticker
from ..verbs import VERBS, Ask
from .position import sized
from .rule_words import with_rule

_THE_MARKET = re.compile(
    r"^(?:(?:the|my|all|whole) )*(?:(?:market|universe|stocks|everything)\s+)?for\s+", re.IGNORECASE
)
_AMONG = re.compile(
    r"\s+(?:on|in|over|among|across)\s+(?P<names>\$?[A-Z][A-Z.\-]*(?:(?:,|\s|\band\b)+\$?[A-Z][A-Z.\-]*)+)$"
)
_EVERY = re.compile(r"(?:all|every|each|my|our|the|some) ")
_TIMED = re.compile(r"^\S+ (?:\d+(?:\.\d+)?[a-z]+|off)$", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\bas (?:of|at) (?=\d|yesterday|last|the (?:end|close|start))"
    r"|\b(?:with|using|via|through|from|by) (?:the )?(?:provider\b|(?:yahoo|demo|files)(?: finance| market| data| provider)?\b)",
    re.IGNORECASE,
)


def canonical(ask: Ask, *, written: str = "") -> Ask:
    """The request in its canonical form.

    Args:
        ask: As its words were split.
        written: The ticker as the user wrote it.

    Raises:
        RuleNotUnderstood: A caret points at what could not be read of a rule.
        AskError: The words hold something else than the verb takes.

    Example:
        >>> canonical(Ask(verb="watch", tickers=("CRSR",), words="breaks above $25")).words
        'close crosses above 25'
    """
    if VERBS[ask.verb].takes == "rule" and ask.tickers and ask.words:
        return with_rule(ask, written)
    return _FORMS[ask.verb](ask) if ask.verb in _FORMS else ask


def _scan(ask: Ask) -> Ask:
    return _over(replace(ask, words=_THE_MARKET.sub("", ask.words).rstrip(".?! ")))


def _over(ask: Ask) -> Ask:
    """The search with the tickers behind it as its universe: `breakout on CRSR, DOCN and ACME`."""
    match = _AMONG.search(ask.words)
    if match is None or "universe" in ask.options:
        return ask
    names = re.findall(r"[^\s,]+", re.sub(r"\band\b|\$", " ", match["names"]))
    options = {**ask.options, "universe": ",".join(names)}
    return replace(ask, words=ask.words[: match.start()], options=options)


def _snooze(ask: Ask) -> Ask:
    if _TIMED.search(ask.words):
        return ask
    said = ask.words.split() or ["ACME"]
    which = next((word for word in said if is_ticker(word) or word[0].isdigit()), said[0])
    raise AskError(
        f"{ask.words!r} does not say for how long.",
        seen=ask.words,
        needed="a rule and a time such as 2d, 3h, 30m or off",
        cure=f"For example: snooze {which} 2d",
    )


def _setup(ask: Ask) -> Ask:
    if not _EVERY.match(ask.tickers[0]):
        return ask
    raise AskError(
        f"{ask.tickers[0]!r} is not one company.",
        seen=ask.tickers[0],
        needed="a ticker",
        cure="Set up one at a time, for example: setup ACME",
    )


def _analyze(ask: Ask) -> Ask:
    return sized(_compare(ask))


def _compare(ask: Ask) -> Ask:
    refuse_options(" ".join((*ask.tickers, ask.words)))
    return ask


def refuse_options(words: str) -> None:
    """Refuse what is an option and was said as words: a time, or a source of data.

    Raises:
        AskError: There is one; says how it is written.
    """
    said = _ELSEWHERE.search(words)
    if said:
        raise AskError(
            f"{words[said.start() :]!r} is no question: when and from whom are options.",
            seen=words[said.start() :],
            needed="--as-of TIME or --provider NAME",
            cure="For example: analyze ACME --as-of 2025-12-01 --provider yahoo",
        )


_FORMS: Mapping[str, Callable[[Ask], Ask]] = {
    "scan": _scan,
    "snooze": _snooze,
    "setup": _setup,
    "analyze": _analyze,
    "compare": _compare,
}
