"""Being asked to stop: a moment to finish what is being done, then stopped where it stands."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

MOMENT = 0.6
"""Seconds that a check is given to finish; what is cut off is made good by the next one."""


class Stopped(BaseException):
    """Raised in the middle of a check that did not finish in its moment."""


class Stop:
    """Whether somebody asked to stop."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.busy = False

    def wait(self, seconds: float) -> bool:
        """Sleep, or wake at once when asked to stop; whether it was asked."""
        return self.asked.wait(max(0.0, seconds))

    @contextmanager
    def working(self) -> Iterator[None]:
        """While this lasts, being asked to stop leaves a moment and then raises `Stopped`."""
        self.busy = True
        try:
            if self.asked.is_set():
                raise Stopped
            yield
        finally:
            self.busy = False

    def handlers(self) -> dict[signal.Signals, Callable[[int, FrameType | None], None]]:
        """What to do at each signal."""
        found = {signal.SIGINT: self._asked, signal.SIGTERM: self._asked}
        if hasattr(signal, "SIGALRM"):
            found[signal.SIGALRM] = self._over
        return found

    def _asked(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        again = self.asked.is_set()
        self.asked.set()
        if not self.busy:
            return
        if again or not hasattr(signal, "setitimer"):
            raise Stopped
        signal.setitimer(signal.ITIMER_REAL, MOMENT)

    def _over(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self.busy:
            raise Stopped


@contextmanager
def stopping() -> Iterator[Stop]:
    """Listen for SIGINT and SIGTERM inside; the handlers from before are put back.

    In a thread that is not the main one nothing can be listened for.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, does) for number, does in stop.handlers().items()}
    try:
        yield stop
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
