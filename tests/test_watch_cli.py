"""The seed's sentences from arming to alert, on the command line, on the demo market."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import genie_nb as genie
from genie_nb.core.schema import schema_of
from genie_nb.faces.cli import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Runs a line in one home and gives its status and JSON, which is as its schema says."""

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        status = main([*words, "--home", str(tmp_path / "home"), "--format", "json"])
        found = json.loads(capsys.readouterr().out)
        name = found["schema"].removeprefix("genie-").removesuffix("/1")
        validator = Draft202012Validator(schema_of(name), format_checker=FormatChecker())
        assert [error.message for error in validator.iter_errors(found)] == []
        return status, found

    return run


def test_a_breakout_with_volume_is_watched_and_told_once(run, tmp_path: Path) -> None:
    place = tmp_path / "alerts.jsonl"
    status, armed = run(
        "watch", "ACME breaks above its 50-day moving average with volume", "--as-of", "2026-01-02", "--sink", f"file:{place}",
    )  # fmt: skip
    assert status == 0
    assert armed["rule"] == "close crosses above sma(50) and rvol(20) > 1.5"
    assert armed["sinks"] == [f"file:{place}"]
    fired = []
    for day in ("2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09", "2026-01-12"):
        status, found = run("check", "--as-of", day)
        assert status == 0
        fired += [(day, alert["bar_time"][:10], alert["late"]) for alert in found["alerts"]]
    bars = genie.preview("ACME", armed["rule"], as_of="2026-01-12").fires
    expected = [str(bar.date()) for bar in bars if str(bar.date()) > "2026-01-02"]
    assert fired == [(day, day, False) for day in expected]
    assert len(place.read_text().splitlines()) == len(fired) == 1
    assert run("check", "--as-of", "2026-01-12")[1]["due"] == 0


def test_a_fall_below_an_average_is_watched(run) -> None:
    status, armed = run(
        "Let me know if ACME drops below its 50-day moving average.", "--as-of", "2026-01-02"
    )
    assert (status, armed["rule"]) == (0, "close crosses below sma(50)")
    assert armed["said_back"].startswith("I read this as: ACME 1d: close crosses below sma(50)")


def test_every_way_of_saying_it_is_one_rule(run) -> None:
    lines = (
        ["watch", "ACME", "breaks above $25 with volume"],
        ["watch ACME breaks above $25 with volume"],
        ["watch", "ACME breaks above 25 with volume"],
        ["watch", "ACME", "close crosses above 25 and rvol(20) > 1.5"],
        ["watch ACME 1d: close crosses above 25 and rvol(20) > 1.5"],
        ["Watch ACME. Alert me if it breaks above $25 with volume."],
    )
    found = [run(*line, "--as-of", "2026-01-02")[1] for line in lines]
    assert len({one["rule_id"] for one in found}) == 1
    assert [one["new"] for one in found] == [True] + [False] * 5


def test_a_sentence_takes_the_options_of_what_it_means(run, tmp_path: Path) -> None:
    place = f"file:{tmp_path / 'a.jsonl'}"
    said = "Watch ACME. Alert me if it breaks above $25 with volume."
    assert run(said, "--sink", place, "--as-of", "2026-01-02")[1]["sinks"] == [place]


def test_what_is_watched_is_asked_ended_and_rested_in_plain_words(run) -> None:
    run("watch", "ACME", "close > 25")
    run("watch", "GFBK", "rsi(14) < 30")
    status, found = run("What am I watching?")
    assert (status, found["schema"], len(found["rules"])) == (0, "genie-rules/1", 2)
    assert found["rules"][0]["state"] == "waiting"
    assert found["rules"][0]["distance"] == pytest.approx(25 / found["rules"][0]["price"] - 1)
    assert run("snooze ACME for 2 days")[1]["snoozed_until"] == "2026-01-14T21:30:00+00:00"
    assert run("rules")[1]["rules"][0]["state"] == "snoozed"
    assert run("Stop watching ACME")[1]["rules"][0]["ticker"] == "ACME"
    assert [one["ticker"] for one in run("rules")[1]["rules"]] == ["GFBK"]
    assert run("check my alerts")[1]["checked"] == 1
    assert run("show my alerts")[1]["alerts"] == []


def test_a_set_up_arms_the_rules_of_the_strategy_that_fits(run) -> None:
    status, found = run("Set up ACME", "--as-of", "2026-01-02")
    assert status == 0
    assert found["pick"] == "mean_reversion"
    assert [one["rule_id"] for one in found["armed"]] == [one["rule_id"] for one in found["rules"]]
    assert all(one["new"] for one in found["armed"])
    assert len(run("rules")[1]["rules"]) == len(found["armed"])
    again = run("Set up smart alerts for ACME", "--as-of", "2026-01-02")[1]
    assert not any(one["new"] for one in again["armed"])


