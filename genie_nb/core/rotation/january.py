"""How small companies did against large ones in each January."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean
from typing import Any

import numpy as np
import pandas as pd

from .pair import Pair

LATE = 24
"""A January whose newest session is of an earlier day is not whole: its bars have a hole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class January:
    """One January, from the last close of December on.

    Attributes:
        year: The year.
        small: Price return of the small-cap index, a fraction.
        large: The same of the large-cap index.
        end: The newest session that it is reckoned to.
        finished: Whether the month is over.
    """

    year: int
    small: float
    large: float
    end: date
    finished: bool

    @property
    def difference(self) -> float:
        """Small minus large, a fraction."""
        return self.small - self.large

    def to_dict(self) -> dict[str, Any]:
        """One entry of `januaries` in the JSON."""
        return {
            "year": self.year,
            "small": self.small,
            "large": self.large,
            "difference": self.difference,
            "end": self.end.isoformat(),
            "finished": self.finished,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Januaries:
    """Finished Januaries, and the one that is under way.

    Attributes:
        finished: Oldest first; at least one.
        so_far: The unfinished one; None in other months.
    """

    finished: tuple[January, ...]
    so_far: January | None = None

    @property
    def mean(self) -> float:
        """Mean difference of the finished ones, a fraction."""
        return fmean(one.difference for one in self.finished)

    @property
    def ahead(self) -> int:
        """In how many of them the small-cap index did better."""
        return sum(one.difference > 0 for one in self.finished)

    def to_dict(self) -> dict[str, Any]:
        """The member `january` of the JSON."""
        return {
            "count": len(self.finished),
            "mean_difference": self.mean,
            "ahead": self.ahead,
            "unit": "fraction",
            "so_far": None if self.so_far is None else self.so_far.to_dict(),
            "januaries": [one.to_dict() for one in self.finished],
        }


def januaries(pair: Pair, as_of: datetime) -> Januaries | None:
    """The Januaries of the bars there are; None when not one of them is whole.

    Args:
        pair: The two indices.
        as_of: What is taken for now, which decides whether a January is over.
    """
    found = [
        one
        for year in range(pair.day(0).year, pair.day(-1).year + 1)
        if (one := _january(pair, year, as_of)) is not None
    ]
    finished = tuple(one for one in found if one.finished and one.end.day >= LATE)
    running = [one for one in found if not one.finished]
    if not finished:
        return None
    return Januaries(finished=finished, so_far=running[-1] if running else None)


def _january(pair: Pair, year: int, as_of: datetime) -> January | None:
    days = pair.sessions
    december = np.flatnonzero((days.year == year - 1) & (days.month == 12))
    own = np.flatnonzero((days.year == year) & (days.month == 1))
    if not len(december) or not len(own):
        return None
    small, large = pair.moves(int(december[-1]), int(own[-1]))
    over = pd.Timestamp(as_of) >= pd.Timestamp(year=year, month=2, day=1, tz="UTC")
    return January(
        year=year, small=small, large=large, end=pair.day(int(own[-1])).date(), finished=bool(over)
    )
