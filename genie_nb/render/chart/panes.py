"""The panes of a price chart: candles with averages, volume, RSI. One function per trace."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...core.indicators import rsi, sma
from ..series import column, prices, rounded
from .palette import DASHES, DOWN, INK, SERIES, UP, Figure

AVERAGES = (20, 50, 200)
"""Lengths of the moving averages drawn."""

AVERAGE_COLOURS = (SERIES[4], SERIES[2], SERIES[3])


def candles(frame: pd.DataFrame, days: Sequence[str]) -> Figure:
    """Hollow blue candles where the close is above the open, filled orange ones where below."""
    return {
        "type": "candlestick",
        "name": "Price",
        "x": days,
        **{name: prices(column(frame, name)) for name in ("open", "high", "low", "close")},
        "increasing": {"line": {"color": UP, "width": 1}, "fillcolor": "rgba(0,0,0,0)"},
        "decreasing": {"line": {"color": DOWN, "width": 1}, "fillcolor": DOWN},
        "showlegend": False,
        "yaxis": "y",
    }


def averages(frame: pd.DataFrame, days: Sequence[str], shown: int) -> list[Figure]:
    """Simple moving averages, computed on all bars and drawn on the last *shown* ones."""
    close = column(frame, "close")
    lines = ((n, sma(close, n)[-shown:]) for n in AVERAGES)
    return [
        line(days, values, f"SMA {n}", colour=colour, dash=dash)
        for (n, values), colour, dash in zip(lines, AVERAGE_COLOURS, DASHES[:3], strict=True)
        if np.isfinite(values).any()
    ]


def volume(frame: pd.DataFrame, days: Sequence[str]) -> Figure:
    """Shares per bar, coloured as the candle above."""
    rising = (column(frame, "close") >= column(frame, "open")).astype(int).tolist()
    return {
        "type": "bar",
        "name": "Volume",
        "x": days,
        "y": rounded(column(frame, "volume"), 0),
        "marker": {
            "color": rising,
            "cmin": 0,
            "cmax": 1,
            "colorscale": [[0, DOWN], [1, UP]],
            "line": {"width": 0},
            "opacity": 0.55,
        },
        "showlegend": False,
        "yaxis": "y2",
    }


def strength(frame: pd.DataFrame, days: Sequence[str], shown: int) -> Figure:
    """RSI over 14 bars, computed on all bars."""
    values = rsi(column(frame, "close"), 14)[-shown:]
    trace = line(days, values, "RSI 14", colour=INK, dash="solid", decimals=1)
    return {**trace, "yaxis": "y3", "showlegend": False}


def line(
    days: Sequence[str],
    values: np.ndarray,
    name: str,
    *,
    colour: str,
    dash: str,
    decimals: int | None = None,
) -> Figure:
    """One line; missing values leave gaps."""
    numbers = prices(values) if decimals is None else rounded(values, decimals)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": days,
        "y": numbers,
        "line": {"color": colour, "width": 1.4, "dash": dash},
        "yaxis": "y",
    }
