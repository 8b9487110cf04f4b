"""The price chart of a report: candles, averages, levels, marks, volume and RSI."""

from collections.abc import Mapping, Sequence

from ...core.facts.fact import Facts
from ...core.findings.finding import Signal
from ...core.fundamentals import EarningsReport
from ...core.market import Bars
from ...core.report import Report
from ..series import column
from . import marks, panes
from .palette import INK, Figure, axis, buttons, layout
from .sessions import closed, labels

SHOWN = 504
"""Bars in a chart unless asked otherwise: two years. Averages are computed on all there are."""

VIEWS = (("3 months", 63), ("6 months", 126), ("1 year", 252), ("2 years", 504))
"""Buttons below the chart: name and bars."""

FIRST_VIEW = 252

LINE = 16
"""Height of a small line of the title."""

LEVELS = {"high_52w": "52-week high", "low_52w": "52-week low"}
"""Facts drawn as levels."""


def report_figure(report: Report, *, shown: int = SHOWN) -> Figure | None:
    """The chart of a report as Plotly JSON; None where there are fewer than two bars."""
    if report.bars is None or len(report.bars) < 2:
        return None
    return price_figure(
        report.bars,
        title=f"{report.profile.name} ({report.profile.ticker})",
        levels=_levels(report.facts),
        signals=report.signals,
        earnings=report.earnings,
        shown=shown,
    )


def price_figure(
    bars: Bars,
    *,
    title: str,
    levels: Mapping[str, float] | None = None,
    signals: Sequence[Signal] = (),
    earnings: Sequence[EarningsReport] | None = None,
    shown: int = SHOWN,
) -> Figure:
    """A chart of daily or weekly bars as Plotly JSON, made without importing Plotly.

    Args:
        bars: At least two bars.
        title: Its title; outside text, shown as it is.
        levels: Name to price, drawn across the pane.
        signals: Active ones are marked on their bar and named under the title.
        earnings: Past releases, marked under the prices.
        shown: Newest bars sent to the page; averages and RSI see all bars.
    """
    shown = min(shown, len(bars))
    tail = bars.tail(shown)
    days = labels(tail.index)
    unit = bars.currency or "ratio"
    told = marks.recent(signals, tail)
    traces = [
        panes.candles(tail.frame, days),
        *panes.averages(bars.frame, days, shown),
        *marks.signals(told, tail.frame),
        *marks.events(tail, earnings),
        panes.volume(tail.frame, days),
        panes.strength(bars.frame, days, shown),
    ]
    money = f", {bars.currency}" if bars.currency else ""
    heading, lines = marks.told_below(f"{title}: {bars.interval} bars{money}", told)
    page = layout(title=heading, height=600 + LINE * lines)
    page |= _axes(tail, days)
    page["shapes"] = [*marks.levels(levels or {}, unit), *marks.thresholds("y3", (30, 70))]
    page["annotations"] = _names()
    page["updatemenus"] = [_views(tail, days)]
    page["bargap"] = 0.15
    page["margin"] = {"l": 8, "r": 64, "t": 68 + LINE * lines, "b": 76}
    return {"data": traces, "layout": page}


def _levels(facts: Facts) -> dict[str, float]:
    return {
        label: value
        for name, label in LEVELS.items()
        if name in facts and (value := facts[name].value) is not None
    }


def _axes(bars: Bars, days: Sequence[str]) -> Figure:
    window = _window(bars, days, FIRST_VIEW)
    return {
        "xaxis": axis(
            type="date",
            range=window["xaxis.range"],
            rangebreaks=closed(bars.index),
            rangeslider={"visible": False},
            anchor="y3",
            showspikes=True,
            spikethickness=1,
            spikecolor=INK,
            spikemode="across",
        ),
        "yaxis": axis(
            domain=[0.39, 1.0], side="right", range=window["yaxis.range"], tickformat=",.2~f"
        ),
        "yaxis2": axis(
            domain=[0.20, 0.32], side="right", rangemode="tozero", nticks=3, tickformat=".2~s"
        ),
        "yaxis3": axis(
            domain=[0.0, 0.16], side="right", range=[0, 100], tickvals=[30, 70], fixedrange=True
        ),
        "yaxis4": axis(domain=[0.355, 0.385], range=[0, 1], fixedrange=True, visible=False),
    }


def _window(bars: Bars, days: Sequence[str], count: int) -> dict[str, list]:
    """Ranges that show the last *count* bars, prices with a margin of 6 %."""
    count = min(count or len(bars), len(bars))
    low = float(column(bars.frame, "low")[-count:].min())
    high = float(column(bars.frame, "high")[-count:].max())
    margin = 0.06 * ((high - low) or high or 1.0)
    last = bars.index[-1] + (bars.index[-1] - bars.index[max(len(bars) - 4, 0)])
    return {
        "xaxis.range": [days[-count], f"{last:%Y-%m-%d}"],
        "yaxis.range": [round(low - margin, 4), round(high + margin, 4)],
    }


def _views(bars: Bars, days: Sequence[str]) -> Figure:
    whole = next((name for name, count in VIEWS if count == len(bars)), "All")
    offered = [(name, count) for name, count in VIEWS if count < len(bars)]
    return buttons(
        [
            {"label": name, "method": "relayout", "args": [_window(bars, days, count)]}
            for name, count in (*offered, (whole, len(bars)))
        ]
    )


def _names() -> list[Figure]:
    return [
        {
            "text": name, "xref": "paper", "yref": "paper", "x": 0, "y": y, "xanchor": "left",
            "yanchor": "bottom", "showarrow": False, "font": {"size": 11, "color": INK},
        }
        for name, y in (("Volume", 0.322), ("RSI 14", 0.155))
    ]  # fmt: skip
