"""Strategies, setups and previews as pages and charts, on the demo market."""

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import genie_nb as genie
from genie_nb.answer import Answer
from genie_nb.core.expr import Tape
from genie_nb.core.grammar import line, parse_condition
from genie_nb.core.strategies import BUILT_IN
from genie_nb.render.chart.lines import drawing, scale
from genie_nb.render.chart.stack import GAP, domains


@pytest.fixture(scope="module")
def breakout() -> Answer:
    return genie.strategy("breakout", "ACME", provider="demo")


@pytest.fixture(scope="module")
def tape(breakout: Answer) -> Tape:
    return Tape(bars=breakout.bars)


def figure_of(answer: Answer) -> dict[str, Any]:
    figure = answer.view().figure
    assert figure is not None
    return json.loads(json.dumps(figure, allow_nan=False))


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in figure["data"] if one.get("name") == name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("close", "price"), ("sma(50)", "price"), ("highest(20)", "price"), ("vwma(20)", "price"),
        ("sma(50, volume)", "own"), ("rsi(14)", "own"), ("macd()", "own"), ("atr(14)", "own"),
        ("sma(20) + 2 * atr(14)", "price"), ("sma(20) * 1.02", "price"), ("close - sma(20)", "own"),
        ("close / sma(20)", "own"), ("close[5]", "price"), ("25", "number"), ("-3", "number"),
        ("sma(100) + 3 * (sma(20) - sma(100))", "price"), ("highest(5, rsi(14))", "own"),
        ("ta.sma(length=20)", "price"), ("ta.rsi(length=20)", "own"), ("close of WNCH", "own"),
    ],
)  # fmt: skip
def test_what_is_a_price_lies_on_the_candles(text: str, expected: str, tape: Tape) -> None:
    assert scale(line(text), tape) == expected


def test_lines_that_are_compared_share_a_pane(tape: Tape) -> None:
    conditions = [parse_condition("macd() > macd_signal() or macd() > 0 and rsi(14) < 30")]
    drawn = drawing(conditions, tape)
    assert [tuple(map(str, pane.lines)) for pane in drawn.panes] == [
        ("macd()", "macd_signal()"),
        ("rsi(14)",),
    ]
    assert [pane.thresholds for pane in drawn.panes] == [(0.0,), (30.0,)]


def test_a_price_in_a_rule_is_a_level_and_the_candles_own_lines_are_not_drawn_again(
    tape: Tape,
) -> None:
    drawn = drawing([parse_condition("close crosses above 25 and high > low[1] * 1.1")], tape)
    assert drawn.marks == (25.0,)
    assert [str(value) for value in drawn.prices] == ["low[1] * 1.1"]


@pytest.mark.parametrize("name", [name for name in BUILT_IN if name != "vwap_day"])
def test_every_strategy_is_drawn_from_its_conditions(name: str) -> None:
    answer = genie.strategy(name, "ACME", provider="demo")
    figure = figure_of(answer)
    drawn = " ".join(one["name"] for one in figure["data"])
    for value in BUILT_IN[name].levels_at().values():
        assert str(value) in drawn


def test_a_line_is_drawn_with_the_numbers_the_condition_reads(breakout: Answer, tape: Tape) -> None:
    drawn = trace(figure_of(breakout), "breakout: highest(20)")
    expected = tape.numbers(line("highest(20)"))[-len(drawn["y"]) :]
    assert np.allclose(drawn["y"], expected, atol=0.005)


def test_entries_and_exits_differ_in_shape_and_stand_at_their_bars(breakout: Answer) -> None:
    figure = figure_of(breakout)
    entry, leave = trace(figure, "Entry"), trace(figure, "Exit")
    assert entry["marker"]["symbol"] != leave["marker"]["symbol"]
    entered = {trade["entry_time"][:10] for trade in breakout.to_dict()["trades"]}
    left = {trade["exit_time"][:10] for trade in breakout.to_dict()["trades"]}
    assert set(entry["x"]) <= entered
    assert set(leave["x"]) <= left


