"""The rules that are watched: the watchlist beside what the ledger keeps of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..alerts.ledger import Ledger
from ..alerts.secrets import scrub
from ..alerts.watchlist import Watchlist
from ..core.errors import AskError
from ..core.rule import Rule
from ..core.watch import Kept
from ..core.watch.watched import Unread
from .home import watchlist_of

if TYPE_CHECKING:
    from .desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What is watched.

    Attributes:
        rules: In the order of the watchlist.
        kept: What the ledger has of them and of others, by rule id.
        unread: Lines that are no rule.
        notes: What else must be said of the list.
        lost: Why no rule is watched though some are armed; empty where the watchlist is there.
    """

    rules: tuple[Rule, ...]
    kept: Mapping[str, Kept] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    lost: str = ""

    def named(self, text: str) -> tuple[Rule, ...]:
        """The rules that an id, the beginning of one, or a ticker names; several ids stand side by side.

        Raises:
            AskError: It names none, or several ids begin so.
        """
        wanted = text.strip()
        if " " in wanted:
            each = (rule for one in wanted.split() for rule in self.named(one))
            return tuple(dict.fromkeys(each))
        by_ticker = tuple(rule for rule in self.rules if rule.ticker == wanted.upper().lstrip("$"))
        if by_ticker:
            return by_ticker
        start = wanted.casefold()
        by_id = tuple(rule for rule in self.rules if start and rule.rule_id.startswith(start))
        if len(by_id) == 1 and len(start) >= _FEWEST:
            return by_id
        tickers = ", ".join(dict.fromkeys(rule.ticker for rule in self.rules)) or "none"
        raise AskError(
            f"No rule is called {text!r}. Watched tickers: {tickers}.",
            seen=text,
            needed="a ticker that is watched, or the id of a rule",
            cure="See them with: genie rules",
        )


_FEWEST = 4
"""Letters of an id that suffice where they are one rule's alone."""


def listed(desk: "Desk", ledger: Ledger | None) -> Listed:
    """Read the watchlist and the ledger, and change neither."""
    return _listed(watchlist_of(desk), ledger)


def reconciled(desk: "Desk", ledger: Ledger) -> Listed:
    """The same, after rules whose line was removed by hand have been disarmed.

    Nothing is disarmed while a line cannot be read, for that line may be the one that is missing,
    nor when the file is gone or empty as a whole. What differs from the ledger is read again when
    nobody writes it any more.
    """
    watchlist = watchlist_of(desk)
    with watchlist.locked(needed=False):
        found = _listed(watchlist, ledger)
        if {rule.rule_id for rule in found.rules} != set(found.kept) and watchlist.settle():
            found = _listed(watchlist, ledger)
        here = {rule.rule_id for rule in found.rules}
        gone = [one for rule_id, one in found.kept.items() if rule_id not in here]
        if not gone:
            return found
        held = found.lost or _why_lost(watchlist.path) or _why_unsure(found.unread)
        if held:
            armed = "1 armed rule is" if len(gone) == 1 else f"{len(gone)} armed rules are"
            note = f"{armed} not in the watchlist, and kept: {held}."
            return _with(found, (note,))
        for one in gone:
            ledger.disarm(one.rule_id)
    usual = desk.config.alerts.sinks
    return _with(found, tuple(note for one in gone for note in _parted(one, found, usual)))


def _parted(gone: Kept, found: Listed, usual: Sequence[str]) -> Iterator[str]:
    """What is said of a rule whose line is gone, and of the line that may have come in its place."""
    yield f"Disarmed, as its line is gone: {gone.line}"
    new = [
        rule
        for rule in found.rules
        if rule.rule_id not in found.kept and gone.line.startswith(f"{rule.ticker} {rule.interval}")
    ]
    lost = [scrub(sink.address) for sink in gone.sinks if sink.address not in usual]
    if not new or not lost:
        return
    here = f"to {', '.join(scrub(one) for one in usual)}" if usual else "to the log alone"
    yield (
        f"Its alerts went to {', '.join(lost)}; a line written by hand is a new rule, and alerts of "
        f"{new[0]} go where the settings say: {here}. To send them there as before: "
        f'genie watch "{new[0]}" --sink {lost[0]}'
    )


def _listed(watchlist: Watchlist, ledger: Ledger | None) -> Listed:
    entries, kept = watchlist.read(), ledger.kept() if ledger else {}
    armed = any(one.state is None or not one.state.ended for one in kept.values())
    return Listed(
        rules=tuple(entry.rule for entry in entries if entry.rule),
        kept=kept,
        lost=_why_lost(watchlist.path) if armed and not entries else "",
        unread=tuple(
            Unread(number=entry.number, text=entry.text, reason=str(entry.error))
            for entry in entries
            if entry.error
        ),
    )


def _why_lost(path: Path) -> str:
    if not path.exists():
        return "the file is gone; put it back, or end the rules with # none in a new one"
    if not path.read_bytes().strip():
        return "the file is empty; put its lines back, or end the rules with # none in it"
    return ""


def _why_unsure(unread: tuple[Unread, ...]) -> str:
    return f"line {unread[0].number} cannot be read" if unread else ""


def _with(found: Listed, notes: tuple[str, ...]) -> Listed:
    return replace(found, notes=notes)
