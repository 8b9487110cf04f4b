"""From `config.toml` to settings, and from settings to the rows of `genie config`."""

import re
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..core.bands import LIMITS
from ..core.errors import BadConfig
from .folder import home
from .keys import KEYS, read_value, unknown, wrong
from .settings import AgentSettings, AlertSettings, Config, ModelSettings, RotationSettings

_PLAIN = tuple(key for key in KEYS if "." not in key)
_TABLES = tuple(dict.fromkeys(key.partition(".")[0] for key in KEYS if "." in key))


def read_config(directory: str | Path | None = None) -> Config:
    """The settings of a home directory; defaults for what its `config.toml` does not say.

    Args:
        directory: As for `home`.

    Raises:
        BadConfig: The file cannot be read, or holds an unknown key or a value that cannot be.
    """
    path = home(directory) / "config.toml"
    return config_of(read_tables(path), path)


def describe(directory: str | Path | None = None) -> tuple[tuple[str, str, str, str], ...]:
    """Every setting as (dotted key, value, where it is from, what it settles), for `genie config`.

    Args:
        directory: As for `home`.

    Raises:
        BadConfig: As `read_config`.
    """
    config = read_config(directory)
    return tuple(
        (
            key,
            _shown(key, _value(config, key)),
            str(config.path) if key in config.given else "default",
            setting.meaning,
        )
        for key, setting in KEYS.items()
    )


def read_tables(path: Path) -> dict[str, object]:
    """What the file holds, unjudged; nothing when there is no file.

    Raises:
        BadConfig: It cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfig(
            f"{path} is not TOML: {error}.",
            seen=str(path),
            needed="a TOML file in UTF-8",
            cure="Correct that line, or move the file away to start from the defaults.",
        ) from None
    except OSError as error:
        raise BadConfig(
            f"{path} cannot be read: {error.strerror}.",
            seen=str(path),
            needed="a readable file",
            cure="Correct its permissions, or name another home with --home or GENIE_HOME.",
        ) from None


def config_of(tables: Mapping[str, object], path: Path) -> Config:
    """The settings that a file's content means.

    Args:
        tables: As TOML holds them.
        path: The file, for what is said.

    Raises:
        BadConfig: An unknown key, or a value that cannot be.
    """
    written = _dotted(tables, path)
    given: dict[str, Any] = {key: read_value(key, value, path) for key, value in written.items()}
    return Config(
        **{key: given[key] for key in _PLAIN if key in given},
        bands=_rising(_below("bands", given), path),
        rotation=RotationSettings(**_below("rotation", given)),
        agents=AgentSettings(**_below("agents", given)),
        model=ModelSettings(**_below("model", given)),
        alerts=AlertSettings(**_below("alerts", given)),
        path=path,
        given=frozenset(given),
    )


def table_of(key: str, value: object, path: Path) -> dict[str, object]:
    """The table that stands at a key.

    Raises:
        BadConfig: Something else stands there.
    """
    if not isinstance(value, dict):
        needed = f"a table headed [{key}]"
        raise wrong(key, value, path, needed, f"Write {needed}.")
    return value


def _dotted(tables: Mapping[str, object], path: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in tables.items():
        if key in _TABLES:
            found |= {f"{key}.{name}": one for name, one in table_of(key, value, path).items()}
        elif key in _PLAIN:
            found[key] = value
        else:
            raise unknown(key, (*_PLAIN, *_TABLES), path)
    return found


def _below(table: str, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key.removeprefix(f"{table}."): value
        for key, value in given.items()
        if key.startswith(f"{table}.")
    }


def _rising(limits: Mapping[str, float], path: Path) -> Mapping[str, float]:
    """The limits of all bands, which must grow."""
    bands = {**LIMITS, **limits}
    for (lower, low), (upper, high) in pairwise(bands.items()):
        if low >= high:
            raise BadConfig(
                f"bands.{lower} cannot be {low:,.0f} in {path}: it is not below "
                f"bands.{upper} = {high:,.0f}.",
                seen=low,
                needed="limits that grow from nano to large",
                cure=f"Make bands.{lower} smaller than bands.{upper}.",
            )
    return MappingProxyType(bands)


def _value(config: Config, key: str) -> object:
    table, _, name = key.rpartition(".")
    if table == "bands":
        return config.bands[name]
    return getattr(getattr(config, table) if table else config, name)


def _shown(key: str, value: object) -> str:
    """A setting as text, without a key and without the password that a URL may hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    text = " ".join(value) if isinstance(value, tuple) else str(value)
    if KEYS[key].secret and text and not text.startswith(("env:", "keyring:")):
        return "***"
    return re.sub(r"(://[^/\s:@]*:)[^/\s]+(?=@)", r"\1***", text)
