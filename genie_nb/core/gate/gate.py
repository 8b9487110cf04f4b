"""Whether text from a language model may be shown.

    text + report -> slots rendered -> what the facts bear out is accounted for -> the rest, refused by class

Any plain English passes. A number must stand directly after the label of its own fact, which rounds to it.
Claims and comparatives that can be checked must be true; dates, names of others, advice, predictions,
happenings and comparatives that cannot be checked are refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import category

from ..report import Report
from .advice import ADVICE, DISCLAIMERS, NO_ADVICE, PERSONS, PREDICTIONS
from .beside import beside
from .claims import claims
from .comparisons import comparisons, uncheckable
from .counting import HARMLESS, ROMAN, WRITTEN_OUT
from .dates import SPANS, dated
from .degrees import degrees
from .draft import Draft
from .events import EVENTS
from .labels import labels
from .moves import moves
from .names import named
from .numbers import numbers
from .own import own_name, own_words
from .slots import rendered, stands_alone

LONGEST = 2_000
"""Characters of a summary."""

_ADDRESS = re.compile(r"https?:|www\.|://|\w@\w|\]\(|<[^>]*>|[`{}\\]|!\[|&#?\w+;|\w\.(?:com|org|net|io|example|xyz|co)(?!\w)", re.IGNORECASE)  # fmt: skip
_BORNE_OUT: tuple[Callable[[Draft], str], ...] = (numbers, own_words, comparisons, claims, moves, degrees, beside)  # fmt: skip
"""Each accounts for what the facts bear out, and says why something is not."""

_REFUSED = (
    (WRITTEN_OUT, "is a number in words"),
    (ROMAN, "is a number in Roman numerals"),
    (PREDICTIONS, "is a prediction"),
    (PERSONS, "speaks to or for somebody"),
    (EVENTS, "is nothing the report has a fact for"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Text that passed, with its slots rendered."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Text that did not pass.

    Attributes:
        reason: Why, as a clause that may be told to the model and to the reader.
    """

    reason: str


def admit(text: str, report: Report) -> Admitted | Refused:
    """Let text pass that says nothing but facts of the report.

    Args:
        text: As a language model wrote it.
        report: Whose facts it may tell.

    Returns:
        The text with its slots rendered, or the reason it is refused.
    """
    plain = " ".join(text.split())
    reason = _unfit(plain)
    if reason:
        return Refused(reason=reason)
    shown, slots, unknown = rendered(plain, report)
    if unknown:
        return Refused(reason=f"there is no fact called {unknown!r}")
    if not all(stands_alone(shown, one) for one in slots):
        return Refused(reason="something is glued to a slot")
    outside = (one for one in labels(shown) if not any(s.start <= one.start < s.end for s in slots))
    draft = Draft(text=shown, prose=shown, report=report, slots=slots, labels=tuple(outside), told=list(slots))  # fmt: skip
    for slot in slots:
        draft.settle(slot.start, slot.end)
    for idle in (own_name(report), DISCLAIMERS, SPANS, HARMLESS):
        draft.settle_all(idle)
    reason = _untrue(draft) or _forbidden(draft)
    return Refused(reason=reason) if reason else Admitted(text=shown)


def _unfit(text: str) -> str:
    """Why text is refused whatever the facts are."""
    if not text:
        return "it is empty"
    if len(text) > LONGEST:
        return f"it is longer than {LONGEST:,} characters"
    if any(category(letter) in ("Cc", "Cf", "Co", "Cs", "Cn") for letter in text):
        return "it holds characters that cannot be seen"
    address = _ADDRESS.search(text)
    return f"it holds {address[0]!r}, which is no plain text" if address else ""


def _untrue(draft: Draft) -> str:
    """Why something that the facts can be asked about is not so."""
    for judge in _BORNE_OUT:
        reason = judge(draft)
        if reason:
            return reason
    return "" if draft.told else "it tells no fact"


def _forbidden(draft: Draft) -> str:
    """What is left that no summary may hold."""
    draft.settle_all(NO_ADVICE)
    advice = ADVICE.search(draft.prose)
    if advice:
        return f"{advice[0]!r} is advice"
    for pattern, why in _REFUSED:
        found = pattern.search(draft.rest)
        if found:
            return f"{found[0]!r} {why}"
    date = dated(draft.rest)
    return f"{date!r} is a date" if date else uncheckable(draft) or named(draft)
