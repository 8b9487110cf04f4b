"""Which values are secret in a run: those that something names, and those whose name says so.

env:NAME in a notebook, a parameter, the settings or the ledger -> its value
"""

import os
import re
from collections.abc import Iterable, Mapping

from .scrub import parts_of

_NAMED = re.compile(r"\benv:([A-Za-z_]\w*)")
_TELLING = re.compile(
    r"(SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|PRIVATE_?KEY|WEBHOOK)", re.I
)
_CHAT = re.compile(
    r"\b(?!https?:|file:|s3:|gs:|abs:|postgres\w*:|sqlite\w*:)[a-z][a-z0-9+.-]*://[^\s,;'\"<>)\]]+",
    re.I,
)
_SHORTEST = 8
"""Of a value whose variable nobody named: shorter ones are words that texts hold anyway."""


def secrets_in(
    texts: Iterable[str], environment: Mapping[str, str] | None = None
) -> frozenset[str]:
    """The secret values, with the parts that would give them away.

    Args:
        texts: Whatever may name secrets: notebook, parameters, settings, addresses of sinks.
        environment: Variables; None for those of this process.

    Example:
        >>> sorted(secrets_in(["sinks = 'env:HOOK'"], {"HOOK": "hush-hush", "HOME": "/root", "MY_TOKEN": "abcdefgh"}))
        ['abcdefgh', 'hush-hush']
    """
    known = os.environ if environment is None else environment
    named = {name for text in texts for name in _NAMED.findall(text)}
    values = {known[name] for name in named if known.get(name)}
    values |= {
        value for name, value in known.items() if _TELLING.search(name) and len(value) >= _SHORTEST
    }
    return frozenset(part for value in values for part in parts_of(value))


def chat_addresses(values: Iterable[object]) -> frozenset[str]:
    """Addresses of chat and mail services given in clear: they hold their own tokens.

    Example:
        >>> sorted(chat_addresses(["slack://T0/abc/def, file:alerts.jsonl"]))
        ['slack://T0/abc/def']
    """
    return frozenset(found for value in values for found in _CHAT.findall(str(value)))
