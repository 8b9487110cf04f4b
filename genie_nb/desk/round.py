"""A round through a universe: work goes out, rows come back, and each is kept as it comes."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from ..core.errors import GenieError
from ..core.scan import LeftOut, Row
from ..core.work import Outcome, Spreads
from .batch import Batch, look
from .journal import Journal
from .progress import progress
from .supply import Supply


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One scan while it runs.

    Attributes:
        tickers: The whole universe.
        supply: Where work comes from.
        journal: Where rows are kept until the scan is whole.
        found: What is known already; grows on the way.
    """

    tickers: Sequence[str]
    supply: Supply
    journal: Journal
    found: dict[str, Row | LeftOut]

    @property
    def failed(self) -> dict[str, Exception]:
        """Tickers that could not be looked at, and why."""
        return self.supply.failed

    def work(
        self, spread: Spreads, *, dask: str | None, workers: int | None, deadline: float | None
    ) -> str:
        """Look at every ticker that is not known yet.

        Returns:
            Why not all of them were looked at; nothing when all were.
        """
        todo = [ticker for ticker in self.tickers if ticker not in self.found]
        end = None if deadline is None else monotonic() + deadline
        outcomes: Any = spread(look, self.supply.batches(todo), dask=dask, workers=workers)
        with progress(len(todo), f"scan {self.supply.sought.name}", "tickers") as advance:
            try:
                unfetched = len(todo)
                for outcome in outcomes:
                    self._take(outcome)
                    advance(len(outcome.piece.tickers))
                    unfetched -= len(outcome.piece.tickers)
                    if end is not None and monotonic() > end:
                        return self._left(f"Stopped at the deadline of {deadline:g} s")
                advance(unfetched)
            except KeyboardInterrupt:
                return self._left("Stopped by you")
            finally:
                with suppress(AttributeError):
                    outcomes.close()
        self._forget()
        return ""

    def _take(self, outcome: Outcome[Batch]) -> None:
        batch = outcome.piece
        batch.discard()
        if outcome.value is None:
            error = outcome.error or GenieError("No answer came.")
            self.failed.update(dict.fromkeys(batch.tickers, error))
            return
        self.found.update({item.ticker: item for item in outcome.value})
        self.journal.add(outcome.value)

    def _left(self, why: str) -> str:
        left = sum(
            ticker not in self.found and ticker not in self.failed for ticker in self.tickers
        )
        if not left:
            self._forget()
            return ""
        return (
            f"{why}: {left:,} of {len(self.tickers):,} tickers were not looked at. The same scan "
            "goes on from here."
        )

    def _forget(self) -> None:
        """Drop the journal when there is nothing left that another try could bring."""
        if not any(getattr(error, "retryable", True) for error in self.failed.values()):
            self.journal.drop()
