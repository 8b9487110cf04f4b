"""A heat map of two parameters, and whether a chosen point stands on a plateau or on a peak."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..errors import AskError, UnknownName
from .metrics import METRICS


def heat_map(table: pd.DataFrame, x: str, y: str, metric: str = "sharpe") -> pd.DataFrame:
    """One metric over two parameters of a sweep.

    Args:
        table: As `sweep` returns it.
        x: The parameter along the columns.
        y: The parameter along the rows.
        metric: What is shown.

    Returns:
        Values of *y* as index, of *x* as columns. When further parameters were swept, each cell is the
        median over them: the best would show luck.

    Raises:
        UnknownName: The sweep has no such parameter or metric.
    """
    swept = [str(name) for name in table.columns if name not in METRICS]
    for name in (x, y):
        if name not in swept:
            raise UnknownName("swept parameter", name, swept)
    if metric not in METRICS:
        raise UnknownName("metric", metric, METRICS)
    return table.pivot_table(
        index=y, columns=x, values=metric, aggfunc="median", dropna=False
    ).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A point of a heat map and the points around it.

    Attributes:
        value: At the point; None where it is unknown.
        median: Of the up to eight points around it that are known.
        map_median: Of the whole map.
        neighbours: How many points around it are known.
        isolated: Whether it is a peak of its own: higher than every neighbour, and the neighbours' median
            lies nearer to the map's than to the peak.
        text: What that means.
    """

    value: float | None
    median: float | None
    map_median: float | None
    neighbours: int
    isolated: bool
    text: str


def neighbourhood(heat: pd.DataFrame, *, x: Any, y: Any) -> Neighbourhood:
    """What surrounds the point at column *x* and row *y*.

    Raises:
        AskError: The map has no such point.
    """
    if x not in heat.columns or y not in heat.index:
        raise AskError(
            f"The heat map has no point at {x}, {y}.",
            seen=(x, y),
            needed="one of the swept values on each axis",
            cure=f"Columns are {list(heat.columns)}; rows are {list(heat.index)}.",
        )
    values = heat.to_numpy(dtype=np.float64)
    row, column = int(heat.index.get_indexer([y])[0]), int(heat.columns.get_indexer([x])[0])
    value = values[row, column]
    around = values[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2]
    known = np.isfinite(around)
    known[min(row, 1), min(column, 1)] = False
    beside, whole = around[known], values[np.isfinite(values)]
    if not np.isfinite(value) or not len(beside):
        return _found(
            value, beside, whole, isolated=False, text="nothing is known around this point"
        )
    lone = bool(value > beside.max() and np.median(beside) < (value + np.median(whole)) / 2)
    text = (
        "an isolated peak: the points around it do not share its result, as luck would have it"
        if lone
        else "not an isolated peak"
    )
    return _found(value, beside, whole, isolated=lone, text=text)


def _found(
    value: float, beside: np.ndarray, whole: np.ndarray, *, isolated: bool, text: str
) -> Neighbourhood:
    return Neighbourhood(
        value=float(value) if np.isfinite(value) else None,
        median=float(np.median(beside)) if len(beside) else None,
        map_median=float(np.median(whole)) if len(whole) else None,
        neighbours=len(beside),
        isolated=isolated,
        text=text,
    )
