"""Which addresses a message may be sent to.

Loopback and private networks are the user's own. Link-local addresses and the metadata services of
clouds, which hand out credentials, are refused unless the settings allow that host by name.
"""

import socket
from collections.abc import Set as AbstractSet
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from .opened import Refused, TryLater

Address = IPv4Address | IPv6Address

_METADATA = tuple(map(ip_network, ("fd00:ec2::254/128", "100.100.100.200/32", "192.0.0.192/32")))
_TRANSLATED = ip_network("64:ff9b::/96")


def addresses(host: str, port: int, allowed: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
    """The addresses of *host*, all of which may be sent to.

    The sender connects to these and does not ask for the name again, so a name that answers
    differently the second time gains nothing.

    Args:
        host: A name or an address.
        port: Where the service listens.
        allowed: Hosts that may have a link-local or metadata address.

    Raises:
        Refused: The host is, or is called like, a link-local or metadata address.
        TryLater: The name is not known at this moment.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise TryLater(
            f"The host {host} is not found.", cure="Check the address, and the connection."
        ) from None
    found = tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if host.lower() not in allowed:
        for address in found:
            _refuse_reserved(host, ip_address(address.partition("%")[0]))
    return found


def refuse_literal(host: str, allowed: AbstractSet[str] = frozenset()) -> None:
    """Refuse a host that is written as a link-local or metadata address; names are judged when sent to.

    Raises:
        Refused: It is one, and not allowed.
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return
    if host.lower() not in allowed:
        _refuse_reserved(host, address)


def _refuse_reserved(host: str, address: Address) -> None:
    for meant in _meant(address):
        if meant.is_link_local or any(meant in network for network in _METADATA):
            raise Refused(
                f"{host} is at {address}, a link-local or metadata address.",
                seen=str(address),
                needed="an address of a service of your own",
                cure=f"If it is meant, run: genie config alerts.allow_hosts {host}",
            )


def _meant(address: Address) -> tuple[Address, ...]:
    """The address, and the older one that is written inside it."""
    if isinstance(address, IPv4Address):
        return (address,)
    inner = address.ipv4_mapped or address.sixtofour
    if address in _TRANSLATED:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    return (address,) if inner is None else (address, inner)
