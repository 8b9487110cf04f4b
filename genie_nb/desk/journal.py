"""The journal of a scan: what was found already, so that a stopped scan goes on where it stopped.

    batch done -> one line -> the same scan again -> its lines, and only the rest to do

It lies in the cache, named by everything that decides the answer, and goes when the scan is whole.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..core.scan import LeftOut, Row

logger = logging.getLogger(__name__)

MOST = 20
"""Journals that are kept; the oldest go first."""


class Journal:
    """Rows and tickers left out, by ticker, kept in a file while a scan is not whole.

    Args:
        folder: Where journals lie.
        key: Everything that decides the answer, in text.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self.path = folder / f"{sha256(key.encode()).hexdigest()[:24]}.jsonl"

    def kept(self) -> dict[str, Row | LeftOut]:
        """What an earlier scan found; a line that was cut short is passed over."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            logger.warning("The journal %s of a stopped scan is left out: %s.", self.path, error)
            return {}
        return {item.ticker: item for line in lines for item in _read(line)}

    def add(self, found: Iterable[Row | LeftOut]) -> None:
        """Keep what a batch gave, in one write."""
        items = [item.to_dict() for item in found]
        if not items:
            return
        line = json.dumps(items, separators=(",", ":")) + "\n"
        try:
            self._make_room()
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                os.write(file, line.encode())
            finally:
                os.close(file)
        except OSError as error:
            logger.warning("The scan cannot be kept in %s: %s.", self.path, error)

    def _make_room(self) -> None:
        """Let no heap of stopped scans grow, when this one begins."""
        if self.path.exists():
            return
        folder = self.path.parent
        folder.mkdir(parents=True, exist_ok=True)
        others = sorted(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime)
        for path in others[: max(0, len(others) - MOST + 1)]:
            path.unlink(missing_ok=True)

    def drop(self) -> None:
        """Forget it."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("The journal %s cannot be removed: %s.", self.path, error)


def _read(line: str) -> Iterator[Row | LeftOut]:
    try:
        items: list[dict[str, Any]] = json.loads(line)
        yield from [Row.from_dict(x) if "score" in x else LeftOut(**x) for x in items]
    except (ValueError, TypeError, KeyError):
        logger.warning("A line of a stopped scan could not be read and is done again.")
