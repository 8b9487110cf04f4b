"""A report in reading order."""

from ...core.report import Report
from ..document import Beside, Block, Dialogue, Document, Glance, Prose
from . import company, findings, history, origin
from .facts import glance, groups
from .picture import of_prices


def of_report(report: Report) -> Document:
    """Head, answers to what was asked, summary, facts, price, findings, tables, what is missing, origin."""
    return Document(
        kind="report",
        masthead=company.masthead(report),
        blocks=(
            *_said(report),
            *of_prices(report.bars),
            Glance(rows=glance(report.facts)),
            groups(report.facts, title="All facts"),
            *findings.signals(report.signals),
            Beside(blocks=(findings.checks(report.checks), findings.risks(report.risks))),
            *findings.opportunities(report.opportunities),
            *history.peers(report.standings, report.facts, fold=True),
            *history.quarters(report.statements, fold=True),
            *history.earnings(report, fold=True),
            *company.about(report.profile),
            *origin.missing(report.missing, fold=True),
            origin.ages(report),
            origin.foot(report.timing),
        ),
    )


def _said(report: Report) -> tuple[Block, ...]:
    """How it was read and what was asked come before the summary, which nobody asked for."""
    summary = (report.summary,) if report.summary else ()
    if not report.answers:
        return _prose((*report.notes, *summary))
    told = tuple((a.question, tuple(a.text.splitlines())) for a in report.answers)
    return (*_prose(report.notes), Dialogue(pairs=told), *_prose(summary))


def _prose(paragraphs: tuple[str, ...]) -> tuple[Block, ...]:
    return (Prose(paragraphs=paragraphs),) if paragraphs else ()