def test_full_coverage_arms_the_rules_of_every_strategy_and_a_dry_run_none(run) -> None:
    dry = run("setup", "ACME", "--all", "--dry-run", "--as-of", "2026-01-02")[1]
    assert dry["armed"] == []
    assert run("rules")[1]["rules"] == []
    found = run("Full coverage for ACME", "--as-of", "2026-01-02")[1]
    assert {one["rule_id"] for one in found["armed"]} == {one["rule_id"] for one in dry["rules"]}


def test_a_set_up_that_fits_nothing_arms_nothing(run) -> None:
    found = [
        run("setup", ticker, "--as-of", "2026-01-02")[1] for ticker in ("VWHM", "LUMR", "ZPHF")
    ]
    for one in found:
        assert bool(one["armed"]) == (one["pick"] is not None)


def test_an_unread_line_is_reported_by_its_number_and_ends_with_status_2(run, tmp_path) -> None:
    run("watch", "ACME", "close > 25")
    path = tmp_path / "home" / "watchlist.txt"
    path.write_text(f"# mine\n{path.read_text()}GFBK 1d: close crosses abov 25\n")
    status, found = run("check")
    assert status == 2
    assert (found["checked"], found["unread"][0]["number"]) == (1, 3)
    assert "^" in found["unread"][0]["reason"]


def test_a_delivery_that_does_not_arrive_ends_with_status_4(run, tmp_path) -> None:
    (tmp_path / "folder").write_text("a file where the folder should be")
    run("watch", "BRMR", "gap > 0.1", "--as-of", "2025-12-01",
        "--sink", f"file:{tmp_path / 'folder' / 'a.jsonl'}")  # fmt: skip
    status, found = run("check", "--as-of", "2025-12-04")
    assert (status, found["due"], found["deliveries"][0]["status"]) == (4, 1, "pending")
    assert run("alerts")[0] == 4


def test_a_secret_in_an_address_is_refused_before_anything_is_armed(run, tmp_path) -> None:
    status, found = run("watch", "ACME", "close > 25", "--sink", "https://u:hush@host.example/x")
    assert status == 5
    assert found["schema"] == "genie-error/1"
    assert "hush" not in json.dumps(found)
    assert not (tmp_path / "home" / "watchlist.txt").exists()


def test_nothing_watched_is_said(run) -> None:
    status, found = run("check")
    assert (status, found["checked"]) == (0, 0)
    assert found["line"].startswith("checked 0 of 0 tickers")


def test_the_python_functions_say_the_same(tmp_path: Path) -> None:
    home = tmp_path / "home"
    armed = genie.watch("ACME", "breaks above $20 with volume", as_of="2026-01-02", home=home)
    assert genie.watch(armed.rule, as_of="2026-01-02", home=home).arming.fresh is False
    assert genie.rules(home=home).to_frame()["state"].tolist() == ["waiting"]
    found = genie.check(as_of="2026-01-12", home=home)
    assert found.to_frame().attrs["source"] == "demo"
    assert len(genie.alerts(home=home).to_frame()) == len(found.alerts)
    genie.snooze("ACME", "3h", home=home)
    assert genie.unwatch("ACME", home=home).to_dict()["schema"] == "genie-unwatch/1"


@pytest.mark.parametrize("verb", ["watch", "rules", "check", "alerts", "unwatch", "snooze"])
def test_every_answer_is_shown_in_words(verb: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    genie.watch("BRMR", "gap > 0.1", as_of="2025-12-01", home=home)
    asked = {
        "watch": lambda: genie.watch("BRMR", "gap > 0.1", as_of="2025-12-01", home=home),
        "rules": lambda: genie.rules(as_of="2025-12-04", home=home),
        "check": lambda: genie.check(as_of="2025-12-04", home=home),
        "alerts": lambda: genie.alerts(home=home),
        "unwatch": lambda: genie.unwatch("BRMR", home=home),
        "snooze": lambda: genie.snooze("BRMR", "2d", home=home),
    }
    view = asked[verb]().view()
    expected = {"check": "21.05", "alerts": "No alerts yet"}
    for text in (view.text, view.markdown, view.html):
        assert expected.get(verb, "BRMR 1d: gap") in text.replace("\\", "")


def test_a_rule_takes_the_place_of_another_from_python_and_from_a_line(tmp_path, capsys):
    at = {"provider": "demo", "home": tmp_path}
    sink = f"file:{tmp_path / 'mine.jsonl'}"
    old = genie.watch("ACME", "close > 30", sink=sink, **at).value.rule
    new = genie.watch("ACME", "close > 31", instead=old.rule_id, **at)
    assert new.to_dict()["sinks"] == [sink]
    line = ["watch", "ACME", "close > 32", "--instead", "ACME", "--provider", "demo"]
    assert main([*line, "--home", str(tmp_path)]) == 0
    assert "It takes the place of ACME 1d: close > 31." in capsys.readouterr().out
    assert [str(one.rule) for one in genie.rules(**at).value.rules] == ["ACME 1d: close > 32"]
