"""What an answer says, before it is decided how it looks.

    answer -> outline -> Document -> text | markdown | html

All three renderers walk the same blocks, so none of them can know a fact the others lack. Strings in
a block are plain text: whoever renders them escapes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..core.facts.fact import Tone

Mark = Literal["pass", "warn", "fail", "unknown", "not_applicable", "on"]
Direction = Literal["up", "down", "flat"]

GLYPHS: Mapping[str, str] = {
    "pass": "✓",
    "warn": "!",
    "fail": "✗",
    "unknown": "?",
    "not_applicable": "–",
    "on": "●",
}
"""The shape of each mark, so that colour is never the only sign."""

MEANINGS: Mapping[str, str] = {
    "pass": "pass",
    "warn": "worth a look",
    "fail": "fail",
    "unknown": "unknown",
    "not_applicable": "does not apply",
    "on": "active",
}
"""What each mark says aloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """Who or what the document is about, and the price if it has one.

    Attributes:
        name: The company, or the title of the answer.
        ticker: The symbol; empty where there is none.
        pills: Short marks beside the name, such as `small cap`.
        lines: What follows the name in small print.
        price: The newest close, written; empty where there is none.
        change: How it changed, written.
        direction: Which way it changed.
        hint: How the change is computed.
        warning: A sentence that must be read before the rest; empty where there is none.
    """

    name: str
    ticker: str = ""
    pills: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    price: str = ""
    change: str = ""
    direction: Direction | None = None
    hint: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Paragraphs; *fold* lets a page show only the title until asked."""

    paragraphs: tuple[str, ...]
    title: str = ""
    fold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbatim:
    """A text whose lines and spaces stay as they are, such as a file to be saved.

    Attributes:
        text: The text, lines and all.
        title: What it is, such as the name of the file.
    """

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """The questions of the request, each with its answer.

    Attributes:
        pairs: Each question and the paragraphs of its answer.
        title: Its heading.
    """

    pairs: tuple[tuple[str, tuple[str, ...]], ...]
    title: str = "Your questions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled value.

    Attributes:
        label: What it is.
        value: The number as written for people.
        note: A short word on where it lies.
        tone: How the note is coloured.
        aside: What another source says, where it says something else.
        hint: Formula, inputs, source and date, for whoever asks.
    """

    label: str
    value: str
    note: str = ""
    tone: Tone = "calm"
    aside: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Labelled values that belong together."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Groups of labelled values, side by side where there is room.

    Attributes:
        groups: In their order.
        title: Of all of them, for a page that folds them; empty where it shows them openly.
    """

    groups: tuple[Group, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The few values to see first, for pages; the same rows stand among the groups in every form."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One finding.

    Attributes:
        text: One sentence.
        label: What it is about; empty where the sentence says so.
        mark: Its sign.
        severity: 0 to 1 where the finding is weighed; takes the place of the mark.
    """

    text: str
    label: str = ""
    mark: Mark = "on"
    severity: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A named remark, such as a missing fact and why it is missing."""

    lead: str
    text: str
    tone: Tone = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Named remarks.

    Attributes:
        title: What they are about.
        notes: The remarks.
        fold: Whether a page shows only the title until asked.
        gist: What a page that folds them says beside the title; it stands in the remarks too.
    """

    title: str
    notes: tuple[Note, ...]
    fold: bool = False
    gist: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Findings in their order of weight.

    Attributes:
        title: What was looked for.
        items: What was found.
        empty: What is said where nothing was found.
        rest: What was looked for too, for whoever asks.
        first: How many a page shows until asked for the others; None for all.
        others: What a page calls the others.
    """

    title: str
    items: tuple[Item, ...]
    empty: str = "None."
    rest: Notes | None = None
    first: int | None = None
    others: str = ""

    @property
    def legend(self) -> str:
        """The meaning of the marks in use, when there is more than one."""
        used = dict.fromkeys(item.mark for item in self.items if item.severity is None)
        if len(used) < 2:
            return ""
        return ", ".join(f"{GLYPHS[mark]} {MEANINGS[mark]}" for mark in used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: the first column labels its rows.

    Attributes:
        title: What it shows.
        columns: Heads of the columns.
        rows: One cell per column; a cell is its text.
        numeric: Whether the columns after the first hold numbers.
        words: Columns that hold words although the others hold numbers.
        hints: Per row, how its values are made; empty where there is nothing to say.
        trends: Per row, the numbers behind the cells, for a small picture of the same values.
        values: Per row, the number behind each cell after the first, for whoever sorts; None where a
            cell holds none. Empty where the cells speak for themselves.
        caption: A remark under the table.
        fold: Whether a page shows only the title until asked.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: bool = True
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    trends: tuple[tuple[float | None, ...], ...] = ()
    values: tuple[tuple[float | None, ...], ...] = ()
    caption: str = ""
    fold: bool = False

    @property
    def right(self) -> tuple[bool, ...]:
        """Per column, whether its cells stand at the right, as numbers do."""
        first, *rest = self.columns
        del first
        return (False, *(self.numeric and name not in self.words for name in rest))


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallChart:
    """One measure over a few periods.

    Attributes:
        title: What is measured.
        values: Oldest first; None where unknown.
        written: The same as text.
        note: What can be read from it, such as the change over a year.
        tone: How the note is coloured.
    """

    title: str
    values: tuple[float | None, ...]
    written: tuple[str, ...]
    note: str = ""
    tone: Tone = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallCharts:
    """Several measures over the same periods, side by side, each with a scale of its own.

    Attributes:
        title: What they show together.
        periods: What the periods are called, oldest first.
        charts: The measures.
        caption: A remark under them.
    """

    title: str
    periods: tuple[str, ...]
    charts: tuple[SmallChart, ...]
    caption: str = ""

    @property
    def grid(self) -> Grid:
        """The same as a table, for places that show no pictures."""
        return Grid(
            title=self.title,
            columns=("", *self.periods),
            rows=tuple((chart.title, *chart.written) for chart in self.charts),
            values=tuple(chart.values for chart in self.charts),
            caption=self.caption,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A small picture of the price, and the sentence that says the same.

    Attributes:
        closes: Oldest first.
        average: A moving average on the same bars; None while it warms up.
        volumes: On the same bars; None where unknown.
        caption: What can be seen in it.
        legend: Which line is which, for places that show the picture.
        ends: What the first and the last bar are called.
    """

    closes: tuple[float, ...]
    average: tuple[float | None, ...]
    volumes: tuple[float | None, ...]
    caption: str
    ends: tuple[str, str]
    legend: str = ""
    title: str = "Last year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Blocks that stand side by side where there is room."""

    blocks: tuple[Findings, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """What the answer cost and what it is not."""

    cost: str
    disclaimer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The blocks of a longer answer below the short one; a page folds them, the other forms go on.

    Attributes:
        title: What a page shows until asked.
        blocks: In their order.
    """

    title: str
    blocks: "tuple[Block, ...]"


type Block = (
    Prose
    | Verbatim
    | Dialogue
    | Groups
    | Glance
    | Findings
    | Notes
    | Grid
    | SmallCharts
    | Sketch
    | Beside
    | Whole
    | Foot
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One answer, in reading order.

    Attributes:
        masthead: What it is about.
        blocks: The rest; a block without content is left out by whoever makes the document.
        kind: What sort of answer it is, for the style of the page.
    """

    masthead: Masthead
    blocks: tuple[Block, ...] = field(default=())
    kind: Literal["report", "reply", "comparison", "explanation", "error", "notice"] = "notice"
