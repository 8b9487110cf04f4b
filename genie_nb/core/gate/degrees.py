"""Words of degree beside a fact: "healthy", "low", "thin" against the verdict of the report on it."""

import re

from ..facts.fact import Fact
from .draft import Draft
from .words import phrases

_HIGH = "high|elevated|heavy|large|substantial|considerable|huge|hefty|generous|steep|fast|rapid|wide|enormous|sizeable|sizable|extreme"
_LOW = "low|small|little|minimal|thin|slim|tight|light|negligible|tiny|narrow|slow|scant|sparse|muted|subdued"
_MIDDLE = "moderate|fair|average|middling|usual|normal"
_GOOD = "healthy|strong|solid|sound|robust|comfortable|good|excellent|impressive|attractive|respectable|encouraging|favourable|favorable|great|stellar|outstanding|superb|exceptional"
_BAD = "weak|poor|worrying|concerning|disappointing|stretched|alarming|bad|troubling|dismal|anaemic|anemic|lacklustre|lackluster|dangerous|terrible|uncomfortable"
_SIGN = "positive|negative"
_JUDGED_BY = {"total_debt": "debt_to_equity"}
"""Facts whose size another one tells."""
_WORDS = phrases(rf"(?P<degree>{_HIGH}|{_LOW}|{_MIDDLE}|{_GOOD}|{_BAD}|{_SIGN})")
_SAID_HIGH = frozenset(
    ["high", "fast", "heavy", "deep", "well", "wide", "costly", "comfortable", "very"]
)
_SAID_LOW = frozenset(["low", "thin", "tight", "limited", "modest", "flat", "narrow"])
_TO_FACT = re.compile(r"(?:(?:,|\s+and)?\s+\w+)?\s+$|\s+$")
_FROM_FACT = re.compile(
    r"\s*(?:[,(—:]\s*)?(?:which |that |it )?(?:is|are|was|were|looks?|remains?|seems?|appears?)?\s*(?:a |an |the )?(?:\w+ly |quite |very |rather |fairly |so )?$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:\bnot|\bno|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)


def degrees(draft: Draft) -> str:
    """Why a word of degree contradicts the report's verdict on the fact it stands beside."""
    for found in _WORDS.finditer(draft.rest):
        fact = _beside(draft, found)
        if fact is None:
            continue
        fact = draft.fact(_JUDGED_BY.get(fact.name, fact.name))
        fits = _fits(found["degree"].casefold(), fact)
        if _DENIED.search(draft.prose[: found.start()]):
            fits = None if fits is None else not fits
        if fits is False:
            return f"{found[0]!r} is not what the report says of {draft.fact(fact.name).name}"
    return ""


def _beside(draft: Draft, word: re.Match[str]) -> Fact | None:
    """The fact that the word stands directly before, or is said of."""
    for one in draft.found:
        if word.end() <= one.start and re.fullmatch(
            r"\s+(?:and\s+\w+\s+)?", draft.prose[word.end() : one.start]
        ):
            return draft.fact(one.fact)
        if one.end <= word.start() and _FROM_FACT.fullmatch(draft.prose, one.end, word.start()):
            return draft.fact(one.fact)
    return None


def _fits(word: str, fact: Fact) -> bool | None:
    """Whether the verdict agrees; None when the report has none to compare with."""
    if fact.value is None:
        return False
    if word in _SIGN.split("|"):
        return (fact.value > 0) == (word == "positive")
    if fact.verdict is None:
        return None
    if word in _GOOD.split("|"):
        return fact.tone not in ("warn", "bad")
    return fact.tone != "good" if word in _BAD.split("|") else _fits_size(word, fact.verdict)


def _fits_size(word: str, verdict: str) -> bool | None:
    said = set(re.findall(r"\w+", verdict.casefold()))
    if word in said:
        return True
    if not said & (_SAID_HIGH | _SAID_LOW):
        return None if word in _MIDDLE.split("|") else False
    if word in _MIDDLE.split("|"):
        return False
    return bool(said & _SAID_LOW) == (word in _LOW.split("|"))
