"""The one door: where the work is done is chosen here."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..core.work import Outcome, in_turn
from . import local


def run[Piece](
    function: Callable[[Piece], Any],
    pieces: Iterable[Piece],
    *,
    dask: str | None = None,
    workers: int | None = None,
) -> Iterator[Outcome[Piece]]:
    """Do the same to every piece and give each outcome as it is ready.

    Pieces are taken one by one, never more ahead than there are workers to keep busy, so that they
    may be large and made on the way. A function that raises costs its piece; a worker that dies costs
    its piece one retry. Leaving the iteration, by an interrupt too, ends the workers at once.

    Args:
        function: What is done to each; importable by its name in a worker.
        pieces: What it is given; they are pickled, so they should point at data or hold buffers.
        dask: Address of a Dask scheduler such as `tcp://10.0.0.5:8786`, or "local" for a cluster of
            its own on this machine.
        workers: Processes on this machine; 1 is this one; None for one per core.

    Raises:
        MissingExtra: A cluster is given and Dask is not installed.
        SetupError: The cluster does not answer, or lacks this version of genie_nb.
    """
    if dask is not None:
        from . import cluster

        return cluster.outcomes(function, pieces, address=dask, workers=workers)
    count = local.cores() if workers is None else workers
    if count <= 1:
        return in_turn(function, pieces)
    return local.outcomes(function, pieces, workers=count)
