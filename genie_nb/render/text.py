"""A document as plain text: for terminals, logs, and ears.

No colour and no box drawing; numbers are aligned, sentences are wrapped.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch

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
    Group,
    Groups,
    Item,
    Masthead,
    Notes,
    Prose,
    Sketch,
    SmallCharts,
    Verbatim,
    Whole,
)
from .untrusted import one_line, verbatim

_STEP = "  "
_NARROWEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How wide the text may be, in columns.

    Attributes:
        words: Of a line of words.
        table: Of a table; a wider one is split, or written as a list.
    """

    words: int = 88
    table: int = 100

    @staticmethod
    def of(columns: int) -> "Measure":
        """What suits a terminal of so many columns; a wide one does not make lines hard to read.

        Example:
            >>> Measure.of(72), Measure.of(200) == Measure()
            (Measure(words=72, table=72), True)
        """
        fit, page = max(columns, _NARROWEST), Measure()
        return Measure(words=min(page.words, fit), table=min(page.table, fit))


PAGE = Measure()
"""Where nobody says how wide the place is."""


def to_text(document: Document, measure: Measure = PAGE) -> str:
    """The document in lines no wider than the measure."""
    parts = [
        _masthead(document.masthead, measure),
        *(_block(block, measure) for block in document.blocks),
    ]
    return "\n\n".join(part for part in parts if part)


def _masthead(head: Masthead, measure: Measure) -> str:
    name = f"{head.name} ({head.ticker})" if head.ticker else head.name
    title = " · ".join((name, *head.pills))
    price = ", ".join(part for part in (head.price, head.change) if part)
    lines = (title, *head.lines, price, head.warning)
    return "\n".join(_wrapped(line, measure) for line in lines if line)


@singledispatch
def _block(block: Block, measure: Measure) -> str:
    del measure
    raise TypeError(f"{type(block).__name__} is not a block of a document.")


@_block.register
def _prose(block: Prose, measure: Measure) -> str:
    indent = _STEP if block.title else ""
    return _titled(block.title, [_wrapped(text, measure, indent) for text in block.paragraphs])


@_block.register
def _verbatim(block: Verbatim, measure: Measure) -> str:
    del measure
    lines = (one.rstrip() for one in verbatim(block.text).splitlines())
    return _titled(block.title, ["\n".join(lines)])


@_block.register
def _dialogue(block: Dialogue, measure: Measure) -> str:
    said = [
        "\n".join(
            (
                _wrapped(question, measure, _STEP),
                *(_wrapped(one, measure, _STEP * 2) for one in answer),
            )
        )
        for question, answer in block.pairs
    ]
    return _titled(block.title, said)


@_block.register
def _glance(block: Glance, measure: Measure) -> str:
    """Nothing: its rows stand among the groups."""
    del block, measure
    return ""


@_block.register
def _groups(block: Groups, measure: Measure) -> str:
    rows = [row for group in block.groups for row in group.rows]
    if not rows:
        return ""
    label = max(len(one_line(row.label)) for row in rows)
    numbers = [len(one_line(row.value)) for row in rows if len(row.value) <= 24]
    value = max(numbers, default=0)
    return "\n\n".join(_group(group, label, value, measure) for group in block.groups)


def _group(group: Group, label: int, value: int, measure: Measure) -> str:
    lines = []
    for row in group.rows:
        head = f"{_STEP}{one_line(row.label):<{label}}  {one_line(row.value):>{value}}"
        notes = "; ".join(one_line(note) for note in (row.note, row.aside) if note)
        line = f"{head}  {notes}".rstrip()
        lines.append(_hanging(line, len(_STEP) + label + 2, measure))
    return _titled(group.title, lines)


@_block.register
def _findings(block: Findings, measure: Measure) -> str:
    title = f"{block.title} ({block.legend})" if block.legend else block.title
    found = _titled(title, [_item(item, measure) for item in block.items] or [_STEP + block.empty])
    return f"{found}\n\n{_block(block.rest, measure)}" if block.rest else found


