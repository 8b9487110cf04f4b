"""Sweep a strategy's parameters: every combination's metrics, in one table.

strategy + grid -> lines and tests once each -> one walk per combination -> DataFrame
"""

from collections.abc import Iterator, Mapping, Sequence, Sized

import numpy as np
import pandas as pd

from ..errors import AskError, TooFewBars
from ..expr import NOTHING_ELSE, Condition, Tape, World
from ..market import Bars
from ..strategies import Strategy
from ..strategies.template import Template
from . import fast
from .costs import Costs
from .grid import Grid, Over, Truths
from .history import bars_needed, too_short
from .metrics import METRICS, table
from .prices import prices
from .run import Tested, as_strategy, enough

AT_ONCE = 20_000
"""Combinations whose planes are in memory together."""


def sweep(
    strategy: Tested,
    bars: Bars,
    grid: Mapping[str, Sequence[float]],
    *,
    fee_bps: float = 10,
    spread_bps: float = 0,
    impact_bps: float = 0,
    risk_free: float = 0.0,
    first: int = 0,
    last: int | None = None,
    world: World = NOTHING_ELSE,
) -> pd.DataFrame:
    """The metrics of a strategy for every combination of parameters.

    Args:
        strategy: A built-in strategy's name, a Strategy, or a pair of conditions.
        bars: Closed bars.
        grid: Values by parameter; parameters left out keep their defaults.
        fee_bps: Fee on each side.
        spread_bps: The whole spread.
        impact_bps: The order's own mark on the price, on each side.
        risk_free: What idle money would have earned a year.
        first: The bar at which the test begins; earlier ones only feed the lines.
        last: One past the bar at which it ends.
        world: Facts and other tickers' bars, where conditions read them.

    Returns:
        One row per combination, the last parameter running fastest: the parameters in the grid's order,
        then the metrics as `run_backtest` gives them. NaN where one cannot be known; a combination for
        whose entry or exit there are too few bars, which a backtest refuses, has no metrics. `attrs` holds
        ticker, interval, strategy and costs.

    Raises:
        UnknownName: No such strategy or parameter.
        AskError: A value outside its range, an empty list or none, or costs that cannot be.
        TooFewBars: Fewer than two bars in the test, or too few for any combination to be known even once.
        BadBars: A price is not above zero.
    """
    chosen = as_strategy(strategy)
    costs = Costs(fee_bps=fee_bps, spread_bps=spread_bps, impact_bps=impact_bps)
    checked = _checked(chosen, grid)
    span = range(first, len(bars) if last is None else min(last, len(bars)))
    if len(span) < 2:
        _enough_for_one(chosen, Tape(bars=bars, world=world), checked, first)
        raise TooFewBars(bars.ticker, have=len(span), need=2)
    tape = Tape(bars=bars.head(span.stop), world=world)
    market = fast.Market.of(prices(tape.bars), span)
    parts = [
        _metrics(chosen, tape, part, market=market, costs=costs, risk_free=risk_free)
        for part in _parts(checked)
    ]
    shown = (*grid, *METRICS)
    frame = pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in shown})
    if np.isnan(frame["total_return"].to_numpy()).all():
        _enough_for_one(chosen, tape, checked, first)
    frame.attrs |= {
        "ticker": bars.ticker,
        "interval": str(bars.interval),
        "strategy": chosen.name,
        "costs": costs.to_dict(),
    }
    return frame


def _checked(strategy: Strategy, grid: Mapping[str, Sequence[float]]) -> Grid:
    """The grid with every value checked and the other parameters at their defaults."""
    for name, values in grid.items():
        if not isinstance(values, Sized) or isinstance(values, str):
            raise AskError(
                f"The grid gives {values!r} for {name}, which is no list.",
                seen=values,
                needed="a list of values per parameter",
                cure=f"Write {name!r}: [{values}].",
            )
        if not len(values):
            raise AskError(
                f"The grid gives no value for {name}.",
                seen=name,
                needed="at least one value per parameter",
                cure=f"Give a list of values for {name}, or leave it out to keep its default.",
            )
    starts = {name: next(iter(values)) for name, values in grid.items()}
    defaults = strategy.checked(starts)
    limits = {parameter.name: parameter for parameter in strategy.params}
    given = {
        name: tuple(limits[name].checked(value, strategy=strategy.name) for value in values)
        for name, values in grid.items()
    }
    rest = {name: (value,) for name, value in defaults.items() if name not in given}
    return Grid(values={**given, **rest})


def _enough_for_one(strategy: Strategy, tape: Tape, grid: Grid, first: int) -> None:
    """Refuse bars that are too few for a backtest of the combination that needs fewest."""
    interval = tape.bars.interval
    templates = strategy.entry.template(interval), strategy.exit.template(interval)
    slots = grid.ordered(*(name for template in templates for name in template.names))
    pairs = ([template.fill(params) for template in templates] for params in grid.each(slots))
    entry, leave = min(pairs, key=lambda pair: max(map(bars_needed, pair)))
    enough(tape, entry, leave, first)


def _parts(grid: Grid) -> Iterator[Grid]:
    """Grids of a bounded size that make up the whole in its order."""
    if len(grid) <= AT_ONCE:
        yield grid
        return
    name, values = next((n, values) for n, values in grid.values.items() if len(values) > 1)
    size = max(1, AT_ONCE * len(values) // len(grid))
    for start in range(0, len(values), size):
        yield from _parts(Grid(values={**grid.values, name: values[start : start + size]}))


def _metrics(
    strategy: Strategy,
    tape: Tape,
    grid: Grid,
    *,
    market: fast.Market,
    costs: Costs,
    risk_free: float,
) -> dict[str, np.ndarray]:
    interval = tape.bars.interval
    entry = Over(template=strategy.entry.template(interval), tape=tape, grid=grid).truths()
    leave = Over(template=strategy.exit.template(interval), tape=tape, grid=grid).truths()
    every = tuple(grid.values)
    rows = grid.rows(entry.slots, every), grid.rows(leave.slots, every)
    sums = fast.sums(
        entry.planes.true,
        leave.planes.true,
        market,
        costs,
        rows=(*rows, np.zeros(len(grid), dtype=np.int64)),
    )
    known = (
        _long_enough(strategy.entry.template(interval), tape, grid, entry)[rows[0]]
        & _long_enough(strategy.exit.template(interval), tape, grid, leave)[rows[1]]
    )
    columns = table(sums, bars_per_year=interval.bars_per_year, risk_free=risk_free)
    for name, column in columns.items():
        if name != "trades":
            column[~known] = np.nan
    params = {
        name: np.array(values)[grid.rows((name,), every)] for name, values in grid.values.items()
    }
    return {**params, **columns}


def _long_enough(
    template: Template[Condition], tape: Tape, grid: Grid, truths: Truths
) -> np.ndarray:
    """For each combination that a condition reads, whether a backtest has bars enough for it."""
    enough = truths.planes.ever_known
    have = len(tape.bars)
    for row, params in enumerate(grid.each(truths.slots)):
        if not enough[row]:
            enough[row] = not too_short(template.fill(params), have, known=False)
    return enough
