"""The caller's script, out of sight while processes start.

A new process imitates the main module of the one that starts it: it runs the script again, and fails on
standard input. Workers need nothing of it, for what they do is importable by name.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def out_of_sight() -> Iterator[None]:
    """Processes that start inside the block have no main module to imitate."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
