"""The words of the registry in a text: each label with the fact it names.

"Its P/E 18.0 …" -> Label(fact="pe_trailing", start=4, end=7)
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..facts.registry import REGISTRY


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
    words, pattern = _vocabulary()
    for found in pattern.finditer(text):
        yield Label(fact=words[_key(found[0])], start=found.start(), end=found.end())


@cache
def _vocabulary() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """What each label names, and a pattern of them all; a fact's own label wins over a nickname."""
    names: dict[str, str] = {}
    for name, spec in reversed(tuple(REGISTRY.items())):
        names |= {_key(word): name for word in spec.words}
    for name, spec in REGISTRY.items():
        names |= {_key(spec.label): name, _key(name): name}
    longest = sorted(names, key=len, reverse=True)
    either = "|".join(r"[\s\-_]+".join(map(re.escape, name.split())) for name in longest)
    return names, re.compile(rf"(?<![\w$/]){'(?:'}{either})(?![\w/])", re.IGNORECASE)


def _key(words: str) -> str:
    return " ".join(re.split(r"[\s\-_]+", words.casefold())).strip()
