"""What the ledger promises: kept as a whole, once, and found again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from genie_nb.alerts.ledger import Ledger, open_ledger
from genie_nb.core.market import Interval
from genie_nb.core.rule import Alert, Memory, State
from genie_nb.core.watch import Fired, Kept, Outage, Run, Sink

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


def fired(number: int = 1, ticker: str = "CRSR") -> Fired:
    bar = NOON + timedelta(days=number)
    alert = Alert(
        id=f"{number:032x}",
        rule_id="abc123abc123",
        ticker=ticker,
        interval=Interval.D1,
        rule="close crosses above 25",
        bar_time=bar,
        bar_close=bar + timedelta(hours=4),
        late=False,
        price=25.5,
        evidence=(("close", 25.5), ("rvol(20)", None)),
        text=f"{ticker} closed at $25.50: close crosses above 25.",
    )
    return Fired(alert=alert, evaluated_at=bar + timedelta(hours=5), story=alert.id)


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


def test_evaluating_a_bar_twice_keeps_one_alert_and_one_delivery_a_sink(ledger: Ledger):
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
