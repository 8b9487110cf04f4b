"""From the address of a sink to the sink itself.

file:PATH -> FileSink    http(s)://… -> Webhook    any other -> Chat
"""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from ...core.errors import SetupError
from ...core.watch import Sink
from .. import secrets
from .file import FileSink
from .hosts import refuse_literal
from .http import TIMEOUT
from .opened import Opened, Refused
from .webhook import Webhook, read_template

_TELLING = frozenset(
    {
        "token",
        "key",
        "apikey",
        "api_key",
        "secret",
        "password",
        "pass",
        "auth",
        "access_token",
        "sig",
    }
)


def open_sink(
    sink: Sink,
    *,
    home: Path,
    allowed: AbstractSet[str] = frozenset(),
    timeout: float = TIMEOUT,
) -> Opened:
    """The sink at an address; nothing is sent or written yet.

    Args:
        sink: Where to; an address that is the name of a secret is looked up now.
        home: What relative paths are relative to.
        allowed: Hosts that may have a link-local or metadata address.
        timeout: Seconds in which a webhook has to answer.

    Raises:
        SetupError: There is no such secret, or the address is none.
    """
    address = secrets.resolve(sink.address)
    kind = _kind(address)
    if kind == "file":
        return FileSink(_path(address, home))
    if kind in ("http", "https"):
        return Webhook(sink, home=home, allowed=allowed, timeout=timeout)
    from .chat import Chat

    return Chat(sink.address, allowed=allowed)


def absolute(sink: Sink, folder: Path) -> Sink:
    """The sink with its paths as they are meant where it was typed.

    Example:
        >>> absolute(Sink(address="file:alerts.jsonl"), Path("/srv")).address
        'file:/srv/alerts.jsonl'
    """
    template = sink.template and str(folder / Path(sink.template).expanduser())
    if not sink.address.startswith("file:"):
        return replace(sink, template=template)
    return replace(sink, address=f"file:{_path(sink.address, folder)}", template=template)


def refuse_unusable(sink: Sink, *, home: Path, allowed: AbstractSet[str] = frozenset()) -> None:
    """Refuse a sink that could not work, or that would put a secret into the ledger, when it is named.

    Args:
        sink: As it was named.
        home: What its paths are relative to.
        allowed: Hosts that may have a link-local or metadata address.

    Raises:
        SetupError: The address is none, is reserved, holds a password or token, or names what it
            cannot have.
        MissingExtra: Chat and mail services need the extra `alerts`.
    """
    if sink.secret and not secrets.is_name(sink.secret):
        raise _literal("The secret of a sink is written out", "--secret env:NAME")
    if sink.template:
        read_template(home / Path(sink.template).expanduser())
    if secrets.is_name(sink.address):
        return
    kind = _kind(sink.address)
    if kind == "file":
        _path(sink.address, home)
    elif kind in ("http", "https"):
        _refuse_reserved(_refuse_telling(sink.address), allowed)
    else:
        from .chat import hides

        if hides(sink.address):
            raise _literal(f"The address {kind}:… holds a password or token")


def _kind(address: str) -> str:
    kind, colon, rest = address.partition(":")
    if not colon or not rest or not kind.replace("+", "").replace("-", "").isalnum():
        raise SetupError(
            "The address of a sink cannot be read.",
            seen=secrets.scrub(address) if "@" not in address else None,
            needed="file:PATH, https://HOST/PATH, an Apprise address, or env:NAME",
            cure="Name it like: --sink file:alerts.jsonl",
        )
    return kind.lower()


def _path(address: str, folder: Path) -> Path:
    """`file:a.jsonl`, `file:/a.jsonl`, `file:///a.jsonl`, `file:~/a.jsonl`."""
    rest = address.partition(":")[2]
    if rest.startswith("//"):
        parts = urlsplit(address)
        if parts.netloc not in ("", "localhost"):
            raise SetupError(
                f"{address} names a file on {parts.netloc}, not on this machine.",
                seen=parts.netloc,
                needed="file:PATH",
                cure=f"Write file:{parts.netloc}{parts.path} if that is the path.",
            )
        rest = unquote(parts.path)
    path = folder / Path(rest).expanduser()
    if path.is_dir() or rest.endswith("/"):
        raise SetupError(
            f"{path} is a folder.",
            seen=str(path),
            needed="a file",
            cure=f"Write file:{path / 'alerts.jsonl'}",
        )
    return path


def _refuse_reserved(host: str, allowed: AbstractSet[str]) -> None:
    try:
        refuse_literal(host, allowed)
    except Refused as wrong:
        raise SetupError(
            wrong.message, seen=wrong.seen, needed=wrong.needed, cure=wrong.cure
        ) from None


def _refuse_telling(address: str) -> str:
    """Refuse an address that holds a secret; returns its host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    host = parts.hostname
    if not host:
        raise SetupError(
            "The address of a webhook has no host.",
            needed="https://HOST/PATH",
            cure="Correct the address.",
        )
    if "@" in parts.netloc:
        raise _literal(f"The address at {host} holds a user or password")
    named = [name for name, _ in parse_qsl(parts.query) if name.lower() in _TELLING]
    if named:
        raise _literal(f"The address at {host} holds a secret ({named[0]}=…)")
    return host


def _literal(seen: str, cure: str = "--sink env:NAME") -> SetupError:
    return SetupError(
        f"{seen}, which would be stored and shown.",
        needed="the name of a secret: env:NAME or keyring:NAME",
        cure=f"Keep it in an environment variable NAME and write: {cure}",
    )
