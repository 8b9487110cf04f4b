"""A chart for a chat: narrow, and small in the file that keeps it.

    figure -> the newest bars, numbers packed, a short title, no buttons

A chat's file is written with a line per number, so arrays of numbers go as packed bytes, which Plotly
reads as they are. Long curves without candles are thinned evenly; what is drawn keeps its shape.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

import numpy as np

BARS = 126
"""Candles shown: half a year of sessions, as many as a narrow panel can tell apart."""
POINTS = 126
"""Points of a curve that is drawn without candles."""
HEIGHT = 460
WIDTH = 30
"""Characters of a line of the title."""
LEGEND = {
    "orientation": "h", "x": 0, "y": -0.09, "yanchor": "top", "entrywidth": 44, "font": {"size": 11},
}  # fmt: skip
"""Below the chart, two names beside each other in the narrowest panel, so that none lies on the title."""
_PACKED = ("y", "open", "high", "low", "close")


def lean(figure: Mapping[str, Any]) -> dict[str, Any]:
    """The figure as a chat shows it; the one that was given stays as it is."""
    traces = [one for one in figure["data"] if one.get("visible", True) is True]
    candles = next((one for one in traces if one["type"] == "candlestick"), None)
    if candles is None:
        traces = [_thinned(one) for one in traces]
    else:
        first = candles["x"][-min(BARS, len(candles["x"]))]
        traces = [_since(one, first) for one in traces]
    shown = next((one for one in traces if one["type"] == "candlestick"), None)
    return {
        "data": [_packed(one) for one in traces],
        "layout": _layout(figure["layout"], shown),
        "config": {"responsive": True, "displayModeBar": False},
    }


def _since(trace: dict[str, Any], first: str) -> dict[str, Any]:
    """The trace from a label on, where it shares the axis of the candles."""
    if trace.get("xaxis", "x") != "x" or not trace["x"]:
        return _thinned(trace)
    kept = [place for place, label in enumerate(trace["x"]) if label >= first]
    return _picked(trace, kept)


def _thinned(trace: dict[str, Any]) -> dict[str, Any]:
    """Every so many points of a long curve, its first and last among them."""
    count = len(trace["x"])
    if trace.get("mode") != "lines" or count <= POINTS:
        return trace
    return _picked(trace, sorted(set(np.linspace(0, count - 1, POINTS).round().astype(int).tolist())))  # fmt: skip


def _picked(trace: dict[str, Any], places: Sequence[int]) -> dict[str, Any]:
    """The trace with these of its points, in each of its arrays."""
    count = len(trace["x"])

    def pick(value: Any) -> Any:
        if isinstance(value, list | tuple) and len(value) == count and count > 2:
            return [value[place] for place in places]
        return value

    picked = {name: pick(value) for name, value in trace.items()}
    if isinstance(marker := trace.get("marker"), dict):
        picked["marker"] = marker | {"color": pick(marker.get("color"))}
    return picked


def _packed(trace: dict[str, Any]) -> dict[str, Any]:
    packed = {name: pack(value) if name in _PACKED else value for name, value in trace.items()}
    marker = trace.get("marker")
    if isinstance(marker, dict) and isinstance(marker.get("color"), list):
        packed["marker"] = marker | {"color": pack(marker["color"])}
    return packed


def pack(values: Any) -> Any:
    """Numbers as Plotly's packed arrays; anything else as it is.

    Example:
        >>> pack([1.0, None])
        {'dtype': 'f8', 'bdata': 'AAAAAAAA8D8AAAAAAAD4fw=='}
        >>> pack(["a", "b"])
        ['a', 'b']
    """
    if not isinstance(values, list | tuple) or not all(
        value is None or isinstance(value, int | float) for value in values
    ):
        return values
    numbers = np.array([np.nan if value is None else value for value in values], dtype="<f8")
    return {"dtype": "f8", "bdata": b64encode(numbers.tobytes()).decode("ascii")}


def _layout(layout: Mapping[str, Any], candles: Mapping[str, Any] | None) -> dict[str, Any]:
    page = {name: part for name, part in layout.items() if name != "updatemenus"}
    title = str(page["title"]["text"]).partition("<br>")[0]
    lines = wrap(title, WIDTH)
    page["title"] = page["title"] | {"text": "<br>".join(lines), "font": {"size": 12}}
    page["height"] = min(page["height"], HEIGHT)
    page["margin"] = page["margin"] | {"r": 48, "t": 34 + 15 * len(lines), "b": 28}
    page["xaxis"] = page["xaxis"] | {"nticks": 3, "tickangle": 0}
    page["legend"] = LEGEND
    if candles is None:
        page["xaxis"].pop("rangebreaks", None)
    elif "range" in page["xaxis"]:
        low = min(value for value in candles["low"] if value is not None)
        high = max(value for value in candles["high"] if value is not None)
        margin = 0.1 * ((high - low) or high or 1.0)
        page["xaxis"] |= {"range": [candles["x"][0], page["xaxis"]["range"][1]]}
        page["yaxis"] = page["yaxis"] | {"range": [round(low - margin, 4), round(high + margin, 4)]}
    return page
