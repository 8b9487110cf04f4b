"""Strategies across many tickers: each line of a block of tickers once, one walk for all.

    strategies + tickers -> blocks of equal length -> program -> planes -> walk -> DataFrame

It gives what `run_backtest` gives for each pair, at a cost per pair that is far below a call's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache, partial
from itertools import groupby

import numpy as np
import pandas as pd

from ..errors import AskError
from ..expr import Condition
from ..market import Bars, Interval
from ..strategies import Strategy
from ..threads import spread
from . import fast
from .block import Block, Shelf
from .costs import Costs
from .history import too_short
from .metrics import Sums, table
from .program import Program
from .run import Tested, as_strategy

TICKERS_AT_ONCE = 16
"""Tickers whose lines are in memory together."""


def across(
    strategies: Tested | Sequence[Tested],
    universe: Sequence[Bars],
    *,
    fee_bps: float = 10,
    spread_bps: float = 0,
    impact_bps: float = 0,
    risk_free: float = 0.0,
) -> pd.DataFrame:
    """The metrics of each strategy, at its defaults, on each ticker.

    Conditions that read facts or other tickers are unknown here; use `run_backtest` for them.

    Args:
        strategies: One or several, as `run_backtest` takes them.
        universe: Bars of each ticker, of one interval.
        fee_bps: Fee on each side.
        spread_bps: The whole spread.
        impact_bps: The order's own mark on the price, on each side.
        risk_free: What idle money would have earned a year.

    Returns:
        One row per ticker and strategy, in the order given: ticker, strategy, bars, then the metrics.
        NaN where one cannot be known; a pair for whose entry or exit there are too few bars, or whose
        ticker has fewer than two bars or a price not above zero, has no metrics.

    Raises:
        UnknownName: No such strategy.
        AskError: The tickers' bars are of several intervals, or costs cannot be.
    """
    listed = strategies if isinstance(strategies, list) else [strategies]
    chosen = [as_strategy(one) for one in listed]  # pyright: ignore[reportArgumentType]
    costs = Costs(fee_bps=fee_bps, spread_bps=spread_bps, impact_bps=impact_bps)
    interval = _one_interval(universe)
    pairs = [_conditions(strategy, interval) for strategy in chosen]
    counts = [len(bars) for bars in universe]
    shape = len(universe), len(pairs)
    sums = np.full((*shape, len(fields(Sums))), np.nan)
    blocks = list(_blocks(counts))
    conditions = [condition for pair in pairs for condition in pair]
    program = cache(partial(Program.of, conditions, intraday=interval.intraday))

    def work(start: int, stop: int) -> None:
        shelf = Shelf()
        for places in blocks[start:stop]:
            block = Block(bars=[universe[place] for place in places], shelf=shelf)
            block.run(program(block.whole))
            sums[places] = _tested(block, pairs, costs)

    spread(work, len(blocks), least=1)
    found = table(
        Sums(**{one.name: sums[..., place].reshape(-1) for place, one in enumerate(fields(Sums))}),
        bars_per_year=interval.bars_per_year,
        risk_free=risk_free,
    )
    return pd.DataFrame(
        {
            "ticker": np.repeat([bars.ticker for bars in universe], len(pairs)),
            "strategy": [one.name for one in chosen] * len(universe),
            "bars": np.repeat(counts, len(pairs)),
            **found,
        }
    )


def _conditions(strategy: Strategy, interval: Interval) -> tuple[Condition, Condition]:
    params = strategy.checked({})
    return (
        strategy.entry.template(interval).fill(params),
        strategy.exit.template(interval).fill(params),
    )


def _one_interval(universe: Sequence[Bars]) -> Interval:
    intervals = {bars.interval for bars in universe}
    if len(intervals) > 1:
        raise AskError(
            f"The tickers' bars are of {len(intervals)} intervals.",
            seen=", ".join(sorted(intervals)),
            needed="one interval",
            cure="Ask for each interval on its own.",
        )
    return intervals.pop() if intervals else Interval.D1


def _blocks(counts: Sequence[int]) -> Iterator[list[int]]:
    """Places of tickers that can be tested together: equally many bars, and not too many tickers."""
    usable = [place for place, count in enumerate(counts) if count >= 2]
    usable.sort(key=counts.__getitem__)
    for _, same in groupby(usable, key=counts.__getitem__):
        places = list(same)
        for start in range(0, len(places), TICKERS_AT_ONCE):
            yield places[start : start + TICKERS_AT_ONCE]


def _tested(block: Block, pairs: Sequence[tuple[Condition, Condition]], costs: Costs) -> np.ndarray:
    """The sums by ticker and pair; NaN where there can be none."""
    truths = [(block.truths(entry), block.truths(leave)) for entry, leave in pairs]
    enter = np.stack([entry.true for entry, _ in truths], axis=1)
    left = np.stack([leave.true for _, leave in truths], axis=1)
    each = np.arange(enter.shape[0] * enter.shape[1])
    tested = fast.sums(
        enter.reshape(len(each), -1),
        left.reshape(len(each), -1),
        block.market,
        costs,
        rows=(each, each, each // len(pairs)),
    )
    sums = np.stack([getattr(tested, one.name) for one in fields(Sums)], axis=1)
    long_enough = [
        _long_enough(block, entry) & _long_enough(block, leave) for entry, leave in pairs
    ]
    sums[~np.stack(long_enough, axis=1).reshape(-1)] = np.nan
    return sums.reshape(len(block), len(pairs), -1)


def _long_enough(block: Block, condition: Condition) -> np.ndarray:
    """Per ticker, whether a backtest has bars enough for a condition."""
    return block.truths(condition).ever_known | (not too_short(condition, block.count, known=False))
