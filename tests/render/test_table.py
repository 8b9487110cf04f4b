"""Answers as tables that keep where they come from."""

import pytest

import genie_nb as genie

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
