"""What a stretch of work cost: calls, hits, waits, and which parts came from an old copy."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any


class Meter:
    """Counts what happens inside `Cached.meter`, over all the threads that carry its context.

    Attributes:
        calls: Requests made to the provider; one per ticker and kind of data.
        hits: Requests answered without the provider.
        waits: Seconds spent waiting for a rate budget.
        oldest: When the oldest part used was fetched, aware UTC; None when nothing was.
        stale: One sentence for each part that is an old copy because the source was down.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.calls = 0
        self.hits = 0
        self.waits = 0.0
        self.oldest: datetime | None = None
        self.stale: list[str] = []

    def add(
        self,
        *,
        calls: int = 0,
        hits: int = 0,
        waits: float = 0.0,
        fetched_at: datetime | None = None,
        stale: str | None = None,
    ) -> None:
        """Count one thing that happened."""
        with self._lock:
            self.calls += calls
            self.hits += hits
            self.waits += waits
            if fetched_at is not None:
                self.oldest = min(self.oldest or fetched_at, fetched_at)
            if stale is not None and stale not in self.stale:
                self.stale.append(stale)


_running: ContextVar[tuple[Meter, ...]] = ContextVar("genie_meters", default=())


@contextmanager
def metering() -> Iterator[Meter]:
    """A Meter that counts until the block ends, beside any that already runs."""
    meter = Meter()
    token = _running.set((*_running.get(), meter))
    try:
        yield meter
    finally:
        _running.reset(token)


def count(**what: Any) -> None:
    """Count one thing on every meter that runs here; arguments as for `Meter.add`."""
    for meter in _running.get():
        meter.add(**what)


def old_copy(what: str, age: timedelta, reason: str) -> str:
    """How a meter names an old copy.

    Example:
        >>> old_copy("the prices of ACME", timedelta(hours=3), "Yahoo did not answer.")
        'the prices of ACME are 3 h old: Yahoo did not answer'
    """
    return f"{what} are {in_words(age)} old: {reason.rstrip('.')}"


def in_words(age: timedelta) -> str:
    """An age as people say it.

    Example:
        >>> in_words(timedelta(minutes=5)), in_words(timedelta(hours=30)), in_words(timedelta(days=9))
        ('5 min', '30 h', '9 days')
    """
    minutes = max(0, round(age.total_seconds() / 60))
    if minutes < 120:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"
