"""Where the executed notebook goes: a file, written in one step, or wherever papermill can write."""

import os
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from uuid import uuid4

from ..core.errors import AskError, SetupError, Unwritable
from ..replacement import replace_file

FOLDER = "out"
"""Where it goes when nothing was said."""

REMOTE = {
    "s3://": ("boto3", "s3"),
    "gs://": ("gcsfs", "gcs"),
    "abs://": ("azure.storage.blob", "azure"),
    "adl://": ("azure.datalake.store", "azure"),
    "hdfs://": ("pyarrow.fs", "hdfs"),
}
"""What papermill writes to, each with the module that does it and papermill's extra that brings it."""

_CURE = "Name another with --output PATH."


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One place to write to.

    Attributes:
        address: A path, or an address that papermill knows.
        remote: Whether papermill writes it.
    """

    address: str
    remote: bool

    @property
    def page(self) -> str:
        """Where its page goes."""
        return f"{self.address.removesuffix('.ipynb')}.html"

    def prepare(self) -> None:
        """Make the folder and try it, so that a long run is not lost at its end.

        Raises:
            SetupError: It cannot be written to, or what writes there is not installed.
        """
        if self.remote:
            _refuse_unable(self.address)
            return
        folder = Path(self.address).parent
        draft = folder / f".{uuid4().hex}.tmp"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            draft.touch()
            draft.unlink()
        except OSError as wrong:
            raise Unwritable(folder, wrong, cure=_CURE) from None

    def write(self, text: str, address: str = "") -> None:
        """Put the text there; a file is replaced in one step.

        Args:
            text: The notebook or the page.
            address: Another address of the same kind, as `page`.

        Raises:
            SetupError: It cannot be written.
        """
        place = address or self.address
        if self.remote:
            _put(text, place)
        else:
            _replace(text, Path(place))


def destination(output: str, notebook: str) -> Destination:
    """Where a run of *notebook* is written, given what the user said.

    Args:
        output: A file, a folder (one that exists, or with a slash at its end), an address; empty for
            the folder `out`.
        notebook: Path or address of the notebook.

    Raises:
        AskError: It would be the notebook itself, or is an address of another kind.
    """
    name = notebook.replace("\\", "/").rstrip("/").rpartition("/")[2]
    place = output or f"{FOLDER}/"
    if place.startswith(tuple(REMOTE)):
        whole = place if place.endswith(".ipynb") else f"{place.rstrip('/')}/{name}"
        return Destination(address=whole, remote=True)
    if "://" in place:
        raise AskError(
            f"{output} is no place that a notebook can be written to.",
            seen=output,
            needed=f"a path, or an address that begins with {', '.join(REMOTE)}",
            cure=f"Write for example --output {FOLDER}/{name}",
        )
    path = Path(place).expanduser()
    if place.endswith(("/", os.sep)) or path.is_dir():
        path /= name
    elif path.suffix != ".ipynb":
        path = path.with_name(f"{path.name}.ipynb")
    with suppress(OSError):
        if path.resolve() == Path(notebook).expanduser().resolve():
            raise AskError(
                f"The output {output} is the notebook itself.",
                seen=output,
                needed="another file",
                cure=f"Write for example --output {FOLDER}/{name}",
            )
    return Destination(address=str(path), remote=False)


def _refuse_unable(address: str) -> None:
    """Refuse a store whose client is not installed.

    Raises:
        SetupError: Names what to install.
    """
    kind = next(one for one in REMOTE if address.startswith(one))
    module, extra = REMOTE[kind]
    try:
        import_module(module)
    except ImportError:
        raise SetupError(
            f"{address} cannot be written: {module}, which writes to {kind}, is not installed.",
            seen=kind,
            needed="the part of papermill for that store",
            cure=f'Run: pip install "papermill[{extra}]"',
        ) from None


def _put(text: str, address: str) -> None:
    from papermill.iorw import papermill_io

    try:
        papermill_io.write(text, address, extensions=[Path(address).suffix])
    except Exception as wrong:  # noqa: BLE001 - each store's client raises errors of its own
        said = str(wrong).strip().partition("\n")[0].rstrip(".")
        raise Unwritable(address, f"{type(wrong).__name__}: {said}", cure=_CURE) from None


def _replace(text: str, path: Path) -> None:
    try:
        replace_file(path, text.encode())
    except OSError as wrong:
        raise Unwritable(path, wrong, cure=_CURE) from None
