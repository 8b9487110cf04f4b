"""The chart of a strategy: its lines on the candles, its trades, what it was worth, how deep it fell."""

from collections.abc import Sequence

import numpy as np

from ...core.backtest import Result
from ...core.backtest.fills import settle
from ...core.backtest.prices import prices
from ...core.expr import Tape
from ...core.figures import written
from ...core.parameter_map import ParameterMap
from ...core.study import Study
from ..series import corners, rounded
from ..spoken import titled
from . import stack
from .heat import heat_axis, heat_traces
from .lines import Drawing, drawing
from .marks import plain
from .palette import DASHES, DOWN, INK, SERIES, SHADE, UP, Figure, axis, layout

SHOWN = 504
"""Bars of the candles; equity and drawdown show the whole test."""

STRETCHES = 250
"""Parts of the whole test whose lowest and highest points are drawn; a page has about twice as many pixels."""

EQUITY_HEIGHT = 150
MAP_HEIGHT = 240


def study_figure(study: Study) -> Figure | None:
    """The chart as Plotly JSON; None where there are fewer than two bars."""
    result, bars = study.result, study.bars
    if len(bars) < 2:
        return None
    tape = Tape(bars=bars)
    levels = {level.name: level.line for level in study.levels}
    drawn = drawing((result.entry, result.exit), tape, levels)
    shown = min(SHOWN, len(bars))
    names = {line: name for name, line in levels.items()}
    traces, shapes = stack.traces(drawn, tape, shown, names)
    above = stack.pane_titles(drawn)
    titles = [*above, "Equity, 1.00 at the start", "Drawdown"]
    heights = [stack.PRICE_HEIGHT, *[stack.HEIGHT] * len(above), EQUITY_HEIGHT, stack.HEIGHT]
    if study.map is not None:
        titles.append("Sharpe ratio around the chosen point")
        heights.append(MAP_HEIGHT)
    equity = 1 + len(above)
    whole, places = stack.domains(heights, dated=(equity - 1, equity + 1))
    unit = f", {bars.currency}" if bars.currency else ""
    head = f"{titled(result.strategy)} on {bars.ticker}: {bars.interval} bars{unit}"
    page = layout(title=plain(head), height=whole + 110)
    page |= stack.price_axes(places[:equity])
    page |= _axes(study, drawn, places[equity:], shown)
    page["shapes"] = [*shapes, *_unseen(study)]
    page["annotations"] = [
        stack.caption(title, place) for title, place in zip(titles, places[1:], strict=True)
    ]
    page["hovermode"] = "x"
    heat = heat_traces(study.map, x="x3", y="y23") if study.map is not None else []
    return {"data": [*traces, *_trades(result, shown), *_worth(result), *heat], "layout": page}


def _trades(result: Result, shown: int) -> list[Figure]:
    """Entries and exits among the newest bars."""
    bars, before = result.bars, len(result.bars) - shown
    unit = bars.currency or "money"
    fills = result.account.fills
    opens = bars.open.to_numpy()
    bought = [fill.bought for fill in fills if fill.bought >= before]
    closed = [(fill.sold, fill.growth - 1) for fill in fills if fill.sold is not None]
    left = [(at, gain) for at, gain in closed if at >= before]
    price = [written(opens[at] * result.costs.buy_price, unit) for at in bought]
    gains = [written(gain, "fraction", signed=True) for _, gain in left]
    tail = bars.tail(shown)
    entries = stack.points(
        tail, [at - before for at in bought], [f"entry at {one}" for one in price],
        name="Entry", symbol="triangle-up", colour=UP,
    )  # fmt: skip
    exits = stack.points(
        tail, [at - before for at, _ in left], [f"exit, {gain} after costs" for gain in gains],
        name="Exit", symbol="x", colour=DOWN,
    )  # fmt: skip
    return [one for one in (entries, exits) if one["x"]]


def _worth(result: Result) -> list[Figure]:
    """Equity of the strategy and of holding, and the strategy's falls from its peaks."""
    held = settle([(1, None)], prices(result.bars), result.costs).equity
    equity = result.account.equity
    fall = equity / np.maximum(np.maximum.accumulate(equity), 1.0) - 1
    days = stack.times(result.bars)
    drawdown = _curve(days, 100 * fall, "Drawdown", 2, "y22")
    return [
        _curve(days, equity, "Strategy", 0, "y21"),
        _curve(days, held, "Holding", 1, "y21"),
        {**drawdown, "fill": "tozeroy", "fillcolor": SHADE, "showlegend": False},
    ]


def _curve(days: Sequence[str], values: np.ndarray, name: str, number: int, where: str) -> Figure:
    kept = corners(values, STRETCHES)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [days[at] for at in kept],
        "y": rounded(values[kept], 4),
        "line": {"color": SERIES[number], "dash": DASHES[number], "width": 1.5},
        "xaxis": "x2",
        "yaxis": where,
    }


def _axes(study: Study, drawn: Drawing, places: Sequence[Sequence[float]], shown: int) -> Figure:
    """The newest bars on one time axis, the whole test on another below, then the map's own."""
    panes = min(len(drawn.panes), stack.MOST_PANES)
    lowest = f"y{panes + 2}"
    side = {"side": "right"}
    return {
        "xaxis": stack.time_axis(
            study.bars.tail(shown), anchor=lowest, rangeslider={"visible": False}
        ),
        "xaxis2": stack.time_axis(study.bars, anchor="y22"),
        "yaxis21": axis(domain=places[0], anchor="x2", tickformat=".2~f", **side),
        "yaxis22": axis(
            domain=places[1], anchor="x2", tickformat=".3~g", ticksuffix=" %", nticks=3, **side
        ),
        **_map_axes(study.map, places),
    }


def _map_axes(found: ParameterMap | None, places: Sequence[Sequence[float]]) -> Figure:
    if found is None:
        return {}
    return {
        "xaxis3": heat_axis(found.x, anchor="y23"),
        "yaxis23": heat_axis(found.y, anchor="x3", domain=places[2], side="right"),
    }


def _unseen(study: Study) -> list[Figure]:
    """A shade over the part of the test that is out of sample."""
    if study.out_of_sample is None:
        return []
    days = stack.times(study.bars)
    first = len(study.bars) - len(study.out_of_sample.bars)
    return [
        {
            "type": "rect",
            "xref": "x2",
            "yref": "y21 domain",
            "x0": days[first],
            "x1": days[-1],
            "y0": 0,
            "y1": 1,
            "fillcolor": SHADE,
            "line": {"width": 0},
            "layer": "below",
            "label": {
                "text": "out of sample",
                "textposition": "top left",
                "font": {"size": 11, "color": INK},
            },
        }
    ]
