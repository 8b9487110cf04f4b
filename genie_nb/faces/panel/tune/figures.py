"""The figures beside the chart: each part of the test, holding, and how often one has tried."""

from collections.abc import Mapping

from ....core.backtest import Deflated
from ....core.figures import written
from ....core.tuning import Tuned, Workbench
from ....render.html.tag import Markup, tag
from ....render.outline.strategy import LABELS, SIGNED

SHOWN = ("total_return", "cagr", "sharpe", "max_drawdown", "hit_rate", "exposure", "trades")
"""Metrics of the panel; the static answer has all."""

_SHORT = {
    "cagr": "CAGR",
    "sharpe": "Sharpe ratio",
    "max_drawdown": "Max drawdown",
    "hit_rate": "Hit rate",
    "exposure": "Exposure",
    "trades": "Trades",
}


def figures(bench: Workbench, tuned: Tuned) -> Markup:
    """One row per metric; in sample, out of sample, all bars, and holding on all bars."""
    columns = {
        "In sample": tuned.inside,
        "Out of sample": tuned.outside,
        "All": tuned.whole,
        "Holding": bench.held,
    }
    head = [tag("th", "", scope="col"), *(tag("th", name, scope="col") for name in columns)]
    rows = [
        tag(
            "tr",
            [
                tag("th", _SHORT.get(metric, LABELS[metric][0]), scope="row", title=LABELS[metric][0]),
                *(_cell(metric, values, name) for name, values in columns.items()),
            ],
        )
        for metric in SHOWN
    ]  # fmt: skip
    caption = tag("thead", tag("tr", head))
    return tag("table", [caption, tag("tbody", rows)], class_="figures")


def _cell(metric: str, values: Mapping[str, float | int | None] | None, name: str) -> Markup:
    value = None if values is None else values[metric]
    text = (
        "–"
        if value is None
        else written(value, LABELS[metric][1], signed=metric in SIGNED).replace(" ", "\u202f")
    )
    return tag("td", text, class_="strong" if name == "Out of sample" else None)


def doubts(found: Deflated) -> Markup:
    """How many parameter sets were tried, and what is left of the Sharpe ratio after that."""
    tries = f"{found.tries:,} parameter set{'' if found.tries == 1 else 's'} tried in this kernel"
    if found.probability is None:
        return tag("p", f"{tries}; the deflated Sharpe ratio cannot be told.", class_="note")
    chance = written(found.probability, "fraction")
    words = f"{tries}. Deflated Sharpe ratio: {chance} likely to be more than luck would find in as many."
    return tag("p", words, class_="note")


def map_words(around: str, *, moved: bool) -> Markup:
    """What surrounds the marked point of the map, and whether the sliders stand elsewhere by now."""
    words = f"The marked point is {around}. Orange is below zero, blue above."
    since = " The sliders have moved since it was drawn." if moved else ""
    return tag("p", words + since, class_="note")


LAMPS = {
    "busy": ("…", "", "Looking whether a line sees the future …"),
    "good": ("✓", "good", "No line sees the future: cutting later bars changed nothing before them."),
    "bad": ("✕", "bad", "A line may see the future: "),
}  # fmt: skip


def lamp(state: str, more: str = "") -> Markup:
    """Whether the strategy was proven to read no later bar; its sign differs, not only its colour."""
    sign, kind, words = LAMPS[state]
    return tag("p", [tag("b", sign, aria_hidden="true"), words + more], class_=f"lamp {kind}")
