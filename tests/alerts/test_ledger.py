"""What the ledger promises: kept as a whole, once, and found again."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from genie_nb.alerts.ledger import Ledger, open_ledger
from genie_nb.core.errors import SetupError
from genie_nb.core.rule import Memory, State
from genie_nb.core.watch import Kept, Outage, Run, Sink

NOON = datetime(2026, 1, 12, 17, tzinfo=UTC)
HOOK = Sink(address="https://example.org/hook", secret="env:HOOK_SECRET")
FILE = Sink(address="file:alerts.jsonl")
STATE = State(
    history_start=NOON - timedelta(days=300),
    last_bar=NOON - timedelta(days=1),
    last_close=24.5,
    memory=Memory(last=False, since_fire=3, rearmed=True),
    scale=0.5,
    unknown=("volume is missing",),
    note="close crosses above 25 is read as close crosses above 12.5 after splits",
)
RUN = Run(id="1" * 32, began=NOON, as_of=NOON)


def kept(rule_id: str = "abc123abc123", *sinks: Sink, state: State | None = STATE) -> Kept:
    return Kept(
        rule_id=rule_id,
        line="CRSR 1d: close crosses above 25",
        sinks=sinks or (FILE,),
        armed_at=NOON,
        state=state,
        checked_at=NOON,
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger.sqlite")


def test_a_rule_comes_back_as_it_was_kept_also_after_reopening(ledger: Ledger, tmp_path: Path):
    assert ledger.arm(kept("a" * 12, FILE, HOOK))
    assert ledger.arm(kept("b" * 12, state=None))
    ledger.close()
    again = open_ledger(tmp_path / "ledger.sqlite")
    assert again.kept() == {
        "a" * 12: kept("a" * 12, FILE, HOOK),
        "b" * 12: kept("b" * 12, state=None),
    }
    assert again.kept_of("b" * 12) == kept("b" * 12, state=None)
    assert again.kept_of("c" * 12) is None


def test_arming_twice_changes_nothing_but_adds_a_new_sink(ledger: Ledger):
    ledger.arm(kept("a" * 12, FILE))
    later = replace(kept("a" * 12, HOOK, FILE), armed_at=NOON + timedelta(days=1), state=None)
    assert not ledger.arm(later)
    assert ledger.kept() == {"a" * 12: kept("a" * 12, FILE, HOOK)}


def test_evaluating_a_bar_twice_keeps_one_alert_and_one_delivery_a_sink(ledger: Ledger, fired):
    ledger.arm(kept())
    state = replace(STATE, last_close=25.5)
    for _ in range(2):
        ledger.record(
            RUN, states={"abc123abc123": state}, fired=[(fired(), [FILE, HOOK])], checked_at=NOON
        )
    assert ledger.alerts() == (fired(),)
    assert [(d.alert_id, d.key, d.sink, d.status) for d in ledger.deliveries()] == [
        (fired().id, fired().id, FILE, "pending"),
        (fired().id, fired().id, HOOK, "pending"),
    ]
    assert ledger.kept_of("abc123abc123") == replace(kept(), state=state)


def test_a_rule_disarmed_during_the_check_stays_disarmed(ledger: Ledger):
    ledger.arm(kept())
    ledger.disarm("abc123abc123")
    ledger.record(RUN, states={"abc123abc123": STATE}, checked_at=NOON)
    assert ledger.kept() == {}


def test_an_outage_is_told_once_and_ends(ledger: Ledger):
    outage = Outage(
        id="f" * 32, kind="provider_down", subject="yahoo", since=NOON, text="yahoo is down."
    )
    for _ in range(2):
        ledger.record(RUN, states={}, outages=[(outage, [FILE])], checked_at=NOON)
    assert ledger.outages(lasting=True) == (outage,)
    assert len(ledger.deliveries()) == 1
    ledger.record(RUN, states={}, over=[outage.id], checked_at=NOON)
    assert ledger.outages(lasting=True) == ()
    assert ledger.outages() == (outage,)


def test_the_newest_alert_of_each_ticker_is_found_for_its_story(ledger: Ledger, fired):
    found = [fired(2), fired(1), fired(3, "LOGI")]
    ledger.record(RUN, states={}, fired=[(one, []) for one in found], checked_at=NOON)
    assert ledger.latest(["CRSR", "LOGI", "ACME"]) == {"CRSR": fired(2), "LOGI": fired(3, "LOGI")}


def test_the_log_is_newest_first_and_narrows_down(ledger: Ledger, fired):
    for number in (1, 2, 3):
        ledger.record(
            replace(RUN, id=str(number) * 32),
            states={},
            fired=[(fired(number, "LOGI" if number == 2 else "CRSR"), [FILE])],
            checked_at=NOON,
        )
    assert [one.id for one in ledger.alerts()] == [fired(n).id for n in (3, 2, 1)]
    assert [one.id for one in ledger.alerts(ticker="CRSR", last=1)] == [fired(3).id]
    assert [one.id for one in ledger.alerts(run_id="2" * 32)] == [fired(2).id]
    assert [one.alert_id for one in ledger.deliveries(last=2)] == [fired(2).id, fired(3).id]


def test_a_run_that_was_cut_off_has_no_end(ledger: Ledger):
    ledger.begin(RUN)
    later = replace(RUN, id="2" * 32, began=NOON + timedelta(minutes=5), every=300.0)
    ledger.begin(later)
    done = replace(later, ended=NOON + timedelta(minutes=6), ok=True, line="checked 1 of 1")
    ledger.finish(done)
    assert ledger.runs(last=5) == (done, RUN)
    assert ledger.runs(last=5)[1].ended is None


def test_a_heartbeat_is_the_last_one(ledger: Ledger):
    ledger.beat("serve", NOON, every=300.0)
    ledger.beat("serve", NOON + timedelta(minutes=5), every=300.0, note="until 21:00")
    assert ledger.heartbeats() == (("serve", NOON + timedelta(minutes=5), 300.0, "until 21:00"),)


def test_a_rule_is_snoozed_and_woken(ledger: Ledger):
    ledger.arm(kept())
    until = NOON + timedelta(days=2)
    assert ledger.snooze("abc123abc123", until)
    assert ledger.kept()["abc123abc123"].snoozed_until == until
    assert ledger.snooze("abc123abc123", None)
    assert ledger.kept_of("abc123abc123") == kept()
    assert not ledger.snooze("c" * 12, until)


def test_pruning_keeps_rules_and_what_is_still_to_be_sent(ledger: Ledger, fired):
    ledger.arm(kept())
    ledger.begin(RUN)
    ledger.record(
        RUN, states={}, fired=[(fired(1), [FILE]), (fired(2), [FILE, HOOK])], checked_at=NOON
    )
    for number in (1, 2):
        ledger.tried([fired(number).id], FILE.address, status="sent", at=NOON)
    gone = ledger.prune(NOON + timedelta(days=90))
    assert gone == {"alerts": 1, "outages": 0, "runs": 1, "deliveries": 1, "digests": 0}
    assert ledger.alerts() == (fired(2),)
    assert [d.sink for d in ledger.deliveries(status="pending")] == [HOOK]
    assert ledger.kept() == {"abc123abc123": kept()}


def test_an_export_has_every_row_as_a_line_of_json(ledger: Ledger, fired, tmp_path: Path):
    ledger.arm(kept())
    ledger.record(RUN, states={}, fired=[(fired(), [HOOK])], checked_at=NOON)
    assert ledger.export(tmp_path / "all.jsonl") == 4
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    told = {row["table"]: row for row in rows}
    assert set(told) == {"rules", "states", "alerts", "deliveries"}
    assert told["alerts"]["id"] == fired().id
    assert told["deliveries"]["secret"] == "env:HOOK_SECRET"
    assert told["states"]["last_bar"] == "2026-01-11T17:00:00.000000+00:00"


def test_a_backup_is_a_ledger(ledger: Ledger, tmp_path: Path):
    ledger.arm(kept())
    ledger.backup(tmp_path / "copies" / "copy.sqlite")
    with open_ledger(tmp_path / "copies" / "copy.sqlite") as copy:
        assert copy.kept() == ledger.kept()
    with pytest.raises(SetupError, match="cannot be written"):
        ledger.backup(tmp_path / "copies" / "copy.sqlite" / "below")


def test_alert_ids_are_text_in_the_table_alerts(ledger: Ledger, fired, tmp_path: Path):
    ledger.record(RUN, states={}, fired=[(fired(), [])], checked_at=NOON)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as plain:
        assert plain.execute("SELECT id, typeof(id) FROM alerts").fetchall() == [
            (fired().id, "text")
        ]
