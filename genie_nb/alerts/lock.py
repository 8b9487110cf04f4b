"""One checker per ledger, by a lock that dies with its process."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from ..core.errors import SetupError
from .ledger import Ledger
from .ledger.faults import in_words

_CHECKER = 0x636865636B
_PAUSE = 0.1


@contextmanager
def checking(ledger: Ledger, wait: float = 30.0) -> Iterator[bool]:
    """Be the only one that checks on a ledger.

    The lock is the operating system's on a file beside the ledger, or the server's on a session of
    PostgreSQL; both end with the process that holds them, however it ends.

    Args:
        ledger: Which ledger.
        wait: Seconds to wait for another checker.

    Yields:
        True with the lock held; False when another checker still had it after *wait* seconds.

    Raises:
        SetupError: The file of the lock cannot be made, or the server does not answer.
    """
    holding = _file(ledger.place.path, wait) if ledger.place.path else _session(ledger, wait)
    with holding as mine:
        yield mine


@contextmanager
def _file(path: Path, wait: float) -> Iterator[bool]:
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=wait, poll_interval=_PAUSE)
    except Timeout:
        yield False
        return
    except OSError as wrong:
        raise SetupError(
            f"The lock {lock.lock_file} cannot be taken: {wrong.strerror}.",
            seen=lock.lock_file,
            needed="a folder that can be written to",
            cure="Allow writing there, or name another ledger: genie config alerts.ledger PATH.",
        ) from None
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def _session(ledger: Ledger, wait: float) -> Iterator[bool]:
    with in_words(ledger.place.shown):
        connection = ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with in_words(ledger.place.shown):
            mine = _taken(connection, wait)
        yield mine
    finally:
        connection.invalidate()  # closes the session itself, and the lock with it
        connection.close()


def _taken(connection: Connection, wait: float) -> bool:
    ask = text("SELECT pg_try_advisory_lock(:checker, hashtext(current_schema()))")
    end = time.monotonic() + wait
    while not connection.execute(ask, {"checker": _CHECKER % 2**31}).scalar():
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True
