"""Comparatives in a text: a closed list, each checked against the facts.

"P/E 18.0 is higher than its sector's median" -> pe_trailing > pe_sector_median
"""

import re
from collections.abc import Mapping, Sequence

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

_GROWTHS = ("revenue_growth_yoy", "earnings_growth_yoy", "share_count_growth_yoy")
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
        if not _inside(word, taken) and not _moves(word, here, facts):
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
    """Whether the fact named before the word stands so to the one named after it."""
    before = [one for one in here if one.end <= word.start()]
    if not before:
        return False
    ours = before[-1].fact
    after = next((one for one in here if word.end() <= one.start <= word.end() + 12), None)
    sector = _ITS_SECTOR.match(text, word.end())
    theirs = _SECTOR.get(ours) if sector else after.fact if after else None
    if theirs is None:
        return False
    one, other = facts[ours], facts[theirs]
    if one.value is None or other.value is None or one.unit != other.unit:
        return False
    higher = word[0].casefold() in HIGHER
    return one.value > other.value if higher else one.value < other.value


def _moves(word: re.Match[str], here: Sequence[Label], facts: Mapping[str, Fact]) -> bool:
    """Whether the growth named in the clause has the direction of the word."""
    growths = [facts[one.fact].value for one in here if one.fact in _GROWTHS]
    if not growths:
        return False
    rising = word[0].casefold() in GROWING
    return all(value is not None and (value > 0 if rising else value < 0) for value in growths)


def _earns(word: str, facts: Mapping[str, Fact]) -> bool:
    earned = facts["eps_ttm"].value
    margin = facts["profit_margin"].value
    known = [value for value in (earned, margin) if value is not None]
    gain = word.casefold() in PROFIT
    return bool(known) and all(value > 0 if gain else value < 0 for value in known)
