"""What is written onto a price chart: levels, events, signals."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from textwrap import wrap

import pandas as pd

from ...core.figures import written
from ...core.findings.finding import Signal
from ...core.fundamentals import EarningsReport
from ...core.market import Bars
from ..series import column
from ..spoken import spoken
from ..untrusted import one_line
from .palette import INK, Figure
from .sessions import labels

_SHAPES = {"Dividend": "diamond-open", "Split": "square-open", "Earnings": "circle-open"}
RECENT = 3
"""Bars within which a signal is marked on its bar; what began earlier is a state."""


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
    """Dividends, splits and earnings within *bars*, as marks in a strip under the price pane."""
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
    return [_strip(name, dated) for name, dated in within.items() if dated]


def recent(found: Sequence[Signal], bars: Bars) -> dict[str, list[str]]:
    """The active signals of the newest bars by session, newest first, as they are said."""
    newest = [s for s in found if s.active and s.bars_ago is not None and s.bars_ago <= RECENT]
    told: dict[str, list[str]] = {}
    for signal in sorted(newest, key=lambda signal: signal.bars_ago or 0):
        ago = signal.bars_ago or 0
        if ago < len(bars):
            told.setdefault(f"{bars.index[-1 - ago]:%Y-%m-%d}", []).append(spoken(signal.name))
    return told


def signals(told: Mapping[str, Sequence[str]], frame: pd.DataFrame) -> list[Figure]:
    """A mark above each session that had a signal; pointing at it tells which."""
    if not told:
        return []
    frame = frame.tail(RECENT + 1)
    newest = zip(labels(frame.index), column(frame, "high").tolist(), strict=True)
    high = dict(newest)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "Signal",
            "x": list(told),
            "y": [round(high[day] * 1.012, 4) for day in told],
            "text": [plain(", ".join(names)) for names in told.values()],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"symbol": "triangle-down", "size": 9, "color": INK},
            "cliponaxis": False,
            "yaxis": "y",
        }
    ]


def told_below(title: str, told: Mapping[str, Sequence[str]]) -> tuple[str, int]:
    """The title with a line for each session that had a signal, and how many lines were added."""
    lines = [line for day, names in told.items() for line in _packed(f"▼ {day}", names)]
    small = "".join(f'<br><span style="font-size:11px">{plain(line)}</span>' for line in lines)
    return f"{plain(title)}{small}", len(lines)


def _packed(head: str, names: Sequence[str]) -> list[str]:
    """Lines that fit a narrow chart, broken between names and not within one."""
    whole = [name.replace(" ", "\u00a0") for name in names]
    lines = wrap(f"{head} {', '.join(whole)}", 60, subsequent_indent="   ", break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]


def plain(text: str) -> str:
    """Text in which Plotly finds no tags."""
    return escape(one_line(text), quote=False)


def _strip(name: str, dated: Sequence[tuple[date, str]]) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [f"{day:%Y-%m-%d}" for day, _ in dated],
        "y": [0.5] * len(dated),
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
