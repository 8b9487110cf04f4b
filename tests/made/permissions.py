"""Being bound by the permissions of files, also as the administrator, whom they do not bind."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_VERSION = 0x20080522
_EFFECTIVE = 0
"""Of the three words for each 32 capabilities: effective, permitted, inheritable."""
_OVERRIDES = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which Linux lets root read and write everywhere."""


@contextmanager
def bound_by_permissions() -> Iterator[None]:
    """While this lasts, a folder that may not be written to is not written to; skips where that cannot be."""
    if os.name != "posix":
        pytest.skip("permissions are of another kind here")
    if os.geteuid() != 0:
        yield
        return
    before = _capabilities()
    without = list(before)
    without[_EFFECTIVE] &= ~_OVERRIDES
    _set(without)
    try:
        yield
    finally:
        _set(before)


def _capabilities() -> list[int]:
    words = (ctypes.c_uint32 * 6)()
    _call("capget", words)
    return list(words)


def _set(words: list[int]) -> None:
    _call("capset", (ctypes.c_uint32 * 6)(*words))


def _call(name: str, words: "ctypes.Array[ctypes.c_uint32]") -> None:
    """Ask Linux about this thread and those that it starts."""
    if not sys.platform.startswith("linux"):
        pytest.skip("permissions bind no administrator")
    head = (ctypes.c_uint32 * 2)(_VERSION, 0)
    if getattr(ctypes.CDLL(None, use_errno=True), name)(head, words) != 0:
        pytest.skip(f"{name}: {os.strerror(ctypes.get_errno())}")
