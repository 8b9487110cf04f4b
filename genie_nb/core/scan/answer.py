"""The answer of `scan`: where it is found, best first, and what could not be looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from ..report import DISCLAIMER, Timing, iso
from ..smart.unseen import FEW
from .row import LeftOut, Row
from .sought import Sought

SURVIVORSHIP = (
    "The universe is a list of today's: companies that failed or were bought since are not in it, so "
    "results over past years look better than they were."
)
OLD = timedelta(days=10)
"""A tape that ends so much earlier tells nothing of now; no run of holidays is as long."""

NOT_FOUND = "NotFound"
"""The error of a ticker that the provider does not know."""

INTERRUPTED = 130
"""Exit status of what the user stopped, as shells have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One strategy or rule in many tickers.

    Attributes:
        sought: What was looked for.
        provider: Which source answered.
        as_of: What was knowable.
        universe: Where the tickers are from, in words.
        size: How many there are.
        rows: By score, best first; equal ones by ticker.
        left_out: Tickers whose bars do not suffice, and words that are no tickers.
        unknown: Tickers that failed: the source, or the work itself.
        kept: How many were taken from an earlier scan that had stopped.
        stopped: Why not every ticker was reached; empty when all were.
        fictional: Whether the companies are invented.
        timing: What it cost.
    """

    sought: Sought
    provider: str
    as_of: datetime
    universe: str
    size: int
    rows: tuple[Row, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unknown: tuple[LeftOut, ...] = ()
    kept: int = 0
    stopped: str = ""
    fictional: bool = False
    timing: Timing = field(default_factory=Timing)

    @property
    def exit(self) -> int:
        """130 when stopped, 3 when calls failed, 2 when a ticker does not exist, else 0."""
        if self.stopped:
            return INTERRUPTED
        if any(missing.error != NOT_FOUND for missing in self.unknown):
            return 3
        return 2 if self.unknown else 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be known to read the rows, in sentences."""
        resumed = (
            f"{self.kept:,} of {self.size:,} tickers were kept from the same scan, which had not "
            "finished; --fresh looks at all of them again."
        )
        return (
            *((self.sought.said_back,) if self.sought.said_back else ()),
            *((self.stopped,) if self.stopped else ()),
            *self._age(),
            *((resumed,) if self.kept else ()),
            *((SURVIVORSHIP, self._luck()) if self.sought.kind == "strategy" else ()),
        )

    def _luck(self) -> str:
        few = sum(row.tested is not None and row.tested.few_trades for row in self.rows)
        return (
            f"The best of {len(self.rows):,} tickers look good by luck too; {few:,} have fewer than "
            f"{FEW} trades out of sample, too few to say."
        )

    def _age(self) -> tuple[str, ...]:
        """Says when all of the source ends long before what is taken for now."""
        newest = newest_bar(self.rows)
        if newest is None or self.as_of - newest <= OLD:
            return ()
        days = (self.as_of - newest).days
        return (f'The newest bars are of {newest:%Y-%m-%d}, {days:,} days old: "now" is then.',)

    def to_dict(self) -> dict[str, Any]:
        """The `genie-scan/1` JSON."""
        return {
            "schema": "genie-scan/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            **self.sought.to_dict(),
            "universe": {"source": self.universe, "size": self.size},
            "rows": [row.to_dict() for row in self.rows],
            "left_out": [missing.to_dict() for missing in self.left_out],
            "unknown": [missing.to_dict() for missing in self.unknown],
            "kept": self.kept,
            "complete": not self.stopped,
            "fictional": self.fictional,
            "notes": list(self.notes),
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }

    def to_frame(self) -> pd.DataFrame:
        """The rows as a table by ticker, figures within figures as `out_of_sample.sharpe`."""
        frame = pd.json_normalize([row.to_dict() for row in self.rows])
        frame = frame.set_index("ticker") if len(frame) else frame
        frame.attrs = {"source": self.provider, "as_of": self.as_of.isoformat()}
        return frame


def newest_bar(rows: Iterable[Row]) -> datetime | None:
    """Label of the newest bar of all rows; None without rows."""
    return max((datetime.fromisoformat(row.bar_time) for row in rows), default=None)


def ended(rows: Sequence[Row]) -> tuple[LeftOut, ...]:
    """The rows whose tapes end long before the others', as left out, for their last bar is not now."""
    newest = newest_bar(rows)
    return tuple(
        LeftOut(
            ticker=row.ticker,
            error="NoData",
            reason=f"The newest bar of {row.ticker} is of {row.bar_time[:10]}, long before the "
            "others': trading may be halted or ended.",
        )
        for row in rows
        if newest is not None and newest - datetime.fromisoformat(row.bar_time) > OLD
    )
