"""Several companies from a common start: each close as a share of the first one shown, times 100."""

from collections.abc import Sequence

import pandas as pd

from ...core.report import Comparison
from ..series import column, rounded
from .marks import plain
from .palette import SERIES, Figure, axis, buttons, layout
from .sessions import closed, labels

MOST = 504
"""Points of a line; a longer history is drawn by the last session of each week."""

VIEWS = (("6 months", 126), ("1 year", 252), ("2 years", 504))
"""Buttons below the chart: name and sessions; one for all of them follows."""

FIRST_VIEW = "1 year"


def comparison_figure(comparison: Comparison) -> Figure | None:
    """The normalised chart as Plotly JSON; None where fewer than two companies share two sessions.

    Each view has lines of its own, which start together at 100 on its first session.
    """
    closes = common(comparison)
    return None if closes is None else rebased_figure(closes)


def rebased_figure(closes: pd.DataFrame) -> Figure:
    """One line per column, over the sessions of the table; each view begins at 100."""
    views = [(name, count) for name, count in VIEWS if count < len(closes)]
    views = [*views, ("All", len(closes))]
    first = next((at for at, (name, _) in enumerate(views) if name == FIRST_VIEW), len(views) - 1)
    tables = [_rebased(closes.iloc[-count:]) for _, count in views]
    page = layout(title=_title(tables[first]), height=440)
    page["xaxis"] = axis(
        type="date", range=_span(tables[first]), rangebreaks=closed(pd.DatetimeIndex(closes.index))
    )
    page["yaxis"] = axis(side="right", tickformat=".4~g")
    page["shapes"] = [_start()]
    page["margin"] = {"l": 8, "r": 64, "t": 68, "b": 76}
    if len(views) > 1:
        page["updatemenus"] = [_views([name for name, _ in views], tables)]
    return {
        "data": [
            trace for at, table in enumerate(tables) for trace in _lines(table, visible=at == first)
        ],
        "layout": page,
    }


def common(comparison: Comparison) -> pd.DataFrame | None:
    """Closes on the sessions all companies with prices have, within the comparison's own span."""
    closes = {
        report.profile.ticker: report.bars.frame["close"]
        for report in comparison.reports
        if report.bars is not None and len(report.bars)
    }
    if len(closes) < 2:
        return None
    table = pd.concat(closes, axis=1, join="inner")
    if comparison.aligned_to:
        first, last = (pd.Timestamp(day) for day in comparison.aligned_to)
        table = table.loc[first:last]
    return table if len(table) > 1 else None


def _rebased(closes: pd.DataFrame) -> pd.DataFrame:
    normal = 100 * closes / closes.iloc[0]
    return normal if len(normal) <= MOST else _weekly(normal)


def _weekly(table: pd.DataFrame) -> pd.DataFrame:
    days = pd.DatetimeIndex(table.index).tz_localize(None)
    last = ~days.to_period("W").duplicated(keep="last")
    last[0] = True
    return table.loc[last]


def _lines(table: pd.DataFrame, *, visible: bool) -> list[Figure]:
    days = labels(pd.DatetimeIndex(table.index))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": plain(ticker),
            "x": days,
            "y": rounded(column(table, ticker), 2),
            "line": {"color": SERIES[number % len(SERIES)], "width": 2},
            "visible": visible,
        }
        for number, ticker in enumerate(table.columns)
    ]


def _title(table: pd.DataFrame) -> str:
    return f"Closes, {labels(pd.DatetimeIndex(table.index))[0]} = 100 (without dividends)"


def _span(table: pd.DataFrame) -> list[str]:
    days = labels(pd.DatetimeIndex(table.index))
    return [days[0], days[-1]]


def _start() -> Figure:
    """The level at which all lines begin."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 100,
        "y1": 100,
        "line": {"color": "rgba(128,136,144,0.6)", "width": 1},
        "layer": "below",
    }


def _views(names: Sequence[str], tables: Sequence[pd.DataFrame]) -> Figure:
    """Each button shows the lines of its view and says the session they start on."""
    width = len(tables[0].columns)
    return buttons(
        [
            {
                "label": name,
                "method": "update",
                "args": [
                    {"visible": [at == own for own in range(len(tables)) for _ in range(width)]},
                    {
                        "title.text": _title(table),
                        "xaxis.range": _span(table),
                        "yaxis.autorange": True,
                    },
                ],
            }
            for at, (name, table) in enumerate(zip(names, tables, strict=True))
        ]
    )
