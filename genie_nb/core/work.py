"""Work spread over tickers: what comes back of each piece, and what may spread it.

    pieces + function -> Spreads -> one Outcome per piece, as each is ready

The desk describes the work, `compute` does it; neither knows the other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome[Piece]:
    """What became of one piece of work.

    Attributes:
        piece: The piece itself.
        value: What the function returned; None when it did not.
        error: Why there is no value; None when there is one.
    """

    piece: Piece
    value: Any = None
    error: Exception | None = None


class Spreads(Protocol):
    """Does the same to many pieces of work, in one process or several."""

    def __call__[Piece](
        self,
        function: Callable[[Piece], Any],
        pieces: Iterable[Piece],
        *,
        dask: str | None = None,
        workers: int | None = None,
    ) -> Iterator[Outcome[Piece]]:
        """One outcome per piece, in the order in which they are ready.

        Args:
            function: What is done to each; importable by its name.
            pieces: Taken one by one as there is somebody to do them.
            dask: Address of a Dask scheduler, or "local" for a cluster on this machine.
            workers: Processes on this machine; 1 is this one; None for one per core.
        """
        ...


def in_turn[Piece](
    function: Callable[[Piece], Any],
    pieces: Iterable[Piece],
    *,
    dask: str | None = None,
    workers: int | None = None,
) -> Iterator[Outcome[Piece]]:
    """One piece after the other, here.

    Example:
        >>> [outcome.value for outcome in in_turn(abs, [-1, 2])]
        [1, 2]
    """
    del dask, workers
    for piece in pieces:
        value, error = attempt(function, piece)
        yield Outcome(piece=piece, value=value, error=error)


def attempt[Piece](function: Callable[[Piece], Any], piece: Piece) -> tuple[Any, Exception | None]:
    """What the function returned, or what it raised."""
    try:
        return function(piece), None
    except Exception as error:  # noqa: BLE001 - one piece's fault is its outcome, not the end of the others
        return None, error
