"""What can go wrong with a database, in words.

A fault of SQLite or PostgreSQL reaches the user as a SetupError that says where, what, and what to
do; never as the driver's own error, which may hold the address with its password.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ...core.errors import SetupError
from ..secrets import scrub

_SQLITE = {
    "SQLITE_READONLY": ("is read-only", "Allow writing to the file and to its folder."),
    "SQLITE_FULL": ("is on a full disk", "Free some space, then check again; nothing was lost."),
    "SQLITE_BUSY": ("is locked by another program", "Close that program, then check again."),
    "SQLITE_LOCKED": ("is locked by another program", "Close that program, then check again."),
    "SQLITE_NOTADB": ("is not a ledger", "Move that file away, or name another ledger."),
    "SQLITE_CORRUPT": ("is damaged", "Put back a backup of it; genie ledger backup makes them."),
    "SQLITE_CANTOPEN": ("cannot be opened", "Make its folder, and allow writing there."),
    "SQLITE_IOERR": ("cannot be read or written", "Check the disk, then check again."),
    "SQLITE_IOERR_SHM": (
        "cannot be read or written",
        "Free some space, for a full disk is told so too; then check again.",
    ),
    "SQLITE_PERM": ("may not be opened", "Allow writing to the file and to its folder."),
}
_POSTGRES = {
    "08": ("does not answer", "Start the server, or correct its address."),
    "28": ("refuses the user or the password", "Correct the address that alerts.ledger names."),
    "3D": ("does not exist", "Make that database: createdb NAME."),
    "25006": ("is read-only", "Name the primary server; a replica cannot be written."),
    "42501": ("may not be written by this user", "Grant the user the right to make tables there."),
    "53100": ("is on a full disk", "Free some space, then check again; nothing was lost."),
    "53": ("has no connection or memory left", "Check again when it has."),
    "55P03": ("is locked by another program", "Check again when it is done."),
    "57": ("was shut down", "Start the server, then check again."),
    "": ("does not answer", "Start the server, or correct its address."),
}


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Raise whatever the database at *place* raises as a SetupError.

    Raises:
        SetupError: The database is read-only, full, locked, damaged, away, or no ledger.
    """
    try:
        yield
    except DBAPIError as wrong:
        raise _told(wrong, place) from None
    except SQLAlchemyError as wrong:
        raise SetupError(
            f"The ledger {place} cannot be used: {scrub(wrong)}.",
            seen=place,
            needed="a ledger that answers",
            cure="Check the setting alerts.ledger.",
        ) from None


def _told(wrong: DBAPIError, place: str) -> SetupError:
    said = str(wrong.orig).strip().splitlines()
    reason = scrub(said[0]) if said else type(wrong.orig).__name__
    state, cure = _known(wrong.orig)
    return SetupError(
        f"The ledger {place} {state}: {reason}.",
        seen=place,
        needed="a ledger that can be read and written",
        cure=cure,
    )


def _known(fault: BaseException | None) -> tuple[str, str]:
    """What is wrong and what to do, by the code of the driver."""
    code = getattr(fault, "sqlite_errorname", None)
    if code:
        return _nearest(_SQLITE, code)
    if type(fault).__module__.startswith("psycopg"):
        return _nearest(_POSTGRES, getattr(fault, "sqlstate", None) or _unstated(str(fault)))
    return _UNKNOWN


def _unstated(said: str) -> str:
    """The code of a refusal to connect, which the driver gives in words alone."""
    if "authentication failed" in said:
        return "28"
    return "3D" if "database" in said and "does not exist" in said else ""


def _nearest(told: dict[str, tuple[str, str]], code: str) -> tuple[str, str]:
    known = [name for name in told if code.startswith(name) and (name or not code)]
    return told[max(known, key=len)] if known else _UNKNOWN


_UNKNOWN = ("refused a command", "Check again; if it stays, name another ledger.")
