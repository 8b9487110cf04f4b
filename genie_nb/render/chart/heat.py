"""The heat map of two parameters, with the chosen point marked."""

import numpy as np

from ...core.parameter_map import ParameterMap
from ..series import rounded
from .marks import plain
from .palette import DOWN, UP, Figure, axis, layout


def heat_traces(found: ParameterMap, *, x: str = "x", y: str = "y") -> list[Figure]:
    """The map and the chosen point on two axes: orange below zero, blue above, a square."""
    values = found.heat.to_numpy(dtype=np.float64)
    edge = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 1.0
    across, down = plain(found.x), plain(found.y)
    return [
        {
            "type": "heatmap",
            "name": "Sharpe ratio",
            "x": [f"{one:g}" for one in found.heat.columns],
            "y": [f"{one:g}" for one in found.heat.index],
            "z": [rounded(row, 3) for row in values],
            "zmin": -edge,
            "zmax": edge,
            "colorscale": [[0, DOWN], [0.5, "#f2f3f5"], [1, UP]],
            "showscale": False,
            "hovertemplate": f"{across} %{{x}}, {down} %{{y}}: Sharpe %{{z}}<extra></extra>",
            "xaxis": x,
            "yaxis": y,
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": "Chosen",
            "x": [f"{found.chosen[found.x]:g}"],
            "y": [f"{found.chosen[found.y]:g}"],
            "marker": {
                "symbol": "square-open",
                "size": 20,
                "color": "#1f2328",
                "line": {"width": 2},
            },
            "showlegend": False,
            "xaxis": x,
            "yaxis": y,
        },
    ]


def heat_axis(name: str, **more: object) -> Figure:
    """An axis of parameter values, evenly apart."""
    return axis(title={"text": plain(name), "font": {"size": 11}}, type="category", **more)


def heat_figure(found: ParameterMap) -> Figure:
    """The map alone, as Plotly JSON."""
    page = layout(title=plain(f"Sharpe ratio by {found.x} and {found.y}"), height=420)
    page |= {"xaxis": heat_axis(found.x), "yaxis": heat_axis(found.y), "hovermode": "closest"}
    page["margin"] = {"l": 64, "r": 84, "t": 68, "b": 56}
    heat, chosen = heat_traces(found)
    scale = {"showscale": True, "colorbar": {"title": {"text": "Sharpe"}, "thickness": 10}}
    return {"data": [heat | scale, chosen], "layout": page}
