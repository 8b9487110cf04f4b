"""The chart of a preview: the rule's lines on the candles, and the bars at which it would have fired."""

from ...core.expr import Tape
from ...core.figures import written
from ...core.preview import Preview
from . import stack
from .lines import drawing
from .marks import plain
from .palette import SERIES, Figure, layout

SHOWN = 504
"""Newest bars that are drawn."""


def preview_figure(preview: Preview) -> Figure | None:
    """The chart as Plotly JSON."""
    bars, rule = preview.bars, preview.rule
    shown = min(SHOWN, len(bars))
    tape = Tape(bars=bars)
    conditions = [rule.condition, *([rule.rearm] if rule.rearm else [])]
    drawn = drawing(conditions, tape)
    traces, shapes = stack.traces(drawn, tape, shown, {})
    titles = stack.pane_titles(drawn)
    whole, places = stack.domains([stack.PRICE_HEIGHT, *[stack.HEIGHT] * len(titles)])
    before = len(bars) - shown
    where = [at - before for at in preview.positions if at >= before]
    tail = bars.tail(shown)
    unit = bars.currency or "money"
    closes = [written(float(tail.close.iloc[at]), unit) for at in where]
    texts = [f"fires at {close}" for close in closes]
    fires = stack.points(
        tail, where, texts, name="Fires", symbol="star-triangle-down", colour=SERIES[6]
    )
    page = layout(title=plain(f"{rule}: {len(where)} fires on these bars"), height=whole + 110)
    page |= stack.price_axes(places)
    lowest = f"y{len(places)}"
    page["xaxis"] = stack.time_axis(tail, anchor=lowest, rangeslider={"visible": False})
    page["shapes"] = shapes
    page["annotations"] = [
        stack.caption(title, place) for title, place in zip(titles, places[1:], strict=True)
    ]
    page["hovermode"] = "x"
    return {"data": [*traces, *([fires] if where else [])], "layout": page}
