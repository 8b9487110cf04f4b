"""Comparatives in a text: a closed list, each checked against the facts.

"P/E 18.0 is higher than its sector's median" -> pe_trailing > pe_sector_median
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..facts.fact import Fact
from .labels import Label

HIGHER = ("higher than", "above", "over", "more than", "greater than", "larger than", "dearer than",
          "more expensive than", "exceeds", "beyond")  # fmt: skip
LOWER = ("lower than", "below", "under", "less than", "smaller than", "cheaper than", "beneath",
         "short of")  # fmt: skip
GROWING = ("grew", "grows", "growing", "grown", "rose", "rises", "rising", "risen", "increased",
           "increasing", "expanded", "climbed", "up")  # fmt: skip
SHRINKING = ("fell", "falls", "falling", "fallen", "shrank", "shrinks", "shrinking", "shrunk", "declined",
             "declining", "decreased", "decreasing", "dropped", "contracted", "down")  # fmt: skip
PROFIT = ("profitable",)
LOSS = ("unprofitable", "loss-making", "losing money")
_ELSEWHERE = ("higher", "lower", "greater", "larger", "smaller", "cheaper", "dearer", "better", "worse",
              "stronger", "weaker", "faster", "slower", "riskier", "safer", "bigger", "exceed", "exceeding",
              "outpaces", "outpaced", "outperforms", "outperformed", "underperforms", "improved", "improving",
              "worsened", "worsening", "doubled", "tripled", "halved", "doubles", "twice", "thrice", "double",
              "triple", "half", "highest", "lowest", "best", "worst", "largest", "smallest", "most expensive",
              "cheapest")  # fmt: skip

_GROWTH_OF = {
    "revenue_ttm": "revenue_growth_yoy",
    "revenue_growth_yoy": "revenue_growth_yoy",
    "eps_ttm": "earnings_growth_yoy",
    "earnings_growth_yoy": "earnings_growth_yoy",
    "shares_outstanding": "share_count_growth_yoy",
    "share_count_growth_yoy": "share_count_growth_yoy",
}
"""What grows, by the fact that is named, to the fact that says so."""
_EARNINGS = re.compile(r"(?<!\w)(?:earnings|profits?)(?!\w)", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|or)\s+(?:its\s+|the\s+)?")
_SECTOR = {"pe_trailing": "pe_sector_median", "pe_forward": "pe_sector_median"}
_ITS_SECTOR = re.compile(r"\s*(?:its|the|their)?\s*(?:sector|peers?)(?:['’]s?)?(?: median)?\b", re.IGNORECASE)  # fmt: skip


def _any(words: Sequence[str]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


_COMPARE = _any((*HIGHER, *LOWER))
_MOVE = _any((*GROWING, *SHRINKING))
_EARN = _any((*PROFIT, *LOSS))
_OTHER = _any(_ELSEWHERE)
_CLAUSE = re.compile(r"[^.;!?]+(?:\.\d+[^.;!?]*)*")


def untrue(text: str, found: Sequence[Label], facts: Mapping[str, Fact]) -> str:
    """The first comparative that the facts do not bear out, as a reason; empty when there is none.

    Args:
        text: Rendered text, in which slots have become labels with values.
        found: The labels in it.
        facts: All facts.
    """
    for clause in _CLAUSE.finditer(text):
        here = [one for one in found if clause.start() <= one.start < clause.end()]
        reason = _in_clause(text, clause.start(), clause.end(), here, facts)
        if reason:
            return reason
    return ""


def checked(text: str) -> Iterator[tuple[int, int]]:
    """Where comparatives stand that `untrue` judges, with the sector where they name it."""
    for word in _COMPARE.finditer(text):
        sector = _beside_sector(text, word.end())
        yield word.start(), sector.end() if sector else word.end()
    for pattern in (_MOVE, _EARN):
        yield from (word.span() for word in pattern.finditer(text))


def _in_clause(
    text: str, start: int, end: int, here: Sequence[Label], facts: Mapping[str, Fact]
) -> str:
    taken: list[tuple[int, int]] = [(one.start, one.end) for one in here]
    for word in _COMPARE.finditer(text, start, end):
        if _inside(word, taken):
            continue
        if not _compares(text, word, here, facts):
            return f"{word[0]!r} is not borne out by the facts"
        taken.append(word.span())
    for word in _MOVE.finditer(text, start, end):
        if not _inside(word, taken) and not _moves(text, start, word, here, facts):
            return f"{word[0]!r} is not borne out by a growth among the facts"
    for word in _EARN.finditer(text, start, end):
        if not _inside(word, taken) and not _earns(word[0], facts):
            return f"{word[0]!r} is not borne out by the facts"
        taken.append(word.span())
    for word in _OTHER.finditer(text, start, end):
        if not _inside(word, taken):
            return f"{word[0]!r} compares what the gate cannot check"
    return ""


def _inside(word: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start() and word.end() <= end for start, end in spans)


def _compares(
    text: str, word: re.Match[str], here: Sequence[Label], facts: Mapping[str, Fact]
) -> bool:
    """Whether the fact named before the word stands so to each one named after it."""
    before = [one for one in here if one.end <= word.start()]
    if not before:
        return False
    ours = before[-1]
    sector = _beside_sector(text, word.end())
    if sector and not any(word.end() <= one.start < sector.end() for one in here):
        others = [_SECTOR[ours.fact]] if ours.fact in _SECTOR else []
    else:
        others = _joined(text, word.end(), here)
    higher = word[0].casefold() in HIGHER
    return bool(others) and all(_stands(ours.fact, one, facts, higher=higher) for one in others)


def _beside_sector(text: str, place: int) -> re.Match[str] | None:
    """The words that name the sector's median where a comparative ends."""
    return _ITS_SECTOR.match(text, place)


def _joined(text: str, place: int, here: Sequence[Label]) -> list[str]:
    """The facts that a comparative is about: the one after it, and those joined to that by and."""
    after = [one for one in here if one.start >= place]
    if not after or after[0].start > place + 12:
        return []
    told = [after[0].fact]
    for one, other in pairwise(after):
        if not _AND.fullmatch(text, one.end, other.start):
            break
        told.append(other.fact)
    return told


def _stands(ours: str, theirs: str, facts: Mapping[str, Fact], *, higher: bool) -> bool:
    one, other = facts[ours], facts[theirs]
    if one.value is None or other.value is None or one.unit != other.unit:
        return False
    return one.value > other.value if higher else one.value < other.value


def _moves(
    text: str, start: int, word: re.Match[str], here: Sequence[Label], facts: Mapping[str, Fact]
) -> bool:
    """Whether what is named before the word moved so, and its growth is told in the clause."""
    before = [one for one in here if one.end <= word.start()]
    last = before[-1].end if before else start
    if _EARNINGS.search(text, last, word.start()):
        growth = "earnings_growth_yoy"
    else:
        growth = _GROWTH_OF.get(before[-1].fact, "") if before else ""
    rising = word[0].casefold() in GROWING
    value = facts[growth].value if growth else None
    if value is None or growth not in {one.fact for one in here}:
        return False
    return value > 0 if rising else value < 0


def _earns(word: str, facts: Mapping[str, Fact]) -> bool:
    earned = facts["eps_ttm"].value
    margin = facts["profit_margin"].value
    known = [value for value in (earned, margin) if value is not None]
    gain = word.casefold() in PROFIT
    return bool(known) and all(value > 0 if gain else value < 0 for value in known)
