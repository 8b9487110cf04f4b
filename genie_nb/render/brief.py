"""The short form of a document, for a chat: what is read at a glance, and the name of all the rest.

    answer -> outline -> Document -> brief -> Document -> markdown

It only leaves out. Every number in it stands in the whole document too, and what was left out is named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any

from ..core.report import DISCLAIMER
from .document import (
    GLYPHS,
    Beside,
    Block,
    Dialogue,
    Document,
    Findings,
    Foot,
    Glance,
    Grid,
    Groups,
    Item,
    Masthead,
    Note,
    Notes,
    Prose,
    Sketch,
    SmallCharts,
    Verbatim,
    Whole,
)
from .markdown import to_markdown
from .outline import outline

ITEMS = 3
"""Findings and remarks that are shown of a list."""
TABLES, ROWS, COLUMNS = 2, 6, 5
"""What a chat has room for; a report's tables are facts, of which the findings tell what matters."""
ORIGIN = "About this answer"
_HEAD = re.compile(r"\A## (.+)$", re.MULTILINE)
_HEADING = re.compile(r"^##+ ", re.MULTILINE)
"""Headings, which a chat shows one size smaller."""
_TOLD = ("Source", "Provider", "Prices", "Bars", "Old", "Stale", "As of")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What is shown of a block, and what was left out of it."""

    shown: tuple[Block, ...] = ()
    left: str = ""


def chat_text(answer: Any, *, follow_up: bool = False) -> str:
    """An answer as Markdown for a chat.

    Args:
        answer: Any value with an outline.
        follow_up: Whether its subject was shown before, so that the answers to questions suffice.
    """
    text = to_markdown(brief(outline(answer), follow_up=follow_up))
    return _HEAD.sub(r"**\1**", text) if follow_up else _HEADING.sub(r"#\g<0>", text)


def brief(document: Document, *, follow_up: bool = False) -> Document:
    """The document on less than a screen.

    Questions come first. Of long lists the first entries stay, of wide tables the first columns;
    tables of facts, pictures and whatever a page would fold are named at the end.

    Args:
        document: The whole answer.
        follow_up: Whether its subject was shown before: where there are questions, only they are answered.

    Example:
        >>> rows = tuple((str(n), "x") for n in range(20))
        >>> table = Grid(title="Trades", columns=("Bar", "Return"), rows=rows)
        >>> short = brief(Document(masthead=Masthead(name="A test"), blocks=(table,)))
        >>> [len(block.rows) for block in short.blocks if isinstance(block, Grid)]
        [6]
        >>> short.blocks[-2].paragraphs
        ('Also there: 14 more of trades.',)
    """
    questions = [
        replace(block, title="") for block in document.blocks if isinstance(block, Dialogue)
    ]
    if questions:
        leads = () if follow_up else tuple(_leads(document.blocks))
        head = _line(document.masthead) if follow_up else document.masthead
        return replace(
            document,
            masthead=head,
            blocks=(*questions, *leads, *_failed(document), _foot(document)),
        )
    parts = tuple(_parts(document))
    shown = (block for part in parts for block in part.shown)
    left = [part.left for part in parts if part.left]
    also = (Prose(paragraphs=(f"Also there: {', '.join(left)}.",)),) if left else ()
    return replace(document, blocks=(*shown, *also, _foot(document)))


def _leads(blocks: tuple[Block, ...]) -> Iterator[Prose]:
    """The text that opens an answer."""
    return (block for block in blocks if isinstance(block, Prose) and not block.title)


def _failed(document: Document) -> Iterator[Notes]:
    """What went wrong, which no short form may leave out."""
    return (
        one
        for one in document.blocks
        if isinstance(one, Notes) and _warns(one) and one.title != ORIGIN
    )


def _parts(document: Document) -> Iterator[_Part]:
    """Each block in its short form; tables beyond the first ones by their names."""
    room = 0 if document.kind == "report" else TABLES
    for block in document.blocks:
        if isinstance(block, Foot) or getattr(block, "title", "") == ORIGIN:
            continue
        if isinstance(block, Grid):
            room -= 1
            yield _short(block) if room >= 0 else _named(block.title)
        elif isinstance(block, Notes) and document.kind == "report" and not _warns(block):
            yield _named(block.title)
        else:
            yield _short(block)


def _named(title: str) -> _Part:
    return _Part(left=title[:1].lower() + title[1:])


def _warns(block: Notes) -> bool:
    return any(note.tone == "warn" for note in block.notes)


def _line(head: Masthead) -> Masthead:
    """A head that says again whom it is about, and any warning."""
    return Masthead(name=head.name, ticker=head.ticker, warning=head.warning)


def _foot(document: Document) -> Foot:
    """Where it is from, how old it is and what it is not."""
    told = (
        f"{one.lead}: {one.text}"
        for block in document.blocks
        if isinstance(block, Notes) and block.title == ORIGIN
        for one in block.notes
        if one.lead in _TOLD
    )
    return Foot(cost=" · ".join(told), disclaimer=DISCLAIMER)


@singledispatch
def _short(block: Block) -> _Part:
    raise TypeError(f"{type(block).__name__} is not a block of a document.")


@_short.register(Prose)
def _prose(block: Prose) -> _Part:
    return _named(block.title) if block.fold else _Part(shown=(block,))


@_short.register(Whole)
def _further(block: Whole) -> _Part:
    return _named(block.title)


@_short.register(Verbatim)
@_short.register(Dialogue)
@_short.register(Foot)
def _whole(block: Verbatim | Dialogue | Foot) -> _Part:
    return _Part(shown=(block,))


@_short.register(Glance)
@_short.register(Sketch)
def _shown_elsewhere(_block: Glance | Sketch) -> _Part:
    """The findings tell of the values, and the chart shows the prices."""
    return _Part()


@_short.register(Groups)
def _groups(block: Groups) -> _Part:
    return _Part(left=f"{sum(len(group.rows) for group in block.groups)} facts")


@_short.register(SmallCharts)
def _small_charts(block: SmallCharts) -> _Part:
    return _named(block.title)


@_short.register(Notes)
def _notes(block: Notes) -> _Part:
    if block.fold:
        return _named(block.title)
    return _cut(block, "notes", ITEMS + 2)


@_short.register(Grid)
def _grid(block: Grid) -> _Part:
    narrow = replace(
        block,
        columns=block.columns[:COLUMNS],
        rows=tuple(row[:COLUMNS] for row in block.rows),
        hints=(),
        trends=(),
        values=(),
    )
    return _cut(narrow, "rows", ROWS)


@_short.register(Findings)
def _findings(block: Findings) -> _Part:
    """Marks in one line where each has its label, then what is not as it should be; else the weightiest."""
    if len(block.items) > 1 and all(one.label and one.severity is None for one in block.items):
        several = bool(block.legend)
        marks = (f"{GLYPHS[one.mark]} {one.label}" if several else one.label for one in block.items)
        title = f"{block.title} ({block.legend})" if several else block.title
        odd = tuple(
            Note(lead=f"{GLYPHS[one.mark]} {one.label}", text=one.text)
            for one in block.items
            if one.mark in ("warn", "fail")
        )
        below = (Notes(title="", notes=odd[:ITEMS]),) if odd else ()
        return _Part(shown=(Prose(title=title, paragraphs=(" · ".join(marks),)), *below))
    weighed = tuple(one for one in block.items if _matters(one))
    return _cut(replace(block, items=weighed, rest=None), "items", ITEMS)


def _matters(item: Item) -> bool:
    return item.severity is None or item.severity > 0


@_short.register(Beside)
def _beside(block: Beside) -> _Part:
    parts = [_findings(one) for one in block.blocks]
    return _Part(
        shown=tuple(one for part in parts for one in part.shown),
        left=", ".join(part.left for part in parts if part.left),
    )


def _cut(block: Any, name: str, most: int) -> _Part:
    """The block with its first entries, and how many were left out."""
    entries = getattr(block, name)
    more = len(entries) - most
    if more <= 0:
        return _Part(shown=(block,) if entries or getattr(block, "empty", "") else ())
    title = block.title[:1].lower() + block.title[1:].partition(",")[0]
    return _Part(
        shown=(replace(block, **{name: entries[:most]}),),
        left=f"{more} more of {title or 'the table'}",
    )
