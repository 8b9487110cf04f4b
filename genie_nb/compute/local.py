"""Work over processes of this machine.

A dead worker breaks the whole pool, whoever's piece killed it. So every piece that was under way is
done again alone in a new pool: the one that kills its worker once more is given up, the others are not
blamed for it.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from typing import Any

from ..core.errors import GenieError
from ..core.work import Outcome, attempt
from .script import out_of_sight

type Attempt = tuple[Any, Exception | None]

AHEAD = 2
"""Pieces per worker that are taken from the caller: one under way and one waiting."""


class WorkerDied(GenieError):
    """A worker process ended twice over the same piece of work."""


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def outcomes[Piece](
    function: Callable[[Piece], Any], pieces: Iterable[Piece], *, workers: int
) -> Iterator[Outcome[Piece]]:
    """As `compute.run`, over so many processes."""
    crew = _Crew(workers)
    try:
        yield from _rounds(function, iter(pieces), crew)
    finally:
        crew.dismiss()


def _rounds[Piece](
    function: Callable[[Piece], Any], pieces: Iterator[Piece], crew: "_Crew"
) -> Iterator[Outcome[Piece]]:
    pending: dict[Future[Attempt], Piece] = {}
    suspects: deque[Piece] = deque()
    while True:
        while len(pending) < crew.size * AHEAD and not suspects:
            try:
                piece = next(pieces)
            except StopIteration:
                break
            pending[crew.submit(function, piece)] = piece
        if not pending:
            return
        ready, _ = wait(pending, return_when=FIRST_COMPLETED)
        for future in ready:
            piece = pending.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                suspects.append(piece)
            else:
                yield _outcome(future, piece)
        if suspects:
            yield from _settled(pending, suspects)
            crew.replace()
            while suspects:
                yield _alone(function, suspects.popleft(), crew)


def _settled[Piece](
    pending: dict[Future[Attempt], Piece], suspects: deque[Piece]
) -> Iterator[Outcome[Piece]]:
    """What the broken pool still gives; the rest are suspects too."""
    for future, piece in pending.items():
        if isinstance(future.exception(), BrokenProcessPool):
            suspects.append(piece)
        else:
            yield _outcome(future, piece)
    pending.clear()


def _alone[Piece](function: Callable[[Piece], Any], piece: Piece, crew: "_Crew") -> Outcome[Piece]:
    """The second and last try of a piece, with nobody beside it."""
    future = crew.submit(function, piece)
    if isinstance(future.exception(), BrokenProcessPool):
        crew.replace()
        return Outcome(piece=piece, error=_died())
    return _outcome(future, piece)


def _outcome[Piece](future: Future[Attempt], piece: Piece) -> Outcome[Piece]:
    error = future.exception()
    if error is None:
        value, fault = future.result()
        return Outcome(piece=piece, value=value, error=fault)
    if isinstance(error, Exception):
        return Outcome(piece=piece, error=error)
    raise error


def _died() -> WorkerDied:
    return WorkerDied(
        "The worker process ended twice over this work without an answer.",
        needed="memory for it, and compiled parts that do not crash",
        cure="Use fewer workers, or look in the system's log for what ended it.",
    )


class _Crew:
    """A pool of processes that can be replaced, and dismissed at once."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._context = _Watched()
        self._pool = self._new()

    def submit[Piece](self, function: Callable[[Piece], Any], piece: Piece) -> Future[Attempt]:
        """Have a piece done; a broken pool shows in the future, as one that breaks later does."""
        try:
            return self._pool.submit(attempt, function, piece)
        except BrokenProcessPool as error:
            broken: Future[Attempt] = Future()
            broken.set_exception(error)
            return broken

    def replace(self) -> None:
        """Take a new pool for a broken one."""
        self.dismiss()
        self._pool = self._new()

    def dismiss(self) -> None:
        """End every process now, whatever it is doing."""
        for process in self._context.started:
            process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._context.started.clear()

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.size, mp_context=self._context, initializer=_prepare)


class _Watched(SpawnContext):
    """Starts fresh processes, as a kernel with threads must not be forked, and remembers them."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[BaseProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> BaseProcess:  # noqa: N802 - the pool calls it so  # pyright: ignore[reportIncompatibleVariableOverride]
        """A new process, remembered."""
        process = _Worker(*args, **kwargs)
        self.started.append(process)
        return process


class _Worker(SpawnProcess):
    """A process that does not run the caller's script once more: what it does is importable by name."""

    def start(self) -> None:
        """Start it with no main module to imitate."""
        with out_of_sight():
            super().start()


def _prepare() -> None:
    """Leave the interrupt to the caller, who ends the workers; one thread each, as there is one each per core."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(OMP_NUM_THREADS="1", NUMBA_NUM_THREADS="1")
