"""Whatever dies between any two steps: nothing is lost, and nothing arrives under two keys.

A machine checks again and again with real ledgers and a real file. It dies before or after any
write to the ledger and before or after any message left; then the ledger is opened anew.
"""

import json
import shutil
import tempfile
import threading
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from genie_nb.alerts.ledger import Ledger, open_ledger
from genie_nb.alerts.outbox import Patience, deliver
from genie_nb.alerts.sinks import TryLater, open_sink
from genie_nb.core.market import Interval
from genie_nb.core.rule import Alert
from genie_nb.core.watch import Fired, Run, Sink

QUICK = Patience(pause=0.0, tries=2)
HOOK = Sink(address="https://example.org/hook")
STEPS = ("record", "bundle", "trying", "tried")
ENDS = [f"{when} {step}" for step in (*STEPS, "send") for when in ("before", "after")]


class Died(BaseException):
    """The process ended here."""


class Fate:
    """Ends a process at the nth time that it comes to a step, such as `after send`."""

    def __init__(self, step: str = "", nth: int = 0) -> None:
        self.end = step
        self.nth = nth
        self.dead = False
        self.lock = threading.Lock()

    def step(self, name: str) -> None:
        with self.lock:
            self.nth -= name == self.end
            self.dead |= self.nth < 0
            if self.dead:
                raise Died


def mortal(ledger: Ledger, fate: Fate) -> Ledger:
    """A ledger in front of and after whose writes the process may die."""
    for name in STEPS:
        real = getattr(ledger, name)

        def either_side(*args, _real=real, _name=name, **kwargs):
            fate.step(f"before {_name}")
            done = _real(*args, **kwargs)
            fate.step(f"after {_name}")
            return done

        setattr(ledger, name, either_side)
    return ledger


class Hook:
    """A receiver: each message arrives or not, and answers or not, as the plan says."""

    digests = True

    def __init__(self, got: dict[str, set[str]], plan: list[str], fate: Fate) -> None:
        self.got = got
        self.plan = plan
        self.fate = fate

    def send(self, key, body, text) -> None:
        self.fate.step("before send")
        outcome = self.plan.pop(0) if self.plan else "fine"
        if outcome != "lost":
            for alert in body.get("digest", [body]):
                self.got[alert["id"]].add(key)
        self.fate.step("after send")
        if outcome != "fine":
            raise TryLater("no answer", wait=60.0 if outcome == "patience" else None)


def fired(number: int, moment) -> Fired:
    alert = Alert(
        id=f"{number:032x}",
        rule_id="abc123abc123",
        ticker="CRSR",
        interval=Interval.D1,
        rule="close > 25",
        bar_time=moment,
        bar_close=moment,
        late=False,
        price=25.5,
        evidence=(),
        text=f"alert {number}",
    )
    return Fired(alert=alert, evaluated_at=moment, story=alert.id)


class Watching(RuleBasedStateMachine):
    """Checks, deaths, and what arrived."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="genie-outbox-"))
        self.now = datetime(2026, 1, 12, 17, tzinfo=UTC)
        self.hook = threading.excepthook
        threading.excepthook = lambda told: None if told.exc_type is Died else self.hook(told)
        self.due: list[int] = []
        self.got: dict[str, set[str]] = defaultdict(set)

    @rule(more=st.integers(min_value=1, max_value=4))
    def bars_close(self, more: int) -> None:
        self.due += range(len(self.due), len(self.due) + more)

    @rule(minutes=st.integers(min_value=-30, max_value=30))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(
        end=st.sampled_from(["", *ENDS]),
        nth=st.sampled_from([0, 0, 0, 1, 2]),
        plan=st.lists(st.sampled_from(["fine", "lost", "unanswered", "patience"]), max_size=8),
    )
    def check(self, end: str, nth: int, plan: list[str]) -> None:
        fate = Fate(end, nth)
        ledger = mortal(open_ledger(self.folder / "ledger.sqlite"), fate)
        sinks = [HOOK, Sink(address=f"file:{self.folder}/alerts.jsonl")]
        hook = Hook(self.got, plan, fate)

        def opener(sink: Sink):
            return hook if sink == HOOK else open_sink(sink, home=self.folder)

        try:
            ledger.record(
                Run(id="1" * 32, began=self.now, as_of=self.now),
                states={},
                fired=[(fired(number, self.now), sinks) for number in self.due],
                checked_at=self.now,
            )
            deliver(ledger, opener, now=lambda: self.now, digest_over=2, patience=QUICK)
        except Died:
            pass
        finally:
            ledger.close()

    @invariant()
    def nothing_arrives_under_two_keys(self) -> None:
        assert all(len(keys) == 1 for keys in getattr(self, "got", {}).values())

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        try:
            self.settle()
        finally:
            threading.excepthook = self.hook
            shutil.rmtree(self.folder)

    def settle(self) -> None:
        """Once all is well, everything that was due has arrived, and the ledger says the same."""
        self.now += timedelta(days=1)
        with open_ledger(self.folder / "ledger.sqlite") as ledger:
            for dead in ledger.deliveries(status="dead"):
                ledger.resend(dead.alert_id, at=self.now)
        self.check("", 0, [])
        self.nothing_arrives_under_two_keys()
        ids = [f"{number:032x}" for number in self.due]
        assert set(self.got) == set(ids)
        with open_ledger(self.folder / "ledger.sqlite") as ledger:
            found = ledger.deliveries()
            assert {one.status for one in found} <= {"sent"}
            assert sorted(one.alert_id for one in found) == sorted(ids * 2)
            for one in found:
                if one.sink == HOOK:
                    assert self.got[one.alert_id] == {one.key}
        path = self.folder / "alerts.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        assert sorted(json.loads(line)["id"] for line in lines) == ids


Watching.TestCase.settings = settings(
    max_examples=15, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)
TestNothingIsLostWhateverDies = Watching.TestCase


@pytest.mark.parametrize("nth", [0, 1])
@pytest.mark.parametrize("due", [1, 4])
@pytest.mark.parametrize("end", ENDS)
def test_a_death_at_any_step_before_a_flood_loses_and_doubles_nothing(
    end: str, due: int, nth: int
) -> None:
    watch = Watching()
    watch.begin()
    try:
        watch.bars_close(due)
        watch.check(end, nth, [])
        watch.bars_close(4)
        watch.check("", 0, ["lost"])
        watch.nothing_arrives_under_two_keys()
    finally:
        watch.teardown()
