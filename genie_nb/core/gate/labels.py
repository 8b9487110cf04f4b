"""The words of the registry in a text: each label with the fact it names.

"Its P/E 18.0 …" -> Label(fact="pe_trailing", start=4, end=7)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..ask.fact_name import name_key, names_said


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A stretch of text that names a fact.

    Attributes:
        fact: Its name in the registry.
        start: Where the words begin.
        end: One past their last character.
    """

    fact: str
    start: int
    end: int


def labels(text: str) -> Iterator[Label]:
    """Every label in the text, the longest where several begin at one place."""
    said = names_said()
    for found in _pattern().finditer(text):
        yield Label(fact=said[name_key(found[0])], start=found.start(), end=found.end())


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(names_said(), key=len, reverse=True)
    either = "|".join(r"[\s\-_]+".join(map(re.escape, name.split())) for name in longest)
    return re.compile(rf"(?<![\w$/])(?:{either})(?![\w/])", re.IGNORECASE)
