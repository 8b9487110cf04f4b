"""Secrets by name: `env:NAME` and `keyring:NAME`.

A name may be kept anywhere; its value is looked up when it is needed and never kept. Whatever was
looked up in this process is taken out of every text that is stored or shown.
"""

import os
import re
from urllib.parse import quote, quote_plus, unquote, urlsplit

from ..core.errors import MissingExtra, SetupError

_KINDS = ("env:", "keyring:")
_SHORT = 8
"""A shorter piece of an address is no secret, and taking it out would make texts unreadable."""

_known: set[str] = set()


def is_name(text: str) -> bool:
    """Whether *text* names a secret.

    Example:
        >>> is_name("env:SLACK_HOOK"), is_name("https://example.org/hook")
        (True, False)
    """
    return text.startswith(_KINDS)


def resolve(text: str) -> str:
    """The value that *text* names; any other text is its own value.

    Args:
        text: `env:NAME` for an environment variable, `keyring:NAME` for the system's key ring.

    Raises:
        SetupError: There is no such secret, or no key ring to ask.
        MissingExtra: Key rings need the extra `alerts`.
    """
    kind, _, name = text.partition(":")
    if not is_name(text):
        return text
    value = os.environ.get(name) if kind == "env" else _from_keyring(name)
    if not value:
        raise SetupError(
            f"There is no secret {text}.",
            seen=text,
            needed="an environment variable" if kind == "env" else "an entry of the key ring",
            cure=f"Set the environment variable {name}."
            if kind == "env"
            else f"Run: keyring set genie_nb {name}",
        )
    remember(value)
    return value


def is_absent(text: str) -> bool:
    """Whether *text* names a secret that this process cannot have; another one may.

    Example:
        >>> is_absent("env:NOBODY_SET_THIS"), is_absent("https://example.org/hook")
        (True, False)
    """
    try:
        resolve(text)
    except SetupError:
        return True
    return False


def remember(value: str) -> None:
    """Take *value*, and the parts of it that tell, out of every text from here on."""
    for part in {value, *_telling_parts(value)}:
        if len(part) >= _SHORT or part == value:
            _known.update({part, quote(part, safe=""), quote_plus(part), unquote(part)})


def scrub(text: object) -> str:
    """*text* without any secret that was looked up in this process.

    Example:
        >>> remember("correct-horse"); scrub("HTTP 401: correct-horse was refused")
        'HTTP 401: *** was refused'
    """
    cleaned = str(text)
    for value in sorted(_known, key=len, reverse=True):
        cleaned = cleaned.replace(value, "***")
    return re.sub(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)", "***", cleaned)


def _telling_parts(value: str) -> set[str]:
    """What an address tells besides its host: path, query, user and password."""
    if "://" not in value:
        return set()
    parts = urlsplit(value)
    user, _, host = parts.netloc.rpartition("@")
    tell = {user, *user.split(":"), parts.path.strip("/"), *parts.path.split("/"), parts.query}
    tell |= {piece.rpartition("=")[2] for piece in parts.query.split("&")}
    if parts.scheme not in ("http", "https", "postgresql", "postgres"):
        tell |= {parts.netloc, host}
    return tell


def _from_keyring(name: str) -> str | None:
    try:
        import keyring
        import keyring.errors
    except ImportError:
        raise MissingExtra("alerts", wanted=f"The secret keyring:{name}") from None
    try:
        return keyring.get_password("genie_nb", name)
    except keyring.errors.KeyringError as wrong:
        raise SetupError(
            f"The key ring cannot be asked for {name}: {wrong}.",
            seen=f"keyring:{name}",
            needed="a key ring that answers",
            cure=f"Use env:{name} where there is no key ring.",
        ) from None
