"""A webhook: JSON, or the user's own template, sent to an address by POST."""

import hmac
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from string import Template
from typing import Any

from ...core.errors import SetupError
from ...core.watch import Sink
from .. import secrets
from .http import TIMEOUT, request
from .opened import Body

_FIELDS = frozenset(
    {
        "id",
        "rule_id",
        "ticker",
        "interval",
        "rule",
        "bar_time",
        "bar_close",
        "late",
        "price",
        "evidence",
        "text",
        "evaluated_at",
        "story",
        "outage",
        "subject",
        "since",
        "count",
    }
)


class Webhook:
    """Posts messages to an address.

    Args:
        sink: Address, names of secrets, and template.
        home: What the template's path is relative to.
        allowed: Hosts that may have a link-local or metadata address.
        timeout: Seconds in which the service has to answer.
    """

    digests = True

    def __init__(
        self,
        sink: Sink,
        *,
        home: Path,
        allowed: AbstractSet[str] = frozenset(),
        timeout: float = TIMEOUT,
    ) -> None:
        self._sink = sink
        self._home = home
        self._allowed = allowed
        self._timeout = timeout

    def send(self, key: str, body: Body, text: str) -> None:
        """Post *body*.

        Raises:
            TryLater: It may arrive at another try.
            Refused: The service will not take it.
            SetupError: A secret or the template is not there.
        """
        data, kind = self._content(key, body, text)
        headers = {"Content-Type": kind, "Idempotency-Key": key, "User-Agent": "genie_nb"}
        if self._sink.secret:
            secret = secrets.resolve(self._sink.secret)
            mark = hmac.digest(secret.encode(), data, "sha256").hex()
            headers["X-Genie-Signature"] = f"sha256={mark}"
        request(
            "POST",
            secrets.resolve(self._sink.address),
            data=data,
            headers=headers,
            allowed=self._allowed,
            timeout=self._timeout,
        )

    def _content(self, key: str, body: Body, text: str) -> tuple[bytes, str]:
        if not self._sink.template:
            return json.dumps(dict(body), ensure_ascii=False).encode(), "application/json"
        path = self._home / Path(self._sink.template).expanduser()
        is_json = path.suffix.lower() == ".json"
        fields = {name: _written(value, is_json) for name, value in _fields(key, body, text)}
        kind = "application/json" if is_json else "text/plain; charset=utf-8"
        return read_template(path).substitute(fields).encode(), kind


def read_template(path: Path) -> Template:
    """The user's template: the fields of an alert as `$name` or `${name}`, `$$` for a dollar.

    Of a digest, `$text` tells all of it, `$count` how many alerts, `$id` its key; what only a single
    alert has is empty.

    Args:
        path: In a file that ends in `.json`, values are escaped to stand within quotation marks.

    Raises:
        SetupError: The file cannot be read, or names a field that no message has.
    """
    try:
        template = Template(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as wrong:
        raise SetupError(
            f"The template {path} cannot be read: {wrong}.",
            seen=str(path),
            needed="a text file in UTF-8",
            cure="Correct its path.",
        ) from None
    unknown = sorted(set(template.get_identifiers()) - _FIELDS)
    if unknown or not template.is_valid():
        named = f"names ${unknown[0]}, which no alert has" if unknown else "has a $ without a name"
        raise SetupError(
            f"The template {path} {named}.",
            seen=unknown[0] if unknown else "$",
            needed=f"names among: {', '.join(sorted(_FIELDS))}; $$ for a dollar",
            cure="Correct the template.",
        )
    return template


def _fields(key: str, body: Body, text: str) -> list[tuple[str, Any]]:
    alerts: list[Mapping[str, Any]] = body.get("digest", [])
    empty = dict.fromkeys(_FIELDS, "")
    tickers = " ".join(dict.fromkeys(str(one["ticker"]) for one in alerts if "ticker" in one))
    told = {"ticker": tickers} if alerts else dict(body)
    return list({**empty, **told, "id": key, "text": text, "count": len(alerts) or 1}.items())


def _written(value: object, is_json: bool) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return json.dumps(text, ensure_ascii=False)[1:-1] if is_json else text
