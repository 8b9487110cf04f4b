"""`rules`, `unwatch` and `snooze`: what is watched, and how that is ended or rests."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from ..alerts.ledger import Ledger
from ..core.errors import AskError
from ..core.expr import Tape
from ..core.expr.rebase import rebased
from ..core.rule import Rule, State
from ..core.rule.due import AFTER_SPLITS
from ..core.verbs import Ask
from ..core.watch import Delivery, Kept
from ..core.watch.distance import Distance, distance
from ..core.watch.rescaled import rescaled
from ..core.watch.snooze import OFF, rest_of
from ..core.watch.watched import Changed, Rules, Standing, Watched
from .feed import Feed, Want, feeds
from .home import has_ledger, ledger_of, watchlist_of
from .listed import Listed, listed
from .rule import provider_of
from .tape import moment_of

if TYPE_CHECKING:
    from .desk import Desk

NOT_ARMED = "not armed yet: the next check arms it"


def rules(desk: "Desk", ask: Ask) -> Rules:
    """Every rule with where it stands; of one ticker alone, when the words name it.

    Raises:
        AskError: Nothing of that name is watched.
        SetupError: Watchlist or ledger cannot be read.
    """
    with desk.timed() as timing, ExitStack() as stack:
        ledger = stack.enter_context(ledger_of(desk)) if has_ledger(desk) else None
        found = listed(desk, ledger)
        shown = found.named(ask.words) if ask.words else found.rules
        feed_of = feeds(desk, ask, [Want(rule=rule, since=_since(found, rule)) for rule in shown])
        receipts = _receipts(ledger, shown)
        return Rules(
            rules=tuple(
                _watched(
                    rule,
                    found.kept.get(rule.rule_id),
                    feed_of[rule.rule_id],
                    *receipts[rule.rule_id],
                )
                for rule in shown
            ),
            provider=desk.config.provider,
            as_of=moment_of(desk, ask),
            path=str(watchlist_of(desk).path),
            unread=found.unread,
            failed={
                rule.ticker: str(tape)
                for rule in shown
                if isinstance(tape := feed_of[rule.rule_id].tapes[rule.ticker], Exception)
            },
            fictional=desk.data.capabilities.fictional,
            timing=timing(),
        )


def unwatch(desk: "Desk", ask: Ask) -> Changed:
    """Disarm the rules that the words name; what they owe is still delivered.

    Raises:
        AskError: Nothing of that name is watched.
        SetupError: Watchlist or ledger cannot be written.
    """
    watchlist = watchlist_of(desk)
    with ledger_of(desk) as ledger, watchlist.locked():
        gone = listed(desk, ledger).named(ask.words)
        watchlist.remove([rule.rule_id for rule in gone])
        for rule in gone:
            ledger.disarm(rule.rule_id)
    lines = "; ".join(str(rule) for rule in gone)
    return Changed(
        verb="unwatch",
        rules=gone,
        provider=desk.config.provider,
        as_of=moment_of(desk, ask),
        text=f"No longer watched: {lines}. Alerts that fired before are still delivered.",
    )


def snooze(desk: "Desk", ask: Ask) -> Changed:
    """Let the rules that the words name rest for a time, or wake them.

    Raises:
        AskError: Nothing of that name is watched, the time cannot be read, or the rule was put into
            the watchlist by hand and no check has armed it yet.
        SetupError: Watchlist or ledger cannot be read or written.
    """
    name, _, time = ask.words.rpartition(" ")
    if not name:
        raise AskError(
            f"{ask.words!r} does not say for how long.",
            seen=ask.words,
            needed="a rule and a time",
            cure=f"Write, for example: snooze {ask.words} 2d",
        )
    rest = rest_of(time)
    with ledger_of(desk) as ledger:
        found = listed(desk, ledger)
        resting = found.named(name)
        until: datetime | None = None
        for rule in resting:
            own = desk.beside(provider_of(desk, rule))
            until = None if rest is None else moment_of(own, ask, rule.ticker) + rest
            if not ledger.snooze(rule.rule_id, until):
                raise _never_armed(rule)
    lines = "; ".join(str(rule) for rule in resting)
    text = (
        f"Awake: {lines}."
        if until is None
        else f"Snoozed until {until:%Y-%m-%d %H:%M} UTC: {lines}. Bars are followed, nothing fires. "
        f"To end it: genie snooze {name} {OFF}"
    )
    return Changed(
        verb="snooze",
        rules=resting,
        provider=desk.config.provider,
        as_of=moment_of(desk, ask),
        text=text,
        until=until,
    )


def _never_armed(rule: Rule) -> AskError:
    return AskError(
        f"{rule} was put into the watchlist by hand, and no check has armed it yet.",
        seen=rule.rule_id,
        needed="a rule that is armed",
        cure="Run: genie check",
    )


def _since(found: Listed, rule: Rule) -> datetime | None:
    kept = found.kept.get(rule.rule_id)
    return kept.state.history_start if kept and kept.state else None


def _receipts(
    ledger: Ledger | None, shown: Iterable[Rule]
) -> dict[str, tuple[Delivery | None, datetime | None]]:
    """By rule id the newest delivery of an alert, and the newest bar that fired."""
    receipts: dict[str, tuple[Delivery | None, datetime | None]] = {}
    for rule in shown:
        fired = ledger.alerts(rule_id=rule.rule_id, last=1) if ledger else ()
        sent = ledger.deliveries(ids=[one.id for one in fired]) if ledger and fired else ()
        receipts[rule.rule_id] = (
            sent[-1] if sent else None,
            fired[0].alert.bar_time if fired else None,
        )
    return receipts


def _watched(
    rule: Rule, kept: Kept | None, feed: Feed, receipt: Delivery | None, fired: datetime | None
) -> Watched:
    reading = feed.reading(rule)
    standing, reason = _standing(rule, kept, reading, feed.moment)
    state = kept.state if kept else None
    bars = None if isinstance(reading, Exception) else reading[0]
    return Watched(
        rule=rule,
        provider=feed.provider,
        standing=standing,
        reason=_once(reason, rescaled(rule, state.scale) if state else ""),
        price=None if bars is None else float(bars.close.iloc[-1]),
        currency=None if bars is None else bars.currency,
        distance=_distance(rule, kept, reading),
        last_bar=state.last_bar if state else None,
        checked_at=kept.checked_at if kept else None,
        snoozed_until=kept.snoozed_until if kept and standing == "snoozed" else None,
        sinks=kept.sinks if kept else (),
        receipt=receipt,
        fired=fired,
    )


def _once(reason: str, split: str) -> str:
    """Why a rule stands where it does, and what a split made of its numbers, told once."""
    told = "" if split and reason.endswith(AFTER_SPLITS) else reason
    return "; ".join(part for part in (told, split) if part)


def _distance(rule: Rule, kept: Kept | None, reading: object) -> Distance | None:
    if not isinstance(reading, tuple):
        return None
    bars, world = reading
    scale = kept.state.scale if kept and kept.state else 1.0
    condition = rule.condition if scale == 1 else rebased(rule.condition, scale)
    return distance(condition, Tape(bars=bars, world=world))


def _standing(
    rule: Rule, kept: Kept | None, reading: object, moment: datetime
) -> tuple[Standing, str]:
    """Where a rule stands, and why where that is not plain."""
    state = kept.state if kept else None
    if rule.paused:
        return "paused", ""
    if state and state.ended:
        return "ended", "it fired once" if state.ended == "once" else f"expired {rule.expires}"
    if kept and kept.snoozed_until and kept.snoozed_until > moment:
        return "snoozed", ""
    if isinstance(reading, Exception):
        return "unknown", str(reading)
    return _truth(state) if state else ("waiting", NOT_ARMED)


def _truth(state: State) -> tuple[Standing, str]:
    if state.unknown:
        return "unknown", "; ".join(state.unknown)
    return ("true" if state.memory.last else "waiting"), state.note
