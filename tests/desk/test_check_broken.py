"""A watch that is broken says so: a lost watchlist, a clock that was set back, rules that nobody asked about."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from genie_nb.alerts.ledger import open_ledger
from genie_nb.core.errors import Unavailable
from genie_nb.core.expr import NOTHING_ELSE
from genie_nb.core.grammar import parse_rule
from genie_nb.core.watch import Run
from genie_nb.data.cache import Cached
from genie_nb.desk.feed import Feed

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


def last_run(stand: Any) -> Run:
    with open_ledger(stand.home / "ledger.sqlite") as ledger:
        return ledger.runs()[0]


def probe(stand: Any) -> tuple[str, str]:
    """Status and text of what the doctor says of the watchlist."""
    (found,) = (one for one in stand.ask("doctor").checks if one.name == "watchlist")
    return found.status, found.text


@pytest.mark.parametrize("lose", ["gone", "", "\n \n"])
def test_a_lost_watchlist_is_told_once_until_it_is_back(stand, inbox, lose: str) -> None:
    stand.watch("close > 25", sink=f"file:{inbox}")
    file = stand.home / "watchlist.txt"
    lines = file.read_text()
    if lose == "gone":
        file.unlink()
    else:
        stand.list_by_hand(lose)
    (dry,) = stand.check(dry_run=True).outages
    found = stand.check()
    assert [(one.kind, one.subject) for one in found.outages] == [("watch_broken", "watchlist")]
    assert (dry.kind, dry.subject) == ("watch_broken", "watchlist")
    assert "trouble: watch broken (watchlist)" in found.line
    assert (found.exit, last_run(stand).ok) == (5, False)
    assert probe(stand)[0] == "fail"
    assert stand.check().outages == ()
    stand.list_by_hand(lines)
    assert [one.kind for one in stand.check().over] == ["watch_broken"]
    first, second = told(inbox)
    assert "names no rule though 1 rule is armed" in first
    assert second.startswith("Over since")
    assert probe(stand) == ("ok", "it names 1 rule")
    assert last_run(stand).ok


def test_a_lost_watchlist_is_no_sign_of_life(stand_at, monkeypatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("genie_nb.desk.check.ping", lambda url, **_: heard.append(url))
    stand = stand_at(dead_man="https://listener.example/abc")
    stand.put(QUIET)
    stand.watch("close > 25")
    (stand.home / "watchlist.txt").unlink()
    stand.check()
    assert heard == []


def test_a_list_that_ends_its_rules_by_a_comment_is_whole(stand) -> None:
    stand.watch("close > 25")
    stand.list_by_hand("# none\n")
    found = stand.check()
    assert (found.exit, found.outages) == (0, ())
    (stand.home / "watchlist.txt").unlink()
    assert stand.check().exit == 0, "nothing is armed"


def test_a_clock_that_was_set_back_holds_up_no_bar_that_is_there(stand) -> None:
    stand.watch("close > 25")
    stand.fake.set_now(stand.fake.now() + timedelta(hours=12))
    stand.check()
    stand.fake.set_now(stand.fake.now() - timedelta(hours=11))
    found = stand.check()
    assert (found.checked, found.exit, found.outages) == (1, 0, ())
    assert "it was set back" in found.notes[0]
    assert stand.check().notes == ()
    stand.put([*QUIET, 26.0])
    assert len(stand.check().alerts) == 1


def test_a_clock_that_hides_bars_is_told_until_it_is_right(stand, inbox) -> None:
    stand.watch("close > 25", sink=f"file:{inbox}")
    stand.check()
    stand.go("2026-01-06")
    found = stand.check()
    assert [(one.kind, one.subject) for one in found.outages] == [("watch_broken", "clock")]
    assert (found.checked, found.exit, last_run(stand).ok) == (0, 5, False)
    assert stand.check().outages == ()
    stand.put([*QUIET, 26.0])
    found = stand.check()
    assert [one.kind for one in found.over] == ["watch_broken"]
    assert len(found.alerts) == 1
    first, second = told(inbox)
    assert first.startswith("The clock says 2026-01-06 21:30 UTC lies before the last check")
    assert second.startswith("Over since")


def test_an_as_of_in_the_past_breaks_nothing(stand) -> None:
    stand.watch("close > 25")
    stand.check()
    found = stand.check(as_of="2026-01-06")
    assert (found.exit, found.outages) == (0, ())


def test_rules_of_another_provider_than_the_one_asked_are_said_to_be_left_out(stand) -> None:
    stand.watch("close > 25")
    stand.list_by_hand("X 1d: close > 25\nACME 1d @demo: close > 1\nACME 1d @demo: close > 2\n")
    found = stand.check(provider="fake")
    said = "2 rules of another provider (demo) were not looked at"
    assert said in found.line
    assert found.notes == (f"{said}; without --provider, all are: genie check.",)
    assert (found.rules, found.checked, found.provider) == (3, 1, "fake")
    assert "not looked at" not in stand.check().line


def test_the_provider_that_was_asked_is_named(stand) -> None:
    stand.watch("close > 25")
    (stand.home / "config.toml").write_text('provider = "fake"\n')
    other = stand.desk.beside("demo")
    found = type(stand).check(Beside(other), provider="demo")
    assert found.provider == "demo"
    assert "1 rule of another provider (fake) was not looked at" in found.line


class Beside:
    """The desk of another provider, asked as a stand is."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk

    def ask(self, verb: str, **options: Any) -> Any:
        from genie_nb.core.ask.command import make_ask

        return self.desk.answer(make_ask(verb, options=options))


