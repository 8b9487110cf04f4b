"""A company by its name in a wish to be told; which ticker it has is looked up later.

"alert me if Acme Corp breaks above $25" -> watch "Acme Corp", with the rule that the rest means
"""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

from ..english import parse_rule
from ..english.names import NO_NAMES
from ..english.rewrite import vocabulary
from ..errors import AskError, RuleNotUnderstood
from ..rule import Rule
from ..ticker import is_legal_form, is_ticker

NOBODY = "NOBODY"
"""Stands for the company in its rule, until its ticker is known."""
_WATCHED = re.compile(
    r"^(?:watch|monitor|track|follow|keep an eye on|preview)(?: out for)?\s+", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:if|when|once|whenever|as soon as|(?:the|any) (?:moment|time)|every time|that|for|on|of|in|at|flag"
    r"|watch|monitor|track|keep an eye on)\s+(?:(?-i:the)\s+)?(?=[\w&])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w&][\w&.\-]*(?P<its>'s\b)?")
_JOINING = frozenset({"of", "&", "the"})
_WORDS = 5
"""The most that a name has."""
_LONGEST = 500
"""Characters of a wish in which a name is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A company's name, where it stands in a sentence."""

    name: str
    start: int
    end: int
    possessive: bool

    def masked(self, sentence: str) -> str:
        """The sentence with a pronoun of the same length in its place."""
        pronoun = "its" if self.possessive else "it"
        return (
            sentence[: self.start]
            + pronoun.ljust(self.end - self.start)[: self.end - self.start]
            + sentence[self.end :]
        )


def rule_by_name(words: str) -> tuple[Rule, str] | None:
    """The rule of a wish that names a company, and that name; None where no name can be seen.

    A name has a capital letter, ends in a legal form such as `corp`, or comes right after `watch`. Of
    several that it could be the shortest is meant that leaves a rule behind.

    Raises:
        RuleNotUnderstood: It names a company for certain, and what is said of it was not understood.

    Example:
        >>> rule, name = rule_by_name("alert me if Acme Corp breaks above $25")
        >>> str(rule.condition), name
        ('close crosses above 25', 'Acme Corp')
    """
    refused: RuleNotUnderstood | None = None
    for named in _names(words) if len(words) <= _LONGEST else ():
        masked = named.masked(words)
        try:
            rule = parse_rule(masked, NOBODY)
        except RuleNotUnderstood as error:
            told = _unmasked(error, masked, words, named.name)
            further = refused is None or (told.position or 0) > (refused.position or 0)
            refused = told if further and (told.position or 0) >= named.end else refused
        except AskError:
            continue
        else:
            return rule, named.name
    if refused is not None:
        raise refused
    return None


def _unmasked(error: RuleNotUnderstood, masked: str, words: str, name: str) -> RuleNotUnderstood:
    """The same error, of the sentence as it was written."""
    told = copy(error)
    told.message = error.message.replace(masked, words).replace(NOBODY, name)
    told.cure = error.cure.replace(NOBODY, name) if error.cure else error.cure
    return told


def _names(words: str) -> Iterator[Named]:
    """What could be the name of a company: at each place the shorter ones first."""
    watched = _WATCHED.match(words)
    starts = [watched.end()] if watched else []
    starts += [place.end() for place in _PLACE.finditer(words)]
    for start in dict.fromkeys(starts):
        found: list[re.Match[str]] = []
        while len(found) < _WORDS:
            word = _WORD.match(words, found[-1].end() + 1 if found else start)
            if word is None:
                break
            found.append(word)
            said = [one.group().removesuffix(one["its"] or "") for one in found]
            first = watched is not None and start == watched.end()
            if _reads_on(words[word.end() :]) and _is_name(said, surely=first):
                ends = found[-1].end() - len(said[-1]) + len(said[-1].rstrip("."))
                yield Named(
                    name=" ".join(said).rstrip("."),
                    start=start,
                    end=ends,
                    possessive=word["its"] is not None,
                )
            if word["its"] or _ends(word.group()):
                break


def _reads_on(rest: str) -> bool:
    """Whether what follows begins with a word that rules are made of, or with none at all."""
    following = re.match(r"\s*([a-z]+)", rest, re.IGNORECASE)
    return following is None or following[1].casefold() in vocabulary()


def _ends(word: str) -> bool:
    """Whether no name goes on after this word: a sentence ends."""
    return word.endswith(".")


def _is_name(said: list[str], *, surely: bool) -> bool:
    """Whether the words are written as the name of a company, and are none that rules are made of."""
    plain = [word.casefold().rstrip(".") for word in said]
    known = vocabulary()
    strange = [word for word in plain if word not in known and word not in NO_NAMES]
    first = plain[1] if plain[0] == "the" and len(plain) > 1 else plain[0]
    titled = said[0].istitle() and strange and not _JOINING & set(plain[1:])
    if not (first in strange or titled) or plain[-1] in _JOINING or not first[0].isalpha():
        return False
    if sum(is_ticker(word) for word in said) > (len(said) > 1):
        return False
    capitals = all(word[0].isupper() or word in _JOINING for word in said) and said[0][0].isupper()
    legal = len(said) > 1 and is_legal_form(said[-1]) and plain[0] in strange
    return capitals or legal or (surely and len(strange) == len(said))
