"""The scan: one strategy or rule over a universe.

    universe -> bars, a batch at a time -> parcels -> workers look -> rows, journal -> Scan

No more bars are held here than the batches that the workers have in hand.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Any

from ..core.backtest import Costs
from ..core.errors import AskError, DataError, GenieError
from ..core.market import Bars, Interval
from ..core.scan import LeftOut, Row, Scan, Sought, sought
from ..core.verbs import Ask
from ..core.work import Spreads, in_turn
from ..data.calendar import Calendar
from ..data.parcel import Parcel, pack
from ..data.universe import Universe, read_universe
from ..plugins import find_strategy
from . import research
from .batch import Batch, look
from .journal import Journal
from .progress import progress
from .tape import moment_of
from .tapes import closed_bars

if TYPE_CHECKING:
    from .desk import Desk

BATCH = 32
"""Tickers that go to a worker together."""

FEW = 160
"""Up to so many tickers, starting processes costs more than it saves."""

OLD = timedelta(days=10)
"""A tape that ends longer ago tells nothing of now; no run of holidays is as long."""


def scan(desk: "Desk", ask: Ask, *, spread: Spreads = in_turn) -> Scan:
    """Look for a strategy or rule in every ticker of a universe.

    Interrupted, it answers with what was found; asked for again, it goes on from there.

    Args:
        desk: Whose provider is asked.
        ask: Its words are what is looked for.
        spread: Does the looking, here or in other processes.

    Raises:
        UnknownName: No such strategy.
        RuleNotUnderstood: The words are no condition.
        AskError: The universe cannot be read.
        DataError: The bars of another ticker that the conditions read could not be had.
    """
    run = _prepare(desk, ask)
    with desk.timed() as timing, TemporaryDirectory(prefix="genie-scan-") as folder:
        stopped = run.work(spread, Path(folder))
        run.settle(whole=not stopped)
        return Scan(
            sought=run.sought,
            provider=desk.data.name,
            as_of=run.as_of,
            universe=run.universe.source,
            size=len(run.universe.tickers),
            rows=run.rows(),
            left_out=run.left_out(),
            unknown=tuple(LeftOut.because(*item) for item in sorted(run.failed.items())),
            kept=run.kept,
            stopped=stopped,
            timing=timing(),
        )


def _prepare(desk: "Desk", ask: Ask) -> "_Run":
    options: Mapping[str, Any] = ask.options
    what = sought(
        ask.words,
        find=find_strategy,
        interval=Interval.of(options["interval"]) if "interval" in options else None,
        params=options.get("set"),
        fee_bps=float(options.get("fee_bps", Costs().fee_bps)),
    )
    as_of = moment_of(desk, ask)
    universe = _universe(desk, ask)
    key = [version("genie-nb"), what.to_dict(), desk.address, sorted(universe.tickers)]
    journal = Journal(
        desk.directory / "cache" / "scan", json.dumps([*key, *_newest(desk, as_of, what.interval)])
    )
    if ask.options.get("fresh"):
        journal.drop()
    wanted = set(universe.tickers)
    kept = {ticker: item for ticker, item in journal.kept().items() if ticker in wanted}
    return _Run(
        desk=desk,
        ask=ask,
        sought=what,
        as_of=as_of,
        universe=universe,
        journal=journal,
        found=dict(kept),
        kept=len(kept),
    )


def _universe(desk: "Desk", ask: Ask) -> Universe:
    named = ask.options.get("universe")
    if named is not None:
        return read_universe(str(named))
    source, abilities = desk.data.source, desk.data.capabilities
    own: Sequence[str] = getattr(source, "tickers", ())
    indices = (abilities.small_cap_index, abilities.large_cap_index)
    companies = tuple(ticker for ticker in own if ticker not in indices)
    if not companies:
        raise AskError(
            "This scan has no universe.",
            needed="the tickers to go through",
            cure="Add --universe with a file of tickers, a fund's holdings, or ACME,WNCH.",
        )
    return Universe(tickers=companies, source=f"all companies of {source.name}")


def _newest(desk: "Desk", as_of: datetime, interval: Interval) -> tuple[str, str]:
    """What is the same as long as no newer bar can have closed."""
    if as_of < desk.data.now():
        return as_of.isoformat(), ""
    settled = as_of - timedelta(seconds=desk.data.capabilities.delay)
    return Calendar().next_close(settled, interval).isoformat(), f"{as_of:%Y-%m-%d}"


@dataclass(kw_only=True)
class _Run:
    """One scan while it runs."""

    desk: "Desk"
    ask: Ask
    sought: Sought
    as_of: datetime
    universe: Universe
    journal: Journal
    found: dict[str, Row | LeftOut]
    kept: int
    failed: dict[str, Exception] = field(default_factory=dict)

    def work(self, spread: Spreads, folder: Path) -> str:
        """Look at every ticker that is not known yet; why not all of them, or nothing."""
        todo = [ticker for ticker in self.universe.tickers if ticker not in self.found]
        options = self.ask.options
        dask = options.get("dask")
        workers = options.get("workers", 1 if len(todo) <= FEW else None)
        limit = options.get("deadline")
        end = None if limit is None else monotonic() + float(str(limit))
        outcomes = spread(
            look,
            self._batches(todo, None if dask else folder),
            dask=None if dask is None else str(dask),
            workers=None if workers is None else int(str(workers)),
        )
        with progress(len(todo), f"scan {self.sought.name}", "tickers") as advance:
            try:
                for outcome in outcomes:
                    self._take(outcome.piece, outcome.value, outcome.error)
                    advance(len(outcome.piece.tickers))
                    if end is not None and monotonic() > end:
                        return self._so_far(f"Stopped at the deadline of {limit:g} s", todo)
            except KeyboardInterrupt:
                return self._so_far("Stopped by you", todo)
            finally:
                with suppress(AttributeError):
                    outcomes.close()  # pyright: ignore[reportAttributeAccessIssue]
        return ""

    def _so_far(self, why: str, todo: Sequence[str]) -> str:
        left = sum(ticker not in self.found and ticker not in self.failed for ticker in todo)
        if not left:
            return ""
        return (
            f"{why}: {left:,} of {len(self.universe.tickers):,} tickers were not looked at. "
            "The same scan goes on from here."
        )

    def _take(
        self, batch: Batch, value: tuple[Row | LeftOut, ...] | None, error: Exception | None
    ) -> None:
        batch.discard()
        if value is None:
            self.failed |= dict.fromkeys(batch.tickers, error or GenieError("No answer came."))
            return
        self.found |= {item.ticker: item for item in value}
        self.journal.add(value)

    def _batches(self, tickers: Sequence[str], folder: Path | None) -> Iterator[Batch]:
        """Bars of the next tickers, in a file of *folder* or, without one, in memory."""
        if not tickers:
            return
        others = self._others(folder)
        for number in range(0, len(tickers), BATCH):
            some = tickers[number : number + BATCH]
            tapes = closed_bars(self.desk, some, self.sought.interval, self.as_of)
            facts = self._facts([ticker for ticker in some if isinstance(tapes[ticker], Bars)])
            ready: list[Bars] = []
            for ticker, tape in tapes.items():
                if isinstance(tape, Exception):
                    self.failed[ticker] = tape
                elif ticker not in self.failed:
                    ready.append(tape)
            del tapes
            if ready:
                yield Batch(
                    sought=self.sought,
                    tickers=tuple(tape.ticker for tape in ready),
                    bars=pack(ready, file=folder / f"{number}.arrow" if folder else None),
                    others=others,
                    facts=facts,
                    newest_from=self.as_of - OLD,
                )

    def _others(self, folder: Path | None) -> Parcel | None:
        """Bars of the other tickers that the conditions read."""
        if not self.sought.others:
            return None
        tapes = closed_bars(self.desk, self.sought.others, self.sought.interval, self.as_of)
        ready: list[Bars] = []
        for tape in tapes.values():
            if isinstance(tape, Exception):
                raise tape
            ready.append(tape)
        return pack(ready, file=folder / "others.arrow" if folder else None)

    def _facts(self, tickers: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
        """The facts that the conditions read, of each ticker."""
        found: dict[str, dict[str, float]] = {}
        for ticker in tickers if self.sought.facts else ():
            asked = Ask(verb="analyze", tickers=(ticker,), options=self._shared_options())
            try:
                facts = research.analyze(self.desk, asked).facts
            except DataError as error:
                self.failed[ticker] = error
                continue
            values = {name: facts[name].value for name in self.sought.facts}
            found[ticker] = {name: value for name, value in values.items() if value is not None}
        return found

    def _shared_options(self) -> dict[str, object]:
        return {name: self.ask.options[name] for name in ("as_of",) if name in self.ask.options}

    def settle(self, *, whole: bool) -> None:
        """Forget the journal when there is nothing left that another try could bring."""
        again = any(getattr(error, "retryable", True) for error in self.failed.values())
        if whole and not again:
            self.journal.drop()

    def rows(self) -> tuple[Row, ...]:
        """Best first, with the companies' names."""
        rows = [item for item in self.found.values() if isinstance(item, Row)]
        rows.sort(key=lambda row: (-row.score, row.ticker))
        return tuple(replace(row, name=self._name(row.ticker)) for row in rows)

    def _name(self, ticker: str) -> str | None:
        known = self.universe.names.get(ticker)
        if known is None and self.desk.data.capabilities.fictional:
            with suppress(DataError):
                return self.desk.data.fundamentals(ticker).name
        return known

    def left_out(self) -> tuple[LeftOut, ...]:
        """Words that are no tickers, then tickers whose bars do not suffice."""
        refused = (
            LeftOut(ticker=word, error="AskError", reason=reason)
            for word, reason in self.universe.refused
        )
        few = (item for item in self.found.values() if isinstance(item, LeftOut))
        return (*refused, *sorted(few, key=lambda item: item.ticker))
