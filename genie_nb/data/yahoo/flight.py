"""One answer for all who ask the same at the same time."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from time import monotonic


class SingleFlight[T]:
    """Runs the work for a key once, however many threads ask for it meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[float, Future[T]]] = {}

    def ask(self, key: str, work: Callable[[], T], *, may_be_old: float = 0.0) -> T:
        """The value of *work*, of a run that is under way, or of one that is not too old.

        Args:
            key: What is asked for.
            work: Gets it; a failure reaches everybody who waits and is not kept.
            may_be_old: Seconds a finished value may be old.
        """
        with self._lock:
            began, future = self._held.get(key, (0.0, None))
            if future and (not future.done() or monotonic() - began <= may_be_old):
                mine = False
            else:
                mine, future = True, Future[T]()
                self._held[key] = (monotonic(), future)
        if mine:
            self._run(key, work, future)
        return future.result()

    def _run(self, key: str, work: Callable[[], T], future: Future[T]) -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again by result(), for all who wait
            with self._lock:
                self._held.pop(key, None)
            future.set_exception(error)
