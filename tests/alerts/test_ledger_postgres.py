"""The ledger on a PostgreSQL server, which `GENIE_POSTGRES` names."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from postgres_database import own_database
from sqlalchemy import text

from genie_nb.alerts.ledger import Ledger, open_ledger
from genie_nb.alerts.lock import checking
from genie_nb.alerts.outbox import deliver
from genie_nb.alerts.sinks import open_sink
from genie_nb.core.errors import SetupError
from genie_nb.core.rule import Memory, State
from genie_nb.core.watch import Kept, Outage, Run, Sink

FILE = Sink(address="file:alerts.jsonl")


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """A database of the test's own."""
    with own_database(f"genie_{os.getpid()}_{abs(hash(tmp_path)) % 10**8}") as found:
        yield found


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with open_ledger(url) as found:
        yield found


def test_it_keeps_what_a_file_keeps(ledger: Ledger, url: str, clock, fired):
    state = State(
        history_start=clock(),
        last_bar=clock(),
        last_close=24.5,
        memory=Memory(last=False, since_fire=3, rearmed=True),
        unknown=("volume is missing",),
    )
    kept = Kept(
        rule_id="abc123abc123",
        line="CRSR 1d: close crosses above 25",
        sinks=(FILE,),
        armed_at=clock(),
        state=state,
        checked_at=clock(),
    )
    assert ledger.arm(kept)
    assert not ledger.arm(kept)
    run = Run(id="1" * 32, began=clock(), as_of=clock())
    outage = Outage(
        id="f" * 32, kind="stale_data", subject="yahoo", since=clock(), text="yahoo is late."
    )
    ledger.begin(run)
    for _ in range(2):
        ledger.record(
            run,
            states={kept.rule_id: state},
            fired=[(fired(1), [FILE]), (fired(2), [FILE])],
            outages=[(outage, [FILE])],
            checked_at=clock(),
        )
    ledger.beat("serve", clock(), every=300.0)
    ledger.finish(run)
    with open_ledger(url) as again:
        assert again.kept() == {kept.rule_id: kept}
        assert again.alerts() == (fired(2), fired(1))
        assert again.latest(["CRSR"]) == {"CRSR": fired(2)}
        assert again.outages(lasting=True) == (outage,)
        assert again.runs() == (run,)
        assert len(again.deliveries(status="pending")) == 3
        assert again.bundle(FILE.address, over=1, at=clock()).members == (fired(1).id, fired(2).id)
        assert again.prune(clock())["alerts"] == 0
        assert again.disarm(kept.rule_id)


def test_what_it_owes_is_delivered(ledger: Ledger, clock, fired, receiver, tmp_path):
    run = Run(id="1" * 32, began=clock(), as_of=clock())
    sinks = [Sink(address=receiver.url), Sink(address=f"file:{tmp_path}/alerts.jsonl")]
    receiver.answers = [500]
    ledger.record(run, states={}, fired=[(fired(n), sinks) for n in range(30)], checked_at=clock())
    done = deliver(ledger, partial(open_sink, home=tmp_path), now=clock)
    assert {one.status for one in done} == {"sent"}
    assert len(set(receiver.keys)) == 1
    assert len((tmp_path / "alerts.jsonl").read_text().splitlines()) == 30


def test_one_checker_at_a_time_and_the_lock_ends_with_its_process(url: str, ledger: Ledger):
    code = (
        "import sys, time; from genie_nb.alerts.ledger import open_ledger;"
        "from genie_nb.alerts.lock import checking\n"
        "with checking(open_ledger(sys.argv[1])) as mine:\n"
        "    print(mine, flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, url], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "True\n"
    with checking(ledger, wait=0.2) as mine:
        assert not mine
    other.kill()
    other.wait()
    other.stdout.close()
    with checking(ledger, wait=30) as mine:
        assert mine


def test_many_may_open_a_new_ledger_at_once(url: str):
    opened: list[str] = []

    def open_one() -> None:
        open_ledger(url).close()
        opened.append(url)

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4


def test_its_faults_are_said_in_words_without_the_password(url: str, ledger: Ledger):
    absent = url.rpartition("/")[0] + "/genie_absent"
    with pytest.raises(SetupError, match="genie_absent does not exist"):
        open_ledger(absent)
    with ledger.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))
    with pytest.raises(SetupError, match="newer genie_nb"):
        open_ledger(url)
    with pytest.raises(SetupError, match="pg_dump"):
        ledger.backup(Path("copy.sqlite"))


def test_a_read_only_server_is_said_to_be_read_only(url: str, ledger: Ledger, clock):
    name = url.rpartition("/")[2]
    with ledger.engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    ledger.close()
    with pytest.raises(SetupError, match="is read-only"):
        ledger.beat("serve", clock())
