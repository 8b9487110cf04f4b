"""Work beside a panel: in a thread, one at a time, with a way to stop it."""

import threading
from collections.abc import Callable

from ....core.errors import GenieError

type Steps = Callable[["Job"], None]
"""What to do; it asks its Job between steps whether to go on."""


class Job:
    """One piece of work in a thread of its own.

    Args:
        steps: What to do.
        failed: Told in words when it cannot be done.
        ended: Called when it is over, however it ended.
    """

    def __init__(
        self, steps: Steps, *, failed: Callable[[str], None], ended: Callable[[], None]
    ) -> None:
        self._steps = steps
        self._failed = failed
        self._ended = ended
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="genie panel")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to stop after the step it is at."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    @property
    def running(self) -> bool:
        """Whether it is still at it."""
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._steps(self)
        except GenieError as error:
            self._failed(str(error))
        except Exception as fault:
            self._failed(f"A fault of genie_nb: {type(fault).__name__}: {fault}.")
            raise
        finally:
            self._ended()
