"""How past earnings came in against what analysts expected."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..figures import written
from ..fundamentals import EarningsReport

RECENT = 4
"""Releases looked at, a year of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurpriseHistory:
    """The recent releases that can be set against an estimate.

    Attributes:
        releases: How many of them.
        missed: How many came in below the estimate.
        worst: The lowest surprise, a fraction.
        newest: The surprise of the newest, a fraction.
    """

    releases: int
    missed: int
    worst: float
    newest: float

    @property
    def missed_share(self) -> float:
        """The share that came in below the estimate, a fraction."""
        return self.missed / self.releases


def surprise_history(earnings: Sequence[EarningsReport] | None) -> SurpriseHistory | None:
    """The last `RECENT` releases with an estimate; None when there is none."""
    known = [past.surprise for past in (earnings or ()) if past.surprise is not None][:RECENT]
    if not known:
        return None
    return SurpriseHistory(
        releases=len(known),
        missed=sum(surprise < 0 for surprise in known),
        worst=min(known),
        newest=known[0],
    )


def told(history: SurpriseHistory) -> str:
    """One sentence on beats and misses.

    Example:
        >>> told(SurpriseHistory(releases=4, missed=1, worst=-0.08, newest=0.05))
        'earnings missed the estimates in 1 of the last 4 releases, at worst by 8.0 %'
    """
    if not history.missed:
        return f"earnings met or beat the estimates in all of the last {history.releases} releases"
    return (
        f"earnings missed the estimates in {history.missed} of the last {history.releases} releases, "
        f"at worst by {written(-history.worst, 'fraction')}"
    )
