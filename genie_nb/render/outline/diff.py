"""What changed, the most telling first."""

from ...core.changes.diff import Change, Diff
from ...core.figures import written
from ..document import GLYPHS, MEANINGS, Block, Document, Grid, Masthead, Note, Notes, Prose
from ..spoken import titled
from . import origin
from .facts import SIGNED, label_of

MOST = 12
"""Changes in the first table; the others are folded."""


def of_diff(diff: Diff) -> Document:
    """The span, the summary, every change with its cause, and what could not be compared."""
    return Document(
        kind="comparison",
        masthead=Masthead(
            name=f"What changed with {diff.ticker}",
            pills=("fictional",) if diff.fictional else (),
            lines=(f"from {diff.since:%Y-%m-%d %H:%M} to {diff.as_of:%Y-%m-%d %H:%M} UTC",),
        ),
        blocks=(
            Prose(paragraphs=(*diff.notes, diff.summary)),
            *_table("Changes", diff.changes[:MOST]),
            *_table("Smaller changes", diff.changes[MOST:], fold=True),
            *_causes(diff.changes),
            *origin.missing(diff.missing),
            _about(diff),
            origin.foot(diff.timing),
        ),
    )


def _about(diff: Diff) -> Notes:
    told = (
        ("Source", diff.provider),
        ("Any number", f"genie why FACT {diff.ticker} shows how it was made."),
    )
    notes = tuple(Note(lead=lead, text=text) for lead, text in told)
    return Notes(title=origin.TITLE, notes=notes, fold=True, gist=diff.provider)


def _table(title: str, changes: tuple[Change, ...], *, fold: bool = False) -> tuple[Block, ...]:
    if not changes:
        return ()
    rows = tuple((_label(one), _cell(one, one.before), _cell(one, one.after)) for one in changes)
    hints = tuple(one.cause for one in changes)
    return (
        Grid(title=title, columns=("What", "Before", "Now"), rows=rows, hints=hints, fold=fold),
    )


def _causes(changes: tuple[Change, ...]) -> tuple[Block, ...]:
    """Each cause once, with all that has it."""
    whose: dict[str, list[str]] = {}
    for one in changes:
        whose.setdefault(one.cause, []).append(_label(one))
    notes = tuple(Note(lead="; ".join(names), text=cause) for cause, names in whose.items())
    return (Notes(title="Because", notes=notes, fold=True),) if notes else ()


def _label(change: Change) -> str:
    if change.kind == "fact":
        return label_of(change.name)
    return f"{change.kind.capitalize()}: {titled(change.name)}"


def _cell(change: Change, value: object) -> str:
    if value is None:
        return "–"
    if change.kind == "signal":
        return "active" if value else "not active"
    if change.kind == "check":
        return f"{GLYPHS[str(value)]} {MEANINGS[str(value)]}"
    signed = change.kind == "fact" and change.name in SIGNED
    return written(float(str(value)), change.unit or "ratio", signed=signed)
