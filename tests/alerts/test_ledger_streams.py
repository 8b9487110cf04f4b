"""What is carried from bar to bar lies beside the states, in one transaction, and is never missed."""

import json
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from postgres_database import own_database
from sqlalchemy import text

from genie_nb.alerts.ledger import Ledger, migrate, open_ledger, streams
from genie_nb.core.errors import SetupError
from genie_nb.core.rule import Memory, State
from genie_nb.core.watch import Carried, Kept, Run

NOON = datetime(2026, 1, 12, 17, tzinfo=UTC)
RULE = "a" * 12
STATE = State(history_start=NOON, last_bar=NOON, last_close=24.5, memory=Memory(last=False))
KEPT = Kept(rule_id=RULE, line="CRSR 1d: close > 25", armed_at=NOON, state=STATE)
RUN = Run(id="1" * 32, began=NOON, as_of=NOON)
BODY = bytes(range(256)) * 5
ONE = Carried(provider="demo", interval="1d", begun_at=NOON, body=BODY)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place for a ledger, in a file and on a server."""
    if request.param == "sqlite":
        yield str(tmp_path / "ledger.sqlite")
        return
    with own_database(f"genie_streams_{os.getpid()}_{abs(hash(tmp_path)) % 10**8}") as url:
        yield url


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    with open_ledger(address) as found:
        found.arm(KEPT)
        yield found


def test_a_stream_is_kept_with_the_states(ledger: Ledger) -> None:
    assert ledger.carried("demo", "1d") is None
    ledger.record(RUN, states={RULE: STATE}, carried=[ONE], checked_at=NOON)
    assert ledger.carried("demo", "1d") == ONE
    assert ledger.carried("demo", "1wk") is None
    assert ledger.carried("yahoo", "1d") is None


def test_a_newer_stream_takes_the_place_of_the_older(ledger: Ledger) -> None:
    ledger.carry([ONE], at=NOON)
    newer = Carried(provider="demo", interval="1d", begun_at=NOON + timedelta(days=7), body=b"new")
    ledger.carry([newer], at=NOON)
    assert ledger.carried("demo", "1d") == newer


def test_a_check_that_fails_halfway_keeps_neither_states_nor_stream(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.record(RUN, states={RULE: STATE}, carried=[ONE], checked_at=NOON)
    before = ledger.kept(), ledger.carried("demo", "1d")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("genie_nb.alerts.ledger.ledger.journal.keep_alerts", dies)
    other = Carried(provider="demo", interval="1d", begun_at=NOON, body=b"other")
    later = State(history_start=NOON, last_bar=NOON, last_close=30.0, memory=Memory(last=True))
    with pytest.raises(KeyboardInterrupt):
        ledger.record(RUN, states={RULE: later}, carried=[other], checked_at=NOON)
    assert (ledger.kept(), ledger.carried("demo", "1d")) == before


def test_what_another_release_carried_is_not_read(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.carry([ONE], at=NOON)
    monkeypatch.setattr(streams, "version", lambda _: "9.9.9")
    assert ledger.carried("demo", "1d") is None
    ledger.carry([ONE], at=NOON)
    assert ledger.carried("demo", "1d") == ONE


def test_an_export_leaves_streams_out_and_pruning_forgets_the_unused(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.carry([ONE], at=NOON)
    ledger.export(tmp_path / "all.jsonl")
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    assert {json.loads(line)["table"] for line in lines} == {"rules", "states"}
    ledger.prune(NOON)
    assert ledger.carried("demo", "1d") == ONE
    ledger.prune(NOON + timedelta(days=1))
    assert ledger.carried("demo", "1d") is None


def test_a_ledger_that_the_first_release_wrote_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as plain:
        plain.executescript(Path(__file__).with_name("ledger_r0001.sql").read_text())
    with open_ledger(path) as ledger:
        (kept,) = ledger.kept().values()
        assert kept.line == "CRSR 1d: close crosses above 25"
        assert kept.checked_at == NOON
        assert kept.state == State(
            history_start=datetime(2016, 1, 12, tzinfo=UTC),
            last_bar=datetime(2026, 1, 9, tzinfo=UTC),
            last_close=24.5,
            memory=Memory(last=False, since_fire=3, rearmed=True),
            unknown=("rvol(20) needs a volume that is not known",),
            note="seen",
        )
        assert [one.alert.id for one in ledger.alerts()] == ["b" * 32]
        assert [one.id for one in ledger.outages(lasting=True)] == ["f" * 32]
        assert len(ledger.deliveries(status="pending")) == 2
        assert ledger.carried("demo", "1d") is None
        ledger.record(RUN, states={RULE: STATE}, carried=[ONE], checked_at=NOON)
        assert ledger.carried("demo", "1d") == ONE
    with sqlite3.connect(tmp_path / "ledger.sqlite.r0001.backup") as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("r0001",)]
        assert (
            copy.execute("SELECT name FROM sqlite_master WHERE name = 'streams'").fetchall() == []
        )


def test_an_older_ledger_is_migrated_and_then_too_new_for_the_older_release(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(migrate, "SCHEMA", "r0001")
        with open_ledger(address) as ledger:
            ledger.arm(KEPT)
    with open_ledger(address) as ledger:
        assert ledger.kept() == {RULE: KEPT}
        ledger.carry([ONE], at=NOON)
        assert ledger.carried("demo", "1d") == ONE
        with ledger.engine.connect() as connection:
            assert (
                connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
                == "r0002"
            )
            connection.rollback()
    with monkeypatch.context() as older:
        script = migrate._script()

        class First:
            """The migrations that the older release knows."""

            def walk_revisions(self) -> list[object]:
                return [script.get_revision("r0001")]

        older.setattr(migrate, "SCHEMA", "r0001")
        older.setattr(migrate, "_script", First)
        with pytest.raises(SetupError, match=r"newer genie_nb.*r0002.*up to r0001"):
            open_ledger(address)
