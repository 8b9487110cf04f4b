"""Raw numbers: each directly after the label of its own fact, which rounds to it."""

import re
from unicodedata import numeric

from ..facts.registry import REGISTRY
from .draft import GONE, Draft
from .figures import figure_of, number_in
from .labels import Label

_BETWEEN = re.compile(
    r"(?:[\s-]+(?:ratio|score|multiple|index))?(?:\s*[:=]\s*|\s+(?:(?:currently|now)\s+)?"
    r"(?:(?:of|is|was|at|equals|(?:stands|stood|sits|runs|came in|comes in|is|was) at|(?:comes|amounts|came) to)\s+)(?:(?:currently|now)\s+)?|\s+)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"[^\s.,;:!?)'’”\"—\u2026]")


def numbers(draft: Draft) -> str:
    """Account for every number that its own label stands before; why another is refused."""
    currency = draft.report.profile.currency or "USD"
    for found in number_in(currency).finditer(draft.text):
        if GONE in draft.prose[found.start("digits") : found.end("digits")]:
            continue
        if any(
            one.start < found.end("digits") and found.start("digits") < one.end
            for one in draft.labels
        ):
            continue
        label = _label_before(draft, found.start())
        figure = figure_of(found, currency)
        fact = draft.fact(label.fact) if label else None
        if _GLUED.match(draft.text, found.end()):
            return f"something is glued to {found[0].strip()!r}"
        if label is None or fact is None or fact.value is None or figure is None:
            return f"{found[0].strip()!r} does not stand directly after the label of its fact"
        if not figure.is_of(fact.value, fact.unit):
            return f"{figure.text!r} is not {REGISTRY[fact.name].label}"
        draft.told.append(Label(fact=fact.name, start=label.start, end=found.end()))
        draft.settle(label.start, found.end())
    stray = next((letter for letter in draft.rest if numeric(letter, None) is not None), "")
    return f"{stray!r} is a number that no label stands before" if stray else ""


def _label_before(draft: Draft, place: int) -> Label | None:
    """The label that a number stands directly after."""
    before = [one for one in draft.labels if one.end <= place]
    label = max(before, key=lambda one: one.end, default=None)
    return label if label and _BETWEEN.fullmatch(draft.text, label.end, place) else None
