"""What is written onto a price chart: levels, events, signals."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

import pandas as pd

from ...core.figures import written
from ...core.findings.finding import Signal
from ...core.fundamentals import EarningsReport
from ...core.market import Bars
from ..series import column
from ..spoken import spoken
from ..untrusted import one_line
from .palette import INK, NONE, SHADE, Figure

_SHAPES = {"Dividend": "diamond-open", "Split": "square-open", "Earnings": "circle-open"}
RECENT = 3
"""Bars within which a signal is drawn on its bar; older ones are states, not events."""


def levels(named: Mapping[str, float], unit: str) -> list[Figure]:
    """Horizontal lines across the price pane, each with its name and price; the lowest is named below."""
    lowest = min(named.values(), default=0.0)
    return [
        {
            "type": "line",
            "xref": "x domain",
            "yref": "y",
            "x0": 0,
            "x1": 1,
            "y0": value,
            "y1": value,
            "line": {"color": INK, "width": 1, "dash": "dot"},
            "label": {
                "text": f"{plain(name)} {written(value, unit)}",
                "textposition": "start",
                "yanchor": "top" if value == lowest else "bottom",
                "font": {"size": 11, "color": INK},
            },
        }
        for name, value in named.items()
    ]


def thresholds(yref: str, values: Iterable[float]) -> list[Figure]:
    """Faint horizontal lines in another pane, such as 30 and 70 of the RSI."""
    return [
        {
            "type": "line", "xref": "x domain", "yref": yref, "x0": 0, "x1": 1, "y0": value, "y1": value,
            "line": {"color": INK, "width": 1, "dash": "dot"},
        }
        for value in values
    ]  # fmt: skip


def events(bars: Bars, earnings: Sequence[EarningsReport] | None) -> list[Figure]:
    """Dividends, splits and earnings within *bars*, as marks along the floor of the price pane."""
    unit = bars.currency or "ratio"
    first, last = bars.frame.index[0].date(), bars.frame.index[-1].date()
    found = {
        "Dividend": [(d, f"dividend {written(cash, unit)}") for d, cash in _dated(bars.dividends)],
        "Split": [(day, f"split {ratio:g} for 1") for day, ratio in _dated(bars.splits)],
        "Earnings": [(past.day, _surprise(past)) for past in earnings or ()],
    }
    within = {
        name: [(day, text) for day, text in dated if first <= day <= last]
        for name, dated in found.items()
    }
    return [_floor(name, dated) for name, dated in within.items() if dated]


def signals(found: Sequence[Signal], bars: Bars) -> list[Figure]:
    """Active signals of the newest bars, written above the bar they happened on."""
    at: dict[int, list[str]] = {}
    for signal in found:
        if signal.active and signal.bars_ago is not None and signal.bars_ago <= RECENT:
            at.setdefault(signal.bars_ago, []).append(plain(spoken(signal.name)))
    return [
        {
            "x": f"{bars.index[-1 - ago]:%Y-%m-%d}",
            "y": float(column(bars.frame, "high")[-1 - ago]),
            "text": "<br>".join(names),
            "showarrow": True,
            "arrowhead": 2,
            "arrowcolor": INK,
            "ax": -14,
            "ay": -58,
            "align": "right",
            "bgcolor": SHADE,
            "borderpad": 3,
            "xanchor": "right",
            "font": {"size": 11, "color": INK},
        }
        for ago, names in at.items()
        if ago < len(bars)
    ]


def plain(text: str) -> str:
    """Text in which Plotly finds no tags."""
    return escape(one_line(text), quote=False)


def _floor(name: str, dated: Sequence[tuple[date, str]]) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [f"{day:%Y-%m-%d}" for day, _ in dated],
        "y": [0.03] * len(dated),
        "text": [text for _, text in dated],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": _SHAPES[name], "size": 9, "color": INK, "line": {"width": 1.6}},
        "cliponaxis": False,
        "yaxis": "y4",
    }


def _surprise(past: EarningsReport) -> str:
    if past.surprise is None:
        return "earnings"
    return f"earnings {written(past.surprise, 'fraction', signed=True)} against estimates"


def _dated(series: pd.Series) -> list[tuple[date, float]]:
    days = pd.DatetimeIndex(series.index).date
    return list(zip(days, series.to_numpy(float).tolist(), strict=True))


FLOOR = {
    "overlaying": "y", "range": [0, 1], "fixedrange": True, "visible": False, "showgrid": False,
    "linecolor": NONE,
}  # fmt: skip
"""The axis on which events stand: the height of the price pane from 0 to 1."""
