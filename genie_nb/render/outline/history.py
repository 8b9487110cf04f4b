"""The tables of a report: its peers, its quarters, its earnings releases."""

from collections.abc import Sequence
from itertools import pairwise

from ...core.facts.fact import Facts
from ...core.figures import written
from ...core.findings.finding import Standing
from ...core.fundamentals import EarningsReport, Statement, Topic
from ...core.report import Report
from ..document import Grid
from .facts import figure, label_of

QUARTERS = 5
"""Quarters shown: the newest and the year before it."""

RELEASES = 4
"""Earnings releases shown."""

LINES: tuple[tuple[str, Topic, str], ...] = (
    ("Revenue", "income", "revenue"),
    ("Operating income", "income", "operating_income"),
    ("Net income", "income", "net_income"),
    ("Free cash flow", "cashflow", "free_cash_flow"),
)
"""Statement rows shown by quarter."""


def peers(standings: Sequence[Standing], facts: Facts, *, fold: bool = False) -> tuple[Grid, ...]:
    """Each multiple against the median of the peers."""
    if not standings:
        return ()
    rows = tuple(_standing(standing, facts) for standing in standings)
    return (
        Grid(
            title="Against its peers",
            columns=("Multiple", "Own", "Peer median", "Peers", "Higher than"),
            rows=rows,
            hints=tuple(_members(standing) for standing in standings),
            caption=" ".join(dict.fromkeys(_basis(standing) for standing in standings)),
            fold=fold,
        ),
    )


def quarters(statements: Sequence[Statement], *, fold: bool = False) -> tuple[Grid, ...]:
    """The newest quarters of the statements, oldest first."""
    quarterly = {s.topic: s for s in statements if s.frequency == "quarterly"}
    ends = sorted({period.end for s in quarterly.values() for period in s.periods})[-QUARTERS:]
    if len(ends) < 2:
        return ()
    rows, trends = [], []
    for label, topic, name in LINES:
        statement = quarterly.get(topic)
        if statement is None:
            continue
        by_end = {period.end: period.rows.get(name) for period in statement.periods}
        values = tuple(by_end.get(end) for end in ends)
        if all(value is None for value in values):
            continue
        unit = statement.currency or "ratio"
        rows.append((label, *("–" if v is None else written(v, unit) for v in values)))
        trends.append(values)
    if not rows:
        return ()
    return (
        Grid(
            title="By quarter",
            columns=("Quarter to", *(f"{end:%Y-%m-%d}" for end in ends)),
            rows=tuple(rows),
            trends=tuple(trends),
            caption=_gaps(ends),
            fold=fold,
        ),
    )


def earnings(report: Report, *, fold: bool = False) -> tuple[Grid, ...]:
    """Past releases against what analysts expected."""
    if not report.earnings:
        return ()
    unit = report.facts["eps_ttm"].unit if "eps_ttm" in report.facts else "ratio"
    return (
        Grid(
            title="Earnings against estimates",
            columns=("Release", "Expected", "Reported", "Surprise"),
            rows=tuple(_release(past, unit) for past in report.earnings[:RELEASES]),
            fold=fold,
        ),
    )


def _standing(standing: Standing, facts: Facts) -> tuple[str, ...]:
    fact = facts.get(standing.fact)
    unit = fact.unit if fact else "ratio"
    above = standing.percentile
    return (
        label_of(standing.fact),
        figure(fact) if fact else "–",
        written(standing.median, unit) if standing.median is not None else standing.reason or "–",
        str(standing.n),
        "–" if above is None else f"{written(above, 'fraction')} of them",
    )


def _members(standing: Standing) -> str:
    left_out = "; ".join(f"{ticker}: {reason}" for ticker, reason in standing.excluded)
    members = f"Peers: {', '.join(standing.members)}"
    return f"{members}\nLeft out: {left_out}" if left_out else members


def _basis(standing: Standing) -> str:
    return f"Peers: {standing.basis} ({standing.source})."


def _release(past: EarningsReport, unit: str) -> tuple[str, ...]:
    surprise = past.surprise
    return (
        f"{past.day}",
        "–" if past.estimate is None else written(past.estimate, unit),
        "–" if past.actual is None else written(past.actual, unit),
        "–" if surprise is None else written(surprise, "fraction", signed=True),
    )


def _gaps(ends: Sequence) -> str:
    apart = [(later - earlier).days for earlier, later in pairwise(ends)]
    return "The quarters are not consecutive." if any(days > 100 for days in apart) else ""
