"""Words that were read as tickers and may be names: written as `Ford`, and not as `FORD` or `ford`.

"alert me if Ford breaks above 12" -> watch FORD, written Ford: for the desk to look up
"""

import re
from dataclasses import replace

from ..verbs import Ask

_TITLED = re.compile(r"(?<![\w$^.])[A-Z][a-z]+(?![\w=]|[.-]\w)")


def with_titles(ask: Ask, words: str, last: Ask | None = None) -> Ask:
    """The request with those of its tickers that were written as names are.

    Args:
        ask: As it was read.
        words: What was written.
        last: The request before, whose company may be meant without being named.

    Example:
        >>> ask = Ask(verb="analyze", tickers=("FORD", "GM"))
        >>> with_titles(ask, "Compare Ford to GM").written
        ('Ford',)
    """
    named = {word.upper(): word for word in _TITLED.findall(words)}
    before = {word.upper(): word for word in last.written} if last else {}
    absent = {name: word for name, word in before.items() if name not in words.upper()}
    known = named | absent
    shouted = [name for name in ask.tickers if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)]
    written = tuple(known[name] for name in ask.tickers if name in known and name not in shouted)
    return replace(ask, written=written) if written else ask
