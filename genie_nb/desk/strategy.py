"""`strategy`: what a strategy would have done on a ticker.

Ask -> strategy, bars, costs -> Study
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from ..core.backtest import Costs, impact_bps
from ..core.errors import DataError, NoData
from ..core.expr import World
from ..core.market import Bars, Interval
from ..core.parameter_map import map_of
from ..core.scan import Sought
from ..core.smart.setup import spread_bps
from ..core.strategies import Strategy
from ..core.study import Study, study
from ..core.verbs import Ask
from ..plugins import find_strategy
from .rule import rule_provider
from .tape import moment_of, tape_of, world_of
from .tries import TRIES

if TYPE_CHECKING:
    from .desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a strategy is tested on, as it was asked for.

    Attributes:
        strategy: Which.
        params: All its parameters.
        bars: Closed bars.
        costs: Of each fill.
        spread: Where the spread comes from: estimated, given, or unknown and then not paid.
        world: Facts and other tickers' bars, where conditions read them.
        said_back: How the request was read.
    """

    strategy: Strategy
    params: dict[str, float]
    bars: Bars
    costs: Costs
    spread: str
    world: World
    said_back: str


def strategy(desk: "Desk", ask: Ask) -> Study:
    """Test the strategy that was asked for.

    Raises:
        UnknownName: There is no such strategy, or it has no such parameter.
        AskError: A parameter outside its range, or the strategy cannot be on such bars.
        UnknownTicker: The provider knows no prices of that name.
        DataError: The bars could not be had, or are too few.
    """
    with desk.timed() as timing:
        return replace(examine(desk, ask, material(desk, ask)), timing=timing())


def material(desk: "Desk", ask: Ask) -> Material:
    """Get together what the strategy is tested on. Errors as for `strategy`."""
    chosen = find_strategy(ask.word)
    interval = Interval.of(str(ask.options.get("interval", chosen.usual_interval)))
    given: Any = ask.options.get("set", {})
    params = chosen.checked(given)
    sought = _sought(chosen, interval, params)
    bars, said = tape_of(desk, ask, interval)
    costs, spread = _costs(desk, ask, bars)
    return Material(
        strategy=chosen,
        params=params,
        bars=bars,
        costs=costs,
        spread=spread,
        world=world_of(desk, ask, sought, bars.ticker),
        said_back=" ".join(part for part in (ask.said_back, said) if part),
    )


def examine(desk: "Desk", ask: Ask, given: Material) -> Study:
    """The study of what was got together, counted among the tries."""
    chosen, bars, params, pair = given.strategy, given.bars, given.params, ask.options.get("map")
    terrain = (
        map_of(chosen, bars, params, str(pair), costs=given.costs, world=given.world)
        if pair
        else None
    )
    tried = terrain.grid if terrain else {}
    grid = {name: tried.get(name, (value,)) for name, value in params.items()}
    TRIES.add(chosen.name, bars.ticker, bars.interval, grid)
    answer = study(
        chosen,
        bars,
        params,
        costs=given.costs,
        spread=given.spread,
        tries=TRIES.count(chosen.name, bars.ticker, bars.interval),
        as_of=moment_of(desk, ask, bars.ticker),
        provider=desk.data.name,
        rule_provider=rule_provider(desk),
        map=terrain,
        world=given.world,
        said_back=given.said_back,
    )
    return replace(answer, fictional=desk.data.capabilities.fictional)


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
