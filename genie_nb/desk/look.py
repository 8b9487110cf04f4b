"""One look at every rule, before anything is written.

rules -> feeds -> sieves -> due for those that they do not carry on -> alerts with their stories -> Look
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..alerts.ledger import Ledger
from ..core.rule import Alert, Rule
from ..core.verbs import Ask
from ..core.watch import Fired, Kept, Sink
from ..core.watch.rescaled import rescaled
from ..core.watch.story import Apart, Story, storied
from ..data.calendar import calendar_of
from .evaluate import Evaluated, evaluate
from .feed import Feed, Want, feeds
from .home import sinks_of
from .listed import Listed
from .rule import provider_of
from .sieve import Sieve, sieves

if TYPE_CHECKING:
    from .desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at every rule gave.

    Attributes:
        found: The watchlist and what the ledger has of it.
        rules: Those that were looked at: not ended, and of the provider that was asked, if one was.
        feed_of: By rule id, where its bars came from.
        evaluated: By rule id, what they say.
        fired: The alerts in the order in which their bars closed.
        sinks: By rule id, where its alerts go.
        sieves: What is carried from bar to bar, by provider and interval.
    """

    found: Listed
    rules: tuple[Rule, ...]
    feed_of: Mapping[str, Feed]
    evaluated: Mapping[str, Evaluated]
    fired: tuple[Fired, ...]
    sinks: Mapping[str, tuple[Sink, ...]]
    sieves: tuple[Sieve, ...] = ()


def looked(desk: "Desk", ask: Ask, found: Listed, ledger: Ledger | None) -> Look:
    """Read and evaluate every rule that has not ended."""
    rules = tuple(rule for rule in found.rules if _asked(desk, ask, rule, found.kept))
    wants = [Want(rule=rule, since=_since(found.kept.get(rule.rule_id))) for rule in rules]
    feed_of = feeds(desk, ask, wants)
    carried = sieves(rules, found.kept, feed_of, ledger) if ledger else ()
    known = {name: state for one in carried for name, state in one.known.items()}
    evaluated = {
        rule.rule_id: Evaluated(state=state, note=state.note)
        if (state := known.get(rule.rule_id))
        else _evaluated(rule, found.kept.get(rule.rule_id), feed_of[rule.rule_id])
        for rule in rules
    }
    extra, usual = sinks_of(desk, ask, usual=False), sinks_of(desk, ask)
    sinks = {
        rule.rule_id: tuple(dict.fromkeys((*kept.sinks, *extra)))
        if (kept := found.kept.get(rule.rule_id))
        else usual
        for rule in rules
    }
    return Look(
        found=found,
        rules=rules,
        feed_of=feed_of,
        evaluated=evaluated,
        fired=_fired(rules, evaluated, feed_of, ledger),
        sinks=sinks,
        sieves=carried,
    )


def _asked(desk: "Desk", ask: Ask, rule: Rule, kept: Mapping[str, Kept]) -> bool:
    """Whether a rule is looked at: it has not ended, and its provider is the one asked, if one was."""
    known = kept.get(rule.rule_id)
    if known and known.state and known.state.ended:
        return False
    return "provider" not in ask.options or provider_of(desk, rule) == desk.address


def _since(kept: Kept | None) -> datetime | None:
    return kept.state.history_start if kept and kept.state else None


def _evaluated(rule: Rule, kept: Kept | None, feed: Feed) -> Evaluated:
    reading = feed.reading(rule)
    if isinstance(reading, Exception):
        return Evaluated(unknown=str(reading), complete=False)
    found = evaluate(rule, kept, *reading, feed.moment)
    if found.state is None:
        return found
    told = rescaled(rule, found.state.scale)
    alerts = found.alerts
    return (
        replace(found, alerts=tuple(replace(one, text=f"{one.text} {told}.") for one in alerts))
        if told
        else found
    )


def _fired(
    rules: Sequence[Rule],
    evaluated: Mapping[str, Evaluated],
    feed_of: Mapping[str, Feed],
    ledger: Ledger | None,
) -> tuple[Fired, ...]:
    """The alerts with their stories, in the order in which their bars closed."""
    alerts: list[Alert] = [one for rule in rules for one in evaluated[rule.rule_id].alerts]
    newest = ledger.latest({one.ticker for one in alerts}) if ledger and alerts else {}
    return storied(
        alerts,
        evaluated_at={rule.rule_id: feed_of[rule.rule_id].moment for rule in rules},
        open_stories={
            ticker: Story(id=one.story, newest=one.alert.bar_close)
            for ticker, one in newest.items()
        },
        apart=_apart,
    )


def _apart(ticker: str) -> Apart:
    calendar = calendar_of(ticker)
    zone = ZoneInfo(calendar.timezone)

    def apart(one: datetime, other: datetime) -> int:
        first, last = sorted((one.astimezone(zone).date(), other.astimezone(zone).date()))
        return max(0, len(calendar.sessions(first, last)) - 1)

    return apart
