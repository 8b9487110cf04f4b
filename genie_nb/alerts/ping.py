"""The dead man's switch: someone outside hears from each good run, and notices when none comes."""

from collections.abc import Set as AbstractSet

from . import secrets
from .sinks.http import TIMEOUT, request


def ping(url: str, *, allowed: AbstractSet[str] = frozenset(), timeout: float = TIMEOUT) -> None:
    """Ask for *url*, so that the service behind it knows of the run.

    Args:
        url: An address, or the name of a secret that holds one.
        allowed: Hosts that may have a link-local or metadata address.
        timeout: Seconds in which it has to answer.

    Raises:
        DeliveryError: It did not answer with a status of 2xx.
        SetupError: There is no such secret.
    """
    request("GET", secrets.resolve(url), allowed=allowed, timeout=timeout)
