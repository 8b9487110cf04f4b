"""Every setting there is: its dotted key, its kind and an example, declared once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ..core.bands import LIMITS
from ..core.errors import BadConfig
from .kinds import ADDRESS, AMOUNT, COUNT, POSITIVE, TEXT, TEXTS, TRUTH, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One setting.

    Attributes:
        kind: What it can be.
        example: A value as TOML writes it.
        secret: Whether it should be the name of a secret, so that anything else is not shown.
    """

    kind: Kind
    example: str
    secret: bool = False


KEYS: Mapping[str, Key] = {
    "provider": Key(kind=ADDRESS, example='"yahoo"'),
    "deadline": Key(kind=POSITIVE, example="30"),
    "shares": Key(kind=COUNT, example="10000"),
    **{
        f"bands.{band}": Key(kind=POSITIVE, example=f"{limit:.17g}")
        for band, limit in LIMITS.items()
    },
    "agents.arm": Key(kind=TRUTH, example="true"),
    "agents.providers": Key(kind=TEXTS, example='["files:prices"]'),
    "model.name": Key(kind=TEXT, example='"openai/gpt-4o-mini"'),
    "model.base_url": Key(kind=TEXT, example='"http://127.0.0.1:11434"'),
    "model.key": Key(kind=TEXT, example='"env:NAME"', secret=True),
    "model.budget": Key(kind=AMOUNT, example="0.50"),
    "model.keep": Key(kind=TRUTH, example="true"),
    "alerts.sinks": Key(kind=TEXTS, example='["file:alerts.jsonl"]'),
    "alerts.ledger": Key(kind=TEXT, example='"env:NAME"'),
    "alerts.dead_man": Key(kind=TEXT, example='"env:NAME"'),
    "alerts.allow_hosts": Key(kind=TEXTS, example='["hooks.example.org"]'),
    "alerts.digest_over": Key(kind=COUNT, example="20"),
}
"""In the order in which they are shown."""


def read_value(key: str, value: object, path: Path) -> object:
    """The setting that a value in the file means.

    Raises:
        BadConfig: There is no such key, or it cannot have that value.
    """
    if key not in KEYS:
        table = key.partition(".")[0]
        raise unknown(key, [known for known in KEYS if known.startswith(f"{table}.")], path)
    setting = KEYS[key]
    read = setting.kind.read(value)
    if read is None:
        raise wrong(key, value, path, setting.kind.needed, f"Write: {key} = {setting.example}")
    return read


def unknown(key: str, known: Sequence[str], path: Path) -> BadConfig:
    """The refusal of a key that there is not."""
    return BadConfig(
        f"{path} can have no setting called {key!r}.",
        seen=key,
        needed=f"one of: {', '.join(known)}",
        cure=nearest(key, known),
    )


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that was probably meant, asked for in a sentence; all of them when none is near."""
    near = get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}."


def wrong(key: str, value: object, path: Path, needed: str, cure: str) -> BadConfig:
    """The refusal of a value that a key cannot have."""
    return BadConfig(
        f"{key} cannot be {value!r} in {path}: {needed} is needed.",
        seen=value,
        needed=needed,
        cure=cure,
    )
