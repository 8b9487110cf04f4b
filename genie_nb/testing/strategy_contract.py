"""The promises of a strategy, checked at its defaults and at the ends of its parameters."""

from collections.abc import Iterator

import numpy as np

from ..core.backtest import Result, run_backtest
from ..core.errors import TooFewBars
from ..core.expr import Tape
from ..core.expr.truth import TRUE
from ..core.market import Bars, Interval
from ..core.strategies import Strategy, Traits
from .line_contract import check_line, check_text
from .promise import promise
from .rule_contract import check_condition
from .trial import cuts, tapes

KINDS_OF_STOCK = (
    Traits(),
    Traits(volatility=0.15, growth=0.2, trend=0.8, range=0.1, pullback=0.0, gaps=0.0, dollar_volume=1e9),
    Traits(volatility=0.35, growth=0.0, trend=0.0, range=1.0, pullback=3.0, gaps=0.1, dollar_volume=1e7),
    Traits(volatility=1.5, growth=-1.0, trend=0.2, range=0.5, pullback=9.0, gaps=1.0, dollar_volume=0.0),
    Traits(volatility=0.6, growth=0.1, trend=0.2, dollar_volume=1e8, gaps=0.02, intraday=True),
)  # fmt: skip


def check_strategy(strategy: Strategy, *, interval: str | Interval | None = None) -> None:
    """Try a strategy out and say which promise it breaks.

    Its conditions, levels and rules read back as the same and see no future, for the default of each
    parameter and for both ends of its range; it is filled at the open after its signal, by both readers
    alike; trades that are over do not change when later bars come; and its fit is from 0 to 1.

    Args:
        strategy: Which.
        interval: The length of the bars to try it on; what it is written for unless given.

    Raises:
        AssertionError: A promise is broken; the message says which.
        GenieError: Its texts or parameters cannot be read.

    Example:
        >>> from genie_nb.core.strategies import BREAKOUT
        >>> check_strategy(BREAKOUT)
    """
    bars_of = strategy.usual_interval if interval is None else Interval.of(interval)
    _check_manners(strategy)
    for level in strategy.levels_at(bars_of).values():
        check_line(level, interval=bars_of)
    rules = strategy.rules_at(bars_of).values()
    for condition in dict.fromkeys((strategy.entry(bars_of), strategy.exit(bars_of), *rules)):
        check_condition(condition, bars_of)
    for params in _corners(strategy):
        for node in _nodes(strategy, bars_of, params):
            check_text(node)
    for bars in tapes(bars_of):
        _check_backtest(strategy, bars)


def check_fills(result: Result) -> None:
    """Was every trade of a backtest filled at the open after the signal that asked for it?

    Raises:
        AssertionError: One was not, or one is missing; the message says which.
    """
    who = f"The backtest of {result.strategy}"
    tape = Tape(bars=result.bars)
    entry, leave = tape.truth(result.entry) == TRUE, tape.truth(result.exit) == TRUE
    opens = result.bars.open.to_numpy()
    free = 0
    for fill in result.account.fills:
        signal = _first(entry & ~leave, free)
        kept = f"flat from bar {free} on, it enters at the open after the first signal, {signal}"
        promise(signal is not None and fill.bought == signal + 1, kept, of=who)
        out = _first(leave, fill.bought)
        sold = None if out is None or out + 1 >= len(opens) else out + 1
        promise(fill.sold == sold, f"entered at bar {fill.bought}, it leaves at {sold}", of=who)
        free = len(opens) if sold is None else sold
    missed = _first((entry & ~leave)[:-1], free)
    promise(missed is None, f"it does not miss the signal at bar {missed}", of=who)
    closed, costs = result.account.closed, result.costs
    for name, price, bars in (
        ("entry_price", costs.buy_price, [fill.bought for fill in closed]),
        ("exit_price", costs.sell_price, [fill.sold or 0 for fill in closed]),
    ):
        right = np.allclose(result.trades[name], opens[bars] * price, rtol=1e-12)
        promise(right, f"{name} is the open of its bar with its share of the costs", of=who)


def _check_manners(strategy: Strategy) -> None:
    who = f"The strategy {strategy.name!r}"
    promise(strategy.name.isidentifier(), "its name can be written without quotes", of=who)
    promise(bool(strategy.summary), "it says in a sentence what it does", of=who)
    for parameter in strategy.params:
        inside = parameter.low <= parameter.default <= parameter.high
        promise(inside, f"the default of {parameter.name} is inside its range", of=who)
        promise(parameter.step > 0, f"the step of {parameter.name} is above 0", of=who)
    if strategy.fit is not None:
        for traits in KINDS_OF_STOCK:
            fit = strategy.fit(traits)
            promise(0 <= fit <= 1, f"its fit is from 0 to 1, not {fit} for {traits}", of=who)


def _corners(strategy: Strategy) -> Iterator[dict[str, object]]:
    """The defaults, and each parameter at both ends of its range."""
    yield {}
    for parameter in strategy.params:
        yield {parameter.name: parameter.low}
        yield {parameter.name: parameter.high}


def _nodes(strategy: Strategy, interval: Interval, params: dict[str, object]) -> Iterator:
    yield strategy.entry(interval, **params)
    yield strategy.exit(interval, **params)
    yield from strategy.rules_at(interval, **params).values()
    yield from strategy.levels_at(interval, **params).values()


def _check_backtest(strategy: Strategy, bars: Bars) -> None:
    who = f"The backtest of {strategy.name}"
    whole = run_backtest(strategy, bars)
    check_fills(whole)
    walked = run_backtest(strategy, bars, engine="plain")
    promise(_spans(walked) == _spans(whole), "both readers give the same trades", of=who)
    for cut in cuts(bars):
        over = [(bought, sold) for bought, sold in _spans(whole) if sold < cut]
        kept = f"trades that were over by bar {cut - 1} stay when later bars come"
        promise(_closed_by(strategy, bars.head(cut)) == over, kept, of=who)


def _closed_by(strategy: Strategy, bars: Bars) -> list[tuple[int, int]]:
    try:
        return _spans(run_backtest(strategy, bars))
    except TooFewBars:
        return []


def _spans(result: Result) -> list[tuple[int, int]]:
    """The bars at which closed trades were entered and left."""
    return [(fill.bought, fill.sold or 0) for fill in result.account.closed]


def _first(where: np.ndarray, start: int) -> int | None:
    found = np.flatnonzero(where[start:])
    return start + int(found[0]) if len(found) else None
