"""What a look found, written into the ledger: states, streams, alerts, outages that begin and that are over."""

from collections.abc import Sequence
from datetime import datetime

from ..alerts.ledger import Ledger
from ..core.watch import Carried, Delivery, Kept, Outage, Run
from .clock import real_time
from .look import Look
from .sieve import Worth
from .trouble import (
    WATCHLIST,
    Trouble,
    ended,
    of_rules,
    of_schedule,
    of_sinks,
    of_watch,
    sinks_for,
)


def arm_the_new(ledger: Ledger, look: Look) -> None:
    """Keep rules that were put into the watchlist by hand."""
    ledger.arm_all(
        Kept(
            rule_id=rule.rule_id,
            line=str(rule),
            sinks=look.sinks[rule.rule_id],
            armed_at=look.feed_of[rule.rule_id].moment,
            state=state,
        )
        for rule in look.rules
        if rule.rule_id not in look.found.kept
        and (state := look.evaluated[rule.rule_id].state) is not None
    )


def recorded(
    ledger: Ledger, run: Run, look: Look, last: Run | None
) -> tuple[list[Outage], list[Outage]]:
    """Write what was found; returns the outages that began and those that are over.

    One transaction for each clock that was judged by, which is one unless rules of several
    providers or exchanges are watched.
    """
    now = run.began
    troubles = [
        *of_rules(look.rules, look.feed_of, look.evaluated),
        *of_watch(look.found, look.evaluated),
    ]
    missed = list(of_schedule(last, now))
    begun, over = _compared(ledger, look, troubles, now)
    begun += [(one.begun(now), one) for one in missed]
    every_rule = tuple(rule.rule_id for rule in look.rules)
    told = [
        (outage, sinks_for(one, one.rules or every_rule, look.real, look.sinks))
        for outage, one in begun
    ]
    told += [
        (
            ended(outage, now),
            sinks_for(outage, _concerned(look, outage), look.real, look.sinks),
        )
        for outage in over
    ]
    at_once = [outage.id for outage, one in begun if one.kind == "missed_run"]
    done = [*(one.id for one in over), *(ended(one, now).id for one in over), *at_once]
    moments = sorted({feed.moment for feed in look.feed_of.values()}) or [run.as_of]
    for moment in moments:
        here = {name for name, feed in look.feed_of.items() if feed.moment == moment}
        is_last = moment == moments[-1]
        ledger.record(
            run,
            states={
                name: state for name in here if (state := look.evaluated[name].state) is not None
            },
            fired=[
                (one, look.sinks[one.alert.rule_id])
                for one in look.fired
                if one.alert.rule_id in here
            ],
            outages=told if is_last else (),
            over=done if is_last else (),
            carried=_carried(look) if is_last else (),
            checked_at=moment,
        )
    return [outage for outage, _ in begun], over


def _carried(look: Look) -> list[Carried]:
    return [found for one in look.sieves if (found := one.carried(look.evaluated))]


def take_in(ledger: Ledger, look: Look, worth: Worth) -> None:
    """Begin to carry the rules that wait for it, so that the next check need not compute them anew."""
    for one in look.sieves:
        grown = one.grown(look.evaluated, worth)
        if grown:
            ledger.carry([grown], at=one.moment)


def _compared(
    ledger: Ledger, look: Look, troubles: Sequence[Trouble], now: datetime
) -> tuple[list[tuple[Outage, Trouble]], list[Outage]]:
    """Outages that begin, with their trouble, and those that last no longer."""
    lasting = {(one.kind, one.subject): one for one in ledger.outages(lasting=True)}
    current = {(one.kind, one.subject): one for one in troubles}
    begun = [(one.begun(now), one) for key, one in current.items() if key not in lasting]
    over = [
        outage
        for key, outage in lasting.items()
        if key not in current and outage.kind != "failing_sink" and _judged(look, outage)
    ]
    return begun, over


def _judged(look: Look, outage: Outage) -> bool:
    """Whether this round could have seen the trouble: whom it is about was asked, or is watched no more."""
    if outage.kind == "watch_broken":
        return outage.subject == WATCHLIST or bool(look.rules)
    listed_ids = {rule.rule_id for rule in look.found.rules}
    return bool(_concerned(look, outage)) or (
        outage.kind == "rule_unknown" and outage.subject not in listed_ids
    )


def _concerned(look: Look, outage: Outage) -> tuple[str, ...]:
    """Ids of the rules that an outage is about."""
    if outage.kind == "watch_broken":
        return tuple(look.sinks)
    return tuple(
        rule.rule_id
        for rule in look.rules
        if outage.subject in (rule.rule_id, rule.ticker, look.feed_of[rule.rule_id].provider)
    )


def sinks_judged(
    ledger: Ledger, run: Run, look: Look, sent: Sequence[Delivery]
) -> tuple[list[Outage], list[Outage]]:
    """Sinks that began to fail and those that take alerts again; the others are told so."""
    now = real_time()
    failing = list(of_sinks(sent))
    lasting = {
        one.subject: one for one in ledger.outages(lasting=True) if one.kind == "failing_sink"
    }
    begun = [(one.begun(now), one) for one in failing if one.subject not in lasting]
    took = {one.sink.address for one in sent if one.status == "sent"}
    bad = {one.subject for one in failing}
    over = [one for subject, one in lasting.items() if subject in took and subject not in bad]
    every_rule = tuple(rule.rule_id for rule in look.rules)
    told = [
        (outage, sinks_for(outage, every_rule, look.real, look.sinks))
        for outage in (*(outage for outage, _ in begun), *(ended(one, now) for one in over))
    ]
    if told:
        done = [*(one.id for one in over), *(ended(one, now).id for one in over)]
        ledger.record(run, states={}, outages=told, over=done, checked_at=run.as_of)
    return [outage for outage, _ in begun], over
