"""One setting put into `config.toml`."""

from pathlib import Path

from ..core.errors import BadConfig
from ..replacement import replace_file
from .folder import home
from .keys import KEYS, nearest, unknown
from .reading import config_of, read_tables, table_of
from .settings import Config


def set_value(directory: str | Path | None, key: str, text: str) -> Config:
    """Set one key in `config.toml`, keeping all others, and return the settings as they now are.

    The whole file is checked before it is written, and it is replaced in one step under a lock, so
    that neither a wrong value nor two writers at once can leave a broken file behind. Comments in
    the file are not kept.

    Args:
        directory: As for `home`.
        key: Dotted, such as `provider` or `bands.small`.
        text: The value as typed.

    Raises:
        BadConfig: No such key, a value it cannot have, or a home that cannot be written to.
    """
    import tomli_w
    from filelock import FileLock

    path = home(directory) / "config.toml"
    if key not in KEYS:
        raise unknown(key, tuple(KEYS), path)
    if key == "provider":
        _refuse_unknown_provider(text, path)
    _make_folder(path.parent)
    try:
        with FileLock(path.with_suffix(".lock")):
            tables = read_tables(path)
            _place(tables, key, KEYS[key].kind.typed(text), path)
            config = config_of(tables, path)
            replace_file(path, tomli_w.dumps(tables).encode())
    except OSError as error:
        raise _unwritable(f"{path} cannot be written: {error.strerror}.", path.parent) from None
    return config


def _place(tables: dict[str, object], key: str, value: object, path: Path) -> None:
    table, dot, name = key.rpartition(".")
    place = table_of(table, tables.setdefault(table, {}), path) if dot else tables
    place[name] = value


def _refuse_unknown_provider(text: str, path: Path) -> None:
    from importlib.metadata import entry_points

    known = sorted(entry_points(group="genie_nb.providers").names)
    scheme = text.partition(":")[0]
    if scheme not in known:
        raise BadConfig(
            f"No provider is called {scheme!r}, so {path} is left as it was.",
            seen=text,
            needed=f"one of: {', '.join(known)}",
            cure=nearest(scheme, known),
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The home directory {folder} cannot be made: {error.strerror}."
        raise _unwritable(message, folder) from None


def _unwritable(message: str, folder: Path) -> BadConfig:
    return BadConfig(
        message,
        seen=str(folder),
        needed="a directory that can be written to",
        cure="Name another one with --home or GENIE_HOME.",
    )
