"""A PostgreSQL database of a test's own, on the server that GENIE_POSTGRES names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """Its URL; skips where no server is named."""
    server = os.environ.get("GENIE_POSTGRES")
    if not server:
        pytest.skip("GENIE_POSTGRES does not name a PostgreSQL server")
    admin = create_engine(
        server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
