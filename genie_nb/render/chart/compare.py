"""Several companies from a common start: each close as a share of the first, times 100."""

import pandas as pd

from ...core.report import Comparison
from ..series import column, rounded
from .marks import plain
from .palette import DASHES, SERIES, Figure, axis, layout
from .sessions import closed, labels

MOST = 504
"""Sessions drawn; a longer common history is drawn by the last session of each week."""


def comparison_figure(comparison: Comparison) -> Figure | None:
    """The normalised chart as Plotly JSON; None where fewer than two companies share two sessions."""
    closes = common(comparison)
    if closes is None:
        return None
    normal = 100 * closes / closes.iloc[0]
    drawn = normal if len(normal) <= MOST else _weekly(normal)
    days = labels(pd.DatetimeIndex(drawn.index))
    page = layout(title=f"Closes, {days[0]} = 100 (without dividends)", height=420)
    page["xaxis"] = axis(type="date", rangebreaks=closed(pd.DatetimeIndex(drawn.index)))
    page["yaxis"] = axis(side="right", tickformat=".4~g")
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "name": plain(ticker),
                "x": days,
                "y": rounded(column(drawn, ticker), 2),
                "line": {"color": colour, "dash": dash, "width": 1.8},
            }
            for ticker, colour, dash in zip(drawn.columns, SERIES, DASHES, strict=False)
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


def _weekly(table: pd.DataFrame) -> pd.DataFrame:
    days = pd.DatetimeIndex(table.index).tz_localize(None)
    last = ~days.to_period("W").duplicated(keep="last")
    last[0] = True
    return table.loc[last]
