"""Ours or theirs: a figure reckoned from statements beside the one the provider quotes.

Statements decide while they are not older than the newest quarter the provider knows of; otherwise
the provider's own figure does. Where both exist and differ by more than 5 %, both are shown.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from .fact import Alternative, Unit
from .outcome import Outcome, meaningless
from .statements import NEAR
from .workings import Workings, apart, beside


def settled(
    workings: Workings,
    name: str,
    ours: Outcome,
    *,
    unit: Unit | None = None,
    sense: Callable[[float], str | None] = lambda _: None,
) -> Outcome:
    """The figure that is shown, with the other one beside it where they disagree.

    Args:
        workings: Of the subject.
        name: The fact.
        ours: What statements say.
        unit: The currency of the provider's own figure, where it is money.
        sense: Why a value has no meaning, such as a P/E that is not positive; None where it has one.
    """
    own = workings.own(name)
    if own is not None and (nonsense := sense(own)):
        theirs = meaningless(nonsense, inputs=workings.quoted(name, own, unit).inputs)
    elif own is not None:
        theirs = workings.quoted(name, own, unit)
    else:
        theirs = None
    if theirs is None or (_knows(ours) and not older(workings, ours.as_of)):
        return _with_other(ours, workings.own_source, theirs)
    if theirs.value is None and ours.value is None and ours.meaningless:
        return ours
    return _with_other(theirs, "statements", ours)


def quoted(workings: Workings, name: str, *topics: str, unit: Unit | None = None) -> Outcome:
    """A figure that only a provider can have."""
    own = workings.own(name)
    if own is not None:
        return workings.quoted(name, own, unit)
    company = workings.subject.fundamentals
    who = company.source if company else "the provider"
    return workings.without(name, *topics, *EVERYTHING, otherwise=f"{who} does not give it")


EVERYTHING = ("fundamentals", "quote", "snapshot", "info")
"""What providers call all of a company's own figures together."""


def _knows(outcome: Outcome) -> bool:
    return outcome.value is not None or outcome.meaningless


def older(workings: Workings, end: date | datetime | None) -> bool:
    """Whether a period ended before the newest quarter the provider's own figures are based on."""
    company = workings.subject.fundamentals
    newest = company.most_recent_quarter if company else None
    if newest is None or end is None:
        return False
    day = end.date() if isinstance(end, datetime) else end
    return (newest - day).days > NEAR


def _with_other(shown: Outcome, source: str, other: Outcome | None) -> Outcome:
    if other is None or other.value is None or shown.unit != other.unit:
        return shown
    if shown.value is not None and not apart(shown.value, other.value):
        return shown
    found = Alternative(source=source, value=other.value)
    kept = beside(shown.value, *shown.alternatives) if shown.value is not None else ()
    return replace(shown, alternatives=(*kept, found))
