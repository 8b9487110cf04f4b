"""The closed bars of the one ticker that a request is about, and what else its conditions read."""

from datetime import datetime
from typing import TYPE_CHECKING

from ..core.errors import NotFound
from ..core.expr import World
from ..core.market import Bars, Interval
from ..core.scan import Sought
from ..core.verbs import Ask
from ..data.deadline import gather
from . import research
from .resolve import by_name, near, settle, unknown_ticker
from .tapes import closed_bars

if TYPE_CHECKING:
    from .desk import Desk


def moment_of(desk: "Desk", ask: Ask, ticker: str = "") -> datetime:
    """What the request takes for now: `--as-of` at the exchange of *ticker*, when that is past."""
    now = desk.data.now()
    return min(desk.moment(ask, ticker) or now, now)


def tape_of(desk: "Desk", ask: Ask, interval: Interval) -> tuple[Bars, str]:
    """Closed bars of the request's ticker, and how its name was read.

    Raises:
        UnknownTicker: The provider knows no prices of that name.
        DataError: They could not be had, and why.
    """
    written = ask.tickers[0]
    ticker, said = settle(ask, written, desk.data)
    outcome = _fetched(desk, ask, ticker, interval)
    if isinstance(outcome, NotFound):
        named = by_name(written, near(written, desk.data))
        if named is None or named[0] == ticker:
            raise unknown_ticker(written, desk.data) from outcome
        ticker, said = named
        outcome = _fetched(desk, ask, ticker, interval)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome, said


def world_of(desk: "Desk", ask: Ask, sought: Sought, ticker: str) -> World:
    """The facts and the other tickers' bars that the conditions read.

    A fact is known as of now only, so that a condition that reads one is unknown on earlier bars.

    Raises:
        UnknownTicker: The provider does not know another ticker.
        DataError: Bars of another ticker could not be had, and why.
    """
    others: dict[str, Bars] = {}
    as_of = moment_of(desk, ask, ticker)
    names = [name for name in sought.others if name != ticker]
    for name, tape in closed_bars(desk, names, sought.interval, as_of).items():
        if isinstance(tape, NotFound):
            raise unknown_ticker(name, desk.data) from tape
        if isinstance(tape, Exception):
            raise tape
        others[name] = tape
    return World(facts=_facts(desk, ask, sought, ticker), others=others)


def _facts(desk: "Desk", ask: Ask, sought: Sought, ticker: str) -> dict[str, float]:
    if not sought.facts:
        return {}
    kept = {name: ask.options[name] for name in ("as_of", "deadline") if name in ask.options}
    report = research.analyze(desk, Ask(verb="analyze", tickers=(ticker,), options=kept))
    values = {name: report.facts[name].value for name in sought.facts}
    return {name: value for name, value in values.items() if value is not None}


def _fetched(desk: "Desk", ask: Ask, ticker: str, interval: Interval) -> Bars | Exception:
    as_of = moment_of(desk, ask, ticker)
    got = gather(
        {"bars": lambda: closed_bars(desk, [ticker], interval, as_of)[ticker]},
        deadline=desk.deadline(ask),
    )
    return got["bars"]
