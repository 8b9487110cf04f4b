"""The scan: one strategy or rule over a universe.

    universe -> bars, a batch at a time -> parcels -> workers look -> rows, journal -> Scan

No more bars are held here than the batches that the workers have in hand.
"""

import json
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ..core.backtest import Costs
from ..core.errors import AskError, DataError, NotFound
from ..core.market import Interval
from ..core.scan import LeftOut, Row, Scan, Sought, ended, sought
from ..core.verbs import Ask
from ..core.work import Spreads, in_turn
from ..data.calendar import Calendar
from ..data.universe import Universe, read_universe
from ..plugins import find_strategy
from .journal import Journal
from .resolve import unknown_ticker
from .round import Round
from .supply import Supply
from .tape import moment_of

if TYPE_CHECKING:
    from .desk import Desk

NAMED = 5
"""Up to so many tickers that do not exist are looked up for near names; more of them are a stale list."""

FEW = 160
"""Up to so many tickers, starting processes costs more than it saves."""


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
    what, universe, as_of = _sought(ask), _universe(desk, ask), moment_of(desk, ask)
    options: Mapping[str, Any] = ask.options
    dask = options.get("dask")
    journal = _journal(desk, what, universe, as_of)
    if options.get("fresh"):
        journal.drop()
    wanted = set(universe.tickers)
    kept = {ticker: item for ticker, item in journal.kept().items() if ticker in wanted}
    with desk.timed() as timing, TemporaryDirectory(prefix="genie-scan-") as folder:
        supply = Supply(
            desk=desk,
            sought=what,
            as_of=as_of,
            folder=None if dask else Path(folder),
            options={"as_of": options["as_of"]} if "as_of" in options else {},
        )
        round_ = Round(tickers=universe.tickers, supply=supply, journal=journal, found=dict(kept))
        few = len(universe.tickers) - len(kept) <= FEW
        stopped = round_.work(
            spread,
            dask=dask,
            workers=options.get("workers", 1 if few else None),
            deadline=options.get("deadline"),
        )
        rows = [item for item in round_.found.values() if isinstance(item, Row)]
        few_bars = [item for item in round_.found.values() if isinstance(item, LeftOut)]
        old = ended(rows)
        return Scan(
            sought=what,
            provider=desk.data.name,
            as_of=as_of,
            universe=universe.source,
            size=len(universe.tickers),
            rows=_ranked(desk, universe, rows, {item.ticker for item in old}),
            left_out=_left_out(universe, [*few_bars, *old]),
            unknown=_unknown(desk, round_.failed),
            kept=len(kept),
            stopped=stopped,
            fictional=desk.data.capabilities.fictional,
            timing=timing(),
        )


def _sought(ask: Ask) -> Sought:
    options: Mapping[str, Any] = ask.options
    return sought(
        ask.words,
        find=find_strategy,
        interval=Interval.of(options["interval"]) if "interval" in options else None,
        params=options.get("set"),
        fee_bps=float(options.get("fee_bps", Costs().fee_bps)),
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


def _journal(desk: "Desk", what: Sought, universe: Universe, as_of: datetime) -> Journal:
    key = [
        version("genie-nb"),
        what.to_dict(),
        desk.address,
        sorted(universe.tickers),
        *_newest(desk, as_of, what.interval),
    ]
    return Journal(desk.directory / "cache" / "scan", json.dumps(key))


def _newest(desk: "Desk", as_of: datetime, interval: Interval) -> tuple[str, str]:
    """What is the same as long as no newer bar can have closed."""
    if as_of < desk.data.now():
        return as_of.isoformat(), ""
    settled = as_of - timedelta(seconds=desk.data.capabilities.delay)
    return Calendar().next_close(settled, interval).isoformat(), f"{as_of:%Y-%m-%d}"


def _ranked(
    desk: "Desk", universe: Universe, rows: Sequence[Row], without: Set[str]
) -> tuple[Row, ...]:
    """Best first, with the companies' names."""
    shown = (row for row in rows if row.ticker not in without)
    ordered = sorted(shown, key=lambda row: (-row.score, row.ticker))
    return tuple(replace(row, name=_name(desk, universe, row.ticker)) for row in ordered)


def _name(desk: "Desk", universe: Universe, ticker: str) -> str | None:
    """As the universe says; an invented company is asked for its name, which costs nothing."""
    known = universe.names.get(ticker)
    if known is None and desk.data.capabilities.fictional:
        with suppress(DataError):
            return desk.data.fundamentals(ticker).name
    return known


def _unknown(desk: "Desk", failed: Mapping[str, Exception]) -> tuple[LeftOut, ...]:
    """The tickers that failed, with near names where only a few of them do not exist."""
    told = dict(sorted(failed.items()))
    strange = [ticker for ticker, error in told.items() if isinstance(error, NotFound)]
    missing = {ticker: LeftOut.because(ticker, error) for ticker, error in told.items()}
    for ticker in strange if len(strange) <= NAMED else ():
        reason = str(unknown_ticker(ticker, desk.data))
        missing[ticker] = replace(missing[ticker], reason=reason)
    return tuple(missing.values())


def _left_out(universe: Universe, few: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    """Words that are no tickers, then tickers whose bars do not suffice."""
    refused = (
        LeftOut(ticker=word, error="AskError", reason=reason) for word, reason in universe.refused
    )
    return (*refused, *sorted(few, key=lambda item: item.ticker))
