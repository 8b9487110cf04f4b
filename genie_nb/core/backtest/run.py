"""Run a backtest: a strategy's conditions on one ticker's bars.

strategy + parameters -> entry, exit -> truth per bar -> plain or fast reader -> Result
"""

from typing import Literal

import numpy as np
import pandas as pd

from ..errors import AskError, TooFewBars
from ..expr import NOTHING_ELSE, Condition, Tape, World
from ..expr.reasons import why_unknown
from ..expr.truth import UNKNOWN, Truth, as_series
from ..market import Bars
from ..strategies import Strategy, conditions, find
from . import fast
from .costs import Costs
from .fills import Account, settle
from .history import bars_needed, too_short
from .metrics import Metrics, add_up, metrics
from .plain import plain
from .prices import Prices, prices
from .result import Result

type Tested = str | Strategy | tuple[str | Condition, str | Condition]
"""A strategy, its name, or an entry and an exit."""

type Engine = Literal["fast", "plain"]


def run_backtest(
    strategy: Tested,
    bars: Bars,
    *,
    fee_bps: float = 10,
    spread_bps: float = 0,
    impact_bps: float = 0,
    engine: Engine = "fast",
    risk_free: float = 0.0,
    first: int = 0,
    world: World = NOTHING_ELSE,
    **params: object,
) -> Result:
    """What a strategy would have done.

    While flat, an entry that is true at a close buys at the next open with all there is; while long,
    only the exit is read. Unknown never trades, nor does an entry while the exit is true too. A signal
    on the last bar is not filled. Fills do not ask for volume: an order on a bar in which nothing was
    traded is filled at that bar's open.

    Args:
        strategy: A built-in strategy's name, a Strategy, or a pair of conditions.
        bars: Closed bars.
        fee_bps: Fee on each side.
        spread_bps: The whole spread.
        impact_bps: The order's own mark on the price, on each side.
        engine: "plain" walks bar by bar; "fast" gives the same.
        risk_free: What idle money would have earned a year, for Sharpe and Sortino.
        first: The bar at which the test begins; earlier ones only feed the lines.
        world: Facts and other tickers' bars, where conditions read them.
        **params: The strategy's parameters.

    Raises:
        UnknownName: No such strategy, parameter or engine.
        AskError: A parameter outside its range, or costs that cannot be.
        TooFewBars: There are not enough bars for the conditions to be known even once.
        BadBars: A price is not above zero.
    """
    chosen = as_strategy(strategy)
    given = chosen.checked(params)
    if engine not in ("fast", "plain"):
        raise AskError(
            f"No engine is called {engine!r}.",
            seen=engine,
            needed="'fast' or 'plain'",
            cure="Use engine='fast' or engine='plain'; they give the same.",
        )
    costs = Costs(fee_bps=fee_bps, spread_bps=spread_bps, impact_bps=impact_bps)
    entry = chosen.entry.template(bars.interval).fill(given)
    leave = chosen.exit.template(bars.interval).fill(given)
    tape = Tape(bars=bars, world=world)
    enough(tape, entry, leave, first)
    tested = prices(bars).since(first)
    account = _walked(tape.truth(entry)[first:], tape.truth(leave)[first:], tested, costs, engine)
    year = bars.interval.bars_per_year
    return Result(
        strategy=chosen.name,
        params=given,
        entry=entry,
        exit=leave,
        bars=bars.tail(len(bars) - first),
        costs=costs,
        account=account,
        metrics=metrics(add_up(account), bars_per_year=year, risk_free=risk_free),
        buy_and_hold=held_throughout(tested, costs, year, risk_free),
        notes=_notes(tape, entry, leave),
    )


def as_strategy(tested: Tested) -> Strategy:
    """The strategy that was meant.

    Raises:
        UnknownName: No built-in strategy of that name.
        RuleNotUnderstood: One of a pair is not a condition.
    """
    if isinstance(tested, Strategy):
        return tested
    if isinstance(tested, str):
        return find(tested)
    return conditions(*tested)


def held_throughout(
    prices: Prices, costs: Costs, bars_per_year: int, risk_free: float = 0.0
) -> Metrics:
    """The metrics of buying at the second open, the first that a signal can reach, and never selling."""
    account = settle([(1, None)], prices, costs)
    return metrics(add_up(account), bars_per_year=bars_per_year, risk_free=risk_free)


def enough(tape: Tape, entry: Condition, leave: Condition, first: int = 0) -> None:
    """Refuse bars on which a condition can never be known, or nothing can be filled.

    Raises:
        TooFewBars: Says how many there are and how many are needed.
    """
    have = len(tape.bars)
    if have - first < 2:
        need = max(bars_needed(entry), bars_needed(leave), first + 1) + 1
        raise TooFewBars(tape.bars.ticker, have=have, need=need)
    for condition in (entry, leave):
        known = bool((tape.truth(condition) != UNKNOWN).any())
        if too_short(condition, have, known=known):
            raise TooFewBars(tape.bars.ticker, have=have, need=bars_needed(condition) + 1)


def _walked(entry: Truth, leave: Truth, tested: Prices, costs: Costs, engine: Engine) -> Account:
    if engine == "fast":
        return fast.account(entry, leave, tested, costs)
    index = pd.RangeIndex(len(tested))
    return plain(as_series(entry, index), as_series(leave, index), tested, costs)


def _notes(tape: Tape, entry: Condition, leave: Condition) -> tuple[str, ...]:
    """What is not known though the history it needs is there, and why."""
    named = (("entry", entry), ("exit", leave))
    return tuple(note for name, condition in named if (note := _unknown(name, condition, tape)))


def _unknown(name: str, condition: Condition, tape: Tape) -> str:
    truth, bars = tape.truth(condition), tape.bars
    if (truth == UNKNOWN).all():
        why = "; ".join(why_unknown(condition, tape))
        return f"The {name} is unknown on all {len(bars)} bars: {why}."
    begun = max(bars_needed(condition) - 1, int(np.argmax(truth != UNKNOWN)))
    missing = begun + np.flatnonzero(truth[begun:] == UNKNOWN)
    if not len(missing):
        return ""
    last = int(missing[-1])
    why = "; ".join(why_unknown(condition, Tape(bars=bars.head(last + 1), world=tape.world)))
    day = f"{bars.sessions[last]:%Y-%m-%d}"
    return f"The {name} is unknown on {len(missing)} of {len(bars)} bars, last on {day}: {why}."
