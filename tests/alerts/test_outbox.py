"""What is owed reaches its sink: not lost, not under two keys, and nobody waits for a sink that hangs."""

import hashlib
import json
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from genie_nb.alerts.ledger import Ledger, open_ledger
from genie_nb.alerts.outbox import Patience, deliver, failing
from genie_nb.alerts.sinks import open_sink
from genie_nb.core.errors import SetupError
from genie_nb.core.watch import Delivery, Outage, Run, Sink
from genie_nb.core.watch.fired import Trouble

QUICK = Patience(pause=0.001)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger.sqlite")


@pytest.fixture
def check(ledger, clock, fired, tmp_path):
    """Records the alerts of some numbers for a sink, then delivers what is owed."""

    def run(
        *numbers: int, to: str | Sink = "", timeout: float = 5.0, **kwargs
    ) -> tuple[Delivery, ...]:
        sink = to if isinstance(to, Sink) else Sink(address=to)
        ledger.record(
            Run(id="1" * 32, began=clock(), as_of=clock()),
            states={},
            fired=[(fired(number), [sink]) for number in numbers],
            checked_at=clock(),
        )
        opener = partial(open_sink, home=tmp_path, timeout=timeout)
        return deliver(ledger, opener, now=clock, patience=kwargs.pop("patience", QUICK), **kwargs)

    return run


def test_an_alert_is_sent_once_and_marked(check, receiver, fired, clock):
    (done,) = check(1, to=receiver.url)
    assert receiver.keys == [fired(1).id]
    assert (done.status, done.attempts, done.sent_at, done.error) == ("sent", 1, clock(), "")
    assert check() == ()
    assert check(1, to=receiver.url) == ()
    assert receiver.keys == [fired(1).id]


@pytest.mark.parametrize("fault", [500, 408, 429, "reset"])
def test_a_passing_fault_is_overcome_in_the_same_run_under_the_same_key(
    check, receiver, fired, fault
):
    receiver.answers = [fault, fault]
    (done,) = check(1, to=receiver.url)
    assert receiver.keys == [fired(1).id] * 3
    assert (done.status, done.attempts) == ("sent", 3)


def test_later_runs_try_each_pending_delivery_once(check, receiver, fired):
    receiver.always = 500
    (first,) = check(1, to=receiver.url)
    assert (first.status, first.attempts) == ("pending", 3)
    assert "127.0.0.1 answered 500" in first.error
    for expected in (4, 5):
        (later,) = check()
        assert later.attempts == expected == len(receiver.got)


def test_retry_after_holds_until_its_time(check, receiver, clock):
    receiver.answers = [(429, {"Retry-After": "600"})]
    (held,) = check(1, to=receiver.url)
    assert held.not_before == clock() + timedelta(seconds=600)
    clock.pass_by(seconds=599)
    check()
    assert len(receiver.got) == 1
    clock.pass_by(seconds=1)
    (done,) = check()
    assert (done.status, len(receiver.got)) == ("sent", 2)


def test_a_clock_that_was_set_back_holds_nothing_up(check, receiver, clock):
    receiver.answers = [(429, {"Retry-After": "600"})]
    check(1, to=receiver.url)
    clock.pass_by(days=-30)
    (done,) = check()
    assert done.status == "sent"


def test_a_refusal_is_final_until_it_is_resent(check, receiver, ledger, clock, fired):
    receiver.always = 404
    (dead,) = check(1, to=receiver.url)
    assert (dead.status, dead.attempts) == ("dead", 1)
    assert check() == ()
    receiver.always = 200
    ledger.resend(fired(1).id, at=clock())
    (done,) = check()
    assert done.status == "sent"
    assert receiver.keys == [fired(1).id] * 2


def test_after_twenty_tries_a_delivery_is_dead(check, receiver):
    receiver.always = 500
    check(1, to=receiver.url)
    runs = 1
    while check():
        runs += 1
    assert (len(receiver.got), runs) == (20, 18)


def test_after_three_days_a_delivery_is_dead_but_was_tried(check, receiver, clock, ledger):
    receiver.always = 500
    check(1, to=receiver.url)
    clock.pass_by(days=3)
    (dead,) = check()
    assert (dead.status, dead.attempts) == ("dead", 4)


def test_an_alert_that_waited_for_a_week_is_still_tried(ledger, clock, fired, receiver, tmp_path):
    ledger.record(
        Run(id="1" * 32, began=clock(), as_of=clock()),
        states={},
        fired=[(fired(), [Sink(address=receiver.url)])],
        checked_at=clock(),
    )
    clock.pass_by(days=7)
    (done,) = deliver(ledger, partial(open_sink, home=tmp_path), now=clock)
    assert done.status == "sent"


def test_a_discarded_delivery_is_never_sent(check, receiver, ledger, fired):
    receiver.always = 500
    check(1, to=receiver.url)
    (gone,) = ledger.discard(fired(1).id[:31])
    assert gone.status == "discarded"
    receiver.always = 200
    assert check() == ()
    assert ledger.discard("nothing is called so") == ()


