"""What is wrong with the watch itself: told once when it begins and again when it is over."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from genie_nb.alerts.ledger import open_ledger
from genie_nb.core.errors import Malformed, Unavailable
from genie_nb.core.verbs import Ask
from genie_nb.core.watch import Run
from genie_nb.data.cache import Cached
from genie_nb.desk.check import check
from genie_nb.desk.clock import real_time

QUIET = [20.0, 21.0, 22.0, 23.0, 24.0]


@pytest.fixture(autouse=True)
def _tape(stand: Any) -> None:
    stand.put(QUIET)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox.jsonl"


def told(inbox: Path) -> list[str]:
    """What the sink was told of outages, in order."""
    if not inbox.exists():
        return []
    lines = (json.loads(line) for line in inbox.read_text().splitlines())
    return [line["text"] for line in lines if "outage" in line]


def cut(stand: Any) -> None:
    """The provider is down, and nothing of it is at hand."""
    stand.fake.fail("bars", Unavailable("The line is cut."))
    stand.desk.data = Cached(stand.fake, None)


def test_a_provider_that_is_down_is_told_once_and_again_when_it_is_back(stand, inbox) -> None:
    stand.watch("close > 25", sink=f"file:{inbox}")
    cut(stand)
    first = stand.check()
    assert [(one.kind, one.subject) for one in first.outages] == [("provider_down", "fake")]
    assert "trouble: provider down (fake)" in first.line
    assert stand.check().outages == ()
    assert len(told(inbox)) == 1
    stand.fake.recover()
    assert [one.kind for one in stand.check().over] == ["provider_down"]
    assert told(inbox)[1].startswith("Over since")
    assert stand.check().over == ()
    assert len(told(inbox)) == 2


def test_an_old_copy_served_meanwhile_is_an_outage_too(stand) -> None:
    stand.watch("close > 25")
    stand.fake.fail("bars", Unavailable("The line is cut."))
    stand.go("2026-01-12")
    found = stand.check()
    assert [one.kind for one in found.outages] == ["provider_down"]
    assert found.exit == 3


@pytest.mark.parametrize("kind", ["local", "fictional"])
def test_of_a_market_that_is_not_live_the_sinks_are_told_nothing(stand, inbox, kind: str) -> None:
    stand.can(**{kind: True})
    stand.watch("close > 25", sink=f"file:{inbox}")
    cut(stand)
    assert [one.kind for one in stand.check().outages] == ["provider_down"]
    assert told(inbox) == []


def test_data_that_stands_still_is_told(stand, inbox) -> None:
    stand.watch("close > 25", sink=f"file:{inbox}")
    stand.go("2026-01-09")
    assert stand.check().outages == (), "one session may be late"
    stand.go("2026-01-12")
    (outage,) = stand.check().outages
    assert (outage.kind, outage.subject) == ("stale_data", "X")
    assert "no bar since 2026-01-08" in told(inbox)[0]
    stand.put([*QUIET, 24.0, 24.0, 24.0])
    assert [one.kind for one in stand.check().over] == ["stale_data"]


def test_data_that_stands_still_for_every_ticker_is_one_outage(stand) -> None:
    stand.put(QUIET, ticker="Y")
    stand.watch("close > 25")
    stand.watch("close > 25", ticker="Y")
    stand.go("2026-01-12")
    (outage,) = stand.check().outages
    assert (outage.kind, outage.subject) == ("stale_data", "fake")
    assert "for all 2 tickers" in outage.text


def test_a_ticker_that_left_the_provider_is_told(stand, inbox) -> None:
    armed = stand.watch("close > 25", sink=f"file:{inbox}").rule
    del stand.fake._bars["X", "1d"]
    stand.desk.data = Cached(stand.fake, None)
    (outage,) = stand.check().outages
    assert (outage.kind, outage.subject) == ("rule_unknown", armed.rule_id)
    assert "does not fire" in told(inbox)[0]


def test_the_trouble_of_a_rule_that_is_watched_no_more_ends(stand) -> None:
    stand.watch("close > 25")
    stand.watch("close > 26")
    del stand.fake._bars["X", "1d"]
    stand.desk.data = Cached(stand.fake, None)
    assert len(stand.check().outages) == 2
    stand.ask("unwatch", stand.rules()[0].rule.rule_id)
    assert len(stand.check().over) == 1


def test_a_sink_that_fails_is_told_to_the_others_and_never_to_itself(
    stand, inbox, tmp_path
) -> None:
    blocker = tmp_path / "folder"
    blocker.write_text("a file where the folder should be")
    bad = f"file:{blocker / 'a.jsonl'}"
    stand.watch("close > 25", sink=[bad, f"file:{inbox}"])
    stand.put([*QUIET, 26.0])
    kinds = [one.kind for _ in range(4) for one in stand.check().outages]
    assert kinds == ["failing_sink"]
    stand.check()
    (text,) = told(inbox)
    assert bad in text
    blocker.unlink()
    assert [one.kind for one in stand.check().over] == ["failing_sink"]
    assert told(blocker / "a.jsonl") == []


def test_a_run_that_was_missed_is_told_by_the_next(stand, inbox) -> None:
    stand.watch("close > 25", sink=f"file:{inbox}")
    began = real_time() - timedelta(hours=3)
    run = Run(id="a" * 32, began=began, ended=began, as_of=began, ok=True, every=300.0)
    with open_ledger(stand.home / "ledger.sqlite") as ledger:
        ledger.begin(run)
    found = check(stand.desk, Ask(verb="check"), every=300.0)
    assert [one.kind for one in found.outages] == ["missed_run"]
    assert "No check ran from" in told(inbox)[0]
    again = check(stand.desk, Ask(verb="check"), every=300.0)
    assert (again.outages, again.over) == ((), ())


def test_a_single_check_is_no_schedule_and_misses_nothing(stand) -> None:
    stand.watch("close > 25")
    began = real_time() - timedelta(days=3)
    with open_ledger(stand.home / "ledger.sqlite") as ledger:
        ledger.begin(Run(id="b" * 32, began=began, ended=began, as_of=began, ok=True))
    assert stand.check().outages == ()


def test_whoever_listens_for_silence_hears_of_a_good_run_alone(stand_at, monkeypatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("genie_nb.desk.check.ping", lambda url, **_: heard.append(url))
    stand = stand_at(dead_man="https://listener.example/abc")
    stand.put(QUIET)
    stand.watch("close > 25")
    stand.check()
    assert heard == ["https://listener.example/abc"]
    cut(stand)
    stand.check()
    assert len(heard) == 1


def test_an_unpinged_listener_is_said_and_stops_nothing(stand_at) -> None:
    stand = stand_at(dead_man="http://127.0.0.1:9/nobody")
    stand.put(QUIET)
    stand.watch("close > 25")
    stand.put([*QUIET, 26.0])
    found = stand.check()
    assert len(found.alerts) == 1
    assert "dead-man ping failed" in found.notes[-1]


def test_a_ticker_whose_bars_make_no_sense_is_told_while_others_come(
    stand, inbox, monkeypatch
) -> None:
    stand.put(QUIET, ticker="Y")
    stand.watch("close > 25", sink=f"file:{inbox}")
    garbled = stand.watch("close > 25", ticker="Y", sink=f"file:{inbox}").rule
    answered = stand.fake.bars

    def some(tickers: Any, *more: Any) -> Any:
        wrong = Malformed("Y.csv has no column Date.")
        return {**answered(tickers, *more), **({"Y": wrong} if "Y" in tickers else {})}

    stand.desk.data = Cached(stand.fake, None)
    monkeypatch.setattr(stand.fake, "bars", some)
    (outage,) = stand.check().outages
    assert (outage.kind, outage.subject) == ("rule_unknown", garbled.rule_id)
    assert "Y.csv has no column Date" in told(inbox)[0]
    monkeypatch.undo()
    stand.desk.data = Cached(stand.fake, None)
    assert [one.kind for one in stand.check().over] == ["rule_unknown"]


def test_a_provider_that_answers_nonsense_for_everything_is_down(stand) -> None:
    stand.watch("close > 25")
    stand.fake.fail("bars", Malformed("This is a page, not prices."))
    stand.desk.data = Cached(stand.fake, None)
    assert [one.kind for one in stand.check().outages] == ["provider_down"]
