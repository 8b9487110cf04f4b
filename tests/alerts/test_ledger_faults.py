"""What stands in a ledger's way is said in words, and loses nothing."""

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from permissions import bound_by_permissions
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import OperationalError

from genie_nb.alerts.ledger import engine as engines
from genie_nb.alerts.ledger import migrate, open_ledger
from genie_nb.alerts.ledger.faults import in_words
from genie_nb.alerts.ledger.migrate import SCHEMA
from genie_nb.alerts.ledger.tables import META
from genie_nb.core.errors import SetupError
from genie_nb.core.watch import Kept

NOON = datetime(2026, 1, 12, 17, tzinfo=UTC)
KEPT = Kept(rule_id="a" * 12, line="CRSR 1d: close crosses above 25", armed_at=NOON)


def test_a_file_that_is_no_database_is_no_ledger_and_is_left_alone(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("remember the milk " * 100)
    with pytest.raises(SetupError, match="is not a ledger") as caught:
        open_ledger(path)
    assert str(path) in str(caught.value)
    assert path.read_text() == "remember the milk " * 100


def test_another_programs_database_is_left_alone(tmp_path: Path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE rules (id INTEGER)")
    with pytest.raises(SetupError, match="is no ledger"):
        open_ledger(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("rules",)]


def test_a_ledger_of_a_newer_release_is_refused(tmp_path: Path):
    path = tmp_path / "ledger.sqlite"
    open_ledger(path).close()
    with sqlite3.connect(path) as plain:
        plain.execute("UPDATE alembic_version SET version_num = 'r9999'")
    with pytest.raises(SetupError, match=r"newer genie_nb.*r9999.*pip install --upgrade"):
        open_ledger(path)


def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path):
    open_ledger(tmp_path / "migrated.sqlite").close()
    META.create_all(create_engine(f"sqlite:///{tmp_path}/made.sqlite"))

    def shape(name: str) -> dict:
        found = inspect(create_engine(f"sqlite:///{tmp_path}/{name}.sqlite"))
        return {
            table: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
                found.get_pk_constraint(table)["constrained_columns"],
                sorted(str(i["column_names"]) for i in found.get_indexes(table)),
                sorted(str(u["column_names"]) for u in found.get_unique_constraints(table)),
                sorted(str(f["referred_columns"]) for f in found.get_foreign_keys(table)),
            )
            for table in found.get_table_names()
            if table != "alembic_version"
        }

    assert shape("migrated") == shape("made")


def test_many_processes_may_open_a_new_ledger_at_once(tmp_path: Path):
    code = (
        "import sys; from genie_nb.alerts.ledger import open_ledger;"
        "open_ledger(sys.argv[1]).close()"
    )
    path = str(tmp_path / "ledger.sqlite")
    started = [subprocess.Popen([sys.executable, "-c", code, path]) for _ in range(4)]
    assert [one.wait(60) for one in started] == [0] * 4
    with sqlite3.connect(path) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA,)]


def test_a_read_only_ledger_is_said_to_be_read_only(tmp_path: Path):
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as ledger:
        ledger.arm(KEPT)
        with ledger.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
        # the pool gives the same connection again
        with pytest.raises(SetupError, match=r"is read-only.*Allow writing"):
            ledger.snooze("a" * 12, NOON)
        assert ledger.kept() == {"a" * 12: KEPT}


def test_a_ledger_that_this_user_may_only_read_is_said_to_be_read_only(tmp_path: Path):
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as ledger:
        ledger.arm(KEPT)
    path.chmod(0o400)
    with bound_by_permissions(), pytest.raises(SetupError, match=r"is read-only.*Allow writing"):
        open_ledger(path).arm(Kept(rule_id="b" * 12, line=KEPT.line, armed_at=NOON))
    path.chmod(0o600)
    with open_ledger(path) as ledger:
        assert ledger.kept() == {"a" * 12: KEPT}


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path):
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as ledger:
        ledger.arm(KEPT)
        with ledger.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        many = [
            Kept(rule_id=f"{n:012x}", line="CRSR 1d: close > 25", armed_at=NOON)
            for n in range(5000)
        ]
        with pytest.raises(SetupError, match=r"on a full disk.*Free some space"):
            ledger.arm_all(many)
        assert ledger.kept() == {"a" * 12: KEPT}


def test_a_locked_ledger_is_said_to_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engines, "PATIENCE", 0.05)
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as ledger, sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SetupError, match="is locked by another program"):
            ledger.arm(KEPT)
        assert ledger.kept() == {}
        other.execute("ROLLBACK")
        assert ledger.arm(KEPT)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match="cannot be made"):
        open_ledger(tmp_path / "file" / "ledger.sqlite")
    with pytest.raises(SetupError, match="cannot be opened"):
        open_ledger(tmp_path)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://localhost/x", "'mysql'"),
        ("sqlite://", "in memory"),
        ("env:GENIE_NO_SUCH_LEDGER", "no secret env:GENIE_NO_SUCH_LEDGER"),
    ],
)
def test_another_address_is_refused_in_words(address: str, says: str):
    with pytest.raises(SetupError, match=says):
        open_ledger(address)


def test_a_server_that_does_not_answer_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("GENIE_TEST_LEDGER", "postgresql://genie:planted-secret@127.0.0.1:9/watch")
    with pytest.raises(SetupError, match="does not answer") as caught:
        open_ledger("env:GENIE_TEST_LEDGER")
    assert "planted-secret" not in str(caught.value)
    assert "planted-secret" not in repr(caught.value.to_dict())
    assert caught.value.__cause__ is None


def test_an_older_ledger_is_copied_and_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as ledger:
        ledger.arm(KEPT)
    newer = shutil.copytree(migrate._MIGRATIONS, tmp_path / "migrations")
    (newer / "versions" / "r0003_mood.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        "revision = 'r0003'\n"
        "down_revision = 'r0002'\n"
        "def upgrade():\n"
        "    op.add_column('runs', sa.Column('mood', sa.Text))\n"
    )
    monkeypatch.setattr(migrate, "_MIGRATIONS", newer)
    monkeypatch.setattr(migrate, "SCHEMA", "r0003")
    with open_ledger(path) as ledger:
        assert ledger.kept() == {"a" * 12: KEPT}
    with sqlite3.connect(path) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [("r0003",)]
        assert plain.execute("SELECT mood FROM runs").fetchall() == []
    monkeypatch.undo()
    with open_ledger(tmp_path / "ledger.sqlite.r0002.backup") as copy:
        assert copy.kept() == {"a" * 12: KEPT}
    with pytest.raises(SetupError, match="newer genie_nb"):
        open_ledger(path)
    assert not (tmp_path / "ledger.sqlite.r0003.backup").exists()


def test_the_fault_of_a_full_disk_beside_the_ledger_names_free_space():
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"  # pyright: ignore[reportAttributeAccessIssue] - as the driver sets it
    with (
        pytest.raises(SetupError, match="disk I/O error") as caught,
        in_words("home/ledger.sqlite"),
    ):
        raise OperationalError("PRAGMA journal_mode", {}, fault)
    assert "Free some space" in (caught.value.cure or "")
