"""The page of the tune panel: where each control and each figure stands."""

from collections.abc import Iterable, Mapping

from ....core.market import Interval
from ....core.strategies import Strategy
from ....core.verbs import Ask
from ....render.html.tag import Markup, joined, tag
from ....render.spoken import titled
from ..frame.controls import button, choice, number, slider, spans, text

VIEWS = {
    False: (("3 months", 63), ("6 months", 126), ("1 year", 252), ("3 years", 756), ("All", 0)),
    True: (("1 day", 78), ("1 week", 390), ("1 month", 1638), ("All", 0)),
}
"""Buttons above the chart, for bars of sessions and for bars within them."""

SET = "set."
"""What comes before a parameter's name, so that none is mistaken for another control."""


def page(
    ask: Ask, strategies: Iterable[str], interval: Interval, fee: float, spread: float
) -> Markup:
    """The whole panel; sliders, chart and figures are regions that are filled apart."""
    return joined(
        [
            tag("div", _asked(ask, strategies, interval, fee, spread), class_="row"),
            tag("div", [tag("div", _left()), tag("div", _right(interval))], class_="split"),
            tag("div", _terrain(), class_="foot"),
            tag("div", _region("lines"), class_="foot"),
        ]
    )  # fmt: skip


def sliders(strategy: Strategy, params: Mapping[str, float]) -> Markup:
    """A slider for each parameter."""
    made = [slider(one, params[one.name], prefix=SET) for one in strategy.params]
    return joined([tag("h3", "Parameters"), *made])


def pair(strategy: Strategy) -> Markup:
    """The two parameters of the heat map, and the button that draws it."""
    names = {one.name: one.name.replace("_", " ") for one in strategy.params}
    if len(names) < 2:
        return tag("p", f"{strategy.name} has too few parameters for a map.", class_="note")
    first, second, *_ = names
    return tag(
        "div",
        [
            choice("map_x", "Across", names, first),
            choice("map_y", "Upwards", names, second),
            tag("div", button("map", "Draw the map"), class_="field beside"),
        ],
        class_="row flush",
    )


def working(control: str) -> Markup:
    """A place for how far a piece of work is, with a button that stops it and stays where it is."""
    return joined([_region(f"{control}_done"), button("cancel", "Cancel")])


def progress(done: int, of: int, words: str) -> Markup:
    """How far a piece of work is."""
    bar = tag("progress", value=str(done), max=str(of), aria_label=words)
    return joined([tag("span", f"{words} {done} of {of}"), bar])


def _asked(
    ask: Ask, strategies: Iterable[str], interval: Interval, fee: float, spread: float
) -> list[Markup]:
    named = {name: titled(name) for name in strategies}
    return [
        text("ticker", "Ticker", ask.tickers[0], width=96),
        choice("strategy", "Strategy", named, ask.word),
        choice("interval", "Bars", {one.value: one.value for one in Interval}, interval.value),
        number("fee_bps", "Fee a side, bps", fee, low=0, high=1000, step=1, width=110),
        number("spread_bps", "Spread, bps", round(spread, 1), low=0, high=5000, step=1, width=110),
    ]


def _left() -> list[Markup]:
    buttons = [button("reset", "Reset"), button("best", "Best out of sample"), button("arm", "Arm these rules", main=True)]  # fmt: skip
    said = tag("p", class_="said", data_said="buttons", role="status")
    return [
        _region("sliders"),
        tag("div", buttons, class_="buttons"),
        said,
        _region("buttons_work", class_="work"),
        _region("figures", aria_live="off"),
        _region("doubts"),
        _region("lamp"),
    ]


def _right(interval: Interval) -> list[Markup]:
    return [
        spans("chart", VIEWS[interval.intraday]),
        tag("div", data_chart="chart"),
        tag("p", class_="notice", data_notice="", role="status"),
    ]


def _terrain() -> list[Markup]:
    return [
        tag("h3", "Map of two parameters"),
        _region("pair"),
        _region("map_work", class_="work"),
        tag("p", class_="said", data_said="map", role="status"),
        _region("map_words"),
        tag("div", data_figure="map"),
    ]


def _region(name: str, **attributes: str) -> Markup:
    return tag("div", data_region=name, **attributes)
