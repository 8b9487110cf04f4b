"""What small companies cost against large ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from ..facts.fact import Fact
from ..fundamentals import Missing
from .member import Member

FEWEST = 8
"""Companies with a P/E on each side below which no median is told, as of peers."""

FORMULA = "median pe_trailing of the companies that have one"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuationGap:
    """Median trailing P/E of small companies and of large and mega ones.

    Attributes:
        small: Median of the small ones, a ratio.
        large: Median of the large and mega ones.
        small_count: Small companies with a P/E; one with a loss has none.
        large_count: The same of large and mega ones.
    """

    small: Fact
    large: Fact
    small_count: int
    large_count: int

    @property
    def ratio(self) -> float:
        """The small ones' median as a multiple of the large ones'."""
        return (self.small.value or 0.0) / (self.large.value or 1.0)

    def to_dict(self) -> dict[str, Any]:
        """The member `valuation_gap` of the JSON."""
        return {
            "small": {**self.small.to_dict(), "companies": self.small_count},
            "large": {**self.large.to_dict(), "companies": self.large_count},
            "small_over_large": self.ratio,
            "unit": "ratio",
        }


def valuation_gap(
    members: Sequence[Member], *, as_of: datetime, source: str
) -> tuple[ValuationGap | None, tuple[Missing, ...]]:
    """The two medians, where each side has enough companies with a P/E."""
    small = [one.pe for one in members if one.band == "small" and one.pe is not None]
    large = [one.pe for one in members if one.band in ("large", "mega") and one.pe is not None]
    if min(len(small), len(large)) < FEWEST:
        reason = (
            f"{len(small)} small and {len(large)} large or mega companies with a P/E are known here; "
            f"a median takes {FEWEST} of each."
        )
        return None, (Missing(what="valuation_gap", reason=reason),)
    sides = [
        Fact(
            name="pe_trailing_median",
            value=median(values),
            unit="ratio",
            as_of=as_of,
            source=f"computed from {source}",
            formula=FORMULA,
        )
        for values in (small, large)
    ]
    gap = ValuationGap(
        small=sides[0], large=sides[1], small_count=len(small), large_count=len(large)
    )
    return gap, ()
