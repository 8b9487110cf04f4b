"""A map of two parameters around the chosen ones: is the point a plateau, or a peak that luck made?

strategy + two parameters -> values around each -> sweep -> heat map, neighbourhood, walk forward
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isfinite
from typing import Any

import pandas as pd

from .backtest import (
    Costs,
    Neighbourhood,
    WalkForward,
    heat_map,
    neighbourhood,
    sweep,
    walk_forward,
)
from .errors import AskError, TooFewBars, UnknownName
from .expr import NOTHING_ELSE, World
from .market import Bars
from .strategies import Parameter, Strategy

METRIC = "sharpe"
"""What the map shows."""

EACH_WAY = 6
"""Values on each side of the chosen one."""

APART = 0.1
"""How far values lie apart, as a share of the chosen one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParameterMap:
    """Two parameters of a strategy, and what their combinations gave.

    Attributes:
        x: The parameter along the columns.
        y: The parameter along the rows.
        chosen: The chosen value of each.
        heat: Sharpe ratios, after costs; values of *y* as index, of *x* as columns.
        around: What surrounds the chosen point.
        anchored: Parameters chosen from the map on all bars before, tested on the next; None where
            there are too few bars.
        rolling: The same, chosen on the stretch before only.
    """

    x: str
    y: str
    chosen: Mapping[str, float]
    heat: pd.DataFrame = field(repr=False)
    around: Neighbourhood
    anchored: WalkForward | None = None
    rolling: WalkForward | None = None

    @property
    def grid(self) -> dict[str, tuple[float, ...]]:
        """The values that were tried, by parameter."""
        return {self.x: tuple(self.heat.columns), self.y: tuple(self.heat.index)}

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `strategy`."""
        values = self.heat.to_numpy().tolist()
        walks = {"anchored": self.anchored, "rolling": self.rolling}
        return {
            "x": self.x,
            "y": self.y,
            "metric": METRIC,
            "columns": list(self.heat.columns),
            "rows": list(self.heat.index),
            "values": [[one if isfinite(one) else None for one in row] for row in values],
            "chosen": dict(self.chosen),
            "around": asdict(self.around),
            "walk_forward": {
                name: None if walk is None else dict(walk.metrics) for name, walk in walks.items()
            },
        }


def map_of(
    strategy: Strategy,
    bars: Bars,
    params: Mapping[str, float],
    pair: str,
    *,
    costs: Costs,
    world: World = NOTHING_ELSE,
) -> ParameterMap:
    """Sweep two parameters around the chosen point.

    Args:
        strategy: Which.
        bars: Closed bars.
        params: All its parameters, as chosen.
        pair: The two, such as `fast,slow`: along the columns, then along the rows.
        costs: Of each fill.
        world: Facts and other tickers' bars, where conditions read them.

    Raises:
        AskError: *pair* does not name two different parameters.
        UnknownName: One of them is not the strategy's.
    """
    x, y = _pair(strategy, pair)
    known = {parameter.name: parameter for parameter in strategy.params}
    near = {name: around(known[name], params[name]) for name in (x, y)}
    grid = {name: near.get(name, (value,)) for name, value in params.items()}
    options: dict[str, Any] = {**costs.to_dict(), "world": world}
    heat = heat_map(sweep(strategy, bars, grid, **options), x, y, METRIC)
    return ParameterMap(
        x=x,
        y=y,
        chosen={x: params[x], y: params[y]},
        heat=heat,
        around=neighbourhood(heat, x=params[x], y=params[y]),
        anchored=_walk(strategy, bars, grid, options, anchored=True),
        rolling=_walk(strategy, bars, grid, options, anchored=False),
    )


def around(parameter: Parameter, value: float) -> tuple[float, ...]:
    """Values on both sides of the chosen one, about a tenth of it apart, within the range.

    Example:
        >>> around(Parameter(name="n", default=20, low=5, high=250, unit="bars"), 20)
        (8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32)
    """
    step = parameter.step * max(1, round(APART * abs(value) / parameter.step))
    values = (value + step * number for number in range(-EACH_WAY, EACH_WAY + 1))
    return tuple(round(one, 10) for one in values if parameter.low <= one <= parameter.high)


def _pair(strategy: Strategy, pair: str) -> tuple[str, str]:
    names = [name.strip() for name in pair.split(",")]
    known = [parameter.name for parameter in strategy.params]
    for name in names:
        if name not in known:
            raise UnknownName(f"parameter of {strategy.name}", name, known)
    if len(set(names)) != 2 or len(names) != 2:
        raise AskError(
            f"A map needs two parameters, and {pair!r} was given.",
            seen=pair,
            needed=f"two of: {', '.join(known)}",
            cure=f"Write --map {','.join(known[:2])}.",
        )
    return names[0], names[1]


def _walk(
    strategy: Strategy,
    bars: Bars,
    grid: Mapping[str, Sequence[float]],
    options: Mapping[str, Any],
    *,
    anchored: bool,
) -> WalkForward | None:
    try:
        return walk_forward(strategy, bars, grid, anchored=anchored, **options)
    except TooFewBars:
        return None
