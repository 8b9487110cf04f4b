"""Whatever dies between any two steps: nothing is lost, and nothing arrives under two keys.

A machine checks again and again with real ledgers and a real file. It dies before or after any
write to the ledger and before or after any message left; then the ledger is opened anew.
"""

import json
import shutil
import tempfile
import threading
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

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


class Died(BaseException):
    """The process ended here."""


class Fate:
    """Counts the steps of a process and ends it at one of them."""

    def __init__(self, steps: int | None) -> None:
        self.left = steps
        self.lock = threading.Lock()

    def step(self) -> None:
        with self.lock:
            if self.left is None:
                return
            self.left -= 1
            if self.left < 0:
                raise Died


def mortal(ledger: Ledger, fate: Fate) -> Ledger:
    """A ledger in front of and after whose writes the process may die."""
    for name in STEPS:
        real = getattr(ledger, name)

        def either_side(*args, _real=real, **kwargs):
            fate.step()
            done = _real(*args, **kwargs)
            fate.step()
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
        self.fate.step()
        outcome = self.plan.pop(0) if self.plan else "fine"
        if outcome != "lost":
            for alert in body.get("digest", [body]):
                self.got[alert["id"]].add(key)
        self.fate.step()
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
        from datetime import UTC, datetime

        self.folder = Path(tempfile.mkdtemp(prefix="genie-outbox-"))
        self.now = datetime(2026, 1, 12, 17, tzinfo=UTC)
        self.hook = threading.excepthook
        threading.excepthook = lambda told: None if told.exc_type is Died else self.hook(told)
        self.due: list[int] = []
        self.got: dict[str, set[str]] = defaultdict(set)

    @rule(more=st.integers(min_value=1, max_value=6))
    def bars_close(self, more: int) -> None:
        self.due += range(len(self.due), len(self.due) + more)

    @rule(minutes=st.integers(min_value=-30, max_value=30))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(
        steps=st.none() | st.integers(min_value=0, max_value=30),
        plan=st.lists(st.sampled_from(["fine", "lost", "unanswered", "patience"]), max_size=8),
    )
    def check(self, steps: int | None, plan: list[str]) -> None:
        fate = Fate(steps)
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
            deliver(ledger, opener, now=lambda: self.now, digest_over=3, patience=QUICK)
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
        self.check(None, [])
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
    max_examples=25, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)
TestNothingIsLostWhateverDies = Watching.TestCase
