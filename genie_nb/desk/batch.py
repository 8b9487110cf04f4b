"""A batch: some tickers of a scan with all that is needed to look at them, in whatever process.

Batch -> look -> Rows and what was left out
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..core.expr import World
from ..core.scan import LeftOut, Row, Sought, examine
from ..data.parcel import Parcel, unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Work for one worker.

    Attributes:
        sought: What is looked for.
        tickers: Whose bars are in the parcel, in its order.
        bars: Their closed bars.
        others: Closed bars of other tickers that the conditions read; None when they read none.
        facts: By ticker, the facts that the conditions read, as known at its newest bar.
    """

    sought: Sought
    tickers: tuple[str, ...]
    bars: Parcel
    others: Parcel | None = None
    facts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def discard(self) -> None:
        """Remove the file of the bars, when they are in one."""
        if isinstance(self.bars, Path):
            self.bars.unlink(missing_ok=True)


def look(batch: Batch) -> tuple[Row | LeftOut, ...]:
    """Look for it in every ticker of a batch."""
    others = {} if batch.others is None else {tape.ticker: tape for tape in unpack(batch.others)}
    return tuple(
        examine(
            batch.sought,
            tape,
            world=World(facts=batch.facts.get(tape.ticker, {}), others=others),
        )
        for tape in unpack(batch.bars)
    )
