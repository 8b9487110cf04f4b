"""`ledger`: what it holds; prune, export and backup."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ..alerts.ledger import Ledger
from ..core.errors import AskError, UnknownName
from ..core.pace import seconds_of
from ..core.upkeep import Upkeep
from ..core.verbs import Ask
from .clock import real_time
from .home import has_ledger, ledger_of

if TYPE_CHECKING:
    from .desk import Desk

ACTIONS = ("prune", "export", "backup")


def upkeep(desk: "Desk", ask: Ask) -> Upkeep:
    """Do what the words say to the ledger of the desk's home; without words, look at it.

    Raises:
        AskError: The words are no such request, or there is no ledger.
        SetupError: The ledger cannot be opened, or the file cannot be written.
    """
    action, _, target = ask.words.strip().partition(" ")
    if action and action not in ACTIONS:
        raise UnknownName("action on the ledger", action, ACTIONS)
    if not has_ledger(desk):
        raise AskError(
            f"There is no ledger in {desk.directory}.",
            seen=str(desk.directory),
            needed="a ledger",
            cure="The first rule makes it: genie watch ACME breaks above $25",
        )
    _refuse_strays(ask, action, target.strip())
    with ledger_of(desk) as ledger:
        if action == "prune":
            return _pruned(ledger, str(ask.options["older"]))
        if action:
            return _written(ledger, action, Path(target.strip()).expanduser())
        return _seen(ledger)


def _refuse_strays(ask: Ask, action: str, target: str) -> None:
    """Nothing that was written may be left unread, and nothing that is needed may lack."""
    older = "older" in ask.options
    if action == "prune" and not older:
        raise _unclear(ask, "prune does not say how old", "ledger prune --older 90d")
    if action != "prune" and older:
        raise _unclear(ask, "--older belongs to prune", "ledger prune --older 90d")
    if action in ("export", "backup") and not target:
        raise _unclear(ask, f"{action} does not say where to", f"ledger {action} FILE")
    if action == "prune" and target:
        raise _unclear(ask, f"prune takes no {target!r}", "ledger prune --older 90d")


def _pruned(ledger: Ledger, older: str) -> Upkeep:
    now = real_time()
    counts = ledger.prune(now - timedelta(seconds=seconds_of(older)))
    return Upkeep(ledger=ledger.place.shown, as_of=now, action="prune", counts=counts)


def _written(ledger: Ledger, action: str, path: Path) -> Upkeep:
    counts: dict[str, int] = {}
    if action == "export":
        counts = {"lines": ledger.export(path)}
    else:
        ledger.backup(path)
    return Upkeep(
        ledger=ledger.place.shown, as_of=real_time(), action=action, counts=counts, path=str(path)
    )


def _seen(ledger: Ledger) -> Upkeep:
    counts = {
        "rules": len(ledger.kept()),
        "alerts": len(ledger.alerts()),
        "pending deliveries": len(ledger.deliveries(status="pending")),
        "dead deliveries": len(ledger.deliveries(status="dead")),
        "lasting outages": len(ledger.outages(lasting=True)),
    }
    return Upkeep(
        ledger=ledger.place.shown,
        as_of=real_time(),
        counts=counts,
        heartbeats=ledger.heartbeats(),
    )


def _unclear(ask: Ask, why: str, example: str) -> AskError:
    return AskError(
        f"{why[0].upper()}{why[1:]}.",
        seen=ask.words,
        needed="prune --older TIME, export FILE or backup FILE",
        cure=f"For example: genie {example}",
    )
