"""One fetch for all who want the same thing at the same time."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

STALLED = 5.0
"""Seconds after which nobody joins a fetch any more: it may hang where a new one would not."""
SHARED = 1.0
"""Who joined within so many seconds also shares a failure; later ones ask anew."""


@dataclass(eq=False, slots=True, kw_only=True)
class Flight:
    """One fetch under way.

    Attributes:
        key: What is fetched.
        begun: When, on the clock of its Flights.
        overtakes: Whether another fetch of the same key hangs.
        outcome: What comes of it.
    """

    key: str
    begun: float
    overtakes: bool
    outcome: Future[Any] = field(default_factory=Future)


class Flights:
    """Fetches under way, by key. Who boards first fetches; who comes meanwhile waits and shares."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._flying: dict[str, Flight] = {}

    def board(self, key: str) -> tuple[Flight, bool]:
        """The fetch of *key*, and whether it is now the caller's to do.

        Whoever is to do it must `land` it, whatever happens.
        """
        with self._lock:
            flying = self._flying.get(key)
            if flying is not None and self._clock() - flying.begun < STALLED:
                return flying, False
            flight = Flight(key=key, begun=self._clock(), overtakes=flying is not None)
            self._flying[key] = flight
            return flight, True

    def land(self, flight: Flight, outcome: Any) -> None:
        """Give *outcome* to all who wait."""
        with self._lock:
            if self._flying.get(flight.key) is flight:
                del self._flying[flight.key]
        flight.outcome.set_result(outcome)

    def wait(self, flight: Flight) -> Any | None:
        """What came of another's fetch; None when it failed and the caller should ask anew."""
        joined = self._clock()
        outcome = flight.outcome.result()
        if isinstance(outcome, Exception) and joined - flight.begun > SHARED:
            return None
        return outcome
