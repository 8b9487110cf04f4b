"""Where papermill keeps a running notebook: in memory, so that nothing unscrubbed lies on a disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

_SCHEME = "genie-memory:"


class Memory:
    """A papermill handler; holds the newest text of each notebook that is running."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def read(self, path: str) -> str:
        """The newest text."""
        return self.texts[path]

    def write(self, text: str, path: str) -> None:
        """Keep it in place of the text before."""
        self.texts[path] = text

    def listdir(self, path: str) -> list[str]:
        """Those whose name begins so."""
        return [name for name in self.texts if name.startswith(path)]

    def pretty_path(self, path: str) -> str:
        """As it is."""
        return path


_MEMORY = Memory()


@contextmanager
def in_memory() -> Iterator[tuple[str, Memory]]:
    """A path that papermill can write to, and the memory behind it; forgotten at the end."""
    from papermill.iorw import papermill_io

    if (_SCHEME, _MEMORY) not in papermill_io._handlers:  # noqa: SLF001 - there is no public question
        papermill_io.register(_SCHEME, _MEMORY)
    path = f"{_SCHEME}{uuid4().hex}.ipynb"
    try:
        yield path, _MEMORY
    finally:
        _MEMORY.texts.pop(path, None)
