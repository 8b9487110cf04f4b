"""Requests to addresses that the user configured, and to no others."""

import time
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from ..secrets import scrub
from .hosts import addresses
from .opened import Refused, TryLater

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

TIMEOUT = 10.0
"""Seconds in which a service has to answer."""

_LATER = frozenset({408, 425, 429})
_MOVED = frozenset({301, 307, 308})
_HOPS = 3
_DAY = 86_400.0


def request(
    method: str,
    url: str,
    *,
    data: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    allowed: AbstractSet[str] = frozenset(),
    timeout: float = TIMEOUT,
) -> None:
    """Send a request; returning means that it was answered with a status of 2xx.

    A redirect is followed when it stays on the host and keeps method and body.

    Args:
        method: `POST` or `GET`.
        url: Where to.
        data: The body.
        headers: Besides the usual ones.
        allowed: Hosts that may have a link-local or metadata address.
        timeout: Seconds for all of it.

    Raises:
        TryLater: No answer in time, a broken connection, or a status that asks to come again.
        Refused: Any other status, a redirect to elsewhere, or an address that is not sent to.
    """
    asked = _Asked(method=method, data=data, headers=headers or {}, end=time.monotonic() + timeout)
    parts = _parts(url)
    for _ in range(_HOPS):
        answer = _answer(asked, parts, allowed)
        if answer.status not in _MOVED:
            _judge(answer.status, answer.headers, parts)
            return
        parts = _next(parts, answer.headers.get("Location", ""))
    raise Refused(
        f"{parts.hostname} redirects more than {_HOPS} times.", cure="Correct the address."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked, and until when."""

    method: str
    data: bytes | None
    headers: Mapping[str, str]
    end: float


def _parts(url: str) -> SplitResult:
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    raise Refused(
        "The address of the webhook is none that can be sent to.",
        needed="http://HOST/PATH or https://HOST/PATH",
        cure="Correct the address.",
    )


def _answer(asked: _Asked, parts: SplitResult, allowed: AbstractSet[str]) -> "BaseHTTPResponse":
    """What the first address that can be reached answers."""
    from urllib3.exceptions import HTTPError

    fault: Exception | None = None
    for address in addresses(str(parts.hostname), _port(parts), allowed):
        try:
            return _from(address, asked, parts)
        except HTTPError as wrong:
            fault = wrong
            if not _never_arrived(wrong) or time.monotonic() >= asked.end:
                break
    raise _unanswered(str(parts.hostname), fault) from None


def _from(address: str, asked: _Asked, parts: SplitResult) -> "BaseHTTPResponse":
    """What one address answers; the host's name is still the one that its certificate is for."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout

    limit = Timeout(total=max(asked.end - time.monotonic(), 0.001))
    host, port = str(parts.hostname), _port(parts)
    if parts.scheme == "https":
        pool = HTTPSConnectionPool(
            address, port, timeout=limit, server_hostname=host, assert_hostname=host
        )
    else:
        pool = HTTPConnectionPool(address, port, timeout=limit)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    with pool:
        answer = pool.urlopen(
            asked.method,
            path,
            body=asked.data,
            headers={"Host": parts.netloc.rpartition("@")[2], **_user(parts), **asked.headers},
            retries=False,
            redirect=False,
            assert_same_host=False,
            preload_content=False,
        )
        answer.close()
        return answer


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _user(parts: SplitResult) -> dict[str, str]:
    """User and password of an address as the header that they belong in."""
    from urllib3 import make_headers

    if not parts.username:
        return {}
    named = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return dict(make_headers(basic_auth=named))


def _never_arrived(wrong: Exception) -> bool:
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    return isinstance(wrong, ConnectTimeoutError | NewConnectionError)


def _unanswered(host: str, fault: Exception | None) -> TryLater:
    from urllib3 import exceptions

    if isinstance(fault, exceptions.NewConnectionError):
        return TryLater(f"{host} takes no connection.", cure="It is tried again.")
    if fault is None or isinstance(fault, exceptions.TimeoutError):
        return TryLater(f"{host} did not answer in time.", cure="It is tried again.", hung=True)
    if isinstance(fault, exceptions.SSLError):
        return TryLater(
            f"{host} has no certificate that is trusted: {scrub(fault)}.",
            cure="Correct its certificate, or the address.",
        )
    return TryLater(f"{host} broke the connection.", cure="It is tried again.")


def _next(here: SplitResult, location: str) -> SplitResult:
    """Where a redirect leads, when that is the same host."""
    try:
        there = _parts(urljoin(here.geturl(), location))
    except ValueError:
        there = _parts("")
    safe = there.scheme in {here.scheme, "https"}
    if not location or here.hostname != there.hostname or not safe:
        raise Refused(
            f"{here.hostname} redirects to {there.hostname}, which was not configured.",
            seen=there.hostname,
            needed="an answer from the configured host",
            cure="If it is meant, configure that address itself.",
        )
    return there


def _judge(status: int, headers: Mapping[str, str], parts: SplitResult) -> None:
    if 200 <= status < 300:
        return
    said = f"{parts.hostname} answered {status}."
    if status in _LATER or status >= 500:
        raise TryLater(said, cure="It is tried again.", wait=_patience(headers))
    raise Refused(
        said,
        seen=status,
        needed="an answer of 2xx",
        cure="Correct the address or its secret, then run: genie alerts resend ID",
    )


def _patience(headers: Mapping[str, str]) -> float | None:
    """Seconds that `Retry-After` asks for, given as a number or as a date; a day at most."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isdigit():
        return min(float(asked), _DAY)
    try:
        until = parsedate_to_datetime(asked).timestamp()
    except (TypeError, ValueError):
        return None
    try:
        now = parsedate_to_datetime(headers.get("Date", "")).timestamp()
    except (TypeError, ValueError):
        now = time.time()
    return min(max(until - now, 0.0), _DAY)
