"""The bytes of tapes: pieces one after the other, each with its checksum.

    Tape -> pack() -> a file; update -> pack(on=…) -> its end; the file -> unpack() -> the longer Tape

The first piece of a file is a tape, the others are updates of it in the order they came. A process
that is killed while it adds one leaves a piece cut short: the file is then worth what it was before.

    magic, checksum, bytes of JSON, number of bars | JSON | labels | values, a column after the other
"""

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from ...core.market import Interval
from .codec import Unreadable
from .tape import VALUES, Tape, follows, joined

_MAGIC = b"tap1"
_HEAD = struct.Struct("<4sIII")
_CHECKED = 8
"""Bytes at the beginning of a piece that its checksum is not about."""
_WORD = 8
"""Bytes of a number; every part of a piece is as long as some of them, so that arrays lie aligned."""
_BAR = _WORD * (1 + len(VALUES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the bytes of one file say.

    Attributes:
        tape: All pieces joined.
        base: The checksum of the first piece, by which updates name what they are of.
        pieces: How many there are.
        fault: Why the last bytes are left out; None when all of them are sound.
    """

    tape: Tape
    base: int
    pieces: int
    fault: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    checksum: int
    on: int | None
    tape: Tape


def pack(tape: Tape, *, on: int | None = None) -> bytes:
    """The piece of a tape, or of an update of the one whose piece has the checksum *on*."""
    about = {
        "on": on,
        "ticker": tape.ticker,
        "interval": tape.interval,
        "currency": tape.currency,
        "timezone": tape.timezone,
        "source": tape.source,
        "dropped": tape.dropped,
        "dividends": list(tape.dividends.items()),
        "splits": list(tape.splits.items()),
        "bars_fetched_at": tape.bars_fetched_at.isoformat(),
        "since": None if tape.since is None else tape.since.isoformat(),
        "settled": tape.settled,
        "fetched_at": tape.fetched_at.isoformat(),
        "whole_at": tape.whole_at.isoformat(),
    }
    text = json.dumps(about, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _WORD)
    body = text + tape.labels.tobytes() + tape.values.tobytes()
    head = _HEAD.pack(_MAGIC, 0, len(text), len(tape))
    checksum = zlib.crc32(body, zlib.crc32(head[_CHECKED:]))
    return _HEAD.pack(_MAGIC, checksum, len(text), len(tape)) + body


def checksum_of(piece: bytes) -> int:
    """The checksum of what `pack` made."""
    return _HEAD.unpack_from(piece)[1]


def unpack(content: bytes, ticker: str, interval: Interval) -> Stored:
    """What is stored in *content*.

    An update of something else, or older than what precedes it, is skipped: two processes that did
    not wait for each other have written it.

    Raises:
        Unreadable: Its first piece is damaged, of another version, or about something else.
    """
    pieces = _pieces(content)
    first = next(pieces, None)
    if first is None or first.on is not None:
        raise Unreadable("no beginning")
    tape, count, fault = first.tape, 1, None
    if (tape.ticker, tape.interval) != (ticker, interval):
        raise Unreadable(f"about {tape.ticker} {tape.interval}")
    try:
        for piece in pieces:
            count += 1
            if piece.on == first.checksum and follows(tape, piece.tape):
                tape = joined(tape, piece.tape)
    except Unreadable as error:
        fault = str(error)
    return Stored(tape=tape, base=first.checksum, pieces=count, fault=fault)


def _pieces(content: bytes) -> Iterator[_Piece]:
    at = 0
    while at < len(content):
        checksum, text, bars = _checked(content, at)
        at += _HEAD.size
        try:
            about = json.loads(content[at : at + text])
            tape = _tape(about, *_numbers(content, at + text, bars))
            piece = _Piece(checksum=checksum, on=about["on"], tape=tape)
        except (KeyError, TypeError, ValueError) as error:
            raise Unreadable(f"{type(error).__name__}: {error}") from None
        yield piece
        at += text + bars * _BAR


def _checked(content: bytes, at: int) -> tuple[int, int, int]:
    """Checksum, length of the text and number of bars of the piece at *at*, which is sound."""
    if len(content) - at < _HEAD.size:
        raise Unreadable("cut short")
    magic, checksum, text, bars = _HEAD.unpack_from(content, at)
    if magic != _MAGIC:
        raise Unreadable("not a tape, or of another version")
    end = at + _HEAD.size + text + bars * _BAR
    if end > len(content):
        raise Unreadable("cut short")
    if zlib.crc32(memoryview(content)[at + _CHECKED : end]) != checksum:
        raise Unreadable("damaged")
    return checksum, text, bars


def _numbers(content: bytes, at: int, bars: int) -> tuple[np.ndarray, np.ndarray]:
    labels = np.frombuffer(content, "int64", bars, at)
    values = np.frombuffer(content, "float64", bars * len(VALUES), at + bars * _WORD)
    return labels, values.reshape(len(VALUES), bars)


def _tape(about: dict[str, Any], labels: np.ndarray, values: np.ndarray) -> Tape:
    return Tape(
        ticker=about["ticker"],
        interval=Interval(about["interval"]),
        labels=labels,
        values=values,
        dividends=dict(about["dividends"]),
        splits=dict(about["splits"]),
        currency=about["currency"],
        timezone=about["timezone"],
        source=about["source"],
        bars_fetched_at=_moment(about["bars_fetched_at"]),
        dropped=about["dropped"],
        since=None if about["since"] is None else _moment(about["since"]),
        settled=about["settled"],
        fetched_at=_moment(about["fetched_at"]),
        whole_at=_moment(about["whole_at"]),
    )


def _moment(text: Any) -> datetime:
    return datetime.fromisoformat(text)
