"""The user's settings: `HOME/config.toml`, read once into a frozen value.

    GENIE_HOME or --home -> home() -> read_config() -> Config
    genie config -> describe()    genie config KEY VALUE -> set_value()

An absent file means the defaults; a wrong one is refused in words, never half used.
"""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from .core.alert_settings import AlertSettings
from .core.bands import LIMITS
from .core.errors import BadConfig

AGENTS_ARM = "agents.arm"
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the user settled once.

    Attributes:
        provider: Address of the default source: `demo`, `yahoo`, `files:DIR`.
        deadline: Seconds after which an answer shows what is ready.
        shares: Position, in shares, that exit costs are reckoned for.
        bands: Upper limit of each market-cap band in money, smallest first; above the last is mega.
        may_arm: Whether agents may arm rules and call sinks (`[agents] arm = true`).
        model: The `[model]` table as written, for the optional language model; empty when unset.
        alerts: The `[alerts]` table.
        path: The file these came from; it need not exist.
        given: Dotted keys that the file sets; all others are defaults.
    """

    provider: str = "demo"
    deadline: float = 30.0
    shares: int = 10_000
    bands: Mapping[str, float] = field(default_factory=lambda: LIMITS, hash=False)
    may_arm: bool = False
    model: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    alerts: AlertSettings = field(default_factory=AlertSettings)
    path: Path = Path("config.toml")
    given: frozenset[str] = frozenset()


def home(path: str | Path | None = None) -> Path:
    """The directory of settings, watchlist, ledger and cache; it need not exist yet.

    Args:
        path: What `--home` said; None for `GENIE_HOME`, else the platform's user data directory.
    """
    chosen = path or os.environ.get("GENIE_HOME")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("genie_nb", appauthor=False)


def read_config(directory: str | Path | None = None) -> Config:
    """The settings of a home directory; defaults for what its `config.toml` does not say.

    Args:
        directory: As for `home`.

    Raises:
        BadConfig: The file cannot be read, or holds an unknown key or a value that cannot be.
    """
    path = home(directory) / "config.toml"
    return _read(_tables(path), path)


def describe(directory: str | Path | None = None) -> tuple[tuple[str, str, str], ...]:
    """Every setting as (dotted key, value, where it is from), for `genie config`.

    Args:
        directory: As for `home`.

    Raises:
        BadConfig: As `read_config`.
    """
    config = read_config(directory)
    values: dict[str, object] = {
        "provider": config.provider,
        "deadline": f"{config.deadline:g}",
        "shares": config.shares,
        **{f"bands.{name}": f"{limit:.17g}" for name, limit in config.bands.items()},
        AGENTS_ARM: str(config.may_arm).lower(),
        **{f"model.{name}": value for name, value in config.model.items()},
        **{f"alerts.{name}": _shown(getattr(config.alerts, name)) for name in _ALERTS},
    }
    return tuple(
        (key, str(value), str(config.path) if key in config.given else "default")
        for key, value in values.items()
    )


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
    if key == "provider":
        _refuse_unknown_provider(text, path)
    _make_folder(path.parent)
    try:
        with FileLock(path.with_suffix(".lock")):
            tables = _tables(path)
            _place(tables, key, text, path)
            config = _read(tables, path)
            _replace(path, tomli_w.dumps(tables))
    except OSError as wrong:
        raise _unwritable(f"{path} cannot be written: {wrong.strerror}.", path.parent) from None
    return config


def _tables(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadConfig(
            f"{path} is not TOML: {wrong}.",
            seen=str(path),
            needed="a TOML file in UTF-8",
            cure="Correct that line, or move the file away to start from the defaults.",
        ) from None
    except OSError as wrong:
        raise BadConfig(
            f"{path} cannot be read: {wrong.strerror}.",
            seen=str(path),
            needed="a readable file",
            cure="Correct its permissions, or name another home with --home or GENIE_HOME.",
        ) from None


def _read(tables: Mapping[str, object], path: Path) -> Config:
    given: set[str] = set()
    values: dict[str, object] = {}
    for key, value in tables.items():
        if key == "model":
            values[key] = MappingProxyType(dict(_table(value, key, path)))
            given |= {f"model.{name}" for name in _table(value, key, path)}
        elif key == "bands":
            limits = _table(value, key, path)
            values[key] = _bands(limits, path)
            given |= {f"bands.{name}" for name in limits}
        elif key == "agents":
            values["may_arm"] = _agents(_table(value, key, path), path)
            given |= {f"agents.{name}" for name in _table(value, key, path)}
        elif key == "alerts":
            values[key] = _alerts(_table(value, key, path), path)
            given |= {f"alerts.{name}" for name in _table(value, key, path)}
        elif key in _PLAIN:
            values[key] = _PLAIN[key](value, key, path)
            given.add(key)
        else:
            raise _unknown(key, (*_PLAIN, "bands", "agents", "alerts", "model"), path)
    return Config(**values, path=path, given=frozenset(given))  # pyright: ignore[reportArgumentType]


def _bands(limits: Mapping[str, object], path: Path) -> Mapping[str, float]:
    for name in limits:
        if name not in LIMITS:
            raise _unknown(f"bands.{name}", tuple(f"bands.{band}" for band in LIMITS), path)
    bands = {
        name: _positive(limits.get(name, default), f"bands.{name}", path)
        for name, default in LIMITS.items()
    }
    for (lower, low), (upper, high) in zip(
        list(bands.items())[:-1], list(bands.items())[1:], strict=True
    ):
        if low >= high:
            raise BadConfig(
                f"bands.{lower} cannot be {low:,.0f} in {path}: it is not below "
                f"bands.{upper} = {high:,.0f}.",
                seen=low,
                needed="limits that grow from nano to large",
                cure=f"Make bands.{lower} smaller than bands.{upper}.",
            )
    return MappingProxyType(bands)


def _agents(table: Mapping[str, object], path: Path) -> bool:
    for name, value in table.items():
        if name != "arm":
            raise _unknown(f"agents.{name}", (AGENTS_ARM,), path)
        if not isinstance(value, bool):
            raise _wrong(value, AGENTS_ARM, path, "true or false", "true")
    return table.get("arm") is True


def _alerts(settled: Mapping[str, object], path: Path) -> AlertSettings:
    for name in settled:
        if name not in _ALERTS:
            raise _unknown(f"alerts.{name}", tuple(f"alerts.{known}" for known in _ALERTS), path)
    values = {name: _ALERTS[name](value, f"alerts.{name}", path) for name, value in settled.items()}
    return AlertSettings(**values)  # pyright: ignore[reportArgumentType]


def _positive(value: object, key: str, path: Path) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 < float(value) < float("inf"):  # pyright: ignore[reportArgumentType]
        usual = LIMITS.get(key.removeprefix("bands."), 30)
        raise _wrong(value, key, path, "a number above 0", f"{usual:.17g}")
    return float(value)  # pyright: ignore[reportArgumentType]


def _count(value: object, key: str, path: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _wrong(value, key, path, "a whole number of 1 or more", "10000")
    return value


def _address(value: object, key: str, path: Path) -> str:
    scheme = value.partition(":")[0] if isinstance(value, str) else ""
    if not scheme or scheme != scheme.strip() or not scheme.replace("-", "_").isidentifier():
        raise _wrong(value, key, path, "an address such as demo, yahoo or files:DIR", '"yahoo"')
    return str(value)


def _text(value: object, key: str, path: Path) -> str:
    if not isinstance(value, str):
        raise _wrong(value, key, path, "a text", '"…"')
    return value


def _texts(value: object, key: str, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise _wrong(value, key, path, "a list of texts", '["…"]')
    return tuple(value)


_ALERTS = {
    "sinks": _texts,
    "ledger": _text,
    "dead_man": _text,
    "allow_hosts": _texts,
    "digest_over": _count,
}
_PLAIN = {"provider": _address, "deadline": _positive, "shares": _count}


def _table(value: object, key: str, path: Path) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _wrong(value, key, path, f"a table headed [{key}]", None)
    return value


def _place(tables: dict[str, object], key: str, text: str, path: Path) -> None:
    """Put *text* at *key*, as the kind of value that key has."""
    group, dot, name = key.partition(".")
    alerts = (f"alerts.{setting}" for setting in _ALERTS)
    known = (*_PLAIN, *(f"bands.{band}" for band in LIMITS), AGENTS_ARM, *alerts)
    if dot and group == "model" and name:
        value: object = text
    elif key in known:
        value = _TRUTHS.get(text.casefold(), text) if key == AGENTS_ARM else _typed(key, text)
    else:
        raise _unknown(key, (*known, "model.name", "model.base_url", "model.key"), path)
    if not dot:
        tables[key] = value
        return
    table = tables.setdefault(group, {})
    dict.__setitem__(_table(table, group, path), name, value)  # pyright: ignore[reportArgumentType]


def _typed(key: str, text: str) -> object:
    """What was typed, as its key has it; the members of a list are set apart by spaces."""
    read = _ALERTS.get(key.removeprefix("alerts."))
    if read is _texts:
        return [part for part in (word.strip(",") for word in text.split()) if part]
    return text if key == "provider" or read is _text else _number(text)


def _shown(value: object) -> str:
    """A setting without the password that a URL may hold."""
    text = " ".join(value) if isinstance(value, tuple) else str(value)
    return re.sub(r"(://[^/\s:@]*:)[^/\s]+(?=@)", r"\1***", text)


def _number(text: str) -> object:
    """The number as typed, whole where it is; the text itself where it is none."""
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _refuse_unknown_provider(text: str, path: Path) -> None:
    from importlib.metadata import entry_points

    known = sorted(entry_points(group="genie_nb.providers").names)
    scheme = text.partition(":")[0]
    if scheme not in known:
        raise BadConfig(
            f"No provider is called {scheme!r}, so {path} is left as it was.",
            seen=text,
            needed=f"one of: {', '.join(known)}",
            cure=_hint(scheme, known),
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise _unwritable(
            f"The home directory {folder} cannot be made: {wrong.strerror}.", folder
        ) from None


def _unwritable(message: str, folder: Path) -> BadConfig:
    return BadConfig(
        message,
        seen=str(folder),
        needed="a directory that can be written to",
        cure="Name another one with --home or GENIE_HOME.",
    )


def _replace(path: Path, text: str) -> None:
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _wrong(value: object, key: str, path: Path, needed: str, example: str | None) -> BadConfig:
    cure = f"Write: {key} = {example}" if example else f"Write {needed}."
    return BadConfig(
        f"{key} cannot be {value!r} in {path}: {needed} is needed.",
        seen=value,
        needed=needed,
        cure=cure,
    )


def _unknown(key: str, known: Sequence[str], path: Path) -> BadConfig:
    return BadConfig(
        f"{path} can have no setting called {key!r}.",
        seen=key,
        needed=f"one of: {', '.join(known)}",
        cure=_hint(key, known),
    )


def _hint(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}."