def test_what_arrived_is_resent_only_when_nothing_else_is_owed(
    ledger, clock, fired, receiver, check, tmp_path
):
    check(1, to=receiver.url)
    check(1, to=f"file:{tmp_path}/file.jsonl")
    receiver.got.clear()
    (tmp_path / "file.jsonl").unlink()
    resent = ledger.resend(fired(1).id, at=clock())
    assert [one.status for one in resent] == ["pending", "pending"]
    assert len(check()) == 2
    assert receiver.keys == [fired(1).id]
    assert len((tmp_path / "file.jsonl").read_text().splitlines()) == 1


def test_a_flood_is_told_in_one_digest(check, receiver, fired, ledger):
    done = check(*range(1, 26), to=receiver.url)
    ids = [fired(number).id for number in range(1, 26)]
    (got,) = receiver.got
    assert got.key == hashlib.sha256("".join(ids).encode()).hexdigest()
    assert [alert["id"] for alert in got.body["digest"]] == ids
    assert {(one.status, one.key, one.attempts) for one in done} == {("sent", got.key, 1)}
    assert [one.alert_id for one in done] == ids


def test_twenty_alerts_are_no_flood(check, receiver, fired):
    check(*range(1, 21), to=receiver.url)
    assert receiver.keys == [fired(number).id for number in range(1, 21)]


def test_a_digest_keeps_its_members_and_its_key_when_more_alerts_come(check, receiver, fired):
    receiver.answers = [500, 500, 500]
    check(*range(1, 26), to=receiver.url)
    check(*range(26, 30), to=receiver.url)
    keys = receiver.keys
    assert len(set(keys[:3])) == 1
    assert sorted(keys[3:]) == sorted([keys[0], *(fired(number).id for number in range(26, 30))])


def test_an_alert_once_tried_alone_never_enters_a_digest(check, receiver, fired):
    receiver.always = 500
    check(1, to=receiver.url)
    receiver.always = 200
    receiver.got.clear()
    check(*range(2, 30), to=receiver.url)
    alone, together = sorted(receiver.got, key=lambda got: len(got.key))
    assert alone.key == fired(1).id
    assert [alert["id"] for alert in together.body["digest"]] == [
        fired(number).id for number in range(2, 30)
    ]


def test_the_size_of_a_flood_is_settled(check, receiver):
    check(1, 2, 3, to=receiver.url, digest_over=2)
    assert len(receiver.got) == 1


def test_a_file_takes_each_alert_of_a_flood(check, tmp_path, fired):
    check(*range(100), to=f"file:{tmp_path}/alerts.jsonl")
    written = [json.loads(line) for line in (tmp_path / "alerts.jsonl").read_text().splitlines()]
    assert [one["id"] for one in written] == [fired(number).id for number in range(100)]


def test_a_dead_digest_is_resent_whole_by_the_id_of_one_of_its_alerts(
    check, receiver, ledger, clock, fired
):
    receiver.always = 410
    check(*range(1, 26), to=receiver.url)
    receiver.always = 200
    assert len(ledger.resend(fired(7).id, at=clock())) == 1
    done = check()
    assert len(done) == 25
    assert receiver.keys == [receiver.keys[0]] * 2


def test_a_sink_that_hangs_delays_no_other_and_is_left_after_its_timeout(
    check, receiver, ledger, clock, fired, tmp_path
):
    receiver.always = "hang"
    ledger.record(
        Run(id="1" * 32, began=clock(), as_of=clock()),
        states={},
        fired=[(fired(number), [Sink(address=receiver.url)]) for number in range(1, 11)],
        checked_at=clock(),
    )
    began = time.monotonic()
    done = check(20, to=f"file:{tmp_path}/alerts.jsonl", timeout=0.5)
    assert time.monotonic() - began < 5  # ten messages at half a second each
    assert {one.sink.address.partition(":")[0]: one.status for one in done} == {
        "http": "pending",
        "file": "sent",
    }
    assert [one.attempts for one in done].count(1) == 2
    receiver.always = 200
    check()
    assert sorted(set(receiver.keys)) == [fired(number).id for number in range(1, 11)]


def test_a_message_that_hangs_does_not_keep_the_others_from_being_tried(check, receiver, fired):
    receiver.answers = ["hang"]
    check(1, 2, to=receiver.url, timeout=0.2)
    receiver.answers = [200, "hang"]
    check(timeout=0.2)
    assert receiver.keys == [fired(1).id, fired(2).id, fired(1).id]


def test_a_missing_secret_is_told_and_the_alert_waits_for_it(check, receiver, monkeypatch):
    monkeypatch.delenv("GENIE_TEST_HOOK", raising=False)
    (waiting,) = check(1, to="env:GENIE_TEST_HOOK")
    assert waiting.status == "pending"
    assert "no secret env:GENIE_TEST_HOOK" in waiting.error
    monkeypatch.setenv("GENIE_TEST_HOOK", receiver.url)
    (done,) = check()
    assert done.status == "sent"
    assert done.sink.address == "env:GENIE_TEST_HOOK"


