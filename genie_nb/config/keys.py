"""Every setting there is: its dotted key, what it settles, its kind and an example, declared once."""

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
        meaning: What it settles, in words.
        kind: What it can be.
        example: A value as TOML writes it.
        secret: Whether it should be the name of a secret, so that anything else is not shown.
    """

    meaning: str
    kind: Kind
    example: str
    secret: bool = False


KEYS: Mapping[str, Key] = {
    "provider": Key(
        meaning="where data comes from: demo, yahoo or files:DIR", kind=ADDRESS, example='"yahoo"'
    ),
    "deadline": Key(
        meaning="seconds after which an answer shows what has come", kind=POSITIVE, example="30"
    ),
    "shares": Key(
        meaning="the position whose cost of leaving is estimated", kind=COUNT, example="10000"
    ),
    **{
        f"bands.{band}": Key(
            meaning=f"the market value in dollars up to which a company is {band}",
            kind=POSITIVE,
            example=f"{limit:.17g}",
        )
        for band, limit in LIMITS.items()
    },
    "rotation.small": Key(
        meaning="the small-cap index or fund of rotation; the provider's own unless set",
        kind=TEXT,
        example='"IWM"',
    ),
    "rotation.large": Key(
        meaning="the large-cap index or fund of rotation; the provider's own unless set",
        kind=TEXT,
        example='"SPY"',
    ),
    "agents.arm": Key(
        meaning="whether agents may arm rules and send alerts", kind=TRUTH, example="true"
    ),
    "agents.providers": Key(
        meaning="sources that agents may name besides yours, demo and yahoo",
        kind=TEXTS,
        example='["files:prices"]',
    ),
    "model.name": Key(
        meaning="a language model as LiteLLM names it; it may suggest readings and write the summary "
        "of a report, in which every number is checked against the facts",
        kind=TEXT,
        example='"openai/gpt-4o-mini"',
    ),
    "model.base_url": Key(
        meaning="where the model is served; its maker's address unless set",
        kind=TEXT,
        example='"http://127.0.0.1:11434"',
    ),
    "model.key": Key(
        meaning="the name of the secret that opens the model: env:NAME or keyring:NAME",
        kind=TEXT,
        example='"env:NAME"',
        secret=True,
    ),
    "model.budget": Key(
        meaning="dollars that the model may cost in a session, for which its price must be known; "
        "no limit unless set",
        kind=AMOUNT,
        example="0.50",
    ),
    "model.keep": Key(
        meaning="whether prompts, answers and costs are written to model.jsonl",
        kind=TRUTH,
        example="true",
    ),
    "alerts.sinks": Key(
        meaning="where alerts go when a rule names no sink",
        kind=TEXTS,
        example='["file:alerts.jsonl"]',
    ),
    "alerts.ledger": Key(
        meaning="path or PostgreSQL URL of the ledger, or the name of a secret; ledger.sqlite in the "
        "home directory unless set",
        kind=TEXT,
        example='"env:NAME"',
    ),
    "alerts.dead_man": Key(
        meaning="a URL that is asked for after each good run, so that someone notices when none comes",
        kind=TEXT,
        example='"env:NAME"',
    ),
    "alerts.allow_hosts": Key(
        meaning="hosts that webhooks may reach although their address is link-local",
        kind=TEXTS,
        example='["hooks.example.org"]',
    ),
    "alerts.digest_over": Key(
        meaning="more alerts than this for one sink at once are told in one message",
        kind=COUNT,
        example="20",
    ),
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
