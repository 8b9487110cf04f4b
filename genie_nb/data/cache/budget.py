"""How often a source may be asked: a bucket of calls that fills at a steady rate."""

import threading
import time
from collections.abc import Callable

PER_MINUTE = {"yahoo": 120.0}
"""Calls a minute that sources are known to bear; any other source is not slowed down."""


class Budget:
    """A token bucket. A burst may use a minute's worth; after that, callers wait their turn.

    Args:
        per_minute: Calls a minute; None for no limit.
        clock: Seconds of a clock that never goes back.
        sleep: Waits that many seconds.

    Example:
        >>> slept = []
        >>> budget = Budget(60, clock=lambda: 0.0, sleep=slept.append)
        >>> budget.take(60), budget.take(2), slept
        (0.0, 2.0, [2.0])
    """

    def __init__(
        self,
        per_minute: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._size = per_minute
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._left = per_minute or 0.0
        self._counted_at = clock()

    def take(self, calls: int = 1) -> float:
        """Wait until *calls* may be made; returns the seconds waited."""
        if self._size is None:
            return 0.0
        with self._lock:
            now = self._clock()
            rate = self._size / 60
            self._left = min(self._size, self._left + (now - self._counted_at) * rate) - calls
            self._counted_at = now
            wait = max(0.0, -self._left / rate)
        if wait:
            self._sleep(wait)
        return wait