def test_no_secret_is_in_the_ledger_or_in_an_error(check, receiver, monkeypatch, tmp_path):
    monkeypatch.setenv("GENIE_TEST_HOOK", f"{receiver.url}/planted-path?token=planted-token")
    monkeypatch.setenv("GENIE_TEST_SIGN", "planted-signing-secret")
    receiver.always = 500
    sink = Sink(address="env:GENIE_TEST_HOOK", secret="env:GENIE_TEST_SIGN")
    done = check(1, to=sink)
    assert "planted" not in repr(done)
    for path in tmp_path.glob("ledger.sqlite*"):
        assert b"planted" not in path.read_bytes()


def test_a_sink_that_fails_in_an_unforeseen_way_is_tried_again(ledger, check, clock, receiver):
    class Broken:
        digests = True

        def send(self, key, body, text):
            raise RuntimeError("a plugin's own fault")

    receiver.always = 500
    check(1, to=receiver.url)
    (done,) = deliver(ledger, lambda _: Broken(), now=clock, patience=QUICK)
    assert (done.status, done.attempts) == ("pending", 4)
    assert "a plugin's own fault" in done.error


def test_an_outage_is_delivered_like_an_alert_and_never_in_a_digest(
    ledger, check, clock, receiver, fired
):
    outage = Outage(
        id="f" * 32, kind="stale_data", subject="yahoo", since=clock(), text="yahoo is late."
    )
    ledger.record(
        Run(id="1" * 32, began=clock(), as_of=clock()),
        states={},
        outages=[(outage, [Sink(address=receiver.url)])],
        checked_at=clock(),
    )
    check(*range(1, 26), to=receiver.url)
    assert {len(key) for key in receiver.keys} == {32, 64}
    alone = next(got for got in receiver.got if got.key == outage.id)
    assert alone.body == outage.to_dict()


def troubles(ledger, clock, run: str, to: str, kinds: dict[Trouble, int]) -> list[Outage]:
    """Records that a check found so many troubles of each kind."""
    found = [
        Outage(
            id=hashlib.sha256(f"{run}{kind}{number}".encode()).hexdigest()[:32],
            kind=kind,
            subject=f"S{number}",
            since=clock(),
            text=f"S{number} is in trouble.",
        )
        for kind, count in kinds.items()
        for number in range(count)
    ]
    told = [(one, [Sink(address=to)]) for one in found]
    run_of = Run(id=run * 32, began=clock(), as_of=clock())
    ledger.record(run_of, states={}, outages=told, checked_at=clock())
    return found


def test_outages_of_one_kind_at_one_check_are_one_message(ledger, check, clock, receiver):
    found = troubles(ledger, clock, "1", receiver.url, {"rule_unknown": 500, "stale_data": 1})
    done = check()
    many, alone = receiver.got
    ids = [one.id for one in found[:500]]
    assert many.key == hashlib.sha256("".join(ids).encode()).hexdigest()
    assert many.body == {"digest": [one.to_dict() for one in found[:500]]}
    assert alone.body == found[500].to_dict()
    assert {one.status for one in done} == {"sent"}
    assert check() == ()


def test_outages_of_two_checks_are_never_one_message(ledger, check, clock, receiver):
    receiver.always = 500
    first = troubles(ledger, clock, "1", receiver.url, {"rule_unknown": 2})
    check()
    key = receiver.keys[0]
    troubles(ledger, clock, "2", receiver.url, {"rule_unknown": 3})
    receiver.always = 200
    check()
    bodies = {got.key: [one["id"] for one in got.body["digest"]] for got in receiver.got}
    assert sorted(map(len, bodies.values())) == [2, 3]
    assert bodies[key] == [one.id for one in first]


def test_a_file_has_each_outage_by_itself(ledger, check, clock, tmp_path):
    file = tmp_path / "alerts.jsonl"
    found = troubles(ledger, clock, "1", f"file:{file}", {"rule_unknown": 3})
    check()
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert rows == [one.to_dict() for one in found]


def test_a_sink_to_which_nothing_arrives_is_named(check, receiver):
    receiver.always = 503
    assert failing(check(1, to=receiver.url)) == {
        receiver.url: "127.0.0.1 answered 503. It is tried again."
    }
    receiver.always = 200
    assert failing(check()) == {}


def test_a_ledger_that_cannot_be_marked_sends_again_under_the_same_key(
    check, ledger, receiver, fired, clock, tmp_path, monkeypatch
):
    def full(*_, **__):
        raise SetupError("The ledger is on a full disk.")

    monkeypatch.setattr(Ledger, "tried", full)
    with pytest.raises(SetupError, match="full disk"):
        check(1, to=receiver.url)
    monkeypatch.undo()
    (done,) = check()
    assert done.status == "sent"
    assert receiver.keys == [fired(1).id] * 2
