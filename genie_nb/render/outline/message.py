"""Errors, and answers that have no page of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...core.errors import GenieError
from ..document import Block, Document, Grid, Masthead, Note, Notes, Prose
from .facts import label_of

_ENVELOPE = frozenset(("schema", "timing", "disclaimer"))
_STATES = {"ok": "✓ ok", "warn": "! warn", "fail": "✗ fail", "unknown": "? unknown"}


def of_error(error: GenieError) -> Document:
    """What was seen, what was needed, what to do."""
    told = (
        ("Seen", None if error.seen is None else str(error.seen)),
        ("Needed", error.needed),
        ("What to do", error.cure),
    )
    notes = tuple(Note(lead=lead, text=text) for lead, text in told if text)
    return Document(
        kind="error",
        masthead=Masthead(name=error.message, lines=(type(error).__name__,)),
        blocks=(Notes(title="Details", notes=notes),) if notes else (),
    )


def of_notice(
    title: str,
    *,
    lines: Sequence[str] = (),
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[object]] = (),
) -> Document:
    """A title, some sentences and a table, for answers that need no more."""
    blocks: list[Block] = []
    if lines:
        blocks.append(Prose(paragraphs=tuple(lines)))
    if columns:
        cells = tuple(tuple(_cell(cell) for cell in row) for row in rows)
        blocks.append(Grid(title="", columns=tuple(columns), rows=cells, numeric=False))
    return Document(masthead=Masthead(name=title), blocks=tuple(blocks))


def of_mapping(answer: Mapping[str, Any]) -> Document:
    """Any answer by its JSON: plain members as remarks, lists of objects as tables."""
    verb = str(answer.get("schema", "genie-answer/1")).removeprefix("genie-").partition("/")[0]
    notes, grids = [], []
    for name, value in answer.items():
        if name in _ENVELOPE or value in (None, "", [], {}):
            continue
        if _is_table(value):
            grids.append(_grid(name, value))
        else:
            notes.append(Note(lead=label_of(name), text=_plain(value)))
    blocks = (*((Notes(title="", notes=tuple(notes)),) if notes else ()), *grids)
    return Document(masthead=Masthead(name=verb.capitalize()), blocks=blocks)


def _is_table(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _grid(name: str, items: Sequence[Mapping[str, Any]]) -> Grid:
    columns = tuple(dict.fromkeys(key for item in items for key in item))
    return Grid(
        title=label_of(name),
        columns=tuple(label_of(column) for column in columns),
        rows=tuple(tuple(_cell(item.get(column)) for column in columns) for item in items),
        numeric=False,
    )


def _cell(value: object) -> str:
    text = _plain(value)
    return _STATES.get(text, text)


def _plain(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_plain(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
