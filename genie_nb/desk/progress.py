"""Progress of long work, on standard error, where somebody is there to see it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(total: int, what: str, unit: str) -> Iterator[Callable[[int], object]]:
    """Show a bar while the block runs; call what it yields with how many more are done.

    Nothing is shown where standard error is not a terminal and no notebook is open.
    """
    if not _watched():
        yield lambda _: None
        return
    from tqdm.auto import tqdm

    with tqdm(total=total, desc=what, unit=f" {unit}", leave=False) as bar:
        yield bar.update


def _watched() -> bool:
    return sys.stderr.isatty() or in_notebook()


def in_notebook() -> bool:
    """Whether a front end is there that can answer; a notebook that is run unattended has none."""
    if "IPython" not in sys.modules:
        return False
    from IPython.core.getipython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    return bool(getattr(kernel, "_allow_stdin", False))
