"""A rule that takes the place of another: its line in the watchlist, its comment, its sinks.

watch … --instead ID -> the rule of that id -> the new one in its line, armed with its sinks
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..alerts.ledger import Ledger
from ..alerts.watchlist import Watchlist
from ..core.errors import AskError
from ..core.rule import Rule
from ..core.watch import Kept, Sink
from .listed import listed

if TYPE_CHECKING:
    from .desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessor:
    """The rule whose place another one takes.

    Attributes:
        rule: As it stands in the watchlist.
        kept: What the ledger has of it; None where no check has armed it yet.
    """

    rule: Rule
    kept: Kept | None

    def heir(self, rule: Rule) -> Rule:
        """*rule* with the comment of this one, unless it has one of its own."""
        return replace(rule, comment=rule.comment or self.rule.comment)

    def sinks(self, named: Sequence[Sink], usual: Sequence[Sink]) -> tuple[Sink, ...]:
        """Where alerts go from now on: where those of this rule went, and where was named too.

        Args:
            named: Sinks of the request alone.
            usual: Sinks of the request, else of the settings, for a rule that was never armed.
        """
        return tuple(dict.fromkeys((*self.kept.sinks, *named) if self.kept else usual))

    def give_way(self, rule: Rule, watchlist: Watchlist, ledger: Ledger) -> None:
        """Leave line and ledger to *rule*, which is armed already; what this one owes is still sent.

        Raises:
            SetupError: Ledger or watchlist cannot be written.
        """
        if rule.rule_id == self.rule.rule_id:
            return
        if rule.rule_id in {one.rule_id for one in watchlist.rules()}:
            watchlist.remove([self.rule.rule_id])
        else:
            watchlist.edit(self.rule.rule_id, rule)
        ledger.disarm(self.rule.rule_id)

    def notes(self, rule: Rule) -> Iterator[str]:
        """What has to be said of the change."""
        if rule.rule_id == self.rule.rule_id:
            return
        yield f"It takes the place of {replace(self.rule, comment='', paused=False)}."
        if self.rule.paused and not rule.paused:
            yield "That rule was paused; this one may fire."
        if self.kept and self.kept.snoozed_until:
            yield "The snooze of that rule ended with it; this one may fire."


def predecessor(desk: "Desk", ledger: Ledger, name: str) -> Predecessor:
    """The one rule that *name* means: an id, the beginning of one, or a ticker with one rule.

    Raises:
        AskError: It means none, or several.
    """
    found = listed(desk, ledger)
    meant = found.named(name)
    if len(meant) != 1:
        ids = ", ".join(rule.rule_id for rule in meant)
        raise AskError(
            f"{name!r} means {len(meant)} rules: {ids}.",
            seen=name,
            needed="the id of the one rule whose place is taken",
            cure="See them with: genie rules",
        )
    return Predecessor(rule=meant[0], kept=found.kept.get(meant[0].rule_id))
