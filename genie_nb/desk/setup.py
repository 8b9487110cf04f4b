"""`setup`: the strategy that suits a ticker, if any, and its rules, armed.

Ask -> daily and five-minute bars -> Setup -> its rules armed, unless it is a dry run
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.errors import DataError, Delisted, NoData, NotFound
from ..core.fundamentals import Missing
from ..core.market import Bars, Interval
from ..core.smart import Setup, set_up
from ..core.verbs import Ask
from ..plugins import strategies
from .arm import arm
from .home import sinks_of
from .rule import rule_provider
from .tape import moment_of, tape_of
from .tapes import closed_bars

if TYPE_CHECKING:
    from .desk import Desk


def setup(desk: "Desk", ask: Ask) -> Setup:
    """Score every strategy on the ticker and arm the rules of the one that suits it.

    Raises:
        UnknownTicker: The provider knows no prices of that name.
        DataError: The bars could not be had, and why.
        SetupError: Ledger or watchlist cannot be written, or a sink cannot be one.
    """
    arming = not ask.options.get("dry_run")
    with desk.timed() as timing:
        sinks = sinks_of(desk, ask) if arming else ()
        daily, said = tape_of(desk, ask, Interval.D1)
        intraday, missing = _intraday(desk, ask, daily.ticker)
        found = set_up(
            daily,
            intraday,
            as_of=moment_of(desk, ask, daily.ticker),
            provider=desk.data.name,
            rule_provider=rule_provider(desk),
            everything=bool(ask.options.get("all")),
            arming=arming,
            strategies=strategies(),
        )
        fictional = desk.data.capabilities.fictional
        said_back = " ".join(part for part in (ask.said_back, said, found.said_back) if part)
        rules = [proposal.rule for proposal in found.rules]
        ours = replace(ask, tickers=(daily.ticker,), said_back="")
        return replace(
            found,
            armed=arm(desk, ours, rules, sinks) if arming and rules else (),
            said_back=said_back,
            fictional=fictional,
            missing=missing,
            timing=timing(),
        )


def _intraday(desk: "Desk", ask: Ask, ticker: str) -> tuple[Bars | None, tuple[Missing, ...]]:
    """Five-minute bars, or none and why."""
    if Interval.M5 not in desk.data.capabilities.intervals:
        reason = f"{desk.data.name} has no five-minute bars"
        return None, (Missing(what="intraday_bars", reason=reason),)
    as_of = moment_of(desk, ask, ticker)
    outcome = closed_bars(desk, [ticker], Interval.M5, as_of)[ticker]
    if isinstance(outcome, Bars):
        return outcome, ()
    if not isinstance(outcome, DataError):
        raise outcome
    absent = isinstance(outcome, NotFound | NoData | Delisted)
    return None, (Missing(what="intraday_bars", reason=str(outcome), failed=not absent),)
