"""Chat and mail services, through Apprise."""

import logging
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from ...core.errors import MissingExtra, SetupError
from .. import secrets
from .hosts import addresses
from .opened import Body, TryLater

_SCHEMES = {"http", "https", "file"}


class Chat:
    """Tells messages to a service that Apprise knows.

    Args:
        address: An Apprise address, or the name of a secret that holds one.
        allowed: Hosts that may have a link-local or metadata address.
    """

    digests = True

    def __init__(self, address: str, *, allowed: AbstractSet[str] = frozenset()) -> None:
        self._address = address
        self._allowed = allowed

    def send(self, key: str, body: Body, text: str) -> None:  # noqa: ARG002 - chats have no keys
        """Tell *text*.

        Raises:
            TryLater: The service did not take it.
            Refused: The address is one that is not sent to.
            SetupError: There is no such service or secret.
            MissingExtra: Chat and mail services need the extra `alerts`.
        """
        import apprise

        url = secrets.resolve(self._address)
        service = _service(url)
        _check_host(url, self._allowed)
        with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as said:
            arrived = service.notify(body=text, title=_title(body))
            reason = secrets.scrub(said.getvalue()).strip().splitlines()  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
        if not arrived:
            name = urlsplit(url).scheme
            told = f": {reason[-1]}" if reason else ""
            raise TryLater(f"The {name} service did not take it{told}.", cure="It is tried again.")


def hides(url: str) -> bool:
    """Whether an address holds a password or token, by what Apprise would hide of it.

    Raises:
        SetupError: No service has such an address.
        MissingExtra: Chat and mail services need the extra `alerts`.
    """
    service = _service(url)
    return service.url(privacy=True) != service.url(privacy=False)


def _service(url: str):
    try:
        import apprise
    except ImportError:
        scheme = url.partition(":")[0]
        raise MissingExtra("alerts", wanted=f"A sink of the kind {scheme}:") from None
    service = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if service is None:
        scheme = url.partition(":")[0]
        raise SetupError(
            f"No service can be reached by an address of the kind {scheme}: as it is written.",
            seen=scheme,
            needed="file:PATH, http(s)://…, or an address of a service that Apprise knows",
            cure="Compare it with the examples of Apprise, such as ntfy://TOPIC.",
        )
    return service


def _check_host(url: str, allowed: AbstractSet[str]) -> None:
    """Refuse link-local addresses; a name that is a token, not a host, is no name of the network."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return
    if host and ("." in host or ":" in host):
        try:
            addresses(host, 0, allowed)
        except TryLater:
            return


def _title(body: Body) -> str:
    if "digest" in body:
        what = "troubles" if "outage" in body["digest"][0] else "alerts"
        return f"genie: {len(body['digest'])} {what}"
    if "outage" in body:
        return f"genie: trouble with {body['subject']}"
    if "test" in body:
        return "genie: a test"
    return f"genie: {body['ticker']}"
