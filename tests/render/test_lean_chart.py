"""Charts for a chat: fewer bars, packed numbers, nothing else changed."""

import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import genie_nb as genie
from genie_nb.render.chart.lean import BARS, POINTS, lean, pack


def unpacked(array: dict[str, str]) -> np.ndarray:
    return np.frombuffer(b64decode(array["bdata"]), dtype=np.dtype(array["dtype"]))


def figure(answer: Any) -> dict[str, Any]:
    drawn = answer.view().figure
    assert drawn is not None
    return drawn


def test_the_newest_half_year_keeps_its_prices_to_the_last_digit() -> None:
    whole = figure(genie.analyze("ACME", provider="demo"))
    short = lean(whole)
    before, after = whole["data"][0], short["data"][0]
    assert list(after["x"]) == list(before["x"][-BARS:])
    for name in ("open", "high", "low", "close"):
        assert unpacked(after[name]).tolist() == list(before[name][-BARS:])


def test_averages_that_need_older_bars_are_those_of_the_whole_chart() -> None:
    whole = figure(genie.analyze("ACME", provider="demo"))
    named = {trace["name"]: trace for trace in lean(whole)["data"]}
    long = next(trace for trace in whole["data"] if trace["name"] == "SMA 200")
    assert unpacked(named["SMA 200"]["y"]).tolist() == list(long["y"][-BARS:])


def test_every_trace_begins_where_the_candles_begin() -> None:
    short = lean(figure(genie.analyze("ACME", provider="demo")))
    first = short["data"][0]["x"][0]
    assert all(min(trace["x"]) >= first for trace in short["data"])
    assert short["layout"]["xaxis"]["range"][0] == first


def test_curves_over_years_are_thinned_and_keep_both_ends() -> None:
    whole = figure(genie.compare("ACME", "WNCH", provider="demo"))
    shown = [one for one in whole["data"] if one["visible"]]
    for before, after in zip(shown, lean(whole)["data"], strict=True):
        assert len(after["x"]) <= POINTS
        assert (after["x"][0], after["x"][-1]) == (before["x"][0], before["x"][-1])
        assert unpacked(after["y"])[-1] == before["y"][-1]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: genie.analyze("ACME", provider="demo"),
        lambda: genie.compare("ACME", "WNCH", provider="demo"),
        lambda: genie.strategy("breakout", "ACME", provider="demo"),
        lambda: genie.strategy("vwap_day", "ACME", interval="5m", provider="demo"),
        lambda: genie.preview("ACME", "close > sma(50)", provider="demo"),
    ],
    ids=["analyze", "compare", "strategy", "strategy by minutes", "preview"],
)
def test_a_chart_costs_the_file_of_a_chat_less_than_60_kb_and_is_one_for_plotly(
    answer: Callable[[], Any],
) -> None:
    import plotly.graph_objects as go

    whole = figure(answer())
    kept = json.dumps(whole)
    short = lean(whole)
    assert json.dumps(whole) == kept
    assert len(json.dumps(short, indent=2)) < 60_000
    go.Figure({"data": short["data"], "layout": short["layout"]})
    assert short["config"]["responsive"]
    assert "updatemenus" not in short["layout"]


def test_what_is_missing_stays_a_gap() -> None:
    assert np.isnan(unpacked(pack([None, 2.0]))[0])
    assert pack(["a", None]) == ["a", None]
