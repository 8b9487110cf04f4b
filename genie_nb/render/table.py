"""Answers as DataFrames."""

from functools import singledispatch
from typing import Any

import pandas as pd

from ..core.doctor import Health
from ..core.errors import GenieError
from ..core.report import Comparison, Explanation, Report
from ..core.smart.setup import Setup


def frame_of(value: Any) -> pd.DataFrame:
    """The answer as a table; `attrs` keep its source and as_of.

    A report is one row per fact, a comparison one row per fact and a column per ticker, an
    explanation one row per input, a setup one row per strategy, the doctor's answer one per check.

    Raises:
        GenieError: The answer is not a table.
    """
    frame = _table(value)
    frame.attrs = {"source": value.provider, "as_of": value.as_of.isoformat()}
    return frame


@singledispatch
def _table(value: object) -> pd.DataFrame:
    raise GenieError(
        f"A {type(value).__name__} is not a table.",
        seen=type(value).__name__,
        needed="an answer that has rows",
        cure="Use to_dict().",
    )


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
