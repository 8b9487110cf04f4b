"""A ledger of an older release is brought up to this one's; one of a newer release is refused."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from ...core.errors import SetupError
from .place import Place
from .tables import META, SCHEMA

_MIGRATIONS = Path(__file__).parent / "migrations"
_TURN = 0x67656E6965


def migrate(engine: Engine, place: Place) -> None:
    """Make the tables of the ledger what this release needs.

    A SQLite file is copied to `NAME.REVISION.backup` before its tables are changed.

    Raises:
        SetupError: The ledger is of a newer release, or the database is something else.
    """
    with engine.connect() as connection:
        revision = _revision(connection)
    if revision == SCHEMA:
        return
    if revision and place.path:
        backup_file(engine, place.path.with_name(f"{place.path.name}.{revision}.backup"))
    with engine.execution_options(writes=True).begin() as connection:
        _take_turn(connection)
        revision = _revision(connection)
        _refuse_others(connection, revision, place)
        _upgrade(connection, revision)


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


def _refuse_others(connection: Connection, revision: str, place: Place) -> None:
    present = set(inspect(connection).get_table_names())
    if not revision and present & set(META.tables):
        raise SetupError(
            f"The database {place.shown} has tables of the ledger's names and is no ledger.",
            seen=place.shown,
            needed="a ledger, or a database of its own",
            cure="Name another one: genie config alerts.ledger PATH.",
        )


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(_MIGRATIONS))
    known = {step.revision: step for step in script.walk_revisions()}
    if revision == SCHEMA:
        return
    if revision and revision not in known:
        raise SetupError(
            f"The ledger was written by a newer genie_nb: its tables are of revision {revision}, "
            f"and this one knows them up to {SCHEMA}.",
            seen=revision,
            needed=SCHEMA,
            cure="Run: pip install --upgrade genie-nb",
        )
    context = MigrationContext.configure(connection)
    steps = list(script.iterate_revisions(SCHEMA, revision or "base"))
    with Operations.context(context):
        for step in reversed(steps):
            step.module.upgrade()
            context.stamp(script, step.revision)
