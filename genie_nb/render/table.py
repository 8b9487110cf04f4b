"""Answers as DataFrames."""

import pandas as pd

from ..core.doctor import Health
from ..core.errors import GenieError
from ..core.facts.fact import Facts
from ..core.report import Comparison, Explanation, Report
from ..core.smart.setup import Setup


def frame_of(value: object) -> pd.DataFrame:
    """The answer as a table; `attrs` keep its source and as_of.

    A report is one row per fact, a comparison one row per fact and a column per ticker, an
    explanation one row per input, a setup one row per strategy, the doctor's answer one per check.

    Raises:
        GenieError: The answer is not a table.
    """
    if isinstance(value, Report):
        frame = _facts(value.facts)
    elif isinstance(value, Comparison):
        frame = pd.DataFrame(
            {
                report.profile.ticker: {name: fact.value for name, fact in report.facts.items()}
                for report in value.reports
            },
            dtype="float64",
        ).rename_axis("fact")
    elif isinstance(value, Explanation):
        frame = pd.DataFrame([item.to_dict() for item in value.inputs])
    elif isinstance(value, Setup):
        frame = _scores(value)
    elif isinstance(value, Health):
        frame = pd.DataFrame([probe.to_dict() for probe in value.checks])
    else:
        raise GenieError(
            f"A {type(value).__name__} is not a table.",
            seen=type(value).__name__,
            needed="an answer that has rows",
            cure="Use to_dict().",
        )
    frame.attrs = {"source": value.provider, "as_of": value.as_of.isoformat()}
    return frame


def _facts(facts: Facts) -> pd.DataFrame:
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
        for name, fact in facts.items()
    }
    frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis("fact")
    return frame.astype({"value": "float64"})


def _scores(setup: Setup) -> pd.DataFrame:
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
        for one in setup.scores
    ]
    numbers = dict.fromkeys(
        ("score", "fit", "noise_per_year", "out_of_sample", "null_p"), "float64"
    )
    return pd.DataFrame(rows).astype(numbers)
