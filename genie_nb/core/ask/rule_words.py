"""The rule of a request to watch or preview, put into canonical text.

watch CRSR, "breaks above $25 with volume" -> watch CRSR, "close crosses above 25 and rvol(20) > 1.5"

Whichever face a wish came through and however it was said, it is the same Ask.
"""

import re
from dataclasses import replace

from ..errors import AskError
from ..ticker import is_ticker
from ..verbs import VERBS, Ask
from .position import sized

_REST_OF_A_LINE = re.compile(r"\d+\w+(\s+@\S+)?\s*:(?=\s|$)")
_THE_MARKET = re.compile(
    r"^(?:(?:the|my|all|whole) )*(?:(?:market|universe|stocks|everything)\s+)?for\s+", re.IGNORECASE
)
_AMONG = re.compile(
    r"\s+(?:on|in|over|among|across)\s+(?P<names>\$?[A-Z][A-Z.\-]*(?:(?:,|\s|\band\b)+\$?[A-Z][A-Z.\-]*)+)$"
)
_EVERY = re.compile(r"(?:all|every|each|my|our|the|some) ")
_TIMED = re.compile(r"^\S+ (?:\d+(?:\.\d+)?[a-z]+|off)$", re.IGNORECASE)
_NOBODY = "NOBODY"
"""Stands for a company's name, which no rule can hold before it is looked up."""
_NOT_A_NAME = frozenset({
    "a", "all", "an", "any", "anything", "every", "everything", "for", "if", "me", "my", "of", "on",
    "once", "our", "out", "over", "the", "their", "to", "until", "us", "when", "whenever", "whether",
    "your",
})  # fmt: skip
"""Words after `watch` that are tickers only in capitals."""


def _over(ask: Ask) -> Ask:
    """The search with the tickers behind it as its universe: `breakout on CRSR, DOCN and ACME`."""
    match = _AMONG.search(ask.words)
    if match is None or "universe" in ask.options:
        return ask
    names = re.findall(r"[^\s,]+", re.sub(r"\band\b|\$", " ", match["names"]))
    options = {**ask.options, "universe": ",".join(names)}
    return replace(ask, words=ask.words[: match.start()], options=options)


_ELSEWHERE = re.compile(
    r"\bas (?:of|at) (?=\d|yesterday|last|the (?:end|close|start))"
    r"|\b(?:with|using|via|through|from|by) (?:the )?(?:provider\b|(?:yahoo|demo|files)(?: finance| market| data| provider)?\b)",
    re.IGNORECASE,
)


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


def canonical(ask: Ask, *, written: str = "") -> Ask:
    """The request with its rule in canonical text; any other request as it is.

    Args:
        ask: Whose words may be a rule.
        written: The ticker as the user wrote it.

    Raises:
        RuleNotUnderstood: A caret points at what could not be read.
        AskError: A word that is no name stands where the ticker belongs.

    Example:
        >>> canonical(Ask(verb="watch", tickers=("CRSR",), words="breaks above $25")).words
        'close crosses above 25'
    """
    if ask.verb == "scan":
        return _over(replace(ask, words=_THE_MARKET.sub("", ask.words).rstrip(".?! ")))
    if ask.verb == "snooze" and not _TIMED.search(ask.words):
        raise AskError(
            f"{ask.words!r} does not say for how long.",
            seen=ask.words,
            needed="a rule and a time such as 2d, 3h, 30m or off",
            cure=f"For example: snooze {(ask.words.split() or ['ACME'])[0]} 2d",
        )
    if ask.verb == "setup" and _EVERY.match(ask.tickers[0]):
        raise AskError(
            f"{ask.tickers[0]!r} is not one company.",
            seen=ask.tickers[0],
            needed="a ticker",
            cure="Set up one at a time, for example: setup ACME",
        )
    if ask.verb in ("analyze", "compare"):
        refuse_options(" ".join((*ask.tickers, ask.words)))
    if ask.verb == "analyze":
        return sized(ask)
    if VERBS[ask.verb].takes != "rule" or not ask.tickers or not ask.words:
        return ask
    if written.strip(".,;:") in _NOT_A_NAME:
        raise AskError(
            f"{written!r} is not a ticker.",
            seen=written,
            needed="a ticker",
            cure=f"For example: {VERBS[ask.verb].examples[0]}",
        )
    from ..english import parse_rule

    name = ask.tickers[0]
    ticker = name if is_ticker(name) else _NOBODY
    line = f"{ticker} {ask.words}" if _REST_OF_A_LINE.match(ask.words) else ask.words
    given = ask.options.get("interval")
    rule = parse_rule(line, ticker, interval=None if given is None else str(given))
    if rule.provider and ask.options.get("provider", rule.provider) != rule.provider:
        return ask
    options = dict(ask.options)
    if given is None and str(rule.interval) != "1d":
        options["interval"] = str(rule.interval)
    if rule.provider:
        options["provider"] = rule.provider
    said_back = rule.said_back.replace(_NOBODY, name)
    return replace(
        ask,
        words=str(replace(rule, provider=None, said_back="")).partition(": ")[2],
        options=options,
        said_back=" ".join(part for part in (ask.said_back, said_back) if part),
    )
