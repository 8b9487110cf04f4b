"""A document as Markdown: for chats, mails and pages that render it.

Everything is escaped: outside text that holds links, images, headings, tables, HTML or formulas is
shown as the characters it is made of.
"""

import re
from collections.abc import Sequence
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
    Groups,
    Item,
    Masthead,
    Notes,
    Prose,
    Row,
    Sketch,
    SmallCharts,
    Verbatim,
    Whole,
)
from .untrusted import one_line, verbatim

_SPECIAL = re.compile(
    r"(?P<formula>(?:\\|\$(?:\d+(?:[.,]\d+)*[TBM]?)?)+)"
    r"|[`*_\[\]#|~<>&@]|:(?=/|\S+@)|(?<=mailto):|\.(?=[A-Za-z])",
    re.IGNORECASE,
)
"""What begins a construct of Markdown, of HTML or a formula, and what makes a bare address a link."""

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;", ":": "&#58;"}
_OPENING = re.compile(r"^([-+=]|\d+(?=[.)]\s))")


def to_markdown(document: Document) -> str:
    """The document with headings, lists and pipe tables."""
    parts = [_masthead(document.masthead), *(_block(block) for block in document.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is.

    JupyterLab takes two dollar signs of one paragraph for a formula even when they are escaped, so
    amounts of money are written as code.

    Example:
        >>> print(escaped("[x](http://a.b) <b>|$1.5M"))
        \[x\](http&#58;//a\.b) &lt;b&gt;\|`$1.5M`
    """
    line = _SPECIAL.sub(_shown, one_line(text))
    return _OPENING.sub(lambda hit: hit[0] if hit[0].isdigit() else f"\\{hit[0]}", line)


def _shown(hit: re.Match[str]) -> str:
    if hit["formula"]:
        return f"`{hit[0]}`"
    return _ENTITIES.get(hit[0], f"\\{hit[0]}")


def _masthead(head: Masthead) -> str:
    name = f"{head.name} ({head.ticker})" if head.ticker else head.name
    price = ", ".join(escaped(part) for part in (head.price, head.change) if part)
    small = " · ".join(escaped(part) for part in (*head.pills, *head.lines))
    lines = (
        f"## {escaped(name)}",
        f"**{price}**" if price else "",
        small,
        f"**{escaped(head.warning)}**" if head.warning else "",
    )
    return "\n\n".join(line for line in lines if line)


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(f"{type(block).__name__} is not a block of a document.")


@_block.register
def _prose(block: Prose) -> str:
    return _titled(block.title, "\n\n".join(escaped(text) for text in block.paragraphs))


@_block.register
def _verbatim(block: Verbatim) -> str:
    text = verbatim(block.text).rstrip()
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return _titled(block.title, f"{fence}\n{text}\n{fence}")


@_block.register
def _dialogue(block: Dialogue) -> str:
    return _titled(
        block.title,
        "\n\n".join(
            f"**{escaped(question)}** " + "\n\n".join(escaped(one) for one in answer)
            for question, answer in block.pairs
        ),
    )


@_block.register
def _glance(block: Glance) -> str:
    """Nothing: its rows stand among the groups."""
    del block
    return ""


@_block.register
def _groups(block: Groups) -> str:
    return "\n\n".join(
        _titled(
            group.title,
            _table(
                ("Fact", "Value", ""),
                [(row.label, row.value, _remark(row)) for row in group.rows],
                numeric=(False, True, False),
            ),
        )
        for group in block.groups
    )


def _remark(row: Row) -> str:
    return "; ".join(part for part in (row.note, row.aside) if part)


@_block.register
def _findings(block: Findings) -> str:
    title = f"{block.title} ({block.legend})" if block.legend else block.title
    found = _titled(title, "\n".join(_item(item) for item in block.items) or escaped(block.empty))
    return f"{found}\n\n{_block(block.rest)}" if block.rest else found


def _item(item: Item) -> str:
    sign = GLYPHS[item.mark] if item.severity is None else f"{item.severity:.2f}"
    label = f"**{escaped(item.label)}:** " if item.label else ""
    return f"- {sign} {label}{escaped(item.text)}"


@_block.register
def _notes(block: Notes) -> str:
    lines = (f"- **{escaped(note.lead)}**: {escaped(note.text)}" for note in block.notes)
    return _titled(block.title, "\n".join(lines))


@_block.register
def _grid(block: Grid) -> str:
    table = _table(block.columns, block.rows, numeric=block.right)
    return _titled(block.title, f"{table}\n\n{escaped(block.caption)}" if block.caption else table)


@_block.register
def _small_charts(block: SmallCharts) -> str:
    return _grid(block.grid)


@_block.register
def _sketch(block: Sketch) -> str:
    return _titled(block.title, escaped(block.caption))


@_block.register
def _beside(block: Beside) -> str:
    return "\n\n".join(_block(part) for part in block.blocks)


@_block.register
def _whole(block: Whole) -> str:
    parts = (_block(part) for part in block.blocks)
    return "\n\n".join(part for part in parts if part)


@_block.register
def _foot(block: Foot) -> str:
    return f"{escaped(block.cost)}\n\n*{escaped(block.disclaimer)}*"


def _titled(title: str, body: str) -> str:
    return f"### {escaped(title)}\n\n{body}" if title else body


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: Sequence[bool]
) -> str:
    lines = [columns, *rows]
    head, *body = (f"| {' | '.join(escaped(cell) for cell in line)} |" for line in lines)
    rule = f"| {' | '.join('---:' if right else '---' for right in numeric)} |"
    return "\n".join((head, rule, *body))
