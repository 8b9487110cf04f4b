"""Where a ledger is: a file of SQLite, or a database of PostgreSQL."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from ...core.errors import SetupError
from .. import secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a ledger is.

    Attributes:
        url: For SQLAlchemy; may hold a password, so it is never shown.
        shown: The same for messages.
        path: The file; None for a server.
    """

    url: URL
    shown: str
    path: Path | None = None


def place_of(address: str | Path) -> Place:
    """Where *address* points.

    Args:
        address: A path, `sqlite:///PATH`, `postgresql://…`, or the name of a secret that holds one.

    Raises:
        SetupError: No such secret, or an address of another kind.
    """
    text = secrets.resolve(str(address))
    if "://" not in text:
        return _file(Path(text))
    try:
        url = make_url(text)
    except ArgumentError:
        raise _refused("an address that cannot be read") from None
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise _refused("a ledger in memory, which forgets everything")
        return _file(Path(url.database))
    if kind not in ("postgresql", "postgres"):
        raise _refused(f"a ledger on {kind!r}")
    if url.password:
        secrets.remember(str(url.password))
    url = url.set(drivername="postgresql+psycopg")
    shown = f"postgresql://{url.host or 'localhost'}/{url.database or ''}"
    return Place(url=url, shown=shown)


def _file(path: Path) -> Place:
    path = path.expanduser().absolute()
    return Place(url=URL.create("sqlite", database=str(path)), shown=str(path), path=path)


def _refused(seen: str) -> SetupError:
    return SetupError(
        f"The setting alerts.ledger names {seen}.",
        seen=seen,
        needed="a file, or a URL that begins with postgresql://",
        cure="Run: genie config alerts.ledger PATH, or env:NAME where NAME holds the URL.",
    )
