"""A View: one answer in every form a reader may need.

    answer -> outline -> Document -> text, markdown, html
           -> chart   -> Plotly JSON

A notebook shows a View as two outputs, because a page draws only the richest form of each output and
a chart would hide its card: first the card, then the chart. Where no chart library runs, the second
one is a sentence, and the card holds a small static picture of the same prices.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from ..core.preview import Preview
from ..core.report import Comparison, Report
from ..core.rotation import Rotation
from ..core.study import Study
from .chart import (
    comparison_figure,
    preview_figure,
    report_figure,
    rotation_figure,
    study_figure,
)
from .document import Document
from .html import to_html
from .markdown import to_markdown
from .outline import outline
from .outline.message import of_notice
from .outline.reply import asks_for_the_chart, of_reply
from .sorter import offer
from .text import Measure, to_text

PLOTLY = "application/vnd.plotly.v1+json"

type Bundle = dict[str, Any]
"""A MIME bundle: media type to content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One answer as it is shown, the same facts in each form.

    Attributes:
        text: For terminals, logs and ears.
        markdown: For chats and mails; everything from outside is escaped.
        html: For notebooks and pages: static, escaped, light and dark.
        figure: The chart as Plotly JSON; None where the answer has none.
        data: The answer's JSON.
    """

    text: str
    markdown: str
    html: str
    figure: dict[str, Any] | None = None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Bundle, ...]:
        """The outputs of a notebook cell, in order: the card, then the chart if there is one."""
        card = {"text/plain": self.text, "text/markdown": self.markdown, "text/html": self.html}
        if self.figure is None:
            return (card,)
        return card, {PLOTLY: self.figure, "text/plain": CHART}

    def show(self) -> None:
        """Publish all parts to the notebook, or print the text where there is none."""
        from IPython.display import display

        for part in self.parts:
            display(part, raw=True)
        offer(self.html)

    def _ipython_display_(self) -> None:
        self.show()

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> Bundle:
        """Every form at once, for displays that take one bundle and choose of it.

        IPython asks `_ipython_display_` first, which publishes the card and the chart apart.
        """
        bundle = dict(self.parts[0])
        if self.figure is not None:
            bundle[PLOTLY] = self.figure
        return {
            mime: content
            for mime, content in bundle.items()
            if (not include or mime in include) and mime not in (exclude or ())
        }

    @property
    def page(self) -> str:
        """The card as a whole HTML document, for a file or a mail."""
        return _PAGE.format(card=self.html)

    def __str__(self) -> str:
        return self.text


_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>genie</title>
</head>
<body>
{card}
</body>
</html>
"""

CHART = "[chart: drawn where Plotly runs]"
"""What stands in a chart's place where nothing can draw it."""


def view_of(answer: Any, *, follow_up: bool = False) -> View:
    """The View of an answer: a report, a comparison, an explanation, an error.

    Args:
        answer: Any value with `to_dict`; one without an outline of its own is shown by its JSON.
        follow_up: Whether its subject was shown before. Then the page of a report is the answer to
            what was asked with the report folded below, and its chart is left out where nobody
            asked for it.
    """
    if follow_up and isinstance(answer, Report):
        drawn = report_figure(answer) if asks_for_the_chart(answer) else None
        return _view(of_reply(answer), data=answer.to_dict(), figure=drawn)
    return _view(outline(answer), data=answer.to_dict(), figure=figure_of(answer))


def text_of(answer: Any, columns: int) -> str:
    """The text of an answer, for a terminal of so many columns."""
    return to_text(outline(answer), Measure.of(columns))


def notice(
    title: str,
    *,
    lines: Sequence[str] = (),
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[object]] = (),
    data: dict[str, Any] | None = None,
) -> View:
    """A View of a title, some sentences and a table.

    Args:
        title: What it is about.
        lines: Paragraphs under it.
        columns: Heads of the table; without them there is none.
        rows: One value per column; `ok`, `warn` and `fail` get their marks.
        data: The answer's JSON.
    """
    return _view(of_notice(title, lines=lines, columns=columns, rows=rows), data=data or {})


@singledispatch
def figure_of(answer: Any) -> dict[str, Any] | None:
    """The chart of an answer as Plotly JSON; None where it has none."""
    del answer


figure_of.register(Report, report_figure)
figure_of.register(Comparison, comparison_figure)
figure_of.register(Study, study_figure)
figure_of.register(Preview, preview_figure)
figure_of.register(Rotation, rotation_figure)


def _view(
    document: Document, *, data: dict[str, Any], figure: dict[str, Any] | None = None
) -> View:
    return View(
        text=to_text(document),
        markdown=to_markdown(document),
        html=to_html(document),
        figure=figure,
        data=data,
    )
