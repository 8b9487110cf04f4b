"""Statements that SQLite and PostgreSQL spell differently."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the rows whose key the table does not have yet; the others stay as they are."""
    if rows:
        statement = _INSERT[connection.dialect.name](table).on_conflict_do_nothing()
        connection.execute(statement, [dict(row) for row in rows])


def insert_or_update(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Add a row, or put it in the place of the one with its key."""
    keys = [column.name for column in table.primary_key]
    statement = _INSERT[connection.dialect.name](table).values(**row)
    others = {name: statement.excluded[name] for name in row if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others))


def in_parts(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Ids in portions that a statement can take."""
    return batched(ids, 500)
