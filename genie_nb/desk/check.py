"""`check`: looks once at every bar that has closed since the last check, and delivers what fired.

    lock -> rules -> feeds -> sieve -> due -> stories, troubles -> ledger, in one transaction -> outbox -> ping
                                                                                     -> sieve for the next check

Whatever is cut off is made good by the next check: states and alerts are written together, and what
was written and not sent is sent then.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from ..alerts.ledger import Ledger
from ..alerts.lock import checking
from ..alerts.ping import ping
from ..core.errors import GenieError
from ..core.rule import Rule
from ..core.verbs import Ask
from ..core.watch import Delivery, Outage, Run
from ..core.watch.checked import Check
from .clock import real_time, scheduled_every
from .feed import Feed, is_down
from .home import has_ledger, ledger_of, send
from .line import line_of, not_asked
from .listed import listed, reconciled
from .look import Look, looked
from .record import arm_the_new, recorded, sinks_judged, take_in
from .sieve import WORTH, Worth
from .tape import moment_of
from .trouble import of_rules, of_watch

if TYPE_CHECKING:
    from .desk import Desk

PATIENCE = 30.0
"""Seconds that a second checker waits."""
BUSY = (
    "another check has been running for more than 30 s; this one did nothing. "
    "What is due is found by that one or the next"
)


def check(desk: "Desk", ask: Ask, *, every: float | None = None, worth: Worth = WORTH) -> Check:
    """Evaluate every rule once and deliver what is due.

    Args:
        desk: Of the home whose rules are checked; each rule is read with its own provider.
        ask: Its options say as of when, where alerts go too, and whether anything is written.
        every: Seconds until the next check is due, for a check of a schedule; None for what the
            scheduler says in the environment.
        worth: From when on rules are carried from bar to bar.

    Raises:
        SetupError: Watchlist or ledger cannot be read or written.
    """
    every = scheduled_every() if every is None else every
    with desk.timed() as timing:
        if ask.options.get("dry_run"):
            answer = _rehearsed(desk, ask)
        else:
            with ledger_of(desk) as ledger, checking(ledger, wait=PATIENCE) as mine:
                answer = _checked(desk, ask, ledger, every, worth) if mine else _busy(desk, ask)
        return replace(answer, fictional=desk.data.capabilities.fictional, timing=timing())


def _busy(desk: "Desk", ask: Ask) -> Check:
    return Check(
        as_of=moment_of(desk, ask), provider=desk.config.provider, skipped=BUSY, line=f"{BUSY}."
    )


def _rehearsed(desk: "Desk", ask: Ask) -> Check:
    """What a check would find, with nothing written and nothing sent."""
    with ExitStack() as stack:
        ledger = stack.enter_context(ledger_of(desk)) if has_ledger(desk) else None
        look = looked(desk, ask, listed(desk, ledger), ledger)
    now = real_time()
    troubles = (
        *of_rules(look.rules, look.feed_of, look.evaluated),
        *of_watch(look.found, look.evaluated),
    )
    outages = [one.begun(now) for one in troubles]
    return _answer(desk, ask, look, outages=outages, dry=True)


def _checked(desk: "Desk", ask: Ask, ledger: Ledger, every: float | None, worth: Worth) -> Check:
    run = Run(id=uuid4().hex, began=real_time(), as_of=moment_of(desk, ask), every=every)
    last = next(iter(ledger.runs()), None)
    ledger.begin(run)
    look = looked(desk, ask, reconciled(desk, ledger), ledger)
    arm_the_new(ledger, look)
    begun, over = recorded(ledger, run, look, last)
    sent = send(desk, ledger)
    failing, mended = sinks_judged(ledger, run, look, sent)
    dead = [one for one in ledger.deliveries(status="dead") if one not in sent]
    answer = _answer(
        desk,
        ask,
        look,
        outages=[*begun, *failing],
        over=[*over, *mended],
        deliveries=[*sent, *dead],
    )
    complete = answer.checked == len(look.rules) and not answer.broken
    ended = replace(run, ended=real_time(), ok=complete and not answer.unread, line=answer.line)
    ledger.finish(ended)
    ledger.beat("check", real_time(), every=every, note=answer.line)
    pinged = _pinged(desk, answer, look)
    take_in(ledger, look, worth)
    return pinged


def _pinged(desk: "Desk", answer: Check, look: Look) -> Check:
    """Tell whoever listens for silence that a good run ended.

    A ticker that left its provider stops its own rules only; it is told elsewhere.
    """
    address = desk.config.alerts.dead_man
    down = any(_down(rule, look.feed_of[rule.rule_id]) for rule in look.rules)
    if not address or down or answer.broken:
        return answer
    try:
        ping(address, allowed=frozenset(desk.config.alerts.allow_hosts))
    except GenieError as error:
        return replace(answer, notes=(*answer.notes, f"The dead-man ping failed: {error}"))
    return answer


def _answer(
    desk: "Desk",
    ask: Ask,
    look: Look,
    *,
    outages: Sequence[Outage] = (),
    over: Sequence[Outage] = (),
    deliveries: Sequence[Delivery] = (),
    dry: bool = False,
) -> Check:
    found = look.evaluated
    new = [rule for rule in look.rules if rule.rule_id not in look.found.kept]
    armed = tuple(
        f"Armed, as its line is new: {rule}"
        for rule in new
        if (state := found[rule.rule_id].state) and not state.ended
    )
    others = not_asked(look.passed_by)
    aside = f"{others}; without --provider, all are: genie check." if others else ""
    noted = tuple(
        f"{rule}: {found[rule.rule_id].note}" for rule in look.rules if found[rule.rule_id].note
    )
    return Check(
        as_of=moment_of(desk, ask),
        provider=desk.address if "provider" in ask.options else desk.config.provider,
        rules=len(look.found.rules),
        checked=sum(one.complete for one in found.values()),
        alerts=look.fired,
        unknown=tuple((name, one.unknown) for name, one in found.items() if one.unknown),
        notes=(*look.found.notes, *filter(None, (aside, look.set_back)), *armed, *noted),
        deliveries=tuple(deliveries),
        outages=tuple(outages),
        over=tuple(over),
        unread=look.found.unread,
        failed=any(_failed(rule, look.feed_of[rule.rule_id]) for rule in look.rules),
        broken=bool(look.found.lost) or any(one.hidden for one in found.values()),
        line=line_of(
            look.rules,
            look.feed_of,
            found,
            outages,
            unread=len(look.found.unread),
            passed_by=look.passed_by,
        ),
        dry_run=dry,
    )


def _failed(rule: Rule, feed: Feed) -> bool:
    return isinstance(feed.reading(rule), Exception) or _down(rule, feed)


def _down(rule: Rule, feed: Feed) -> bool:
    return is_down(feed.reading(rule)) or rule.ticker in feed.old or feed.desk is None
