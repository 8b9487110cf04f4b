"""The card: a document's head, blocks and foot as HTML elements.

Headings, tables and lists carry the meaning, so that a page which drops the style still reads well.
"""

from functools import singledispatch
from math import isfinite

from ..document import (
    GLYPHS,
    MEANINGS,
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
    Row,
    Sketch,
    SmallChart,
    SmallCharts,
    Verbatim,
    Whole,
)
from ..untrusted import verbatim
from .columns import column_picture
from .commands import in_a_cell
from .sketch import bar_picture, price_picture
from .style import stylesheet
from .tag import Content, Markup, joined, tag

_TONES = {"pass": "good", "warn": "warn", "fail": "bad"}
_ARROWS = {"up": ("good", "▲"), "down": ("bad", "▼"), "flat": ("calm", "")}


def to_html(document: Document) -> str:
    """One article with its own style; `mathjax_ignore` keeps dollar signs from becoming formulas."""
    head = document.masthead
    article = tag(
        "article",
        (_masthead(head), *(_block(block) for block in _in_order(document.blocks))),
        class_=f"genie {document.kind} tex2jax_ignore mathjax_ignore",
        aria_label=f"{document.kind.capitalize()}: {head.name}",
    )
    return f"<style>{stylesheet()}</style>{article}"


def _in_order(blocks: tuple[Block, ...]) -> list[Block]:
    """What is open first, then what is folded, then the foot."""
    return sorted(blocks, key=lambda block: 2 if isinstance(block, Foot) else _folded(block))


def _folded(block: Block) -> bool:
    if isinstance(block, Groups):
        return bool(block.title)
    return isinstance(block, Whole) or getattr(block, "fold", False)


def _masthead(head: Masthead) -> Markup:
    ticker = (Markup(" "), tag("span", head.ticker, class_="ticker")) if head.ticker else ()
    who = tag(
        "div",
        (
            tag("h2", (tag("bdi", head.name), *ticker)),
            _pills(head.pills),
            *(tag("div", line, class_="sub") for line in head.lines),
        ),
        class_="who",
    )
    alert = tag("div", head.warning, class_="alert", role="note") if head.warning else ""
    return tag("div", (who, _price(head), alert), class_="head")


def _pills(pills: tuple[str, ...]) -> Content:
    """Marks beside the name, with dots between them where the style is dropped."""
    if not pills:
        return ""
    dot = Markup(f" {tag('span', '·', class_='dot', aria_hidden='true')} ")
    return tag("div", Markup(dot.join(tag("span", pill, class_="pill") for pill in pills)))


def _price(head: Masthead) -> Content:
    if not head.price and not head.change:
        return ""
    tone, arrow = _ARROWS.get(head.direction or "flat", _ARROWS["flat"])
    change = tag("span", f"{arrow} {head.change}", class_=tone) if head.change else ""
    return tag(
        "div", (tag("b", head.price), Markup(" "), change), class_="price", title=head.hint or None
    )


@singledispatch
def _block(block: Block) -> Markup:
    raise TypeError(f"{type(block).__name__} is not a block of a document.")


@_block.register
def _prose(block: Prose) -> Markup:
    body = [tag("p", in_a_cell(text)) for text in block.paragraphs]
    return _section(block.title, body, fold=block.fold, class_=None if block.title else "say")


@_block.register
def _verbatim(block: Verbatim) -> Markup:
    return _section(block.title, tag("pre", verbatim(block.text)))


@_block.register
def _dialogue(block: Dialogue) -> Markup:
    pairs = [
        joined((tag("dt", question), *(tag("dd", one) for one in answer)))
        for question, answer in block.pairs
    ]
    return _section(block.title, tag("dl", pairs), class_="say")


@_block.register
def _groups(block: Groups) -> Markup:
    if not block.groups:
        return Markup("")
    groups = tag("div", [_group(group) for group in block.groups], class_="groups")
    return _section(block.title, groups, fold=_folded(block))


@_block.register
def _glance(block: Glance) -> Markup:
    told = [tag("div", _told(row), title=row.hint or None) for row in block.rows]
    return tag("section", tag("dl", told), class_="glance") if told else Markup("")


def _told(row: Row) -> Markup:
    note = _spaced(tag("small", row.note, class_=row.tone)) if row.note else ""
    return joined((tag("dt", row.label), tag("dd", (_spaced(tag("b", row.value)), note))))


def _group(group: Group) -> Markup:
    rows = tag("tbody", [_row(row) for row in group.rows])
    return tag("div", (tag("h3", group.title), tag("table", rows, aria_label=group.title)))


def _row(row: Row) -> Markup:
    told = ((row.note, row.tone), (row.aside, "calm"))
    notes = [_spaced(tag("small", text, class_=tone)) for text, tone in told if text]
    cells = (tag("th", row.label, scope="row"), tag("td", row.value), tag("td", notes))
    return tag("tr", cells, title=row.hint or None)


@_block.register
def _findings(block: Findings) -> Markup:
    return tag("section", _list(block))


def _list(block: Findings) -> Markup:
    legend = (
        (Markup(" "), tag("span", f"({block.legend})", class_="legend")) if block.legend else ()
    )
    kind = "weighed" if any(item.severity is not None for item in block.items) else None
    items = [_item(item) for item in block.items]
    first, others = items[: block.first], items[len(items[: block.first]) :]
    body = tag("ul", first, class_=kind) if items else tag("p", block.empty)
    more = (_section(block.others, tag("ul", others, class_=kind), fold=True),) if others else ()
    rest = (_notes(block.rest),) if block.rest else ()
    return joined((tag("h3", (block.title, *legend)), body, *more, *rest))


