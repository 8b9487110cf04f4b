"""Slots: what a model writes in place of a number.

"has [[market_cap]]" -> "has market cap $850M"
"""

import re

from ..facts.fact import Fact
from ..facts.registry import REGISTRY
from ..figures import written
from ..report import Report
from .labels import Label

_SLOT = re.compile(r"\[\[\s*([A-Za-z]\w*)\s*\]\]")
_BEFORE = ("", " ", "(", "“", "‘", '"', "'", "—")
_AFTER = ("", *" ,.;:!?)'’”\"—")


def rendered(text: str, report: Report) -> tuple[str, tuple[Label, ...], str]:
    """The text with each slot as label and value, where those stand, and the first unknown slot."""
    parts: list[str] = []
    slots: list[Label] = []
    end = length = 0
    for slot in _SLOT.finditer(text):
        name = slot[1].casefold()
        if name not in report.facts:
            return "", (), slot[1]
        before, shown = text[end : slot.start()], _shown(name, report.facts[name])
        start = length + len(before)
        slots.append(Label(fact=name, start=start, end=start + len(shown)))
        parts += [before, shown]
        length = start + len(shown)
        end = slot.end()
    return "".join((*parts, text[end:])), tuple(slots), ""


def stands_alone(text: str, slot: Label) -> bool:
    """Whether nothing is set so close to a slot that it changes its number or sign."""
    return text[: slot.start][-1:] in _BEFORE and text[slot.end :][:1] in _AFTER


def _shown(name: str, fact: Fact) -> str:
    label = REGISTRY[name].label
    first = label.partition(" ")[0]
    lowered = label[0].lower() + label[1:] if first[1:].islower() and first != "Altman" else label
    return f"{lowered} {written(fact.value, fact.unit)}"
