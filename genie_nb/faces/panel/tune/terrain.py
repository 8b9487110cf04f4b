"""Whole maps of a strategy's parameters, row by row, so that they can be watched and stopped.

Workbench + two parameters -> rows of Sharpe ratios -> ParameterMap
Workbench -> every parameter coarsely -> the set that did best out of sample
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from ....core.backtest import neighbourhood, sweep
from ....core.errors import TooFewBars
from ....core.parameter_map import METRIC, ParameterMap
from ....core.strategies import Parameter
from ....core.tuning import Workbench

MOST = 40
"""Values of a parameter on one side of a map."""

SETS = 3_000
"""Parameter sets that a search for the best looks at, at most."""

type Grid = dict[str, tuple[float, ...]]
"""Values by parameter."""

type Told = Callable[[int, int], bool]
"""Told how many steps of how many are done; says whether to go on."""


def mapped(
    bench: Workbench, params: Mapping[str, float], x: str, y: str, told: Told
) -> ParameterMap | None:
    """The Sharpe ratio over two parameters' whole ranges; None when it was stopped.

    Args:
        bench: The strategy on its bars.
        params: All parameters, as chosen.
        x: The parameter along the columns.
        y: The parameter along the rows.
        told: Told after each row.
    """
    grid = map_grid(bench, params, x, y)
    columns, rows = grid[x], grid[y]
    values = np.full((len(rows), len(columns)), np.nan)
    for number, row in enumerate(rows):
        if not told(number, len(rows)):
            return None
        values[number] = _sharpes(bench, {**grid, y: (row,)}, x)
    heat = pd.DataFrame(values, index=pd.Index(rows), columns=pd.Index(columns))
    chosen = {x: params[x], y: params[y]}
    around = neighbourhood(heat, x=params[x], y=params[y])
    return ParameterMap(x=x, y=y, chosen=chosen, heat=heat, around=around)


def map_grid(bench: Workbench, params: Mapping[str, float], x: str, y: str) -> Grid:
    """What a map of *x* and *y* tries."""
    known = {one.name: one for one in bench.strategy.params}
    return {
        name: _spread(known[name], MOST, value) if name in (x, y) else (value,)
        for name, value in params.items()
    }


def search_grid(bench: Workbench, params: Mapping[str, float]) -> Grid:
    """What a search for the best tries: every parameter over its range, the chosen values too."""
    each = max(2, int(SETS ** (1 / max(1, len(params)))) - 1)
    return {one.name: _spread(one, each, params[one.name]) for one in bench.strategy.params}


def best_unseen(bench: Workbench, grid: Grid, told: Told) -> dict[str, float] | None:
    """The set with the highest Sharpe ratio out of sample; None when stopped, or when none has one."""
    first, *others = grid
    found: list[tuple[float, dict[str, float]]] = []
    for number, value in enumerate(grid[first]):
        if not told(number, len(grid[first])):
            return None
        part = {**grid, first: (value,)}
        table = _swept(bench, part, first=bench.unseen)
        known = None if table is None else table.dropna(subset=[METRIC])
        if known is None or known.empty:
            continue
        row = known.nlargest(1, METRIC).to_dict("records")[0]
        found.append((float(row[METRIC]), {name: float(row[name]) for name in (first, *others)}))
    return max(found, key=lambda one: one[0])[1] if found else None


def tried(grid: Mapping[str, Sequence[float]]) -> Iterator[tuple[float, ...]]:
    """Every combination of a grid."""
    return product(*grid.values())


def _sharpes(bench: Workbench, grid: Grid, x: str) -> np.ndarray:
    table = _swept(bench, grid)
    if table is None:
        return np.full(len(grid[x]), np.nan)
    return table.set_index(x)[METRIC].reindex(list(grid[x])).to_numpy(dtype=np.float64)


def _swept(bench: Workbench, grid: Grid, *, first: int = 0) -> pd.DataFrame | None:
    options: dict[str, Any] = {**bench.costs.to_dict(), "world": bench.world, "first": first}
    try:
        return sweep(bench.strategy, bench.bars, grid, **options)
    except TooFewBars:
        return None


def _spread(parameter: Parameter, most: int, chosen: float) -> tuple[float, ...]:
    """At most so many values over the range, on steps of the slider, and the chosen one."""
    steps = round((parameter.high - parameter.low) / parameter.step)
    stride = max(1, -(-steps // max(1, most - 1)))
    values = [parameter.low + parameter.step * at for at in range(0, steps + 1, stride)]
    whole = parameter.unit == "bars"
    rounded = {int(one) if whole else round(one, 10) for one in (*values, chosen)}
    return tuple(sorted(rounded))