def _item(item: Item) -> Markup:
    label = (tag("b", f"{item.label}:"), Markup(" ")) if item.label else ()
    return tag(
        "li", (_sign(item), Markup(" "), tag("span", (*label, in_a_cell(item.text)))), class_="item"
    )


def _sign(item: Item) -> Markup:
    if item.severity is None:
        tone = _TONES.get(item.mark, item.mark if item.mark == "on" else "calm")
        return tag(
            "span",
            GLYPHS[item.mark],
            class_=f"mark {tone}",
            role="img",
            aria_label=MEANINGS[item.mark],
        )
    fill = tag("span", class_="fill", style=f"width:{100 * item.severity:.0f}%")
    number = f"{item.severity:.2f}"
    return tag(
        "span",
        (tag("span", fill, class_="track", aria_hidden="true"), number),
        class_="weight",
        title="severity, from 0 to 1",
    )


@_block.register
def _notes(block: Notes) -> Markup:
    items = [
        tag(
            "li",
            (
                tag("b", f"{note.lead}:", class_=note.tone if note.tone != "calm" else None),
                Markup(" "),
                in_a_cell(note.text),
            ),
        )
        for note in block.notes
    ]
    return _section(block.title, tag("ul", items), fold=block.fold, gist=block.gist, class_="notes")


@_block.register
def _grid(block: Grid) -> Markup:
    trend = [tag("th", "")] if block.trends else []
    names = [
        tag("th", name, scope="col", class_=_kind(block, i)) for i, name in enumerate(block.columns)
    ]
    head = tag("thead", tag("tr", [*names, *trend]))
    rows = [_line(block, i) for i in range(len(block.rows))]
    kind = "grid numeric" if block.numeric else "grid"
    table = tag("table", (head, tag("tbody", rows)), class_=kind, aria_label=block.title or None)
    caption = (tag("p", block.caption, class_="note"),) if block.caption else ()
    return _section(block.title, (tag("div", table, class_="scroll"), *caption), fold=block.fold)


def _line(block: Grid, i: int) -> Markup:
    first, *rest = block.rows[i]
    hint = block.hints[i] if block.hints else ""
    behind = block.values[i] if block.values else (None,) * len(rest)
    kinds = (_kind(block, i) for i in range(1, len(block.columns)))
    cells = [tag("th", first, scope="row"), *map(_cell, rest, behind, kinds)]
    if block.trends:
        cells.append(tag("td", bar_picture(block.trends[i])))
    return tag("tr", cells, title=hint or None)


def _kind(block: Grid, i: int) -> str | None:
    """Marks a column of words among numbers."""
    return "word" if block.columns[i] in block.words else None


def _cell(text: str, value: float | None, kind: str | None) -> Markup:
    """A cell; the number behind it is kept for sorting, since `$2B` is more than `$900M`."""
    known = value is not None and isfinite(value)
    return tag("td", text, class_=kind, data_value=f"{value:.10g}" if known else None)


@_block.register
def _small_charts(block: SmallCharts) -> Markup:
    pictures = [_small_chart(chart, block.periods) for chart in block.charts]
    caption = (tag("p", block.caption, class_="note"),) if block.caption else ()
    return _section(block.title, (tag("div", pictures, class_="smalls"), *caption))


def _small_chart(chart: SmallChart, periods: tuple[str, ...]) -> Markup:
    note = tag("small", chart.note, class_=chart.tone) if chart.note else ""
    newest = next((text for text in reversed(chart.written) if text != "–"), "–")
    head = tag("figcaption", (tag("span", chart.title), _spaced(tag("b", newest)), note))
    ends = tag(
        "div",
        (tag("span", periods[0]), tag("span", periods[-1])),
        class_="ends",
        aria_hidden="true",
    )
    return tag("figure", (head, column_picture(chart, periods), ends))


@_block.register
def _sketch(block: Sketch) -> Markup:
    ends = tag(
        "div", [_spaced(tag("span", end)) for end in block.ends], class_="ends", aria_hidden="true"
    )
    caption = tag("p", f"{block.caption} {block.legend}".rstrip(), class_="note")
    return tag(
        "section", (tag("h3", block.title), price_picture(block), ends, caption), class_="sketch"
    )


@_block.register
def _beside(block: Beside) -> Markup:
    parts = [tag("div", _list(part)) for part in block.blocks]
    return tag("section", tag("div", parts, class_="beside"))


@_block.register
def _whole(block: Whole) -> Markup:
    parts = [_block(part) for part in _in_order(block.blocks)]
    return tag("details", (tag("summary", block.title), *parts), class_="whole")


@_block.register
def _foot(block: Foot) -> Markup:
    return tag("footer", (tag("p", block.cost), tag("p", block.disclaimer)))


def _section(
    title: str, body: Content, *, fold: bool = False, gist: str = "", class_: str | None = None
) -> Markup:
    if fold:
        beside = tag("span", (Markup(" "), gist), class_="gist") if gist else ""
        return tag("details", (tag("summary", (title, beside)), body), class_=class_)
    heading = (tag("h3", title),) if title else ()
    return tag("section", (*heading, body), class_=class_)


def _spaced(markup: Markup) -> Markup:
    return Markup(f"{markup} ")
