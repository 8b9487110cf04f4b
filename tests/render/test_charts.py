"""Charts are Plotly JSON: valid, small, without gaps, equal to the indicators."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
import talib

from genie_nb.core.market import Bars
from genie_nb.core.report import Comparison, Report
from genie_nb.render.chart import comparison_figure, price_figure, report_figure
from genie_nb.render.chart.lean import lean
from genie_nb.render.chart.marks import told_below
from genie_nb.render.chart.palette import DOWN, INK, SERIES, UP
from genie_nb.render.chart.sessions import closed


def trace(figure: dict, name: str) -> dict:
    (found,) = [trace for trace in figure["data"] if trace["name"] == name]
    return found


def whole(report: Report) -> Bars:
    assert report.bars is not None
    return report.bars


def test_plotly_accepts_the_figures(report: Report, comparison: Comparison) -> None:
    for figure in (report_figure(report), comparison_figure(comparison)):
        assert figure is not None
        go.Figure(figure)


def test_candles_are_the_newest_two_years_of_bars(report: Report) -> None:
    figure = report_figure(report)
    assert figure is not None
    candles = trace(figure, "Price")
    assert len(candles["x"]) == 504
    assert candles["x"][-1] == "2026-01-12"
    assert candles["close"] == tuple(np.round(whole(report).frame["close"].tail(504), 2))


@pytest.mark.parametrize("n", [20, 50, 200])
def test_averages_are_computed_on_all_bars(report: Report, n: int) -> None:
    figure = report_figure(report, shown=100)
    assert figure is not None
    expected = talib.SMA(whole(report).frame["close"].to_numpy(), n)[-100:]
    np.testing.assert_allclose(trace(figure, f"SMA {n}")["y"], expected, atol=0.005)


def test_rsi_has_its_own_pane_with_30_and_70(report: Report) -> None:
    figure = report_figure(report)
    assert figure is not None
    strength = trace(figure, "RSI 14")
    expected = talib.RSI(whole(report).frame["close"].to_numpy(), 14)[-504:]
    np.testing.assert_allclose(strength["y"], expected, atol=0.051)
    drawn = {shape["y0"] for shape in figure["layout"]["shapes"] if shape["yref"] == "y3"}
    assert drawn == {30, 70}


def test_levels_are_named_with_their_price(report: Report) -> None:
    figure = report_figure(report)
    assert figure is not None
    names = {shape["label"]["text"] for shape in figure["layout"]["shapes"] if "label" in shape}
    assert names == {"52-week high $23.08", "52-week low $13.72"}


def test_a_signal_is_marked_on_its_bar_and_a_state_is_not(report: Report) -> None:
    figure = report_figure(report)
    assert figure is not None
    marked = trace(figure, "Signal")
    assert marked["x"] == ["2026-01-12"]
    assert marked["text"] == ["broke above 50-day average"]
    assert marked["y"][0] > whole(report).frame["high"].iloc[-1]
    assert "2026-01-12 broke above 50-day average" in figure["layout"]["title"]["text"]


def test_a_long_line_of_signals_is_broken_between_them() -> None:
    names = ["broke above 50-day average", "20-day breakout", "volume spike"]
    title, lines = told_below("ACME", {"2026-01-12": names})
    assert lines == 2
    assert "20-day breakout,</span>" in title
    assert "volume spike</span>" in title


def test_a_report_without_recent_signals_has_no_marks(report: Report) -> None:
    figure = report_figure(replace(report, signals=report.signals[1:]))
    assert figure is not None
    assert "Signal" not in {trace["name"] for trace in figure["data"]}


def test_dividends_and_earnings_are_marked_with_different_shapes(report: Report) -> None:
    figure = report_figure(report)
    assert figure is not None
    shapes = {trace(figure, name)["marker"]["symbol"] for name in ("Dividend", "Earnings")}
    assert len(shapes) == 2


def test_closed_days_are_taken_out_and_open_ones_are_not(report: Report) -> None:
    index = whole(report).index
    weekend, holidays = closed(index)
    assert weekend == {"bounds": ["sat", "mon"]}
    missing = pd.DatetimeIndex(holidays["values"])
    assert len(missing) == 3
    assert not missing.isin(index.tz_localize(None)).any()


def test_a_market_open_at_weekends_keeps_them() -> None:
    days = pd.date_range("2026-01-01", "2026-01-20", freq="D", tz="UTC").delete(5)
    assert closed(days) == [{"values": ["2026-01-06"], "dvalue": 86_400_000}]


def test_weekly_bars_have_no_gaps_to_take_out() -> None:
    assert closed(pd.date_range("2025-01-06", periods=30, freq="W-MON", tz="UTC")) == []


def test_missing_volume_is_a_gap_and_not_zero(report: Report) -> None:
    bars = whole(report)
    frame = bars.frame.assign(volume=bars.frame["volume"].where(bars.index != bars.index[-2]))
    figure = price_figure(replace(bars, frame=frame), title="X")
    assert trace(figure, "Volume")["y"][-2] is None
    json.dumps(figure, allow_nan=False)


def test_a_young_listing_is_drawn_without_the_averages_it_has_not(report: Report) -> None:
    figure = report_figure(replace(report, bars=whole(report).tail(30)))
    assert figure is not None
    names = {trace["name"] for trace in figure["data"]}
    assert "SMA 20" in names
    assert "SMA 50" not in names


@pytest.mark.parametrize(
    ("bars", "names"),
    [
        (504, ["3 months", "6 months", "1 year", "2 years"]),
        (300, ["3 months", "6 months", "1 year", "All"]),
        (40, ["All"]),
    ],
)
def test_a_button_promises_no_more_than_was_sent(
    report: Report, bars: int, names: list[str]
) -> None:
    drawn = report_figure(report, shown=bars)
    assert drawn is not None
    (views,) = drawn["layout"]["updatemenus"]
    assert [one["label"] for one in views["buttons"]] == names


def test_fewer_than_two_bars_are_no_chart(report: Report) -> None:
    assert report_figure(replace(report, bars=whole(report).tail(1))) is None


def test_up_and_down_differ_in_fill_as_well(report: Report) -> None:
    figure = report_figure(report)
    assert figure is not None
    candles = trace(figure, "Price")
    assert candles["increasing"]["fillcolor"].endswith(",0)")
    assert candles["decreasing"]["fillcolor"] == DOWN


@pytest.mark.parametrize("colour", [INK, UP, DOWN, *SERIES])
@pytest.mark.parametrize("paper", ["#ffffff", "#111111"])
def test_lines_can_be_seen_in_both_themes(colour: str, paper: str) -> None:
    def luminance(name: str) -> float:
        parts = [int(name[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((luminance(colour), luminance(paper)), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 3.0


def test_a_chart_stays_small_and_brings_no_template(report: Report) -> None:
    figure = report_figure(report)
    assert figure is not None
    assert figure["layout"]["template"] == {}
    assert len(json.dumps(figure)) < 120_000


def comparing(comparison: Comparison, frames: list[pd.DataFrame]) -> dict[str, Any]:
    """The chart of a comparison of these prices."""
    reports = tuple(
        replace(r, bars=Bars.from_frame(frame, ticker=r.profile.ticker))
        for r, frame in zip(comparison.reports, frames, strict=True)
    )
    span = (frames[0].index[0].to_pydatetime(), frames[0].index[-1].to_pydatetime())
    figure = comparison_figure(replace(comparison, reports=reports, aligned_to=span))
    assert figure is not None
    return figure


def ten_years(*ends: float) -> list[pd.DataFrame]:
    days = pd.bdate_range("2016-01-04", "2026-01-12", tz="UTC")
    return [
        pd.DataFrame(
            {name: np.linspace(10, end, len(days)) for name in ("open", "high", "low", "close")}, index=days
        )
        for end in ends
    ]  # fmt: skip


def test_companies_start_together_at_100_where_the_chart_begins(comparison: Comparison) -> None:
    figure = comparison_figure(comparison)
    assert figure is not None
    first, second = shown = [one for one in figure["data"] if one["visible"]]
    assert len(shown[0]["x"]) == 252
    assert first["x"] == second["x"]
    assert first["y"][0] == second["y"][0] == 100
    assert figure["layout"]["xaxis"]["range"] == [first["x"][0], first["x"][-1]]
    assert figure["layout"]["title"]["text"].startswith(f"Closes, {first['x'][0]} = 100")
    closes = comparison.reports[1].bars.frame["close"]  # type: ignore[union-attr]
    start = closes.loc[pd.Timestamp(first["x"][0], tz="UTC")]
    assert second["y"][-1] == pytest.approx(100 * closes.iloc[-1] / start, abs=0.006)


def test_lines_of_a_comparison_are_solid_and_differ(comparison: Comparison) -> None:
    figure = comparison_figure(comparison)
    assert figure is not None
    lines = [one["line"] for one in figure["data"] if one["visible"]]
    assert all("dash" not in line for line in lines)
    assert len({line["color"] for line in lines}) == len(lines)


def test_each_button_rebases_the_lines_to_the_session_it_begins_with(
    comparison: Comparison,
) -> None:
    figure = comparing(comparison, ten_years(40, 15))
    pressed = figure["layout"]["updatemenus"][0]["buttons"]
    assert [one["label"] for one in pressed] == ["6 months", "1 year", "2 years", "All"]
    for one in pressed:
        visible, page = one["args"][0]["visible"], one["args"][1]
        lines = [line for line, seen in zip(figure["data"], visible, strict=True) if seen]
        assert len(lines) == 2
        assert {line["y"][0] for line in lines} == {100}
        assert page["xaxis.range"] == [lines[0]["x"][0], lines[0]["x"][-1]]
        assert f"{lines[0]['x'][0]} = 100" in page["title.text"]


def test_a_long_common_history_is_drawn_by_week(comparison: Comparison) -> None:
    figure = comparing(comparison, ten_years(40, 40))
    longest = figure["data"][-1]
    assert len(longest["x"]) < 530
    assert (longest["x"][0], longest["x"][-1]) == ("2016-01-04", "2026-01-12")


def test_a_chat_gets_only_the_lines_that_are_shown_first(comparison: Comparison) -> None:
    figure = comparing(comparison, ten_years(40, 15))
    assert len(lean(figure)["data"]) == 2


def test_companies_without_common_sessions_have_no_chart(comparison: Comparison) -> None:
    alone = replace(comparison.reports[1], bars=None)
    assert comparison_figure(replace(comparison, reports=(comparison.reports[0], alone))) is None


def test_drawing_imports_no_chart_library() -> None:
    import subprocess
    import sys

    code = "import sys, genie_nb.render; print('plotly' in sys.modules, 'IPython' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
