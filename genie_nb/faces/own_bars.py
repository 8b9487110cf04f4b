"""The Python functions on the caller's own bars: what a strategy would have done with them.

run_backtest("breakout", bars, lookback=55).metrics
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ..core import backtest
from ..core.backtest import Result
from ..core.backtest.run import Engine, Tested, as_strategy
from ..core.errors import BadBars
from ..core.expr import NOTHING_ELSE, World
from ..core.market import Bars
from ..core.strategies import Strategy
from ..data.calendar import with_session_ends
from ..desk.tries import TRIES
from ..plugins import find_strategy

if TYPE_CHECKING:
    import pandas as pd


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
    """What a strategy would have done, with fills at the next open.

    Args:
        strategy: The name of an installed strategy, a Strategy, or a pair of conditions: when to enter
            and when to leave.
        bars: Closed bars.
        fee_bps: Fee on each side.
        spread_bps: The whole spread.
        impact_bps: The order's own mark on the price, on each side.
        engine: "plain" walks bar by bar; "fast" gives the same.
        risk_free: What idle money would have earned a year, for Sharpe and Sortino.
        first: The bar at which the test begins; earlier ones only feed the lines.
        world: Facts and other tickers' bars, where conditions read them.
        **params: The strategy's parameters.

    Returns:
        The result: `.metrics`, `.buy_and_hold`, `.trades`, `.open_trade`, `.equity`.

    Raises:
        UnknownName: No such strategy or parameter.
        AskError: A parameter outside its range, costs or an engine that cannot be.
        TooFewBars: There are not enough bars for the conditions to be known even once.
        BadBars: A price is not above zero, or these are no Bars.
    """
    chosen = _installed(strategy)
    result = backtest.run_backtest(
        chosen,
        _taken(bars),
        fee_bps=fee_bps,
        spread_bps=spread_bps,
        impact_bps=impact_bps,
        engine=engine,
        risk_free=risk_free,
        first=first,
        world=world,
        **params,
    )
    _count(chosen, bars, {name: (value,) for name, value in result.params.items()})
    return result


def sweep(
    strategy: Tested,
    bars: Bars,
    grid: Mapping[str, Sequence[float]],
    *,
    fee_bps: float = 10,
    spread_bps: float = 0,
    impact_bps: float = 0,
    risk_free: float = 0.0,
    world: World = NOTHING_ELSE,
) -> "pd.DataFrame":
    """The metrics of a strategy for every combination of parameters; each counts as a try.

    Args:
        strategy: As for `run_backtest`.
        bars: Closed bars.
        grid: Values by parameter; parameters left out keep their defaults.
        fee_bps: Fee on each side.
        spread_bps: The whole spread.
        impact_bps: The order's own mark on the price, on each side.
        risk_free: What idle money would have earned a year.
        world: Facts and other tickers' bars, where conditions read them.

    Returns:
        One row per combination, the last parameter running fastest: the parameters, then the metrics.

    Raises:
        UnknownName: No such strategy or parameter.
        AskError: A value outside its range, an empty list, or costs that cannot be.
        TooFewBars: Fewer than two bars.
        BadBars: A price is not above zero, or these are no Bars.
    """
    chosen = _installed(strategy)
    frame = backtest.sweep(
        chosen,
        _taken(bars),
        grid,
        fee_bps=fee_bps,
        spread_bps=spread_bps,
        impact_bps=impact_bps,
        risk_free=risk_free,
        world=world,
    )
    tried = {name: tuple(values) for name, values in grid.items()}
    first = {name: values[0] for name, values in tried.items()}
    kept = {name: (value,) for name, value in chosen.checked(first).items()}
    _count(chosen, bars, {**kept, **tried})
    return frame


def _taken(bars: Bars) -> Bars:
    """The bars with their sessions' ends; refuses what are none, such as the table itself."""
    if not isinstance(bars, Bars):
        raise BadBars(
            f"The bars came as {type(bars).__name__}.",
            seen=type(bars).__name__,
            needed="Bars",
            cure='Make them with genie.Bars.from_frame(frame, ticker="X", interval="1d").',
        )
    return with_session_ends(bars)


def _installed(strategy: Tested) -> Strategy:
    return _found(strategy) if isinstance(strategy, str) else as_strategy(strategy)


@cache
def _found(name: str) -> Strategy:
    """An installed strategy, looked up once: a slider asks for it at every step."""
    return find_strategy(name)


def _count(strategy: Strategy, bars: Bars, grid: Mapping[str, Any]) -> None:
    TRIES.add(strategy.name, bars.ticker, bars.interval, grid)
