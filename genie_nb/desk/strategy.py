"""`strategy`: what a strategy would have done on a ticker.

Ask -> strategy, bars, costs -> Study
"""

from contextlib import suppress
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from ..core.backtest import Costs, impact_bps
from ..core.errors import DataError, NoData
from ..core.market import Bars, Interval
from ..core.parameter_map import map_of
from ..core.scan import Sought
from ..core.smart.setup import spread_bps
from ..core.strategies import Strategy
from ..core.study import Study, study
from ..core.verbs import Ask
from ..plugins import find_strategy
from .tape import moment_of, tape_of, world_of
from .tries import TRIES

if TYPE_CHECKING:
    from .desk import Desk


def strategy(desk: "Desk", ask: Ask) -> Study:
    """Test the strategy that was asked for.

    Raises:
        UnknownName: There is no such strategy, or it has no such parameter.
        AskError: A parameter outside its range, or the strategy cannot be on such bars.
        UnknownTicker: The provider knows no prices of that name.
        DataError: The bars could not be had, or are too few.
    """
    chosen = find_strategy(ask.word)
    interval = Interval.of(str(ask.options.get("interval", chosen.usual_interval)))
    given: Any = ask.options.get("set", {})
    params = chosen.checked(given)
    with desk.timed() as timing:
        sought = _sought(chosen, interval, params)
        bars, said = tape_of(desk, ask, interval)
        costs, spread = _costs(desk, ask, bars)
        world = world_of(desk, ask, sought, bars.ticker)
        pair = ask.options.get("map")
        terrain = (
            map_of(chosen, bars, params, str(pair), costs=costs, world=world) if pair else None
        )
        tried = terrain.grid if terrain else {}
        TRIES.add(
            chosen.name,
            bars.ticker,
            interval,
            {name: tried.get(name, (value,)) for name, value in params.items()},
        )
        answer = study(
            chosen,
            bars,
            params,
            costs=costs,
            spread=spread,
            tries=TRIES.count(chosen.name, bars.ticker, interval),
            as_of=moment_of(desk, ask, bars.ticker),
            provider=desk.data.name,
            rule_provider=rule_provider(desk),
            map=terrain,
            world=world,
            said_back=" ".join(part for part in (ask.said_back, said) if part),
        )
        fictional = desk.data.capabilities.fictional
        return replace(answer, fictional=fictional, timing=timing())


def rule_provider(desk: "Desk") -> str | None:
    """The provider that rules name: none when it is the configured one."""
    return None if desk.address == desk.config.provider else desk.address


def _sought(chosen: Strategy, interval: Interval, params: dict[str, float]) -> Sought:
    return Sought(
        kind="strategy",
        name=chosen.name,
        interval=interval,
        entry=chosen.entry(interval, **params),
        exit=chosen.exit(interval, **params),
    )


def _costs(desk: "Desk", ask: Ask, bars: Bars) -> tuple[Costs, str]:
    """What fills cost, and where the spread comes from."""
    options = ask.options
    given, source = options.get("spread_bps"), "given"
    if given is None:
        given = spread_bps(_daily(desk, ask, bars))
        source = "unknown" if given is None else "estimated"
    fee = options.get("fee_bps", Costs().fee_bps)
    costs = Costs(
        fee_bps=float(str(fee)),
        spread_bps=float(str(given or 0.0)),
        impact_bps=_impact(ask, bars),
    )
    return costs, source


def _daily(desk: "Desk", ask: Ask, bars: Bars) -> Bars:
    """The daily bars that the spread is estimated from; shorter ones where there are none."""
    if not bars.interval.intraday:
        return bars
    with suppress(DataError):
        return tape_of(desk, replace(ask, tickers=(bars.ticker,)), Interval.D1)[0]
    return bars


def _impact(ask: Ask, bars: Bars) -> float:
    """The mark of a position that was named; nothing when none was."""
    shares = ask.options.get("shares")
    if shares is None:
        return 0.0
    mark = impact_bps(bars, float(str(shares)))
    if not isfinite(mark):
        raise NoData(
            f"How far {shares} shares of {bars.ticker} move its price cannot be told.",
            seen=shares,
            needed="20 bars with volume",
            cure="Leave --shares out.",
        )
    return mark
