"""Arming: from now on a rule is watched.

    Rule -> refused, or: bars -> due(rule, bars, None) -> ledger and watchlist -> Arming, said back

The ledger and the watchlist are changed together, under the watchlist's lock, so that no check sees
one without the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..core.errors import AskError
from ..core.expr import Line, Tape, World, walk, walk_conditions
from ..core.market import Bars, Interval
from ..core.rule import Rule, State, due
from ..core.scan import Sought
from ..core.smart.proposal import YEAR
from ..core.verbs import Ask
from ..core.watch import Kept, Sink
from ..core.watch.arming import Arming, Past
from ..core.watch.distance import distance
from ..core.watch.sense import nonsense
from .home import absent_secrets, ledger_of, sinks_of, watchlist_of
from .successor import predecessor
from .tape import moment_of, tape_of, world_of

if TYPE_CHECKING:
    from .desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A rule that may be armed."""

    rule: Rule
    bars: Bars
    world: World
    state: State
    said_back: str


def arm(
    desk: "Desk", ask: Ask, rules: Sequence[Rule], sinks: Sequence[Sink], *, instead: str = ""
) -> tuple[Arming, ...]:
    """Watch rules of the ticker of a request, all of them or none.

    Args:
        desk: Of the provider whose bars they read.
        ask: Names the ticker, and the moment.
        rules: What to watch.
        sinks: Where their alerts go.
        instead: The id of a rule that gives its place and its sinks to the one of *rules*.

    Raises:
        AskError: A rule cannot mean anything, has expired, or has no bars to be read from.
        UnknownTicker: The provider knows no prices of that name.
        DataError: The bars could not be had, or there are none.
        SetupError: Ledger or watchlist cannot be written.
    """
    ready = [_ready(desk, ask, rule) for rule in rules]
    moment = {one.rule.rule_id: moment_of(desk, ask, one.rule.ticker) for one in ready}
    watchlist = watchlist_of(desk)
    with ledger_of(desk) as ledger, watchlist.locked():
        known = ledger.kept()
        old = predecessor(desk, ledger, instead) if instead else None
        if old:
            ready = [replace(one, rule=old.heir(one.rule)) for one in ready]
            sinks = old.sinks(sinks_of(desk, ask, usual=False), sinks)
        for one in ready:
            if (before := known.get(one.rule.rule_id)) and before.state and before.state.ended:
                ledger.disarm(one.rule.rule_id)
        new = ledger.arm_all(
            Kept(
                rule_id=one.rule.rule_id,
                line=str(one.rule),
                sinks=tuple(sinks),
                armed_at=moment[one.rule.rule_id],
                state=one.state,
            )
            for one in ready
        )
        if old:
            old.give_way(ready[0].rule, watchlist, ledger)
        was_paused = {rule.rule_id for rule in watchlist.rules() if rule.paused}
        watchlist.add([one.rule for one in ready])
        return tuple(
            _arming(
                one,
                fresh=one.rule.rule_id in new,
                before=known.get(one.rule.rule_id),
                sinks=sinks,
                woken=one.rule.rule_id in was_paused and not one.rule.paused,
                more=tuple(old.notes(one.rule)) if old else (),
            )
            for one in ready
        )


def _ready(desk: "Desk", ask: Ask, rule: Rule) -> _Ready:
    refuse(desk, rule)
    bars, said = tape_of(desk, ask, rule.interval)
    header = f"{rule.ticker} {rule.interval}", f"{bars.ticker} {rule.interval}"
    rule = replace(rule, ticker=bars.ticker)
    _refuse_expired(rule, bars, moment_of(desk, ask, rule.ticker))
    world = world_of(desk, ask, sought_of(rule), rule.ticker)
    _, state = due(rule, bars, None, world)
    meant = ask.said_back or rule.said_back
    return _Ready(
        rule=rule,
        bars=bars,
        world=world,
        state=state,
        said_back=" ".join(part for part in (said, meant.replace(*header)) if part),
    )


def _arming(
    one: _Ready,
    *,
    fresh: bool,
    before: Kept | None,
    sinks: Sequence[Sink],
    woken: bool,
    more: tuple[str, ...],
) -> Arming:
    kept = before if before and not fresh else None
    state = kept.state if kept and kept.state else one.state
    merged = tuple(dict.fromkeys((*(kept.sinks if kept else ()), *sinks)))
    return Arming(
        rule=one.rule,
        fresh=fresh,
        state=state,
        past=past(one.rule, one.bars, one.world),
        price=float(one.bars.close.iloc[-1]),
        currency=one.bars.currency,
        distance=distance(one.rule.condition, Tape(bars=one.bars, world=one.world)),
        sinks=merged,
        said_back=one.said_back,
        notes=(*_notes(kept, before, fresh=fresh, merged=merged, woken=woken), *more),
    )


