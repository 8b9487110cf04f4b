"""Work over a Dask cluster.

Workers elsewhere share no disk with this machine: a piece must hold its data, as buffers, and not point
at files here.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from ..core.errors import GenieError, MissingExtra, SetupError
from ..core.work import Outcome, attempt
from .script import out_of_sight

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
AHEAD = 2
PATIENCE = 15
"""Seconds in which a scheduler must answer and a worker be there."""


def outcomes[Piece](
    function: Callable[[Piece], Any],
    pieces: Iterable[Piece],
    *,
    address: str,
    workers: int | None = None,
) -> Iterator[Outcome[Piece]]:
    """As `compute.run`, over the cluster at *address*; a dead worker's pieces move to another."""
    try:
        import distributed
    except ImportError:
        raise MissingExtra("dask", wanted="--dask") from None
    del distributed
    with ExitStack() as opened:
        client = opened.enter_context(_client(address, workers, opened))
        yield from _rounds(function, iter(pieces), client, _hands(client, address))


def _rounds[Piece](
    function: Callable[[Piece], Any], pieces: Iterator[Piece], client: "Client", hands: int
) -> Iterator[Outcome[Piece]]:
    from distributed import as_completed

    pending: dict[Any, Piece] = {}
    ready = as_completed(loop=client.loop, raise_errors=False)

    def take() -> None:
        for piece in pieces:
            future = client.submit(attempt, function, piece, pure=False)
            pending[future] = piece
            ready.add(future)
            return

    for _ in range(hands * AHEAD):
        take()
    for future in ready:
        piece = pending.pop(future)
        yield _outcome(future, piece)
        take()


def _outcome[Piece](future: Any, piece: Piece) -> Outcome[Piece]:
    if future.status == "finished":
        value, error = future.result()
        return Outcome(piece=piece, value=value, error=error)
    error = future.exception()
    if isinstance(error, Exception):
        return Outcome(piece=piece, error=error)
    return Outcome(
        piece=piece, error=GenieError(f"The cluster gave this work up: {future.status}.")
    )


def _client(address: str, workers: int | None, opened: ExitStack) -> "Client":
    from distributed import Client, LocalCluster

    if address == LOCAL:
        with out_of_sight():
            own = LocalCluster(
                n_workers=workers, threads_per_worker=1, scheduler_kwargs={"dashboard": False}
            )
        return Client(opened.enter_context(own), set_as_default=False)
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SetupError(
            f"No Dask scheduler answered at {address}: {error}.",
            seen=address,
            needed="the address of a running scheduler, such as tcp://10.0.0.5:8786, or local",
            cure="Start one with `dask scheduler` and `dask worker ADDRESS`, or leave --dask out.",
        ) from error


def _hands(client: Any, address: str) -> int:
    """Threads of all workers, once it is sure that they can do the work."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise SetupError(
            f"The Dask scheduler at {address} has no workers.",
            seen=address,
            needed="at least one worker",
            cure=f"Start one with `dask worker {address}`.",
        ) from None
    here = version("genie-nb")
    found = client.run(version, "genie-nb", on_error="return")
    others = {worker: there for worker, there in found.items() if there != here}
    if others:
        worker, there = next(iter(others.items()))
        raise SetupError(
            f"{len(others)} of {len(found)} Dask workers do not have genie-nb {here}: {worker} has "
            f"{there if isinstance(there, str) else 'none'}.",
            seen=there,
            needed=f"genie-nb {here} on every worker",
            cure=f"Install genie-nb=={here} in the environment of the workers.",
        )
    return sum(client.nthreads().values())
