"""Asks several things at once and stops waiting at a deadline."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from contextvars import copy_context
from typing import Any

from ..core.errors import Unavailable


def gather(
    tasks: Mapping[str, Callable[[], Any]], *, deadline: float | None
) -> dict[str, Any | Exception]:
    """Run every task in a thread of its own and collect what came in time.

    Args:
        tasks: Name to a call without arguments.
        deadline: Seconds to wait for all of them together; None to wait without end. A task that is
            late is not stopped, but nobody waits for it: not this call, not the interpreter's exit.

    Returns:
        Name to result, or to the exception that the call raised. A late task's is `Unavailable`.

    Raises:
        KeyboardInterrupt: At once, when the user interrupts.

    Example:
        >>> gather({"one": lambda: 1}, deadline=5)
        {'one': 1}
    """
    futures = {name: _started(task) for name, task in tasks.items()}
    wait(futures.values(), timeout=deadline)
    return {name: _outcome(future, deadline) for name, future in futures.items()}


def _started(task: Callable[[], Any]) -> Future[Any]:
    future: Future[Any] = Future()
    context = copy_context()

    def work() -> None:
        try:
            future.set_result(context.run(task))
        except BaseException as error:  # noqa: BLE001 - it is handed to the waiting caller whole
            future.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return future


def _outcome(future: Future[Any], deadline: float | None) -> Any | Exception:
    if not future.done():
        return Unavailable(
            f"No answer within {deadline:g} s.",
            seen=f"{deadline:g} s",
            needed="an answer before the deadline",
            cure="Ask again, or allow more time with --deadline.",
        )
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, Exception):
        return error
    raise error
