"""One look at every rule, before anything is written.

rules -> feeds -> sieves -> due for those that they do not carry on -> alerts with their stories -> Look
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..alerts.ledger import Ledger
from ..core.errors import GenieError
from ..core.grammar import parse_rule
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
        sinks: By rule id, where its alerts go; where the watchlist is lost, of the armed rules.
        real: Ids of the rules whose market is neither invented nor a folder of files.
        sieves: What is carried from bar to bar, by provider and interval.
        passed_by: Rules of providers that were not asked, which were not looked at, by provider.
        set_back: What is said where the clock stands before the last check; else empty.
    """

    found: Listed
    rules: tuple[Rule, ...]
    feed_of: Mapping[str, Feed]
    evaluated: Mapping[str, Evaluated]
    fired: tuple[Fired, ...]
    sinks: Mapping[str, tuple[Sink, ...]]
    real: frozenset[str] = frozenset()
    sieves: tuple[Sieve, ...] = ()
    passed_by: Mapping[str, int] = field(default_factory=dict)
    set_back: str = ""


def looked(desk: "Desk", ask: Ask, found: Listed, ledger: Ledger | None) -> Look:
    """Read and evaluate every rule that has not ended."""
    going = [rule for rule in found.rules if not _has_ended(found.kept.get(rule.rule_id))]
    rules = tuple(rule for rule in going if _is_asked(desk, ask, rule))
    others = [rule for rule in going if not _is_asked(desk, ask, rule)]
    wants = [Want(rule=rule, since=_since(found.kept.get(rule.rule_id))) for rule in rules]
    feed_of = feeds(desk, ask, wants)
    chosen = "as_of" in ask.options
    carried = sieves(rules, found.kept, feed_of, ledger, chosen=chosen) if ledger else ()
    known = {name: state for one in carried for name, state in one.known.items()}
    evaluated = {
        rule.rule_id: Evaluated(state=state, note=state.note)
        if (state := known.get(rule.rule_id))
        else _evaluated(rule, found.kept.get(rule.rule_id), feed_of[rule.rule_id], chosen=chosen)
        for rule in rules
    }
    extra, usual = sinks_of(desk, ask, usual=False), sinks_of(desk, ask)
    watched = rules or _armed(found)
    sinks = {
        rule.rule_id: tuple(dict.fromkeys((*kept.sinks, *extra)))
        if (kept := found.kept.get(rule.rule_id))
        else usual
        for rule in watched
    }
    return Look(
        found=found,
        rules=rules,
        feed_of=feed_of,
        evaluated=evaluated,
        fired=_fired(rules, evaluated, feed_of, ledger),
        sinks=sinks,
        real=frozenset(rule.rule_id for rule in watched if _is_real(desk, rule)),
        sieves=carried,
        passed_by=Counter(provider_of(desk, rule) for rule in others),
        set_back="" if chosen else _set_back(rules, found.kept, feed_of),
    )


def _set_back(rules: Sequence[Rule], kept: Mapping[str, Kept], feed_of: Mapping[str, Feed]) -> str:
    before = [
        (last, feed_of[rule.rule_id].moment)
        for rule in rules
        if (known := kept.get(rule.rule_id))
        and (last := known.checked_at or known.armed_at) > feed_of[rule.rule_id].moment
    ]
    if not before:
        return ""
    last, now = max(before)
    return (
        f"The clock says {now:%Y-%m-%d %H:%M} UTC, before the last check, as of {last:%Y-%m-%d %H:%M} "
        "UTC: it was set back. What its bars allow was evaluated."
    )


def _armed(found: Listed) -> tuple[Rule, ...]:
    """The rules that are armed, where the watchlist that named them is lost."""
    kept = found.kept.values() if found.lost else ()
    return tuple(parse_rule(one.line) for one in kept if not _has_ended(one))


def _is_real(desk: "Desk", rule: Rule) -> bool:
    """Whether the market of a rule is live; so it is taken where its provider cannot be opened."""
    try:
        abilities = desk.beside(provider_of(desk, rule)).data.capabilities
    except GenieError:
        return True
    return not abilities.local and not abilities.fictional


def _has_ended(kept: Kept | None) -> bool:
    return bool(kept and kept.state and kept.state.ended)


def _is_asked(desk: "Desk", ask: Ask, rule: Rule) -> bool:
    """Whether the provider of a rule is the one asked, if one was."""
    return "provider" not in ask.options or provider_of(desk, rule) == desk.address


def _since(kept: Kept | None) -> datetime | None:
    return kept.state.history_start if kept and kept.state else None


def _evaluated(rule: Rule, kept: Kept | None, feed: Feed, *, chosen: bool) -> Evaluated:
    reading = feed.reading(rule)
    if isinstance(reading, Exception):
        return Evaluated(unknown=str(reading), complete=False)
    found = evaluate(rule, kept, *reading, feed.moment, chosen=chosen)
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
    found = storied(
        alerts,
        evaluated_at={rule.rule_id: feed_of[rule.rule_id].moment for rule in rules},
        open_stories={
            ticker: Story(id=one.story, newest=one.alert.bar_close)
            for ticker, one in newest.items()
        },
        apart=_apart,
    )
    return tuple(replace(one, fictional=_is_fictional(feed_of[one.alert.rule_id])) for one in found)


def _is_fictional(feed: Feed) -> bool:
    return feed.desk is not None and feed.desk.data.capabilities.fictional


def _apart(ticker: str) -> Apart:
    calendar = calendar_of(ticker)
    zone = ZoneInfo(calendar.timezone)

    def apart(one: datetime, other: datetime) -> int:
        first, last = sorted((one.astimezone(zone).date(), other.astimezone(zone).date()))
        return max(0, len(calendar.sessions(first, last)) - 1)

    return apart
