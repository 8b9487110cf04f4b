"""A file replaced in one step: readers see all of the old or all of the new, whatever dies meanwhile."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_NEW = 0o666
"""Permissions of a file that was not there, less what the umask takes."""


def replace_file(path: Path, content: bytes) -> None:
    """Put *content* in the place of a file, on the disk and in one step.

    A link stays a link: what it points at is replaced. The permissions of the file stay, also while
    the new content is being written. Its folder must be there. Two writers at once need a lock.

    Args:
        path: The file; it need not be there.
        content: All of it.

    Raises:
        OSError: It cannot be written; the file is as it was.
    """
    place = path.resolve()
    draft = place.with_name(f".{place.name}.{uuid4().hex}.tmp")
    mode = _mode(place)
    try:
        handle = os.open(
            draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _NEW if mode is None else mode
        )
        with os.fdopen(handle, "wb") as copy:
            copy.write(content)
            copy.flush()
            os.fsync(copy.fileno())
        if mode is not None:
            draft.chmod(mode)
        draft.replace(place)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return None
