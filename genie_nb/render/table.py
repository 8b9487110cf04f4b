"""Answers as DataFrames."""

from functools import singledispatch
from typing import Any

import pandas as pd

from ..core.changes.diff import Diff
from ..core.doctor import Health
from ..core.errors import GenieError
from ..core.report import Comparison, Explanation, Report
from ..core.rotation import Rotation
from ..core.smart.setup import Setup
from ..core.upkeep import Upkeep
from ..core.watch.arming import Watch
from ..core.watch.watched import Changed

ENVELOPE = frozenset(("schema", "as_of", "timing", "disclaimer"))
"""Members of every answer, which `attrs` keep where they matter to a table."""


def frame_of(value: Any) -> pd.DataFrame:
    """The answer as a table; `attrs` keep its source and as_of.

    A report is one row per fact, a comparison one row per fact and a column per ticker, an
    explanation one row per input, a rotation one row per period, a diff one per change, a setup one row per strategy, the doctor's
    answer one per check, a change of the watchlist one per rule. Any other answer is one row per
    entry where its JSON lists entries of one kind, else a single row.

    Raises:
        GenieError: The value is no answer.
    """
    frame = _table(value)
    as_of = getattr(value, "as_of", None)
    source = getattr(value, "provider", None)
    frame.attrs = {"source": source, "as_of": None if as_of is None else as_of.isoformat()}
    return frame


@singledispatch
def _table(value: Any) -> pd.DataFrame:
    if not hasattr(value, "to_dict"):
        raise GenieError(
            f"A {type(value).__name__} is not a table.",
            seen=type(value).__name__,
            needed="the answer of a verb",
            cure="Use pandas.DataFrame for values of your own.",
        )
    members = value.to_dict()
    lists = [member for member in members.values() if _entries(member)]
    return pd.DataFrame(lists[0]) if len(lists) == 1 else _record(members)


def _entries(member: object) -> bool:
    return isinstance(member, list) and bool(member) and isinstance(member[0], dict)


def _record(members: dict[str, Any]) -> pd.DataFrame:
    """The plain members as one row; names stand in one cell with spaces between them."""
    row = {
        name: " ".join(map(str, member)) if isinstance(member, list) else member
        for name, member in members.items()
        if name not in ENVELOPE and not isinstance(member, dict) and not _entries(member)
    }
    return pd.DataFrame([row])


@_table.register
def _watch(value: Watch) -> pd.DataFrame:
    return _record(value.to_dict())


@_table.register
def _changed(value: Changed) -> pd.DataFrame:
    members = value.to_dict()
    frame = pd.DataFrame(members["rules"])
    return frame.assign(snoozed_until=members["snoozed_until"]) if value.until else frame


@_table.register
def _upkeep(value: Upkeep) -> pd.DataFrame:
    rows = [{"what": name, "count": count} for name, count in value.counts.items()]
    return pd.DataFrame(rows, columns=["what", "count"])


@_table.register
def _report(value: Report) -> pd.DataFrame:
    rows = {
        name: {
            "value": fact.value,
            "unit": fact.unit,
            "verdict": fact.verdict,
            "as_of": fact.as_of,
            "source": fact.source,
            "formula": fact.formula,
            "reason": fact.reason,
        }
        for name, fact in value.facts.items()
    }
    frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis("fact")
    return frame.astype({"value": "float64"})


@_table.register
def _comparison(value: Comparison) -> pd.DataFrame:
    columns = {
        report.profile.ticker: {name: fact.value for name, fact in report.facts.items()}
        for report in value.reports
    }
    return pd.DataFrame(columns, dtype="float64").rename_axis("fact")


@_table.register
def _explanation(value: Explanation) -> pd.DataFrame:
    return pd.DataFrame([item.to_dict() for item in value.inputs])


@_table.register
def _diff(value: Diff) -> pd.DataFrame:
    columns = ["kind", "fact", "before", "after", "unit", "size", "cause", "text"]
    frame = pd.DataFrame([change.to_dict() for change in value.changes], columns=columns)
    return frame.astype({"size": "float64"})


@_table.register
def _rotation(value: Rotation) -> pd.DataFrame:
    return pd.DataFrame([score.to_dict() for score in value.scores])


@_table.register
def _health(value: Health) -> pd.DataFrame:
    return pd.DataFrame([probe.to_dict() for probe in value.checks])


@_table.register
def _setup(value: Setup) -> pd.DataFrame:
    rows = [
        {
            "strategy": one.strategy,
            "score": one.score,
            "fit": one.fit,
            "noise_per_year": one.noise_per_year,
            "out_of_sample": one.out_of_sample.total_return if one.out_of_sample else None,
            "null_p": one.null_p,
            "reasons": " ".join(one.reasons),
        }
        for one in value.scores
    ]
    numbers = dict.fromkeys(
        ("score", "fit", "noise_per_year", "out_of_sample", "null_p"), "float64"
    )
    return pd.DataFrame(rows).astype(numbers)
