"""The files of one cache directory: whole or absent, whoever else reads and writes them.

A file is written beside its place and moved over it in one step; what is added to its end may be cut
short, and whoever reads it must tell. Whatever cannot be read is as good
as absent, and whatever cannot be written is only not remembered; both are logged, once each for a
directory, however many files it is true of. What a process was writing when it was killed is swept
away by the next that writes.
"""

import errno
import hashlib
import logging
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

logger = logging.getLogger(__name__)

PATIENCE = 15.0
"""Seconds to wait for another process that is fetching the same thing."""

ABANDONED = 3600.0
"""Seconds after which a file that is being written is taken to be left over from a killed process."""

_DRAFT = re.compile(r"\..+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Tells one state of a file from another without reading it."""

    inode: int
    size: int
    written_at: int


class Shelf:
    """Bytes by kind and key.

    Args:
        directory: Where the files are; None to keep nothing.
    """

    def __init__(self, directory: Path | None) -> None:
        self.directory = directory
        self._guard = threading.Lock()
        self._said: set[str] = set()
        self._swept = directory is None

    def read(self, kind: str, key: str) -> bytes | None:
        """What was stored, or None."""
        path = self._path(kind, key)
        if path is None:
            return None
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self._say("read", path, error)
            return None

    def mark(self, kind: str, key: str) -> Mark | None:
        """The state of what was stored; None when there is nothing."""
        path = self._path(kind, key)
        try:
            return None if path is None else _mark(path.stat())
        except OSError:  # told of by whoever reads or writes it
            return None

    def append(self, kind: str, key: str, content: bytes) -> Mark | None:
        """Add *content* to the end of what was stored; its new state, None when that failed.

        A process that is killed meanwhile, or a full disk, leaves a part of *content*.
        """
        path = self._path(kind, key)
        if path is None:
            return None
        try:
            with path.open("ab", buffering=0) as file:
                if file.write(content) == len(content):
                    return _mark(os.fstat(file.fileno()))
            raise OSError(errno.ENOSPC, "only a part of it could be written")
        except OSError as error:
            self._say("written", path, error)
            return None

    def write(self, kind: str, key: str, content: bytes) -> Mark | None:
        """Store *content*, replacing what was there in one step; its state, None when that failed."""
        path = self._path(kind, key)
        if path is None:
            return None
        draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(content)
            state = draft.stat()
            draft.replace(path)
            self._sweep(state.st_mtime)
            return _mark(state)
        except OSError as error:
            self._say("written", path, error)
            _discard(draft)
            return None

    @contextmanager
    def locked(self, kind: str, keys: Sequence[str]) -> Iterator[None]:
        """Keep other processes from fetching the same things meanwhile.

        Locks are taken in one order everywhere, so that nobody waits in a ring, and die with their
        process. One that cannot be had in `PATIENCE` seconds is done without: the work is then done
        twice, which is harmless.
        """
        with ExitStack() as stack:
            if self.directory is not None:
                folder = self.directory / "locks" / kind
                for name in sorted(_file_name(key) for key in keys):
                    self._lock(stack, folder / f"{name}.lock")
            yield

    def _lock(self, stack: ExitStack, path: Path) -> None:
        from filelock import FileLock, Timeout

        try:
            stack.enter_context(FileLock(path, timeout=PATIENCE, poll_interval=0.02))
        except Timeout:
            logger.warning("Somebody has held %s for %g s; going on without it.", path, PATIENCE)
        except OSError as error:
            self._say("written", path, error)

    def _sweep(self, now: float) -> None:
        """Remove old drafts, once; *now* is by the clock that dates the files."""
        with self._guard:
            swept, self._swept = self._swept, True
        if swept or self.directory is None:
            return
        for path in self.directory.glob("*/.*"):
            if _DRAFT.fullmatch(path.name) and _is_abandoned(path, now):
                _discard(path)

    def _say(self, cannot_be: str, path: Path, error: OSError) -> None:
        """Warn of the first such file; with a directory in that state the log would be flooded."""
        with self._guard:
            level = logging.DEBUG if cannot_be in self._said else logging.WARNING
            self._said.add(cannot_be)
        message = "The cache file %s cannot be %s (%s); answers are fetched anew instead."
        logger.log(level, message, path, cannot_be, error)

    def _path(self, kind: str, key: str) -> Path | None:
        return None if self.directory is None else _place(self.directory, kind, key)


def cached_tickers(directory: Path) -> tuple[str, ...]:
    """The tickers whose daily prices are stored in a cache directory, for completion."""
    folder = directory / "bars-1d"
    if not folder.is_dir():
        return ()
    names = (path.name for path in folder.iterdir() if not path.name.startswith("."))
    return tuple(sorted(unquote(name.rpartition("-")[0]) for name in names))


@lru_cache(maxsize=4_096)
def _place(directory: Path, kind: str, key: str) -> Path:
    return directory / kind / _file_name(key)


@lru_cache(maxsize=4_096)
def _file_name(key: str) -> str:
    """A name that any file system takes, and that no other key has."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:12]
    return f"{quote(key, safe='')[:60]}-{digest}"


def _mark(state: os.stat_result) -> Mark:
    return Mark(state.st_ino, state.st_size, state.st_mtime_ns)


def _is_abandoned(draft: Path, now: float) -> bool:
    try:
        return now - draft.stat().st_mtime > ABANDONED
    except OSError:  # finished or swept away by another process meanwhile
        return False


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        logger.debug("The draft %s cannot be removed: %s.", path, error)
