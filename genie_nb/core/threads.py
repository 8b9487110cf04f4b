"""Plain threads for kernels that release the interpreter's lock.

Unlike compiled parallel loops they survive a fork and may run inside any thread of a notebook.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

PIECES = 4
"""Pieces of work per thread, so that a slow one does not keep the others waiting."""


def spread(work: Callable[[int, int], None], rows: int, *, least: int) -> None:
    """Call *work* with ranges that cover *rows*, on as many threads as pay.

    Args:
        work: Takes the first row and one past the last.
        rows: How many there are.
        least: Rows below which a thread of its own does not pay.
    """
    threads = min(_threads(), rows // least)
    if threads < 2:
        work(0, rows)
        return
    pieces = threads * PIECES
    cuts = [rows * piece // pieces for piece in range(pieces + 1)]
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, *cut) for cut in pairwise(cuts)]:
            done.result()


def _threads() -> int:
    """As many as there are cores, or as the user's NUMBA_NUM_THREADS allows."""
    import numba

    return numba.config.NUMBA_NUM_THREADS  # pyright: ignore[reportAttributeAccessIssue]
