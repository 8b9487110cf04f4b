"""Answers as tables that keep where they come from."""

import pytest

import genie_nb as genie
from genie_nb.answer import run
from genie_nb.core.ask.command import make_ask
from genie_nb.render.table import frame_of

ORIGIN = {"source": "demo", "as_of": "2026-01-12T21:30:00+00:00"}


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("GENIE_HOME", str(tmp_path))


def test_a_preview_has_one_row_per_fire():
    answer = genie.preview("ACME", "close crosses above sma(50)", provider="demo")
    frame = answer.to_frame()
    assert len(frame) == len(answer.to_dict()["fires"])
    assert frame.attrs == ORIGIN


def test_a_setup_has_one_row_per_strategy():
    answer = genie.setup("ACME", provider="demo", dry_run=True)
    frame, scores = answer.to_frame(), answer.to_dict()["scores"]
    assert frame["strategy"].tolist() == [score["strategy"] for score in scores]
    assert frame["score"].tolist() == [score["score"] for score in scores]
    assert frame.attrs == ORIGIN


def test_the_doctor_has_one_row_per_check():
    answer = genie.doctor(provider="demo")
    frame = answer.to_frame()
    assert frame.to_dict("records") == answer.to_dict()["checks"]
    assert frame.attrs["source"] == "demo"


def test_an_armed_rule_is_one_row():
    answer = genie.watch("ACME", "close > 30", provider="demo")
    frame, told = answer.to_frame(), answer.to_dict()
    assert len(frame) == 1
    for name in ("rule_id", "ticker", "rule", "new", "price", "distance"):
        assert frame[name].item() == told[name]
    assert frame.attrs == ORIGIN


def test_a_change_of_the_watchlist_has_one_row_per_rule():
    genie.watch("ACME", "close > 30", provider="demo")
    genie.watch("ACME", "close < 10", provider="demo")
    snoozed = genie.snooze("ACME", "2d", provider="demo")
    assert snoozed.to_frame()["snoozed_until"].unique().tolist() == [
        snoozed.to_dict()["snoozed_until"]
    ]
    gone = genie.unwatch("ACME", provider="demo")
    assert gone.to_frame().to_dict("records") == gone.to_dict()["rules"]
    assert len(gone.to_frame()) == 2


def test_how_words_were_read_is_one_row_without_a_source():
    frame = genie.read("Compare ACME to WNCH").to_frame()
    assert frame[["verb", "tickers", "understood"]].to_dict("records") == [
        {"verb": "compare", "tickers": "ACME WNCH", "understood": True}
    ]
    assert frame.attrs == {"source": None, "as_of": None}


def test_the_settings_have_one_row_each():
    answer = run(make_ask("config"))
    assert answer.to_frame().to_dict("records") == answer.to_dict()["settings"]


def test_a_value_that_is_no_answer_has_no_table():
    with pytest.raises(genie.GenieError, match="A str is not a table"):
        frame_of("words")
