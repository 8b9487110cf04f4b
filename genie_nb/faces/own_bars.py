"""The Python functions on the caller's own bars: what a strategy would have done with them.

run_backtest("breakout", bars, lookback=55).metrics
"""

from collections.abc import Mapping, Sequence
from functools import cache
from numbers import Real
from typing import TYPE_CHECKING, Any

from ..core import backtest
from ..core.backtest import Result
from ..core.backtest.run import Engine, Tested, as_strategy
from ..core.expr import NOTHING_ELSE, World
from ..core.given import bars_given, wrong_kind
from ..core.market import Bars
from ..core.rule import Alert, Rule, State
from ..core.rule import due as due_on
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

    Example:
        >>> import pandas as pd
        >>> closes = [10, 11, 12, 11, 10, 9, 10, 11, 12, 13]
        >>> prices = dict.fromkeys(("open", "high", "low", "close"), closes)
        >>> days = pd.bdate_range("2026-01-05", periods=10)
        >>> bars = Bars.from_frame(pd.DataFrame({**prices, "volume": 1000}, index=days), ticker="X")
        >>> result = run_backtest(("close > 10", "close < 11"), bars, fee_bps=0)
        >>> result.metrics["total_return"], result.trades["return"].tolist()
        (-0.1875, [-0.25])
    """
    chosen = _installed(strategy)
    _costs(fee_bps=fee_bps, spread_bps=spread_bps, impact_bps=impact_bps, risk_free=risk_free)
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

    Example:
        >>> import pandas as pd
        >>> closes = [10, 11, 12, 11, 10, 9, 10, 11, 12, 13]
        >>> prices = dict.fromkeys(("open", "high", "low", "close"), closes)
        >>> days = pd.bdate_range("2026-01-05", periods=10)
        >>> bars = Bars.from_frame(pd.DataFrame({**prices, "volume": 1000}, index=days), ticker="X")
        >>> table = sweep(("close > {n}", "close < 11"), bars, {"n": [10, 11]}, fee_bps=0)
        >>> table[["n", "trades"]].to_dict("list")
        {'n': [10, 11], 'trades': [1, 1]}
    """
    chosen = _installed(strategy)
    _costs(fee_bps=fee_bps, spread_bps=spread_bps, impact_bps=impact_bps, risk_free=risk_free)
    if not isinstance(grid, Mapping):
        raise wrong_kind(
            grid, of="The grid", needed="lists by parameter", example='{"lookback": [10, 20]}'
        )
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


def due(
    rule: Rule, bars: Bars, state: State | None, world: World = NOTHING_ELSE
) -> tuple[tuple[Alert, ...], State]:
    """The alerts of every closed bar since the last check, and the new state.

    With no state the rule is armed: nothing fires.

    Args:
        rule: What to watch.
        bars: Closed bars of its ticker and interval.
        state: What the last check returned; None at arming.
        world: Facts and other tickers' bars, where the condition reads them.

    Raises:
        AskError: The bars are of another ticker or interval, or this is no rule or no state.
        BadBars: These are no Bars.
        NoData: There are no bars to arm with.

    Example:
        >>> import pandas as pd
        >>> closes = [10, 11, 12, 11, 10, 9, 10, 11, 12, 13]
        >>> prices = dict.fromkeys(("open", "high", "low", "close"), closes)
        >>> days = pd.bdate_range("2026-01-05", periods=10)
        >>> bars = Bars.from_frame(pd.DataFrame({**prices, "volume": 1000}, index=days), ticker="X")
        >>> from genie_nb import parse_rule
        >>> rule = parse_rule("close > 11", ticker="X")
        >>> _, state = due(rule, bars.head(8), None)
        >>> alerts, state = due(rule, bars, state)
        >>> [f"{alert.bar_time:%Y-%m-%d}" for alert in alerts]
        ['2026-01-15']
    """
    return due_on(rule, _taken(bars), state, world)


def _taken(bars: Bars) -> Bars:
    """The bars with their sessions' ends; refuses what are none, such as the table itself."""
    return with_session_ends(bars_given(bars))


def _installed(strategy: Tested) -> Strategy:
    if isinstance(strategy, str):
        return _found(strategy)
    pair = isinstance(strategy, tuple | list) and len(strategy) == 2
    if not pair and not isinstance(strategy, Strategy):
        needed = "a strategy's name, or a condition to enter and one to leave"
        raise wrong_kind(strategy, of="The strategy", needed=needed, example='"breakout"')
    return as_strategy(strategy)


def _costs(**bps: object) -> None:
    """Raises where a cost is no number."""
    for name, value in bps.items():
        if not isinstance(value, Real):
            raise wrong_kind(value, of=name, needed="a number", example=f"{name}=10")


@cache
def _found(name: str) -> Strategy:
    """An installed strategy, looked up once: a slider asks for it at every step."""
    return find_strategy(name)


def _count(strategy: Strategy, bars: Bars, grid: Mapping[str, Any]) -> None:
    TRIES.add(strategy.name, bars.ticker, bars.interval, grid)
