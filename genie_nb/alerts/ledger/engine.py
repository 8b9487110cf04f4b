"""The connection to a ledger, set up so that what is committed survives a crash."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from ...core.errors import MissingExtra, SetupError
from .place import Place

PATIENCE = 30.0
"""Seconds that a writer waits for another one."""


def engine_of(place: Place) -> Engine:
    """The engine for *place*; nothing is opened yet.

    Raises:
        SetupError: The folder of the file cannot be made.
        MissingExtra: PostgreSQL needs the extra `alerts`.
    """
    if place.path is None:
        try:
            return create_engine(
                place.url, pool_pre_ping=True, connect_args={"connect_timeout": 10}
            )
        except ImportError:
            raise MissingExtra("alerts", wanted="A ledger on PostgreSQL") from None
    try:
        place.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise SetupError(
            f"The folder {place.path.parent} cannot be made: {wrong.strerror}.",
            seen=str(place.path),
            needed="a folder that can be written to",
            cure="Name another ledger: genie config alerts.ledger PATH.",
        ) from None
    engine = create_engine(place.url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _settle(connection: Any, _record: object) -> None:
    """SQLite: readers do not wait for writers, a commit is on the disk, links are kept."""
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes its turn at once; it would fail later if another wrote in between."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
