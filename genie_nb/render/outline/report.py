"""A report in reading order."""

from collections.abc import Sequence

import numpy as np

from ...core.figures import written
from ...core.indicators import sma
from ...core.market import Bars
from ...core.report import Report
from ..document import Beside, Block, Dialogue, Document, Prose, Sketch
from ..series import column, rounded
from . import company, findings, history, origin
from .facts import groups

YEAR = 252
"""Bars of the small picture."""

FEWEST = 20
"""Bars below which there is no picture."""


def of_report(report: Report) -> Document:
    """Head, summary, answers, facts, price, findings, tables, what is missing, origin."""
    return Document(
        kind="report",
        masthead=company.masthead(report),
        blocks=(
            *_said(report),
            *_sketch(report.bars),
            groups(report.facts),
            *findings.signals(report.signals),
            Beside(blocks=(findings.checks(report.checks), findings.risks(report.risks))),
            *findings.opportunities(report.opportunities),
            *history.peers(report.standings, report.facts),
            *history.quarters(report.statements),
            *history.earnings(report),
            *company.about(report.profile),
            *origin.missing(report.missing),
            origin.ages(report),
            origin.foot(report.timing),
        ),
    )


def _said(report: Report) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if said := tuple(text for text in (*report.notes, report.summary) if text):
        blocks.append(Prose(paragraphs=said))
    if report.answers:
        told = ((a.question, tuple(a.text.splitlines())) for a in report.answers)
        blocks.append(Dialogue(pairs=tuple(told)))
    return tuple(blocks)


def _sketch(bars: Bars | None) -> tuple[Sketch, ...]:
    if bars is None or len(bars) < FEWEST:
        return ()
    close = column(bars.frame, "close")
    days = [f"{day:%Y-%m-%d}" for day in bars.index[-YEAR:].date]
    return (
        Sketch(
            closes=tuple(close[-YEAR:].tolist()),
            average=rounded(sma(close, 50)[-YEAR:], 4),
            volumes=rounded(column(bars.frame, "volume")[-YEAR:], 0),
            caption=_course(close[-YEAR:], days, bars.currency or "ratio"),
            ends=(days[0], days[-1]),
        ),
    )


def _course(closes: np.ndarray, days: Sequence[str], unit: str) -> str:
    first, last, low, high = (
        written(float(value), unit) for value in (closes[0], closes[-1], closes.min(), closes.max())
    )
    return (
        f"Closes of {len(closes)} sessions, {days[0]} to {days[-1]}: from {first} to {last}, "
        f"lowest {low} on {days[int(closes.argmin())]}, highest {high} on {days[int(closes.argmax())]}. "
        "The dashed line is the 50-day average; bars are volume."
    )