def _notes(
    kept: Kept | None,
    before: Kept | None,
    *,
    fresh: bool,
    merged: tuple[Sink, ...],
    woken: bool,
) -> Iterable[str]:
    if kept and len(merged) > len(kept.sinks):
        added = [sink.address for sink in merged if sink not in kept.sinks]
        yield f"New is where its alerts go: {', '.join(added)}."
    if kept and kept.snoozed_until:
        yield f"It is snoozed until {kept.snoozed_until:%Y-%m-%d %H:%M} UTC."
    if before and fresh:
        yield "It had ended, and is armed anew."
    for name in absent_secrets(merged):
        yield (
            f"There is no {name} in this process: what runs the checks must have it, or its alerts "
            "wait."
        )
    if woken:
        yield "It was paused, and fires again."


def past(rule: Rule, bars: Bars, world: World) -> Past:
    """How often a rule would have fired: `due`, armed at the first bar and checked at the last."""
    rule = replace(rule, paused=False, expires=None)
    _, armed = due(rule, bars.head(1), None, world)
    alerts, _ = due(rule, bars, armed, world)
    start, end = armed.history_start, bars.index[-1].to_pydatetime()
    return Past(
        fires=len(alerts),
        last_year=sum(alert.bar_time > end - YEAR for alert in alerts)
        if start <= end - YEAR
        else None,
        since=start,
        newest=alerts[-1].bar_time if alerts else None,
    )


def sought_of(rule: Rule) -> Sought:
    """What a rule reads beside its own bars: facts, and lines of other tickers."""
    return Sought(
        kind="rule",
        name=str(rule.condition),
        interval=rule.interval,
        entry=rule.condition,
        exit=rule.rearm,
    )


def refuse(desk: "Desk", rule: Rule) -> None:
    """Refuse a rule that could never fire for what it is or where its bars come from.

    Raises:
        AskError: Says why, and what to write instead.
    """
    wrong = nonsense(rule.condition) or (nonsense(rule.rearm) if rule.rearm else "")
    if wrong:
        raise AskError(
            f"{rule.condition} compares what cannot be compared: {wrong}.",
            seen=str(rule.condition),
            needed="values that are counted alike",
            cure="Compare prices with prices, volumes with volumes, and the others with numbers.",
        )
    if rule.interval not in desk.data.capabilities.intervals:
        has = ", ".join(one for one in Interval if one in desk.data.capabilities.intervals)
        raise AskError(
            f"{desk.data.name} has no {rule.interval} bars, and the rule reads them.",
            seen=str(rule.interval),
            needed=f"one of {has}",
            cure=f"Write, for example: {rule.ticker} {has.split(', ', maxsplit=1)[0]}: …",
        )
    if not rule.interval.intraday and _reads_vwap(rule):
        raise AskError(
            f"{rule.condition} reads vwap, which lives within a session: {rule.interval} bars have "
            "none, so the rule would never fire.",
            seen=str(rule),
            needed="intraday bars",
            cure=f"Write: watch {rule.ticker} 5m: {rule.condition}. Or use vwma(20) in its place.",
        )
    if rule.provider and any(letter.isspace() for letter in rule.provider):
        raise AskError(
            f"The provider {rule.provider!r} has a blank in its name, which a line of the watchlist "
            "cannot hold.",
            seen=rule.provider,
            needed="an address without blanks",
            cure="Rename the folder, or make it the configured provider: genie config provider …",
        )


def _reads_vwap(rule: Rule) -> bool:
    conditions = [rule.condition, *([rule.rearm] if rule.rearm else [])]
    read = (value for c in conditions for part in walk_conditions(c) for value in part.reads())
    return any(
        isinstance(inner, Line) and inner.name == "vwap" for value in read for inner in walk(value)
    )


def _refuse_expired(rule: Rule, bars: Bars, moment: datetime) -> None:
    """Refuse a rule whose last session is over.

    Raises:
        AskError: It has expired.
    """
    today = moment.astimezone(ZoneInfo(bars.timezone)).date()
    newest = bars.sessions.to_pydatetime()[-1].date()
    closed = rule.expires == newest and rule.interval == Interval.D1
    if rule.expires is not None and (closed or rule.expires < max(today, newest)):
        raise AskError(
            f"The rule expires {rule.expires}, and that session is over.",
            seen=str(rule.expires),
            needed="a session that is still to come",
            cure="Give a later date, or leave `expires` out.",
        )
