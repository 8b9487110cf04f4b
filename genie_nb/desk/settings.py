"""`config`: the settings shown, or one of them set."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..config import describe, home, set_value
from ..core.errors import AskError
from ..core.verbs import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings in force.

    Attributes:
        path: The file they are read from.
        rows: For each setting its key, its value, where that comes from and what it settles.
        changed: The key that was just set; empty when none was.
    """

    path: str
    rows: tuple[tuple[str, str, str, str], ...]
    changed: str = ""

    @property
    def provider(self) -> str:
        """The provider that is asked where none is named."""
        return next(value for key, value, *_ in self.rows if key == "provider")

    def to_dict(self) -> dict[str, Any]:
        """The `genie-config/1` JSON; settings are of no moment, so `as_of` is null."""
        return {
            "schema": "genie-config/1",
            "as_of": None,
            "provider": self.provider,
            "path": self.path,
            "changed": self.changed or None,
            "settings": [
                {"key": key, "value": value, "from": source, "meaning": meaning}
                for key, value, source, meaning in self.rows
            ],
        }


def settle(ask: Ask, directory: str | Path | None) -> Settings:
    """Set what the words say, if anything, and show the settings.

    Raises:
        AskError: The words are not a setting and its value.
        BadConfig: There is no such setting, or its value cannot be.
    """
    chosen = ask.options.get("home", directory)
    place = home(None if chosen is None else Path(str(chosen)))
    key, _, value = ask.words.strip().partition(" ")
    if key and not value.strip():
        raise AskError(
            f"No value was given for {key!r}.",
            seen=ask.words,
            needed="a setting and its value",
            cure=f"For example: config {key} VALUE. Plain `config` shows the settings.",
        )
    if key:
        set_value(place, key, value.strip())
    return Settings(path=str(place / "config.toml"), rows=tuple(describe(place)), changed=key)
