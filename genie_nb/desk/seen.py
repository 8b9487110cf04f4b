"""What was seen last: a small record of each analysis, so that `diff` can tell what changed since.

    home/seen/PROVIDER/TICKER.json holds the newest looks of two sittings

It is a cache: whoever deletes it loses the comparison with the last look and nothing else.
"""

import json
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..core.changes.look import Look
from ..core.errors import SetupError
from ..replacement import replace_file

if TYPE_CHECKING:
    from .desk import Desk

SCHEMA = "genie-seen/1"
KEPT = 2
SITTING = timedelta(hours=1)
"""Looks less than this apart are one: whoever analyzes and then asks what changed means the time before."""

PATIENCE = 5.0
"""Seconds to wait for another process that keeps a look of the same ticker."""


def keep(desk: "Desk", look: Look) -> str:
    """Keep a look, unless a newer one is kept; one of the same sitting is replaced.

    Returns:
        Why it could not be kept, as a sentence; empty when it was, or need not be.
    """
    from filelock import FileLock, Timeout

    path = _path(desk, look.ticker)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=PATIENCE, poll_interval=0.02):
            known = _read(path, look.ticker)
            kept = with_look(known, look)
            if kept != known:
                replace_file(path, _written(kept))
    except SetupError as damaged:
        return f"{damaged} {damaged.cure}"
    except Timeout:
        return (
            f"This look was not kept for diff: another process has held {path} for {PATIENCE:g} s."
        )
    except OSError as error:
        return f"This look could not be kept for diff: {path} cannot be written: {error.strerror}."
    return ""


def last_before(desk: "Desk", look: Look) -> Look | None:
    """The newest kept look of an earlier sitting, else of an earlier moment; None when there is none.

    Raises:
        SetupError: The record is damaged or cannot be read.
    """
    path = _path(desk, look.ticker)
    try:
        known = _read(path, look.ticker)
    except OSError as error:
        raise SetupError(
            f"{path} cannot be read: {error.strerror}.",
            seen=str(path),
            needed="the record of the last looks",
            cure=f"Make it readable, or give a date: diff {look.ticker} --since 2025-12-01",
        ) from None
    earlier = [one for one in reversed(known) if one.as_of < look.as_of]
    apart = (one for one in earlier if look.as_of - one.as_of >= SITTING)
    return next(apart, next(iter(earlier), None))


def with_look(known: tuple[Look, ...], look: Look) -> tuple[Look, ...]:
    """The looks to keep, oldest first, once there is another one."""
    if known and look.as_of < known[-1].as_of:
        return known
    return (*(one for one in known if look.as_of - one.as_of >= SITTING), look)[-KEPT:]


def _path(desk: "Desk", ticker: str) -> Path:
    """One file per ticker, in a folder per address: two folders of files are two sources."""
    name = desk.data.name
    address = desk.address
    folder = name if address == name else f"{name}-{sha256(address.encode()).hexdigest()[:12]}"
    return desk.directory / "seen" / quote(folder, safe="") / f"{quote(ticker, safe='')}.json"


def _written(looks: tuple[Look, ...]) -> bytes:
    kept = {"schema": SCHEMA, "looks": [one.to_dict() for one in looks]}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode()


def _read(path: Path, ticker: str) -> tuple[Look, ...]:
    """The looks of a file, oldest first; none where there is no file.

    Raises:
        SetupError: It holds anything else.
        OSError: It cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    try:
        looks = _looks(json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        looks = None
    if looks is None or any(one.ticker != ticker for one in looks):
        raise SetupError(
            f"{path} is damaged: it holds no record of looks at {ticker}.",
            seen=str(path),
            needed="the record as genie wrote it",
            cure=f"Delete that file, which is remade by the next analysis; "
            f"until then give a date: diff {ticker} --since 2025-12-01",
        )
    return looks


def _looks(kept: Any) -> tuple[Look, ...] | None:
    if kept["schema"] != SCHEMA:
        return None
    looks = tuple(Look.from_dict(one) for one in kept["looks"])
    rising = all(one.as_of < two.as_of for one, two in pairwise(looks))
    return looks if rising else None
