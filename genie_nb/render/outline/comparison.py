"""Several reports side by side, where they differ most first."""

from ...core.facts.registry import REGISTRY
from ...core.report import Comparison, Report
from ..document import GLYPHS, MEANINGS, Document, Grid, Masthead, Note, Notes, Prose
from ..spoken import titled
from . import company, origin
from .facts import figure, label_of

MOST = 10
"""Differences in the first table."""


def of_comparison(comparison: Comparison) -> Document:
    """Head, summary, the largest differences, checks and risks side by side, all facts."""
    reports = comparison.reports
    named = [name for name in (d.fact for d in comparison.differences) if name in REGISTRY]
    return Document(
        kind="comparison",
        masthead=Masthead(name=_title(comparison), lines=tuple(_who(r) for r in reports)),
        blocks=(
            Prose(paragraphs=(*comparison.notes, comparison.summary)),
            *_facts("What differs most", named[:MOST], reports),
            *_checks(reports),
            *_risks(reports),
            *_facts("All facts", [n for n in REGISTRY if _known(n, reports)], reports, fold=True),
            *origin.missing(comparison.missing),
            *_absent(reports),
            _ages(comparison),
            origin.foot(comparison.timing),
        ),
    )


def _title(comparison: Comparison) -> str:
    *head, last = comparison.tickers
    return f"{', '.join(head)} and {last} compared" if head else last


def _who(report: Report) -> str:
    marks = ", ".join(company.pills(report.profile))
    return f"{report.profile.ticker}: {report.profile.name}" + (f" ({marks})" if marks else "")


def _facts(
    title: str, names: list[str], reports: tuple[Report, ...], *, fold: bool = False
) -> tuple[Grid, ...]:
    if not names:
        return ()
    rows = tuple((label_of(name), *(_value(report, name) for report in reports)) for name in names)
    hints = tuple(REGISTRY[name].formula for name in names)
    values = tuple(tuple(_number(report, name) for report in reports) for name in names)
    columns = ("Fact", *_tickers(reports))
    return (Grid(title=title, columns=columns, rows=rows, hints=hints, values=values, fold=fold),)


def _number(report: Report, name: str) -> float | None:
    fact = report.facts.get(name)
    return fact.value if fact else None


def _value(report: Report, name: str) -> str:
    fact = report.facts.get(name)
    return figure(fact) if fact else "–"


def _known(name: str, reports: tuple[Report, ...]) -> bool:
    return any(name in r.facts and r.facts[name].value is not None for r in reports)


def _tickers(reports: tuple[Report, ...]) -> tuple[str, ...]:
    return tuple(report.profile.ticker for report in reports)


def _checks(reports: tuple[Report, ...]) -> tuple[Grid, ...]:
    answers = [{c.name: c.status for c in report.checks} for report in reports]
    names = dict.fromkeys(name for answer in answers for name in answer)
    if not names:
        return ()
    rows = []
    for name in names:
        marks = [answer.get(name, "unknown") for answer in answers]
        rows.append((titled(name), *(f"{GLYPHS[m]} {MEANINGS[m]}" for m in marks)))
    columns = ("Check", *_tickers(reports))
    return (Grid(title="Checks", columns=columns, rows=tuple(rows), numeric=False),)


def _risks(reports: tuple[Report, ...]) -> tuple[Notes, ...]:
    worst = tuple(
        Note(
            lead=report.profile.ticker,
            text=f"{titled(known[0].name)} ({known[0].severity:.2f}): {known[0].text}",
        )
        for report in reports
        if (
            known := sorted(
                (r for r in report.risks if r.severity), key=lambda r: -(r.severity or 0)
            )
        )
    )
    return (Notes(title="Largest risk of each", notes=worst),) if worst else ()


def _absent(reports: tuple[Report, ...]) -> tuple[Notes, ...]:
    """Why a value is a dash: failed calls of all in the open, then the rest of each, folded."""
    return (
        *origin.failed({report.profile.ticker: report.missing for report in reports}),
        *(
            notes
            for report in reports
            for notes in origin.unknown(report.missing, of=report.profile.ticker, fold=True)
        ),
    )


def _ages(comparison: Comparison) -> Notes:
    aligned = comparison.aligned_to
    told = [
        (
            "Chart",
            f"closes, the first shown = 100; in common from {aligned[0]:%Y-%m-%d} to {aligned[1]:%Y-%m-%d}",
        )
        if aligned
        else ("Chart", "none: the companies have no sessions in common"),
        ("Source", comparison.provider),
        ("As of", f"{comparison.as_of:%Y-%m-%d %H:%M} UTC"),
    ]
    notes = tuple(Note(lead=lead, text=text) for lead, text in told)
    gist = f"{comparison.provider} · as of {told[-1][1]}"
    return Notes(title=origin.TITLE, notes=notes, fold=True, gist=gist)