def test_one_ticker_that_stays_away_is_told_while_others_come(stand, inbox, monkeypatch) -> None:
    stand.put(QUIET, ticker="Y")
    stand.watch("close > 25", sink=f"file:{inbox}")
    away = stand.watch("close > 25", ticker="Y", sink=f"file:{inbox}").rule
    answered = stand.fake.bars

    def some(tickers: Any, *more: Any) -> Any:
        gone = Unavailable("Y does not come.")
        return {**answered(tickers, *more), **({"Y": gone} if "Y" in tickers else {})}

    monkeypatch.setattr(stand.fake, "bars", some)
    for begun in (1, 0):
        stand.desk.data = Cached(stand.fake, None)
        assert [(one.kind, one.subject) for one in stand.check().outages] == [
            ("rule_unknown", away.rule_id)
        ][:begun]
    assert "Y does not come" in told(inbox)[0]
    monkeypatch.undo()
    stand.desk.data = Cached(stand.fake, None)
    assert [one.kind for one in stand.check().over] == ["rule_unknown"]
    assert len(told(inbox)) == 2


def test_a_rule_without_facts_is_read_where_those_of_its_ticker_cannot_be_had(stand) -> None:
    bars = stand.put(QUIET)
    plain, deep = (parse_rule(text, ticker="X") for text in ("close > 25", "fact pe_trailing < 10"))
    away = Unavailable("The facts do not come.")
    feed = Feed(
        desk=stand.desk,
        provider="fake",
        interval=plain.interval,
        moment=stand.fake.now(),
        tapes={"X": bars},
        facts={"X": away},
    )
    assert feed.reading(plain) == (bars, NOTHING_ELSE)
    assert feed.reading(deep) is away


@pytest.mark.parametrize("fictional", [True, False])
def test_an_alert_says_whether_its_company_is_invented(stand, inbox, fictional: bool) -> None:
    stand.can(fictional=fictional)
    stand.watch("close > 25", sink=f"file:{inbox}")
    stand.put([*QUIET, 26.0])
    (fired,) = stand.check().alerts
    (line,) = inbox.read_text().splitlines()
    (logged,) = stand.ask("alerts").alerts
    assert json.loads(line)["fictional"] is fictional
    assert logged.fired == fired
