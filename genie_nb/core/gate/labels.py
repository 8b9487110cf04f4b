"""The words of the registry in a text: each label with the fact it names.

"Its P/E 18.0 …" -> Label(fact="pe_trailing", start=4, end=7)
"""

import re
from collections.abc import Iterator, Mapping
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
    said = _said()
    for found in _pattern().finditer(text):
        yield Label(fact=said[_key(found[0])], start=found.start(), end=found.end())


_INFLECTED = {"sector's median": "pe_sector_median", "peer median": "pe_sector_median"}
"""Names of the registry as they stand within a sentence."""


@cache
def _said() -> Mapping[str, str]:
    return {_key(name): fact for name, fact in (*names_said().items(), *_INFLECTED.items())}


def _key(name: str) -> str:
    """The same for `Debt / equity` and `debt/equity`, `sector's` and `sector’s`."""
    return re.sub(r"\s*/\s*", "/", name_key(name)).replace("’", "'")


@cache
def _pattern() -> re.Pattern[str]:
    either = "|".join(_written(name) for name in sorted(_said(), key=len, reverse=True))
    return re.compile(rf"(?<![\w$/])(?:{either})(?![\w/])", re.IGNORECASE)


def _written(name: str) -> str:
    """A name with its gaps, its slashes and its apostrophes as people write them."""
    words = r"[\s\-_]+".join(map(re.escape, name.split()))
    return words.replace("/", r"\s*/\s*").replace("'", "['’]")
