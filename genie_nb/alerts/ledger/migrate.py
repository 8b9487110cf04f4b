"""A ledger of an older release is brought up to this one's; one of a newer release is refused."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from ...core.errors import SetupError
from .place import Place
from .tables import META, SCHEMA

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

_MIGRATIONS = Path(__file__).parent / "migrations"
_TURN = 0x67656E6965


def migrate(engine: Engine, place: Place) -> None:
    """Make the tables of the ledger what this release needs.

    A SQLite file is copied to `NAME.REVISION.backup` before its tables are changed.

    Raises:
        SetupError: The ledger is of a newer release, or the database is something else.
    """
    with engine.connect() as connection:
        present = set(inspect(connection).get_table_names())
        revision = _revision(connection)  # read second: another process may be making both
        if revision == SCHEMA:
            return
        _refuse_others(present, revision, place)
    if revision and place.path:
        backup_file(engine, place.path.with_name(f"{place.path.name}.{revision}.backup"))
    with engine.execution_options(writes=True).begin() as connection:
        _take_turn(connection)
        _upgrade(connection, _revision(connection))


def backup_file(engine: Engine, target: Path) -> None:
    """Copy a SQLite ledger while it may be written to."""
    import sqlite3

    with engine.connect() as connection, closing(sqlite3.connect(target)) as copy:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy)


def _revision(connection: Connection) -> str:
    """The revision of the tables; empty for a database without any."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _take_turn(connection: Connection) -> None:
    """SQLite's writers take turns by themselves."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def _refuse_others(present: set[str], revision: str, place: Place) -> None:
    if not revision and present & set(META.tables):
        raise SetupError(
            f"The database {place.shown} has tables of the ledger's names and is no ledger.",
            seen=place.shown,
            needed="a ledger, or a database of its own",
            cure="Name another one: genie config alerts.ledger PATH.",
        )
    if revision and revision not in {step.revision for step in _script().walk_revisions()}:
        raise SetupError(
            f"The ledger was written by a newer genie_nb: its tables are of revision {revision}, "
            f"and this one knows them up to {SCHEMA}.",
            seen=revision,
            needed=SCHEMA,
            cure="Run: pip install --upgrade genie-nb",
        )


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    script = _script()
    context = MigrationContext.configure(connection)
    with Operations.context(context):
        for step in reversed(list(script.iterate_revisions(SCHEMA, revision or "base"))):
            step.module.upgrade()
            context.stamp(script, step.revision)


def _script() -> "ScriptDirectory":
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(_MIGRATIONS))