def _item(item: Item, measure: Measure) -> str:
    sign = GLYPHS[item.mark] if item.severity is None else f"{item.severity:.2f}"
    lead = f"{one_line(item.label)}: " if item.label else ""
    line = f"{_STEP}{sign}  {lead}{one_line(item.text)}"
    return _hanging(line, len(_STEP) + len(sign) + 2, measure)


@_block.register
def _notes(block: Notes, measure: Measure) -> str:
    return _titled(
        block.title,
        [
            _hanging(f"{_STEP}{one_line(n.lead)}: {one_line(n.text)}", 4, measure)
            for n in block.notes
        ],
    )


@_block.register
def _grid(block: Grid, measure: Measure) -> str:
    table = [[one_line(cell) for cell in row] for row in (block.columns, *block.rows)]
    widths = [max(len(row[i]) for row in table) for i in range(len(block.columns))]
    if _across(widths) <= measure.table or block.numeric:
        parts = [_aligned(table, widths, columns, block) for columns in _shares(widths, measure)]
        lines = [line for part in parts for line in part]
    else:
        lines = _listed(table, measure)
    if block.caption:
        lines.append(_wrapped(block.caption, measure, _STEP))
    return _titled(block.title, lines)


def _across(widths: Sequence[int]) -> int:
    return sum(width + len(_STEP) for width in widths)


def _shares(widths: Sequence[int], measure: Measure) -> list[list[int]]:
    """The columns in as many tables as fit the width, the first column in each."""
    tables: list[list[int]] = [[0]]
    for i in range(1, len(widths)):
        across = _across([widths[k] for k in (*tables[-1], i)])
        if len(tables[-1]) > 1 and across > measure.table:
            tables.append([0])
        tables[-1].append(i)
    return tables


def _aligned(
    table: list[list[str]], widths: list[int], columns: list[int], block: Grid
) -> list[str]:
    fit = [str.rjust if right else str.ljust for right in block.right]
    return [
        _STEP + _STEP.join(fit[i](row[i], widths[i]) for i in columns).rstrip() for row in table
    ]


def _listed(table: list[list[str]], measure: Measure) -> list[str]:
    """Each row as remarks on its first cell, for tables that are wider than a terminal."""
    heads, *rows = table
    lines = []
    for first, *rest in rows:
        lines.append(f"{_STEP}{first}")
        told = [f"{_STEP * 2}{head}: {cell}" for head, cell in zip(heads[1:], rest, strict=True)]
        lines += [_hanging(line, 6, measure) for line in told]
    return lines


@_block.register
def _small_charts(block: SmallCharts, measure: Measure) -> str:
    return _grid(block.grid, measure)


@_block.register
def _sketch(block: Sketch, measure: Measure) -> str:
    return _titled(block.title, [_wrapped(block.caption, measure, _STEP)])


@_block.register
def _beside(block: Beside, measure: Measure) -> str:
    return "\n\n".join(_block(part, measure) for part in block.blocks)


@_block.register
def _whole(block: Whole, measure: Measure) -> str:
    parts = (_block(part, measure) for part in block.blocks)
    return "\n\n".join(part for part in parts if part)


@_block.register
def _foot(block: Foot, measure: Measure) -> str:
    return f"{_wrapped(block.cost, measure)}\n{_wrapped(block.disclaimer, measure)}"


def _titled(title: str, lines: list[str]) -> str:
    return "\n".join((one_line(title), *lines) if title else lines)


def _wrapped(text: str, measure: Measure, indent: str = "") -> str:
    return textwrap.fill(
        one_line(text), measure.words, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _hanging(line: str, indent: int, measure: Measure) -> str:
    if len(line) <= measure.words:
        return line
    return textwrap.fill(
        line, measure.words, subsequent_indent=" " * indent, drop_whitespace=True,
        break_long_words=False, break_on_hyphens=False, replace_whitespace=False,
    )  # fmt: skip
