"""Panes one under the other: the candles, what the conditions read, the volume."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ...core.expr import Tape, Value
from ...core.market import Bars
from ..series import column, prices
from . import marks, panes
from .lines import Drawing
from .palette import DASHES, INK, SERIES, Figure, axis
from .sessions import closed, labels

MOST_PANES = 3
"""Panes of conditions that are drawn; more would leave no room for the candles."""

COLOURS = (SERIES[4], SERIES[2], SERIES[3], SERIES[5], SERIES[6])
HEIGHT = 90
PRICE_HEIGHT = 330
GAP = 26
ASIDE = 0.025
"""How far a mark stands from its bar, as a share of the price range."""


def times(bars: Bars) -> list[str]:
    """The bars as the chart's axis names them: sessions, or exchange-local times within them."""
    if not bars.interval.intraday:
        return labels(bars.index)
    return [f"{label:%Y-%m-%d %H:%M}" for label in bars.index.tz_convert(bars.timezone)]


def time_axis(bars: Bars, **more: object) -> Figure:
    """The axis below: closed days removed, and for bars within sessions everything but bars."""
    if not bars.interval.intraday:
        return axis(type="date", rangebreaks=closed(bars.index), **more)
    starts = np.flatnonzero(~pd.Index(bars.sessions).duplicated())
    shown = starts[:: max(1, len(starts) // 8)]
    named = times(bars)
    return axis(
        type="category",
        tickvals=[named[at] for at in shown],
        ticktext=[f"{bars.sessions[at]:%b %d}" for at in shown],
        **more,
    )


def traces(
    drawn: Drawing, tape: Tape, shown: int, names: Mapping[Value, str]
) -> tuple[list[Figure], list[Figure]]:
    """Candles, overlays, panes and volume on the newest *shown* bars; and the shapes beside them.

    Args:
        drawn: What the conditions draw.
        tape: All bars.
        shown: How many of the newest are drawn.
        names: What some of the lines are called.
    """
    bars = tape.bars.tail(shown)
    days = times(bars)
    found = [panes.candles(bars.frame, days)]
    for number, value in enumerate(drawn.prices):
        found.append(_line(value, tape, days, number, names))
    unit = bars.currency or "ratio"
    shapes = [shape for price in drawn.marks for shape in marks.levels({"Level": price}, unit)]
    for pane, within in enumerate(drawn.panes[:MOST_PANES]):
        where = f"y{pane + 3}"
        for number, value in enumerate(within.lines):
            drawing = _line(value, tape, days, number, names)
            found.append({**drawing, "yaxis": where, "showlegend": len(within.lines) > 1})
        shapes += marks.thresholds(where, within.thresholds)
    found.append({**panes.volume(bars.frame, days), "yaxis": "y2"})
    return found, shapes


def pane_titles(drawn: Drawing) -> list[str]:
    """The volume's, then one for each pane of the conditions."""
    named = (" and ".join(str(line) for line in pane.lines) for pane in drawn.panes[:MOST_PANES])
    return ["Volume", *(marks.plain(name) for name in named)]


def domains(heights: Sequence[int], dated: Sequence[int] = ()) -> tuple[int, list[list[float]]]:
    """The height of all panes with the gaps between, and each one's place, from the top down.

    Args:
        heights: Of each pane.
        dated: Panes with the axis of those above below them, which takes a gap more.
    """
    below = [GAP * (1 + (number in dated)) for number in range(len(heights))]
    whole = sum(heights) + sum(below[:-1])
    places, top = [], whole
    for height, gap in zip(heights, below, strict=True):
        places.append([round((top - height) / whole, 4), round(top / whole, 4)])
        top -= height + gap
    return whole, places


def caption(text: str, place: Sequence[float]) -> Figure:
    """The name of a pane, above its upper left corner."""
    return {
        "text": text, "xref": "paper", "yref": "paper", "x": 0, "y": place[1], "xanchor": "left",
        "yanchor": "bottom", "showarrow": False, "font": {"size": 11, "color": INK},
    }  # fmt: skip


def price_axes(places: Sequence[Sequence[float]]) -> Figure:
    """Axes of the candles, the volume and the panes, in the order of *places*."""
    return {
        "yaxis": axis(domain=places[0], side="right", tickformat=",.2~f"),
        "yaxis2": axis(domain=places[1], side="right", rangemode="tozero", nticks=3, tickformat=".2~s"),
        **{
            f"yaxis{number}": axis(domain=place, side="right", nticks=4, tickformat=".3~s")
            for number, place in enumerate(places[2:], 3)
        },
    }  # fmt: skip


def points(
    bars: Bars, where: Sequence[int], texts: Sequence[str], *, name: str, symbol: str, colour: str
) -> Figure:
    """Marks on some bars: those that point up below the bar, the others above it."""
    up = symbol == "triangle-up"
    low, high = column(bars.frame, "low"), column(bars.frame, "high")
    edge, away = (low, -1) if up else (high, 1)
    edge = edge + away * ASIDE * (high.max() - low.min())
    days = times(bars)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [days[at] for at in where],
        "y": prices(edge[list(where)]),
        "text": [marks.plain(text) for text in texts],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": symbol, "size": 10, "color": colour, "line": {"width": 1, "color": INK}},
        "cliponaxis": False,
        "yaxis": "y",
    }  # fmt: skip


def _line(
    value: Value, tape: Tape, days: Sequence[str], number: int, names: Mapping[Value, str]
) -> Figure:
    name = f"{names[value]}: {value}" if value in names else str(value)
    return panes.line(
        days,
        tape.numbers(value)[-len(days) :],
        marks.plain(name),
        colour=COLOURS[number % len(COLOURS)],
        dash=DASHES[number % len(DASHES)],
    )
