"""Parts of a report as documents of their own, for places that show one at a time."""

from collections.abc import Mapping
from datetime import date

from ...core.figures import written
from ...core.fundamentals import Statement, Topic
from ...core.report import Report
from ..document import Block, Document, Masthead, Prose, SmallChart, SmallCharts
from . import company, history, origin

QUARTERS = 8
"""Quarters of the small charts: two years, so that each has the one of a year before."""

MEASURES: tuple[tuple[str, Topic, str], ...] = (
    *history.LINES,
    ("Gross profit", "income", "gross_profit"),
    ("Cash", "balance", "cash"),
    ("Total debt", "balance", "total_debt"),
    ("Shares outstanding", "balance", "shares"),
)
"""Statement rows that have a small chart."""


def of_head(report: Report) -> Document:
    """Who it is about, and how the request was read where that is worth saying."""
    blocks: tuple[Block, ...] = (Prose(paragraphs=report.notes),) if report.notes else ()
    return Document(kind="report", masthead=company.masthead(report), blocks=blocks)


def of_fundamentals(report: Report) -> Document:
    """The quarters as small charts, then the newest of them as a table, and the earnings releases."""
    return _part(
        report,
        "Fundamentals",
        (
            *_charts(report),
            *history.quarters(report.statements),
            *history.earnings(report),
            *origin.missing(report.missing),
        ),
        without="No quarterly statements are known.",
    )


def of_peers(report: Report) -> Document:
    """Where the company stands among its peers."""
    return _part(
        report,
        "Peers",
        history.peers(report.standings, report.facts),
        without="No peers are known.",
    )


def _part(report: Report, name: str, blocks: tuple[Block, ...], *, without: str) -> Document:
    told = blocks or (Prose(paragraphs=(without,)),)
    return Document(masthead=Masthead(name=f"{name}: {report.profile.name}"), blocks=told)


def _charts(report: Report) -> tuple[SmallCharts, ...]:
    quarterly = {s.topic: s for s in report.statements if s.frequency == "quarterly"}
    ends = sorted({period.end for s in quarterly.values() for period in s.periods})[-QUARTERS:]
    charts = tuple(
        chart
        for title, topic, row in MEASURES
        if topic in quarterly and (chart := _chart(title, quarterly[topic], row, ends)) is not None
    )
    if len(ends) < 2 or not charts:
        return ()
    return (
        SmallCharts(
            title="By quarter",
            periods=tuple(f"{end:%Y-%m-%d}" for end in ends),
            charts=charts,
            caption="Each chart has a scale of its own, from zero; columns below the line are losses or "
            "outflows. The change is against the same quarter a year before.",
        ),
    )


def _chart(title: str, statement: Statement, row: str, ends: list[date]) -> SmallChart | None:
    by_end = {period.end: period.rows.get(row) for period in statement.periods}
    values = tuple(by_end.get(end) for end in ends)
    if all(value is None for value in values):
        return None
    unit = "shares" if row == "shares" else statement.currency or "ratio"
    return SmallChart(
        title=title,
        values=values,
        written=tuple("–" if value is None else written(value, unit) for value in values),
        note=_change(by_end, ends),
    )


def _change(by_end: Mapping[date, float | None], ends: list[date]) -> str:
    """Of the newest quarter against the one a year before; empty where that has no meaning."""
    newest = ends[-1]
    before = next((end for end in ends if 350 <= (newest - end).days <= 380), None)
    now, then = by_end.get(newest), by_end.get(before) if before else None
    if now is None or then is None or then <= 0:
        return ""
    return f"{written(now / then - 1, 'fraction', signed=True)} YoY"
