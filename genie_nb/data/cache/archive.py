"""Tapes in memory and in files, a file for each ticker and interval.

A file is written whole once; updates are added to its end, until there are so many that it is
written anew. A damaged file is as good as absent, a damaged end as good as not added.
"""

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass

from ...core.market import Interval
from .codec import Unreadable
from .piece import checksum_of, pack, unpack
from .shelf import Mark, Shelf
from .tape import Tape, joined

logger = logging.getLogger(__name__)

PIECES = 64
"""Pieces of a file that is written anew with the next update."""
_IN_MEMORY = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file that updates can be added to, as it was last seen."""

    mark: Mark
    base: int
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A tape in memory, and the file that says the same; None when it must be written whole."""

    tape: Tape
    file: _File | None


class Archive:
    """Tapes by ticker and interval."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._memory: OrderedDict[tuple[str, Interval], _Known] = OrderedDict()

    def find(self, ticker: str, interval: Interval, *, anew: bool = False) -> Tape | None:
        """What is known, from memory, else from its file; *anew*, from a file that has changed."""
        with self._lock:
            known = self._memory.get((ticker, interval))
            if known is not None:
                self._memory.move_to_end((ticker, interval))
        if known is None or anew:
            known = self._read(ticker, interval, known)
        return None if known is None else known.tape

    def keep(self, tape: Tape) -> None:
        """Remember a tape that was fetched as a whole; not an empty one."""
        if len(tape) and not self._outrun(tape):
            self._write(tape)

    def extend(self, held: Tape, update: Tape) -> Tape:
        """Remember *held* with *update*, and return it."""
        tape = joined(held, update)
        if self._outrun(tape):
            return tape
        file = self._file_of(held)
        if file is None:
            self._write(tape)
            return tape
        kind, piece = _kind(tape.interval), pack(update, on=file.base)
        mark = self._shelf.append(kind, tape.ticker, piece)
        grown = mark and _File(mark=mark, base=file.base, pieces=file.pieces + 1)
        self._remember(_Known(tape=tape, file=grown))
        return tape

    def _file_of(self, tape: Tape) -> _File | None:
        """The file that says just what *tape* does and can take one more piece."""
        with self._lock:
            known = self._memory.get((tape.ticker, tape.interval))
        if known is None or known.tape is not tape or known.file is None:
            return None
        unchanged = self._shelf.mark(_kind(tape.interval), tape.ticker) == known.file.mark
        return known.file if unchanged and known.file.pieces < PIECES else None

    def _write(self, tape: Tape) -> None:
        file = None
        if self._shelf.directory is not None:
            piece = pack(tape)
            mark = self._shelf.write(_kind(tape.interval), tape.ticker, piece)
            file = mark and _File(mark=mark, base=checksum_of(piece), pieces=1)
        self._remember(_Known(tape=tape, file=file))

    def _read(self, ticker: str, interval: Interval, known: _Known | None) -> _Known | None:
        mark = self._shelf.mark(_kind(interval), ticker)
        if known is not None and known.file is not None and known.file.mark == mark:
            return known
        content = self._shelf.read(_kind(interval), ticker)
        if content is None:
            return known
        try:
            stored = unpack(content, ticker, interval)
        except Unreadable as error:
            logger.warning("The stored %s bars of %s are left out: %s.", interval, ticker, error)
            return known
        if self._outrun(stored.tape):
            return known
        file = mark and _File(mark=mark, base=stored.base, pieces=stored.pieces)
        if stored.fault is not None:
            text = "The end of the stored %s bars of %s is left out: %s."
            logger.info(text, interval, ticker, stored.fault)
            file = None
        read = _Known(tape=stored.tape, file=file)
        self._remember(read)
        return read

    def _outrun(self, tape: Tape) -> bool:
        """Whether a later request has already brought at least as much, while this one hung."""
        with self._lock:
            known = self._memory.get((tape.ticker, tape.interval))
        return (
            known is not None
            and known.tape.fetched_at > tape.fetched_at
            and known.tape.covers(tape.since)
        )

    def _remember(self, known: _Known) -> None:
        with self._lock:
            key = (known.tape.ticker, known.tape.interval)
            self._memory[key] = known
            self._memory.move_to_end(key)
            while len(self._memory) > _IN_MEMORY:
                self._memory.popitem(last=False)


def _kind(interval: Interval) -> str:
    return f"bars-{interval}"
