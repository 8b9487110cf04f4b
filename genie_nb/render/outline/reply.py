"""A further question about a company whose report was shown before: the answer, and the report below it."""

from dataclasses import replace

from ...core.ask.question import questions
from ...core.report import Report
from ..document import Block, Dialogue, Document, Foot, Glance, Notes, Prose, Whole
from .facts import row
from .origin import TITLE
from .report import of_report

DRAWN = frozenset({"trend", "price"})
"""Topics of questions that a chart answers too."""


def of_reply(report: Report) -> Document:
    """Head, the answers, the facts they rest on, and the whole report, which a page folds."""
    whole = of_report(report)
    said = [block for block in whole.blocks if isinstance(block, Dialogue)] or _summary(report)
    read = [Prose(paragraphs=report.notes)] if report.notes else []
    kept = [block for block in whole.blocks if _stays(block)]
    rest = tuple(block for block in whole.blocks if block not in (*said, *read, *kept))
    return Document(
        kind="reply",
        masthead=whole.masthead,
        blocks=(
            *read,
            *(replace(one, title="") for one in said),
            Glance(rows=tuple(row(report.facts[name]) for name in _behind(report))),
            Whole(title=f"The whole report of {report.profile.ticker}", blocks=rest),
            *kept,
        ),
    )


def asks_for_the_chart(report: Report) -> bool:
    """Whether a question of the report is one that its chart answers too."""
    topics = (one.topic for said in report.answers for one in questions(said.question))
    return not DRAWN.isdisjoint(topics)


def _summary(report: Report) -> list[Prose]:
    """What is said where nothing particular was asked."""
    return [Prose(paragraphs=(report.summary,))] if report.summary else []


def _behind(report: Report) -> list[str]:
    """The facts of the answers that are known, each once."""
    named = dict.fromkeys(name for answer in report.answers for name in answer.facts)
    return [name for name in named if name in report.facts and report.facts[name].value is not None]


def _stays(block: Block) -> bool:
    """Where it is from, and what went wrong: said of every answer."""
    if isinstance(block, Notes):
        return block.title == TITLE or any(note.tone == "warn" for note in block.notes)
    return isinstance(block, Foot)
