"""The tune panel's kernel side, spoken to as its page speaks."""

import gc
import tracemalloc
from itertools import count
from typing import Any

import pytest
from comm import get_comm_manager

import genie_nb as genie
from genie_nb.core.ask.command import read_line
from genie_nb.core.ask.spelling import call_of, line_of
from genie_nb.core.errors import Unavailable
from genie_nb.core.verbs import Ask
from genie_nb.desk.strategy import material
from genie_nb.faces.panel.tune import TunePanel, position, terrain
from genie_nb.faces.panel.tune import panel as module

NUMBERS = count(1)


class Reader:
    """Somebody who turns and presses, and sees what comes back."""

    def __init__(self, panel: TunePanel) -> None:
        self.panel = panel
        self.letters: list[dict] = []
        panel.send = lambda content, buffers=None: self.letters.append(content)

    def does(self, *, turn: dict | None = None, press: str | None = None) -> dict:
        """One message, and what is answered to it."""
        sequence = next(NUMBERS)
        self.panel._hear(
            self.panel,
            {
                "kind": "events",
                "view": "page",
                "seq": sequence,
                "set": turn or {},
                "look": {},
                "do": [[press, None]] if press else [],
            },
            [],
        )
        return next(one for one in self.letters if one.get("done") == sequence)

    def wait(self) -> None:
        job = self.panel._job
        assert job is not None
        job._thread.join(60)


@pytest.fixture
def reader(tmp_path) -> Reader:
    return Reader(TunePanel(genie.tune("ACME", "breakout", home=tmp_path)))


def line(reader: Reader) -> str:
    return reader.panel._regions["lines"]


def test_a_step_answers_with_chart_figures_and_the_lines_that_reproduce_it(reader) -> None:
    answer = reader.does(turn={"set.lookback": "35"})
    assert answer["charts"].keys() == {"chart"}
    assert answer["regions"].keys() >= {"figures", "lines"}
    assert "tune ACME breakout --set lookback=35" in line(reader)
    assert "genie.tune(&quot;ACME&quot;, &quot;breakout&quot;, lookback=35" in line(reader)


def test_the_newest_of_several_controls_is_taken_together(reader) -> None:
    reader.does(turn={"set.lookback": "35", "set.exit_length": "7"})
    assert reader.panel._now.params == {"lookback": 35, "volume_factor": 1.5, "exit_length": 7}


@pytest.mark.parametrize(
    ("turn", "control", "words"),
    [
        ({"ticker": "NOPE"}, "ticker", "NOPE is not in the fictional demo market"),
        ({"ticker": ""}, "ticker", "tune needs a ticker"),
        ({"set.lookback": "2"}, "set.lookback", "a whole number from 5 to 250 bars"),
        ({"set.lookback": "many"}, "set.lookback", "a whole number from 5 to 250 bars"),
        ({"interval": "1m"}, "interval", "The demo market has no 1m bars"),
        ({"fee_bps": "-3"}, "fee_bps", "0 or a number above it is needed"),
        ({"spread_bps": "wide"}, "spread_bps", "0 or a number above it is needed"),
    ],
)
def test_what_cannot_be_is_said_beside_its_control(reader, turn, control, words) -> None:
    before = line(reader)
    assert words in reader.does(turn=turn)["said"][control]
    assert line(reader) == before
    assert reader.does(turn={"set.lookback": "44"})["charts"]


def test_a_word_is_taken_back_when_the_control_is_put_right(reader) -> None:
    reader.does(turn={"set.lookback": "2"})
    assert reader.does(turn={"set.lookback": "22"})["said"] == {"set.lookback": ""}


def test_a_provider_that_is_down_leaves_the_panel_as_it_was(reader, monkeypatch) -> None:
    def down(*_: object) -> None:
        raise Unavailable("demo does not answer.", seen="timeout", needed="an answer", cure="Wait.")

    monkeypatch.setattr(position, "material", down)
    answer = reader.does(turn={"ticker": "WNCH"})
    assert "demo does not answer" in answer["said"]["ticker"]
    assert reader.does(turn={"set.lookback": "30"})["charts"]
    monkeypatch.setattr(position, "material", material)
    assert reader.does(turn={"ticker": "WNCH"})["said"]["ticker"] == ""
    assert "tune WNCH breakout" in line(reader)


def test_an_intraday_strategy_on_daily_bars_is_said_beside_the_interval(reader) -> None:
    reader.does(turn={"strategy": "vwap_day"})
    assert "tune ACME vwap_day" in line(reader)
    assert "intraday bars" in reader.does(turn={"interval": "1d"})["said"]["interval"]


def test_arming_twice_changes_nothing_and_says_so(reader, tmp_path) -> None:
    assert "Armed on ACME: entry, exit." in reader.does(press="arm")["said"]["buttons"]
    rules = genie.rules(home=tmp_path).to_dict()["rules"]
    assert [one["rule"] for one in rules] == [
        "close > highest(20) and rvol(20) > 1.5",
        "close < lowest(10)",
    ]
    assert "left as it was: entry, exit." in reader.does(press="arm")["said"]["buttons"]
    assert len(genie.rules(home=tmp_path).to_dict()["rules"]) == 2


