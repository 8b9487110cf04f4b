"""One fetch for all who want the same thing at the same time."""

import threading
from concurrent.futures import Future
from typing import Any


class Flights:
    """Fetches under way, by key. Who boards first fetches; who comes meanwhile waits and shares."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flying: dict[str, Future[Any]] = {}

    def board(self, key: str) -> Future[Any] | None:
        """The fetch of *key* that is under way; None when the caller is now the one to do it.

        Whoever gets None must `land` the same key, whatever happens.
        """
        with self._lock:
            if key in self._flying:
                return self._flying[key]
            self._flying[key] = Future()
            return None

    def land(self, key: str, outcome: Any) -> None:
        """Give *outcome* to all who wait for *key*."""
        with self._lock:
            future = self._flying.pop(key)
        future.set_result(outcome)
