"""What an error inside a notebook means for the exit status of its run."""

import re
from collections.abc import Iterator
from typing import Any

from ..core.errors import GenieError
from ..core.notebook_run import Ending, Failure

CRASH = 1
TIMED_OUT = "TimedOut"


def failure_of(error: Exception) -> tuple[Failure, int]:
    """What went wrong, and the exit status for it.

    Args:
        error: What papermill or its client raised.

    Raises:
        Exception: *error* itself, when it does not come from the notebook.
    """
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    if isinstance(error, PapermillExecutionError):
        failure = Failure(name=error.ename, message=_message(error.evalue), cell=error.exec_count)
        return failure, exit_of(error.ename, error.evalue)
    if isinstance(error, CellTimeoutError):
        return Failure(name=TIMED_OUT, message="it was not done in the time it was given."), CRASH
    if isinstance(error, DeadKernelError):
        return Failure(name="DeadKernel", message="its kernel died."), CRASH
    raise error


def exit_of(name: str, said: str = "") -> int:
    """The exit status of an error, by the name of its class.

    Args:
        name: Of the class.
        said: What it said; of a SystemExit the status itself.

    Example:
        >>> exit_of("UnknownTicker"), exit_of("MissingExtra"), exit_of("ZeroDivisionError")
        (2, 5, 1)
    """
    if name == "SystemExit" and re.fullmatch(r"[1-5]", said.strip()):
        return int(said)
    kinds = {kind.__name__: kind for kind in _kinds(GenieError)}
    return kinds[name].exit if name in kinds else CRASH


def unended(ending: Ending | None) -> tuple[Failure, int] | None:
    """The failure of a notebook that promised a sentinel and did not give it; None where it did."""
    if ending is not None:
        return None
    missing = "it promises to say how it ended, and did not; it may have stopped half-way."
    return Failure(name="NoSentinel", message=missing), CRASH


def _kinds(kind: type[GenieError]) -> Iterator[type[GenieError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)


def _message(said: Any) -> str:
    return " ".join(str(said).split())