def test_what_cannot_be_armed_is_said_below_the_buttons(reader, monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise Unavailable("The ledger is locked.", seen="lock", needed="the lock", cure="Wait.")

    monkeypatch.setattr(module, "arm", refused)
    assert "The ledger is locked" in reader.does(press="arm")["said"]["buttons"]


def test_reset_goes_back_to_the_usual_places(reader) -> None:
    reader.does(turn={"set.lookback": "35"})
    assert reader.does(press="reset")["values"]["set.lookback"] == "20"
    assert "--set" not in line(reader)


def test_the_best_out_of_sample_is_the_best_of_its_sweep_and_counts_every_set(reader) -> None:
    bench = reader.panel._now.bench
    grid = terrain.search_grid(bench, reader.panel._now.params)
    reader.does(press="best")
    reader.wait()
    chosen = bench.at(reader.panel._now.params).outside
    others = [
        bench.at(dict(zip(grid, one, strict=True))).outside
        for one in list(terrain.tried(grid))[::37]
    ]
    known = [one["sharpe"] for one in others if one and one["sharpe"] is not None]
    assert chosen["sharpe"] >= max(known) - 1e-9
    assert "unseen no more" in reader.panel._said["buttons"]


def test_a_map_shows_the_sharpe_ratio_of_each_pair(reader) -> None:
    reader.does(press="map")
    reader.wait()
    heat = reader.panel._figures["map"]["data"][0]
    column, row = 5, 8
    params = {"lookback": float(heat["x"][column]), "volume_factor": float(heat["y"][row])}
    assert heat["z"][row][column] == pytest.approx(
        reader.panel._now.bench.at(params).whole["sharpe"], abs=5e-4
    )


def test_a_cancelled_map_says_so_and_leaves_nothing(reader, monkeypatch) -> None:
    quick = terrain.sweep

    def cancelling(*given: Any, **more: Any):
        reader.panel._cancel()
        return quick(*given, **more)

    monkeypatch.setattr(terrain, "sweep", cancelling)
    reader.does(press="map")
    reader.wait()
    assert reader.panel._said["map"] == "The map was cancelled."
    assert "map" not in reader.panel._figures
    assert reader.panel._regions["map_work"] == ""


def test_the_cancel_button_is_drawn_once_while_the_progress_moves(reader) -> None:
    reader.letters.clear()
    reader.does(press="map")
    reader.wait()
    drawn = [one["regions"] for one in reader.letters if "regions" in one]
    assert sum("Cancel" in one.get("map_work", "") for one in drawn) == 1
    assert sum("progress" in one.get("map_done", "") for one in drawn) > 1


def test_the_map_says_when_the_sliders_have_moved_and_goes_with_its_ticker(reader) -> None:
    reader.does(press="map")
    reader.wait()
    assert "have moved" not in reader.panel._regions["map_words"]
    reader.does(turn={"set.lookback": "77"})
    assert "have moved" in reader.panel._regions["map_words"]
    reader.does(turn={"ticker": "WNCH"})
    assert reader.panel._figures["map"]["data"] == []
    assert reader.panel._regions["map_words"] == ""
    assert reader.panel.title == "Tune breakout on WNCH"


def test_two_different_parameters_make_a_map(reader) -> None:
    reader.does(turn={"map_x": "lookback", "map_y": "lookback"})
    assert reader.does(press="map")["said"]["map"] == "Choose two different parameters."


def test_panels_that_are_closed_leave_no_comm(tmp_path) -> None:
    answer = genie.tune("ACME", "breakout", home=tmp_path)
    before = len(get_comm_manager().comms)
    opened = [TunePanel(answer) for _ in range(20)]
    assert len(get_comm_manager().comms) >= before + 20
    for one in opened:
        one.close()
    assert len(get_comm_manager().comms) == before


def test_a_page_that_comes_and_goes_closes_the_panel_only_when_it_was_the_last(reader) -> None:
    panel = reader.panel
    for kind, view in (("open", "a"), ("open", "b"), ("closed", "a")):
        panel._hear(panel, {"kind": kind, "view": view}, [])
    assert panel.comm is not None
    panel._hear(panel, {"kind": "closed", "view": "b"}, [])
    assert panel.comm is None


def test_two_hundred_steps_leave_no_memory_behind(reader) -> None:
    def steps(first: int, last: int) -> None:
        for number in range(first, last):
            reader.does(turn={"set.lookback": str(5 + number % 240)})
            reader.letters.clear()

    tracemalloc.start()
    steps(0, 20)
    gc.collect()
    start, _ = tracemalloc.get_traced_memory()
    steps(20, 220)
    gc.collect()
    end, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert end - start < 1_000_000


def test_the_state_that_a_notebook_could_keep_is_small(reader) -> None:
    state = reader.panel.get_state()
    assert sum(len(str(value)) for value in state.values()) < 100_000


ASKS = [
    Ask(verb="tune", tickers=("ACME",), word="trend", options={"set": {"fast": 9, "slow": 80}}),
    Ask(verb="tune", tickers=("BRK-B",), options={"fee_bps": 2.5, "interval": "5m"}),
    Ask(verb="strategy", tickers=("ACME",), word="breakout", options={"as_of": "2025-12-01"}),
    Ask(verb="preview", tickers=("ACME",), words='close > 25 and rvol(20) > 1.5'),
    Ask(verb="analyze", tickers=("ACME",), words="Is it profitable?", options={"home": "/a b"}),
    Ask(verb="setup", tickers=("ACME",), options={"all": True}),
]  # fmt: skip


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_the_line_that_is_shown_reads_back_as_the_request(ask: Ask) -> None:
    assert read_line(line_of(ask).removeprefix("%genie ")) == ask


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_the_call_that_is_shown_makes_the_request(ask: Ask, monkeypatch) -> None:
    made = []
    monkeypatch.setattr("genie_nb.answer.run", lambda request, **_: made.append(request))
    eval(call_of(ask), {"genie": genie})
    assert made == [ask]
