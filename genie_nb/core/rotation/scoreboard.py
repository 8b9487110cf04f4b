"""Returns of both indices over usual periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import numpy as np
import pandas as pd

from ..fundamentals import Missing
from .pair import Pair

PERIODS = {
    "1 week": pd.DateOffset(weeks=1),
    "1 month": pd.DateOffset(months=1),
    "3 months": pd.DateOffset(months=3),
    "12 months": pd.DateOffset(months=12),
}
"""Counted back from the newest session by the calendar."""

YEAR_TO_DATE = "year to date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Both indices over one period.

    Attributes:
        period: What it is called.
        start: The session whose close both begin with.
        end: The newest session in common.
        small: Price return of the small-cap index, a fraction.
        large: The same of the large-cap index.
    """

    period: str
    start: date
    end: date
    small: float
    large: float

    @property
    def difference(self) -> float:
        """Small minus large, a fraction."""
        return self.small - self.large

    def to_dict(self) -> dict[str, Any]:
        """One entry of the member `scoreboard`."""
        return {
            "period": self.period,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "small": self.small,
            "large": self.large,
            "difference": self.difference,
            "unit": "fraction",
        }


def scoreboard(pair: Pair) -> tuple[tuple[Score, ...], tuple[Missing, ...]]:
    """Each period that the bars cover, and why another is not there.

    A period begins with the close of the last common session on or before its first day; the year
    with that of the last session of the year before.
    """
    scores: list[Score] = []
    missing: list[Missing] = []
    for period, day in _beginnings(pair.day(-1)):
        at = int(np.count_nonzero(pair.sessions <= day)) - 1
        if at < 0:
            missing.append(_too_short(pair, period))
            continue
        small, large = pair.moves(at)
        scores.append(
            Score(
                period=period,
                start=pair.day(at).date(),
                end=pair.day(-1).date(),
                small=small,
                large=large,
            )
        )
    return tuple(scores), tuple(missing)


def _beginnings(last: pd.Timestamp) -> Iterator[tuple[str, pd.Timestamp]]:
    for period, back in PERIODS.items():
        yield period, last - back
    year_end = pd.Timestamp(year=last.year - 1, month=12, day=31, tz=last.tz)
    yield YEAR_TO_DATE, cast(pd.Timestamp, year_end)


def _too_short(pair: Pair, period: str) -> Missing:
    return Missing(
        what=f"return over {period}" if period != YEAR_TO_DATE else f"return {period}",
        reason=f"The sessions that {pair.small} and {pair.large} have in common begin on "
        f"{pair.day(0):%Y-%m-%d}, after the first day of that period.",
    )
