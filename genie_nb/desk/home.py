"""What lies in the home of a desk: its watchlist, its ledger, and where alerts go by default."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..alerts.ledger import Ledger, open_ledger
from ..alerts.outbox import deliver
from ..alerts.secrets import is_absent
from ..alerts.sinks import Opened, absolute, open_sink, refuse_unusable
from ..alerts.watchlist import Watchlist
from ..core.verbs import Ask
from ..core.watch import Delivery, Sink
from .clock import real_time

if TYPE_CHECKING:
    from .desk import Desk

LEDGER = "ledger.sqlite"


def watchlist_of(desk: "Desk") -> Watchlist:
    """The rules of the desk's home."""
    return Watchlist(desk.directory, desk.config.provider)


def ledger_of(desk: "Desk") -> Ledger:
    """The ledger that the desk's home uses, opened.

    Raises:
        SetupError: It cannot be opened or written.
    """
    return open_ledger(desk.config.alerts.ledger or desk.directory / LEDGER)


def has_ledger(desk: "Desk") -> bool:
    """Whether there is a ledger; one on a server is taken to be there."""
    return bool(desk.config.alerts.ledger) or (desk.directory / LEDGER).exists()


def sinks_of(desk: "Desk", ask: Ask, *, usual: bool = True) -> tuple[Sink, ...]:
    """Where the alerts of a request go: to its `--sink`, else where the settings say.

    Args:
        desk: Whose settings hold.
        ask: The request.
        usual: Whether the settings are asked at all.

    Raises:
        SetupError: An address holds a secret, or cannot be one of a sink.
    """
    options = ask.options
    given = options.get("sink")
    addresses = given if isinstance(given, tuple) else ()
    if not addresses and usual:
        addresses = desk.config.alerts.sinks
    more = {name: str(options.get(name, "")) for name in ("secret", "template")}
    sinks = tuple(
        absolute(Sink(address=one, **({} if one.startswith("file:") else more)), Path.cwd())
        for one in addresses
    )
    allowed = frozenset(desk.config.alerts.allow_hosts)
    for sink in sinks:
        refuse_unusable(sink, home=desk.directory, allowed=allowed)
    return sinks


def absent_secrets(sinks: Iterable[Sink]) -> tuple[str, ...]:
    """Names of secrets that sinks need and that this process does not have."""
    named = dict.fromkeys(name for sink in sinks for name in (sink.address, sink.secret))
    return tuple(name for name in named if is_absent(name))


def opened(desk: "Desk", sink: Sink) -> Opened:
    """A sink ready to be sent to.

    Raises:
        GenieError: It cannot be one; says why.
    """
    hosts = frozenset(desk.config.alerts.allow_hosts)
    return open_sink(sink, home=desk.directory, allowed=hosts)


def send(desk: "Desk", ledger: Ledger) -> tuple[Delivery, ...]:
    """Try every delivery that is pending; returns them as they are afterwards.

    Raises:
        SetupError: The ledger cannot be written.
    """
    return deliver(
        ledger,
        lambda sink: opened(desk, sink),
        now=real_time,
        digest_over=desk.config.alerts.digest_over,
    )
