"""A file that alerts are appended to: JSON Lines, or CSV when its name ends so.

Each message is there once, also when a process dies while writing: the line goes out in one write
and is forced to the disk, the next writer mends a torn end, and a message that is there already, in
the file or in one that it was rotated to, is not written again.
"""

import csv
import gzip
import io
import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from .opened import Body, TryLater

COLUMNS = (
    "evaluated_at",
    "ticker",
    "interval",
    "rule",
    "bar_time",
    "bar_close",
    "late",
    "price",
    "text",
    "rule_id",
    "story",
    "id",
)
"""Of a CSV file. The id comes last: a row that ends in a whole id is whole."""

_PATIENCE = 10.0
_START = b'{"id": "'
_FIRST_NAME = re.compile(rb'^\{"id": "([0-9a-f]{32,64})".*\}$')
_LAST_CELL = re.compile(rb",([0-9a-f]{32,64})$")
_BINARY = getattr(os, "O_BINARY", 0)


class FileSink:
    """Appends messages to a file.

    Args:
        path: Which file; its folder is made when it is not there.
    """

    digests = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self._csv = path.suffix.lower() == ".csv"

    def send(self, key: str, body: Body, text: str) -> None:  # noqa: ARG002 - the body has the text
        """Append *body*, unless it is there.

        Raises:
            TryLater: The file cannot be written, or another program holds it.
        """
        self.send_all({key: body})

    def send_all(self, bodies: Mapping[str, Body]) -> None:
        """Append the messages that are not there yet, in their order, in one write.

        Args:
            bodies: The messages by their keys.

        Raises:
            TryLater: The file cannot be written, or another program holds it.
        """
        from filelock import FileLock, Timeout

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=_PATIENCE):
                self._mend()
                there = self._present({key.encode() for key in bodies})
                self._append([body for key, body in bodies.items() if key.encode() not in there])
        except Timeout:
            raise TryLater(
                f"{self.path} is held by another program.", cure="It is tried again."
            ) from None
        except OSError as wrong:
            raise TryLater(
                f"{self.path} cannot be written: {wrong.strerror or wrong}.",
                cure="Free some space, or allow writing there.",
            ) from None

    @property
    def _searched(self) -> bool:
        """Whether there is a file that keeps what is written: a device may be read without an end."""
        return self.path.is_file()

    def _append(self, bodies: Sequence[Body]) -> None:
        if not bodies:
            return
        fresh = not self.path.exists() or not self.path.stat().st_size
        data = b"".join(self._line(body) for body in bodies)
        data = self._header() + data if fresh else data
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY, 0o644)
        try:
            before = os.fstat(descriptor).st_size
            if os.write(descriptor, data) != len(data):
                os.ftruncate(descriptor, before)
                raise OSError("only a part of it could be written")
            if self._searched:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if fresh and self._searched:
            _keep_name(self.path.parent)

    def _mend(self) -> None:
        """Take away the torn end of a file whose writer died; its message is still to be sent."""
        if not self._searched or not self.path.stat().st_size:
            return
        with self.path.open("r+b") as file:
            file.seek(-1, os.SEEK_END)
            if file.read(1) == b"\n":
                return
            file.seek(0)
            data = file.read()
            whole = data.rfind(b"\n") + 1
            if self._is_torn(data, data[whole:]):
                file.truncate(whole)
            else:
                file.write(b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _is_torn(self, data: bytes, line: bytes) -> bool:
        """Whether the last line is the beginning of one of ours; what others wrote is kept."""
        if self._csv:
            header = self._header()
            ours = data.startswith(header) or header.startswith(data)
            return ours and self._key_of(line) is None and data != header.strip()
        start = _START[: len(line)]
        return line.startswith(start) and self._key_of(line) is None

    def _present(self, keys: AbstractSet[bytes]) -> set[bytes]:
        """Which of the keys are in the file already."""
        return {
            key
            for path in self._siblings()
            for line in _lines(path)
            if (key := self._key_of(line)) in keys and key is not None
        }

    def _siblings(self) -> Iterator[Path]:
        """The file, and what it was rotated to: `alerts.jsonl.1`, `alerts-20260112.jsonl.gz`, …."""
        if self._searched:
            yield self.path
        stem, suffix = self.path.stem, self.path.suffix
        for path in sorted(self.path.parent.iterdir()):
            rotated = path.name.startswith((f"{self.path.name}.", f"{self.path.name}-"))
            dated = path.name.startswith((f"{stem}-", f"{stem}.")) and suffix in path.suffixes
            if path != self.path and (rotated or dated) and path.is_file():
                yield path

    def _key_of(self, line: bytes) -> bytes | None:
        """The id of a whole line; None for a torn or a foreign one."""
        found = (_LAST_CELL if self._csv else _FIRST_NAME).search(line.rstrip(b"\r\n"))
        return found[1] if found else None

    def _header(self) -> bytes:
        return _row(COLUMNS) if self._csv else b""

    def _line(self, body: Body) -> bytes:
        if self._csv:
            return _row([body.get(name, "") for name in COLUMNS])
        named = {"id": body["id"], **body}
        return json.dumps(named, ensure_ascii=False).encode() + b"\n"


def _row(values: object) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)  # pyright: ignore[reportArgumentType]
    return line.getvalue().encode()


def _lines(path: Path) -> Iterator[bytes]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        try:
            yield from file
        except (EOFError, zlib.error, gzip.BadGzipFile):
            return


def _keep_name(folder: Path) -> None:
    """Force the name of a new file to the disk, where folders can be forced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
