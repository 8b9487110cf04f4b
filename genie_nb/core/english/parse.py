"""A rule from what somebody wrote: the rule language first, then plain words.

"CRSR breaks above $25 with volume" -> CRSR 1d: close crosses above 25 and rvol(20) > 1.5
"""

import re
from dataclasses import replace

from .. import grammar
from ..errors import RuleNotUnderstood
from ..market import Interval
from ..rule import Rule
from .rewrite import LONGEST, Rewritten, rewrite

_HEADER = re.compile(
    r"\s*(?P<ticker>\S+)\s+(?P<interval>\d+[a-z]+)(?:\s+@(?P<provider>\S+?))?\s*:(?=\s)"
)
_SIGNS = re.compile(r"[<>=*/\[\]]|\w\(")
"""What plain words seldom have, so that the rule language's own errors say more."""


def parse_rule(
    text: str,
    ticker: str | None = None,
    *,
    interval: str | Interval | None = None,
    provider: str | None = None,
    default_provider: str | None = None,
    last: str | None = None,
) -> Rule:
    """Read a rule: a line of the watchlist, a condition, or plain words.

    Args:
        text: "close crosses above 25", "CRSR 1d: close > 25 once", "breaks above $25 with volume".
        ticker: Whose bars it reads, unless the text says so.
        interval: The length of those bars; daily unless given or said.
        provider: Whose bars they are; None for the configured one.
        default_provider: The configured provider's name, which is not written in rules.
        last: The ticker that "it" means in plain words that name none.

    Returns:
        The rule. Where plain words were read, its `said_back` says how.

    Raises:
        RuleNotUnderstood: A caret points at what could not be read, or at what is missing.
        AskError: The text names another ticker or interval than the arguments.

    Example:
        >>> rule = parse_rule("breaks above $25 with volume", ticker="CRSR")
        >>> str(rule)
        'CRSR 1d: close crosses above 25 and rvol(20) > 1.5'
        >>> rule.said_back
        'I read this as: CRSR 1d: close crosses above 25 and rvol(20) > 1.5 ("with volume" means rvol(20) > 1.5).'
    """
    given = {"interval": interval, "provider": provider, "default_provider": default_provider}
    try:
        return grammar.parse_rule(text, ticker, **given)
    except RuleNotUnderstood as error:
        if error.stage == "options":
            raise
        try:
            return _from_words(text, ticker, last=last, **given)
        except RuleNotUnderstood as plain:
            signs = ticker is not None or bool(_HEADER.match(text))
            raise (telling(text, error, plain) if signs else plain) from None


def _from_words(
    text: str,
    ticker: str | None,
    *,
    interval: str | Interval | None,
    provider: str | None,
    default_provider: str | None,
    last: str | None,
) -> Rule:
    header = _HEADER.match(text[:LONGEST])
    named = header.groupdict() if header else {}
    words = " " * header.end() + text[header.end() :] if header else text
    symbol = (ticker or named.get("ticker") or "").upper() or None
    length = interval or named.get("interval")
    read = rewrite(words, ticker=symbol, interval=str(length) if length else None, last=last)
    if read.ticker is None:
        raise RuleNotUnderstood(
            f"This names no ticker:\n    {text.strip()}",
            seen=text.strip(),
            needed="a ticker",
            cure=f"Say whose price is meant, for example: CRSR {text.strip()}",
        )
    line = f"{read.ticker} {read.interval}: {read.condition} {read.options}".strip()
    source = provider or named.get("provider")
    rule = grammar.parse_rule(line, provider=source, default_provider=default_provider)
    return replace(rule, said_back=said_back(rule, read))


def said_back(rule: Rule, read: Rewritten) -> str:
    """The reading as a sentence, with what was filled in."""
    defaults = f" ({'; '.join(read.defaults)})" if read.defaults else ""
    return f"I read this as: {rule}{defaults}."


def telling(text: str, canonical: RuleNotUnderstood, plain: RuleNotUnderstood) -> RuleNotUnderstood:
    """Of the refusals by the rule language and as plain words, the one that says more to the writer.

    Args:
        text: What both refused.
        canonical: Why it is not of the rule language.
        plain: Why it is not plain words.
    """
    if _SIGNS.search(text) and not _says_more(plain, canonical):
        return canonical
    return plain


def _says_more(plain: RuleNotUnderstood, canonical: RuleNotUnderstood) -> bool:
    """Whether the reading as plain words came further than the one by the rule language."""
    if "meaning" in (plain.stage, canonical.stage):
        return plain.stage == "meaning"
    if plain.position is None or canonical.position is None:
        return False
    return plain.position > canonical.position
