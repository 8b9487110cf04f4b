"""The rule of a request to watch or preview, put into canonical text.

watch CRSR, "breaks above $25 with volume" -> watch CRSR, "close crosses above 25 and rvol(20) > 1.5"
"""

import re
from dataclasses import replace

from ..errors import AskError
from ..ticker import is_ticker
from ..verbs import VERBS, Ask

_REST_OF_A_LINE = re.compile(r"\d+\w+(\s+@\S+)?\s*:(?=\s|$)")
_NOBODY = "NOBODY"
"""Stands for a company's name, which no rule can hold before it is looked up."""
_NOT_A_NAME = frozenset({
    "a", "all", "an", "any", "anything", "every", "everything", "for", "if", "me", "my", "of", "on",
    "once", "our", "out", "over", "the", "their", "to", "until", "us", "when", "whenever", "whether",
    "your",
})  # fmt: skip
"""Words after `watch` that are tickers only in capitals."""


def with_rule(ask: Ask, written: str) -> Ask:
    """The request with its rule in canonical text.

    Args:
        ask: With a ticker, and words that are a rule.
        written: The ticker as the user wrote it.

    Raises:
        RuleNotUnderstood: A caret points at what could not be read.
        AskError: A word that is no name stands where the ticker belongs.
    """
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
