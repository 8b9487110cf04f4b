"""Signals, checks, risks and opportunities as marked sentences."""

from collections.abc import Sequence

from ...core.findings.finding import Check, Opportunity, Risk, Signal
from ..document import Block, Findings, Item, Note, Notes
from ..spoken import spoken, titled

LARGEST = 4
"""Risks that a page shows until asked for the others."""


def signals(found: Sequence[Signal]) -> tuple[Block, ...]:
    """Active signals as findings, newest first; the others folded, with what cannot be told."""
    if not found:
        return ()
    active = sorted((s for s in found if s.active), key=lambda s: s.bars_ago or 0)
    quiet = [spoken(s.name) for s in found if s.active is False]
    untold = tuple(Note(lead=titled(s.name), text=s.text) for s in found if s.active is None)
    return (
        Findings(
            title="Signals",
            items=tuple(Item(text=signal.text, mark="on") for signal in active),
            empty="No signal is active.",
            rest=_rest(quiet, untold),
        ),
    )


def _rest(quiet: Sequence[str], untold: tuple[Note, ...]) -> Notes | None:
    count = len(quiet) + len(untold)
    if not count:
        return None
    absent = (Note(lead="Looked for and not there", text=", ".join(quiet)),) if quiet else ()
    title = "1 other signal" if count == 1 else f"{count} other signals"
    return Notes(title=title, notes=(*absent, *untold), fold=True)


def checks(found: Sequence[Check]) -> Findings:
    """The quality checks with their marks."""
    return Findings(
        title="Checks",
        items=tuple(
            Item(label=titled(check.name), text=check.text, mark=check.status) for check in found
        ),
        empty="No check could be made.",
    )


def risks(found: Sequence[Risk]) -> Findings:
    """The risks by severity, worst first, the unknown ones last."""
    ranked = sorted(found, key=lambda risk: (risk.severity is None, -(risk.severity or 0.0)))
    return Findings(
        title="Risks, largest first",
        items=tuple(
            Item(label=titled(risk.name), text=risk.text, mark="unknown", severity=risk.severity)
            for risk in ranked
        ),
        empty="No risk could be judged.",
        first=LARGEST,
        others="Smaller and unknown risks",
    )


def opportunities(found: Sequence[Opportunity]) -> tuple[Block, ...]:
    """What speaks for a closer look; nothing where nothing does."""
    if not found:
        return ()
    items = tuple(Item(label=titled(item.name), text=item.text, mark="on") for item in found)
    return (Findings(title="Worth a closer look", items=items),)
