"""The answer of `rotation`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..fundamentals import Missing
from ..report import DISCLAIMER, Timing, iso
from .breadth import Breadth
from .gap import ValuationGap
from .january import Januaries
from .pair import Pair
from .scoreboard import Score
from .streak import Streaks
from .watch_item import WatchItem

LEADS = ("breadth", "streak", "returns", "january", "valuation")
"""What can be said first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """Small companies against large ones.

    Attributes:
        pair: The two indices.
        provider: Which source answered.
        as_of: What was knowable.
        streaks: Sessions in a row.
        scores: Returns of both, by period.
        breadth: How many take part; None when it is not known.
        januaries: Past Januaries; None without a whole one.
        valuation_gap: What small companies cost against large ones; None when it is not known.
        watch_items: What would change the picture.
        summary: A few sentences made from the above alone, what was asked for first.
        missing: What is not there and why.
        notes: How the request was read, and how far the answer reaches.
        fictional: Whether the market is invented.
        timing: What it cost.
    """

    pair: Pair
    provider: str
    as_of: datetime
    streaks: Streaks
    scores: tuple[Score, ...]
    breadth: Breadth | None
    januaries: Januaries | None
    valuation_gap: ValuationGap | None
    watch_items: tuple[WatchItem, ...]
    summary: str = ""
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    fictional: bool = False
    timing: Timing = field(default_factory=Timing)

    @property
    def exit(self) -> int:
        """0, or 3 when a provider call failed and the answer is partial."""
        return 3 if any(missing.failed for missing in self.missing) else 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-rotation/1` JSON."""
        return {
            "schema": "genie-rotation/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "fictional": self.fictional,
            "small": self.pair.small,
            "large": self.pair.large,
            "source": self.pair.source,
            "bars_to": iso(self.pair.closed_at),
            "streak": self.streaks.to_dict(),
            "history": [streak.to_dict() for streak in self.streaks.history],
            "scoreboard": [score.to_dict() for score in self.scores],
            "breadth": None if self.breadth is None else self.breadth.to_dict(),
            "january": None if self.januaries is None else self.januaries.to_dict(),
            "valuation_gap": None if self.valuation_gap is None else self.valuation_gap.to_dict(),
            "watch_items": [item.to_dict() for item in self.watch_items],
            "summary": self.summary,
            "notes": list(self.notes),
            "missing": [missing.to_dict() for missing in self.missing],
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }
