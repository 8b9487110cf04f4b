"""`check`: every closed bar once, each alert once, and what could not be known is said."""

import json
import subprocess
import sys
import threading
from typing import Any

import pytest
from full_disk import no_file_longer_than
from permissions import bound_by_permissions

import genie_nb as genie
from genie_nb.core.errors import Delisted, SetupError, Unavailable

QUIET = [20.0, 21.0, 22.0, 23.0, 24.0]


@pytest.fixture(autouse=True)
def _tape(stand: Any) -> None:
    stand.put(QUIET)


def days(check: Any) -> list[str]:
    return [one.alert.bar_time.date().isoformat() for one in check.alerts]


def test_every_bar_since_the_last_check_is_looked_at_and_older_ones_are_late(stand) -> None:
    stand.watch("close > 25")
    stand.put([*QUIET, 26.0, 24.0, 27.0])
    found = stand.check()
    assert days(found) == ["2026-01-09", "2026-01-13"]
    assert [one.alert.late for one in found.alerts] == [True, False]
    assert (found.checked, found.rules, found.exit) == (1, 1, 0)


def test_a_second_check_finds_nothing_new(stand) -> None:
    stand.watch("close > 25")
    stand.put([*QUIET, 26.0])
    assert len(stand.check().alerts) == 1
    assert stand.check().alerts == ()


def test_one_fetch_for_each_interval(stand) -> None:
    for ticker in ("A", "B", "C"):
        stand.put(QUIET, ticker=ticker)
        stand.list_by_hand("A 1d: close > 25\nB 1d: close > 25\nC 1d: close of X > 25\n")
    stand.fake.calls.clear()
    assert stand.check().checked == 3
    (call,) = [one for one in stand.fake.calls if one.method == "bars"]
    assert call.arguments[0] == ("A", "B", "C", "X")


def test_a_line_of_another_ticker_is_read(stand) -> None:
    stand.put([5.0] * 5, ticker="Y")
    stand.watch("close of Y > 6")
    stand.put([*QUIET, 24.0])
    stand.put([5.0, 5.0, 5.0, 5.0, 5.0, 7.0], ticker="Y")
    assert days(stand.check()) == ["2026-01-09"]


def test_a_line_that_was_added_by_hand_is_armed_and_fires_nothing(stand) -> None:
    stand.list_by_hand("X 1d: close > 23\n")
    first = stand.check()
    assert first.alerts == ()
    assert first.notes[0] == "Armed, as its line is new: X 1d: close > 23"
    assert "already true" in first.notes[1]
    stand.put([*QUIET, 20.0, 25.0])
    assert days(stand.check()) == ["2026-01-12"]


def test_a_rule_whose_line_was_removed_is_disarmed_and_what_it_owes_is_still_sent(
    stand, tmp_path
) -> None:
    place = tmp_path / "folder" / "alerts.jsonl"
    blocker = tmp_path / "folder"
    blocker.write_text("a file where the folder should be")
    stand.watch("close > 25", sink=f"file:{place}")
    stand.watch("close > 90")
    stand.put([*QUIET, 26.0])
    assert stand.check().exit == 4
    stand.list_by_hand("X 1d: close > 90\n")
    blocker.unlink()
    found = stand.check()
    assert found.notes == ("Disarmed, as its line is gone: X 1d: close > 25",)
    assert [delivery.status for delivery in found.deliveries] == ["sent"]
    assert len(place.read_text().splitlines()) == 1
    assert found.exit == 0


def test_nothing_is_disarmed_while_a_line_cannot_be_read(stand) -> None:
    stand.watch("close > 25")
    stand.list_by_hand("X 1d: close >> 25\n")
    found = stand.check()
    assert found.unread[0].number == 1
    assert "line 1 cannot be read" in found.notes[0]
    assert "1 line of the watchlist cannot be read" in found.line
    assert found.exit == 2
    stand.list_by_hand("X 1d: close > 25\n")
    stand.put([*QUIET, 26.0])
    assert len(stand.check().alerts) == 1, "the rule is the one that was armed"


def test_nothing_is_disarmed_when_the_whole_file_is_gone(stand) -> None:
    stand.watch("close > 25")
    (stand.home / "watchlist.txt").unlink()
    assert "the file is gone" in stand.check().notes[0]


def test_nothing_is_disarmed_when_the_file_was_emptied(stand) -> None:
    stand.watch("close > 25")
    stand.list_by_hand("")
    assert "the file is empty" in stand.check().notes[0]
    stand.list_by_hand("# none\n")
    assert stand.check().notes == ("Disarmed, as its line is gone: X 1d: close > 25",)


def test_a_list_that_an_editor_is_writing_is_read_when_it_is_done(stand, tmp_path) -> None:
    sink = f"file:{tmp_path / 'mine.jsonl'}"
    stand.watch("close > 25", sink=sink)
    stand.watch("close > 250")
    stand.list_by_hand("X 1d: close > 25")
    whole = threading.Timer(0.2, stand.list_by_hand, ["X 1d: close > 250\nX 1d: close > 25\n"])
    whole.start()
    found = stand.check()
    whole.join()
    assert (found.notes, found.rules) == ((), 2)
    assert [one.address for one in stand.rules()[1].sinks] == [sink]


def test_a_line_that_cannot_be_read_stops_only_itself(stand) -> None:
    stand.list_by_hand("X 1d: close > 25\nnonsense\nX 1d: close > 26\n")
    found = stand.check()
    assert found.checked == 2
    assert (found.unread[0].number, found.unread[0].text) == (2, "nonsense")


def test_a_time_before_the_last_check_evaluates_nothing_and_says_so(stand) -> None:
    stand.watch("close > 25", as_of="2026-01-06")
    stand.put([*QUIET, 26.0])
    assert days(stand.check(as_of="2026-01-09")) == ["2026-01-09"]
    found = stand.check(as_of="2026-01-08")
    assert (found.checked, found.alerts) == (0, ())
    assert "lies before the last check, as of 2026-01-09" in found.unknown[0][1]
    assert stand.check(as_of="2026-01-09").unknown == ()


def test_a_clock_that_was_set_back_evaluates_nothing_and_says_so(stand) -> None:
    stand.watch("close > 25")
    stand.put([*QUIET, 26.0])
    stand.check()
    stand.go("2026-01-08")
    assert "lies before the last check" in stand.check().unknown[0][1]


def test_a_dry_run_writes_and_sends_nothing(stand, tmp_path) -> None:
    stand.watch("close > 25", sink=f"file:{tmp_path / 'a.jsonl'}")
    stand.put([*QUIET, 26.0])
    before = {path: path.read_bytes() for path in stand.home.iterdir() if path.is_file()}
    found = stand.check(dry_run=True)
    assert len(found.alerts) == 1
    assert found.dry_run
    assert not (tmp_path / "a.jsonl").exists()
    assert {path: path.read_bytes() for path in before} == before
    assert len(stand.check().alerts) == 1, "the real check finds it still"


def test_a_dry_run_in_an_empty_home_makes_nothing(stand) -> None:
    stand.list_by_hand("X 1d: close > 25\n")
    stand.check(dry_run=True)
    assert {path.name for path in stand.home.iterdir()} - {"cache"} == {"watchlist.txt"}


def test_alerts_go_where_the_rule_was_armed_and_where_the_check_says(stand, tmp_path) -> None:
    own, other = tmp_path / "own.jsonl", tmp_path / "other.jsonl"
    stand.watch("close > 25", sink=f"file:{own}")
    stand.put([*QUIET, 26.0])
    (fired,) = stand.check(sink=f"file:{other}").alerts
    for place in (own, other):
        (line,) = place.read_text().splitlines()
        assert json.loads(line)["id"] == fired.id
    stand.put([*QUIET, 26.0, 24.0, 27.0])
    stand.check()
    assert len(own.read_text().splitlines()) == 2
    assert len(other.read_text().splitlines()) == 1, "the check's sink was for that check"


def test_a_hundred_alerts_at_one_bar_are_each_delivered_once(stand, tmp_path) -> None:
    place = tmp_path / "a.jsonl"
    stand.list_by_hand("".join(f"X 1d: close > {25 + n / 100:g}\n" for n in range(100)))
    stand.check()
    stand.put([*QUIET, 30.0])
    found = stand.check(sink=f"file:{place}")
    ids = [json.loads(line)["id"] for line in place.read_text().splitlines()]
    assert len(found.alerts) == len(set(ids)) == len(ids) == 100
    stand.check(sink=f"file:{place}")
    assert len(place.read_text().splitlines()) == 100


def test_a_provider_that_is_down_loses_nothing(stand) -> None:
    stand.watch("close > 25")
    stand.put([*QUIET, 26.0])
    stand.fake.fail("bars", Unavailable("The line is cut."))
    stand.desk.data._tapes._archive = type(stand.desk.data._tapes._archive)(  # as a new process
        stand.desk.data._tapes._shelf
    )
    down = stand.check()
    assert (down.alerts, down.exit) == ((), 3)
    stand.fake.recover()
    assert days(stand.check()) == ["2026-01-09"]


def test_a_ticker_that_was_delisted_stops_only_its_own_rules(stand) -> None:
    stand.list_by_hand("GONE 1d: close > 25\nX 1d: close > 25\n")
    stand.check()
    stand.put([*QUIET, 26.0])
    found = stand.check()
    assert days(found) == ["2026-01-09"]
    assert "GONE" in found.unknown[0][1]
    assert found.line.startswith("checked 1 of 2 tickers, bars to 2026-01-09 16:00 ET")


def test_a_typed_delisting_is_told_in_its_words(stand, monkeypatch) -> None:
    stand.watch("close > 25")
    gone = Delisted("X was delisted on 2026-01-05.", cure="Unwatch it.")
    monkeypatch.setattr(stand.desk.data, "bars", lambda tickers, *_: dict.fromkeys(tickers, gone))
    found = stand.check()
    assert found.unknown[0][1].startswith("X was delisted")
    assert found.exit == 3, "what is watched for is not known, as `rules` says too"
    assert stand.rules()[0].standing == "unknown"


def test_the_line_says_how_new_the_bars_are_and_what_is_stale(stand) -> None:
    stand.put(QUIET, ticker="OLD")
    stand.list_by_hand("X 1d: close > 25\nOLD 1d: close > 25\n")
    stand.put([*QUIET, 24.0, 24.0])
    assert stand.check().line == (
        "checked 2 of 2 tickers, bars to 2026-01-12 16:00 ET, 1 stale; "
        "trouble: stale data (OLD); silence here is not an all-clear"
    )


def test_rules_that_ended_are_not_asked_for(stand) -> None:
    stand.watch("close > 25 once")
    stand.put([*QUIET, 26.0])
    stand.check()
    stand.fake.calls.clear()
    stand.put([*QUIET, 26.0, 24.0, 27.0])
    assert stand.check().alerts == ()
    assert stand.fake.calls == []


def test_the_day_of_expiry_is_the_last(stand) -> None:
    stand.watch("close > 25 expires 2026-01-09")
    stand.put([*QUIET, 26.0, 24.0, 27.0])
    assert days(stand.check()) == ["2026-01-09"]
    assert (stand.rules()[0].standing, stand.rules()[0].reason) == ("ended", "expired 2026-01-09")


def test_a_line_that_has_expired_is_said_not_to_fire(stand) -> None:
    stand.list_by_hand("X 1d: close > 25 expires 2026-01-05\n")
    assert any("expired on 2026-01-05, will not fire" in note for note in stand.check().notes)
    assert (stand.rules()[0].standing, stand.rules()[0].reason) == ("ended", "expired 2026-01-05")


def test_a_line_changed_by_hand_is_told_where_its_alerts_no_longer_go(stand, tmp_path) -> None:
    hook = f"file:{tmp_path / 'mine.jsonl'}"
    stand.watch("close > 25", sink=hook)
    stand.list_by_hand("X 1d: close > 26\n")
    (told,) = [note for note in stand.check().notes if note.startswith("Its alerts went to")]
    assert f"Its alerts went to {hook};" in told
    assert "X 1d: close > 26 go where the settings say: to the log alone" in told
    assert told.endswith(f'genie watch "X 1d: close > 26" --sink {hook}')
    stand.watch("X 1d: close > 26", sink=hook)
    assert [sink.address for sink in stand.rules()[0].sinks] == [hook]


def test_a_line_changed_by_hand_whose_sinks_are_the_usual_ones_needs_no_words(stand) -> None:
    stand.watch("close > 25")
    stand.list_by_hand("X 1d: close > 26\n")
    assert not any("went to" in note for note in stand.check().notes)


def test_a_run_is_kept_with_its_line(stand) -> None:
    from genie_nb.alerts.ledger import open_ledger

    stand.watch("close > 25")
    stand.check()
    with open_ledger(stand.home / "ledger.sqlite") as ledger:
        (run,) = ledger.runs()
        assert run.ok
        assert run.line.startswith("checked 1 of 1 tickers")
        assert [name for name, *_ in ledger.heartbeats()] == ["check"]


def test_a_home_that_cannot_be_written_is_said(stand) -> None:
    stand.list_by_hand("X 1d: close > 25\n")
    stand.home.chmod(0o500)
    try:
        with bound_by_permissions():
            with pytest.raises(SetupError, match="cannot be opened"):
                stand.check()
            assert stand.check(dry_run=True).checked == 1
    finally:
        stand.home.chmod(0o700)


def test_a_check_on_a_full_disk_is_said_and_the_next_one_makes_it_good(stand, tmp_path) -> None:
    sink = tmp_path / "alerts.jsonl"
    stand.watch("close > 25", sink=f"file:{sink}")
    stand.put([*QUIET, 26.0])
    with no_file_longer_than(4096), pytest.raises(SetupError, match="cannot be read or written"):
        stand.check()
    assert not sink.exists()
    assert days(stand.check()) == ["2026-01-09"]
    assert len(sink.read_text().splitlines()) == 1
    assert stand.check().alerts == ()


def test_a_sink_on_a_full_disk_is_said_and_gets_its_alert_from_a_later_check(
    stand, tmp_path, monkeypatch
) -> None:
    sink = tmp_path / "alerts.jsonl"
    sink.write_text("{}\n" * 100_000)
    stand.watch("close > 25", sink=f"file:{sink}")
    stand.put([*QUIET, 26.0])
    with no_file_longer_than(sink.stat().st_size):
        found = stand.check()
    (owed,) = found.deliveries
    assert (owed.status, found.exit) == ("pending", 4)
    assert "cannot be written" in owed.error
    (sent,) = stand.check().deliveries
    assert sent.status == "sent"
    named = f'{{"id": "{found.alerts[0].id}"'
    assert sum(line.startswith(named) for line in sink.read_text().splitlines()) == 1


def test_a_checker_that_finds_another_at_work_leaves_and_says_so(stand, monkeypatch) -> None:
    from genie_nb.alerts.ledger import open_ledger
    from genie_nb.alerts.lock import checking
    from genie_nb.desk import check

    monkeypatch.setattr(check, "PATIENCE", 0.2)
    stand.watch("close > 25")
    stand.put([*QUIET, 26.0])
    with open_ledger(stand.home / "ledger.sqlite") as ledger, checking(ledger):
        found = stand.check()
    assert "another check" in found.skipped
    assert (found.alerts, found.exit) == ((), 0)
    assert len(stand.check().alerts) == 1


