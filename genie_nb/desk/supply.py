"""The supply of a scan: bars of the next tickers, parcelled, with what else the conditions read.

tickers -> bars, a batch at a time -> Batches; a ticker without bars is kept with its failure
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import DataError, NotFound
from ..core.market import Bars
from ..core.scan import Sought
from ..core.verbs import Ask
from ..data.parcel import Parcel, pack
from . import research
from .batch import Batch
from .resolve import unknown_ticker
from .tapes import closed_bars

if TYPE_CHECKING:
    from .desk import Desk

BATCH = 32
"""Tickers that go to a worker together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Gives a scan's work piece by piece.

    Attributes:
        desk: Whose provider is asked.
        sought: What is looked for.
        as_of: What is taken for now.
        folder: Where bars are put, as files that workers map into memory; None to give them as
            buffers, for workers that share no disk.
        options: Those of the scan that asking for facts needs too.
        failed: Tickers whose bars or facts could not be had, and why; grows on the way.
    """

    desk: "Desk"
    sought: Sought
    as_of: datetime
    folder: Path | None
    options: Mapping[str, object] = field(default_factory=dict)
    failed: dict[str, Exception] = field(default_factory=dict)

    def batches(self, tickers: Sequence[str]) -> Iterator[Batch]:
        """The work for these tickers; bars are asked for as it is taken."""
        if not tickers:
            return
        others = self._others()
        for first in range(0, len(tickers), BATCH):
            tapes = self._tapes(tickers[first : first + BATCH])
            facts = self._facts([tape.ticker for tape in tapes])
            ready = [tape for tape in tapes if tape.ticker not in self.failed]
            if ready:
                yield Batch(
                    sought=self.sought,
                    tickers=tuple(tape.ticker for tape in ready),
                    bars=self._packed(ready, f"{first}.arrow"),
                    others=others,
                    facts=facts,
                )

    def _tapes(self, tickers: Sequence[str]) -> list[Bars]:
        ready: list[Bars] = []
        found = closed_bars(self.desk, tickers, self.sought.interval, self.as_of)
        for ticker, tape in found.items():
            if isinstance(tape, Exception):
                self.failed[ticker] = tape
            else:
                ready.append(tape)
        return ready

    def _others(self) -> Parcel | None:
        """Bars of the other tickers that the conditions read.

        Raises:
            UnknownTicker: The provider does not know one of them.
            DataError: They could not be had, so that every ticker would be unknown.
        """
        if not self.sought.others:
            return None
        found = closed_bars(self.desk, self.sought.others, self.sought.interval, self.as_of)
        ready: list[Bars] = []
        for ticker, tape in found.items():
            if isinstance(tape, NotFound):
                raise unknown_ticker(ticker, self.desk.data) from tape
            if isinstance(tape, Exception):
                raise tape
            ready.append(tape)
        return self._packed(ready, "others.arrow")

    def _packed(self, tapes: Sequence[Bars], name: str) -> Parcel:
        return pack(tapes, file=self.folder / name if self.folder else None)

    def _facts(self, tickers: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
        """The facts that the conditions read, of each ticker; unknown ones are left out."""
        found: dict[str, dict[str, float]] = {}
        for ticker in tickers if self.sought.facts else ():
            asked = Ask(verb="analyze", tickers=(ticker,), options=self.options)
            try:
                facts = research.analyze(self.desk, asked).facts
            except DataError as error:
                self.failed[ticker] = error
                continue
            values = {name: facts[name].value for name in self.sought.facts}
            found[ticker] = {name: value for name, value in values.items() if value is not None}
        return found
