"""What is private in one run: secrets that it names, and where things lie on this machine."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..config import home as home_of
from .scrub import Scrubber, place_told
from .secrets import chat_addresses, secrets_in

_ABSOLUTE = re.compile(r"(?<![\w.:/~])/[^\s,;'\"<>:]+")


def scrubber_for(
    notebook: Any,
    parameters: Mapping[str, object],
    *,
    home: Path | None,
    files: Sequence[str] = (),
) -> Scrubber:
    """The scrubber of one executed notebook.

    Args:
        notebook: As executed: it may name secrets anywhere.
        parameters: What it was given.
        home: Its home of settings and ledger; None for the usual one.
        files: Where it was read from and is written to.
    """
    genie_home = home_of(home)
    own = parameters.get("home")
    homes = [genie_home, *([Path(str(own)).expanduser()] if own else [])]
    texts = [json.dumps(notebook), json.dumps(dict(parameters), default=str)]
    texts += [_settings(folder) for folder in homes]
    return Scrubber(
        secrets=secrets_in(texts) | chat_addresses(parameters.values()),
        places=_places(homes, parameters, files),
    )


def _settings(folder: Path) -> str:
    """Settings and watchlist name secrets by the name of their variable."""
    found = []
    for name in ("config.toml", "watchlist.txt"):
        try:
            found.append((folder / name).read_text(encoding="utf-8", errors="replace"))
        except OSError:
            continue
    return "\n".join(found)


def _places(
    homes: list[Path], parameters: Mapping[str, object], files: Sequence[str]
) -> dict[str, str]:
    """Folders and what is written for them; the more telling name wins."""
    told: dict[str, str] = {}
    for value in parameters.values():
        for found in _ABSOLUTE.findall(str(value)):
            _add(told, Path(found), place_told(Path(found)))
    for file in files:
        if "://" not in file:
            folder = Path(file).expanduser().absolute().parent
            _add(told, folder, place_told(folder))
    for folder in homes:
        _add(told, folder.absolute(), "$GENIE_HOME")
    _add(told, Path.cwd(), ".")
    _add(told, Path.home(), "~")
    return told


def _add(told: dict[str, str], folder: Path, name: str) -> None:
    """A folder as named and as it really lies; the root of a disk is no place."""
    for path in {folder, folder.resolve()}:
        if len(path.parts) > 2 or path == Path.home():
            told[str(path)] = name