def test_equity_and_drawdown_show_the_whole_test(breakout: Answer) -> None:
    figure = figure_of(breakout)
    equity, fall = trace(figure, "Strategy"), trace(figure, "Drawdown")
    ends = breakout.bars.frame.index[[0, -1]].strftime("%Y-%m-%d")
    assert [equity["x"][0], equity["x"][-1]] == list(ends)
    assert len(equity["x"]) < len(breakout.bars) / 3, "the file is kept small"
    metrics = breakout.to_dict()["metrics"]
    assert equity["y"][-1] == pytest.approx(1 + metrics["total_return"], abs=1e-4)
    assert min(fall["y"]) == pytest.approx(100 * metrics["max_drawdown"], abs=1e-2)
    assert figure["layout"]["yaxis22"]["ticksuffix"] == " %"
    held = trace(figure, "Holding")["y"][-1]
    assert held == pytest.approx(1 + breakout.to_dict()["buy_and_hold"]["total_return"], abs=1e-4)


def test_what_is_out_of_sample_is_shaded(breakout: Answer) -> None:
    shades = [s for s in figure_of(breakout)["layout"]["shapes"] if s["type"] == "rect"]
    assert shades[0]["x0"] == breakout.to_dict()["out_of_sample"]["start"][:10]


def test_a_session_has_no_gaps_on_its_axis() -> None:
    figure = figure_of(genie.strategy("vwap_day", "ACME", provider="demo"))
    assert figure["layout"]["xaxis"]["type"] == "category"
    days = trace(figure, "Price")["x"]
    assert days[-1] == "2026-01-12 15:55"


def test_a_preview_marks_its_fires() -> None:
    answer = genie.preview("ACME", "close crosses above sma(50)", provider="demo")
    fires = trace(figure_of(answer), "Fires")
    expected = [time[:10] for time in answer.to_dict()["fires"]]
    assert fires["x"] == expected[-len(fires["x"]) :]


def test_panes_do_not_overlap() -> None:
    whole, places = domains([300, 90, 90], dated=[1])
    assert whole == 300 + 90 + 90 + 3 * GAP
    assert places[0][1] == 1
    assert places[-1][0] == 0
    assert all(upper[0] > lower[1] for upper, lower in pairwise(places))


def test_plotly_takes_every_figure(breakout: Answer) -> None:
    go = pytest.importorskip("plotly.graph_objects")
    go.Figure(figure_of(breakout))
    go.Figure(figure_of(genie.preview("ACME", "macd() > 0 and volume > 100000", provider="demo")))


def test_the_page_says_when_it_enters_and_how_far_to_believe_it(breakout: Answer) -> None:
    for text in (breakout.view().text, breakout.view().markdown, breakout.view().html):
        flat = " ".join(text.split())
        assert "the highest high of the 20 bars before" in flat
        assert "Out of sample" in flat
        assert "tried on this ticker" in flat
        assert "fictional" in flat
        assert "not financial advice" in flat


def test_few_trades_are_said_to_be_too_few() -> None:
    text = genie.strategy("mean_reversion", "ACME", provider="demo").view().text
    assert "Too few trades to say" in text


def test_a_preview_says_how_often_and_beside_what() -> None:
    text = " ".join(genie.preview("ACME", "rsi(14) < 30", provider="demo").view().text.split())
    assert "It would have fired" in text
    assert "Random days" in text
    never = genie.preview("ACME", "close > 1000000", provider="demo").view().text
    assert "never have fired" in never


def test_a_set_up_of_all_strategies_tells_its_rules_in_a_table_and_not_in_a_paragraph() -> None:
    found = genie.setup("ACME", all=True, dry_run=True, provider="demo")
    assert "in the last year" not in found.said_back
    text = found.view().text
    assert f"Would have fired: {found.rules[0].past}" in text
    assert "VWAP day: entry" in text
    assert "mean_reversion" not in text


@pytest.mark.parametrize("word", ["buy", "sell"])
def test_no_page_advises(word: str, breakout: Answer) -> None:
    pages = (breakout, genie.setup("ACME", provider="demo"), genie.preview("ACME", "rsi(14) < 30"))
    for page in pages:
        assert f" {word} " not in page.view().text.casefold()
