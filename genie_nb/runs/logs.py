"""What is said while something runs, on standard error: in words, or as one JSON object a line."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from ..alerts.secrets import scrub

ROOM = "genie_nb"
_WHEN = "%Y-%m-%dT%H:%M:%S"


class _Words(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        words = f"{_moment(record)} {record.levelname.lower()}: {record.getMessage()}"
        return scrub(f"{words}\n{_trace(self, record)}".rstrip())


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "note"),
            "message": scrub(record.getMessage()),
            **{name: _plain(value) for name, value in getattr(record, "facts", {}).items()},
        }
        trace = scrub(_trace(self, record))
        return json.dumps(told | ({"trace": trace} if trace else {}), ensure_ascii=False)


@contextmanager
def on_standard_error(style: str) -> Iterator[None]:
    """Let what is logged inside be read on standard error.

    Args:
        style: `text` or `json`.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(_Json() if style == "json" else _Words())
    logger = logging.getLogger(ROOM)
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = before


def tell(logger: logging.Logger, level: int, event: str, message: str, **facts: object) -> None:
    """Log one event: a sentence for readers, its name and facts for machines."""
    logger.log(level, "%s", message, extra={"event": event, "facts": facts})


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    """Where a fault of genie's own came from; empty for everything else."""
    return formatter.formatException(record.exc_info) if record.exc_info else ""


def _moment(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):{_WHEN}}Z"


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float) else scrub(str(value))