def test_two_processes_at_once_deliver_each_alert_once(tmp_path) -> None:
    home, place = tmp_path / "home", tmp_path / "a.jsonl"
    genie.watch("BRMR", "gap > 0.1", as_of="2025-12-01", sink=f"file:{place}", home=home)
    command = [
        sys.executable,
        "-m",
        "genie_nb",
        "check",
        "--as-of",
        "2025-12-10",
        "--home",
        str(home),
    ]
    checkers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [checker.wait() for checker in checkers] == [0, 0]
    assert len(place.read_text().splitlines()) == 1


def test_the_gap_its_pullback_and_the_next_leg_are_three_alerts_in_order_and_one_story(
    tmp_path,
) -> None:
    home = tmp_path / "home"
    for rule in ("gap > 0.1", "change < -0.02", "change > 0.08 and gap < 0.1"):
        genie.watch("BRMR", rule, as_of="2025-12-03", home=home)
    stories = []
    for day in ("2025-12-04", "2025-12-05", "2025-12-08", "2025-12-09"):
        stories += [
            (one.alert.rule, str(one.alert.bar_time.date()), one.story)
            for one in genie.check(as_of=day, home=home).alerts
        ]
    assert [(rule, day) for rule, day, _ in stories[:3]] == [
        ("gap > 0.1", "2025-12-04"),
        ("change < -0.02", "2025-12-05"),
        ("change > 0.08 and gap < 0.1", "2025-12-08"),
    ]
    assert len({story for *_, story in stories[:3]}) == 1


def test_a_rule_on_a_fact_reads_it_as_it_was_known(tmp_path) -> None:
    home = tmp_path / "home"
    genie.watch("ACME", "fact debt_to_equity > 0.1", as_of="2026-01-02", home=home)
    found = genie.check(as_of="2026-01-06", home=home)
    assert found.unknown == ()
    (watched,) = genie.rules(as_of="2026-01-06", home=home).rules
    assert watched.standing == "true"


def test_the_log_has_every_alert_with_its_receipts(stand, tmp_path) -> None:
    stand.watch("close > 25", sink=f"file:{tmp_path / 'a.jsonl'}")
    stand.put([*QUIET, 26.0, 24.0, 27.0])
    stand.check()
    log = stand.ask("alerts")
    assert [str(one.fired.alert.bar_time.date()) for one in log.alerts] == [
        "2026-01-13",
        "2026-01-09",
    ]
    assert {sent.status for one in log.alerts for sent in one.deliveries} == {"sent"}


def test_an_alert_is_sent_again_under_its_own_id_and_the_file_keeps_it_once(
    stand, tmp_path
) -> None:
    place = tmp_path / "a.jsonl"
    stand.watch("close > 25", sink=f"file:{place}")
    stand.put([*QUIET, 26.0])
    (fired,) = stand.check().alerts
    assert stand.ask("alerts", f"resend {fired.id[:8]}").text == "1 of 1 delivery arrived."
    assert len(place.read_text().splitlines()) == 1


def test_a_delivery_can_be_given_up(stand, tmp_path) -> None:
    (tmp_path / "folder").write_text("a file where the folder should be")
    stand.watch("close > 25", sink=f"file:{tmp_path / 'folder' / 'a.jsonl'}")
    stand.put([*QUIET, 26.0])
    (fired,) = stand.check().alerts
    assert stand.ask("alerts").open == 1
    assert stand.ask("alerts", f"discard {fired.id}").open == 0
    assert stand.check().exit == 0


def test_a_sink_is_tested_with_a_message_that_is_no_alert(stand, tmp_path) -> None:
    place = tmp_path / "a.jsonl"
    assert "took the test message" in stand.ask("alerts", f"test file:{place}").text
    (line,) = place.read_text().splitlines()
    assert json.loads(line)["test"] is True
    assert stand.ask("alerts").alerts == ()


@pytest.mark.parametrize("name", ["log.csv", "log.jsonl"])
def test_the_log_is_exported(stand, tmp_path, name: str) -> None:
    stand.watch("close > 25")
    stand.put([*QUIET, 26.0])
    (fired,) = stand.check().alerts
    stand.ask("alerts", f"export {tmp_path / name}")
    assert fired.id in (tmp_path / name).read_text()
