"""One rule against its newest bars.

what is kept + bars -> armed, followed, or checked -> Evaluated
"""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from ..core.expr import World
from ..core.market import Bars
from ..core.rule import Alert, Rule, State, due
from ..core.watch import Kept

SETTLED = 1000
"""Bars after which it no longer shows in a smoothing line where it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """What a look at a rule gave.

    Attributes:
        state: The new state; None where nothing could be said.
        alerts: What fired, oldest first.
        unknown: Why it is not known whether it holds, or was not evaluated; empty where it is known.
        note: What else must be said.
        complete: Whether every closed bar was evaluated.
        hidden: Whether a clock that was set back hides the bar that was evaluated last.
    """

    state: State | None = None
    alerts: tuple[Alert, ...] = ()
    unknown: str = ""
    note: str = ""
    complete: bool = True
    hidden: bool = False


def evaluate(
    rule: Rule,
    kept: Kept | None,
    bars: Bars,
    world: World,
    moment: datetime,
    *,
    chosen: bool = True,
) -> Evaluated:
    """Look at every closed bar since the last check of a rule.

    Args:
        rule: What is watched for.
        kept: What the ledger has of it; None for one that it has never seen, which is armed.
        bars: Closed bars, at least one.
        world: What else it reads.
        moment: What is taken for now.
        chosen: Whether somebody chose that moment; else a clock gave it, and one that was set back
            since the last check holds nothing up that its bars allow.
    """
    state = kept.state if kept else None
    if kept is None or state is None:
        _, armed = due(rule, bars, None, world)
        return _told(armed, (), complete=True)
    last = kept.checked_at or kept.armed_at
    if moment < last and (chosen or not (bars.index >= state.last_bar).any()):
        return Evaluated(
            unknown=_before(moment, last, chosen=chosen), complete=False, hidden=not chosen
        )
    state = _anchored(state, bars)
    alerts: list[Alert] = []
    if kept.snoozed_until is not None:
        state = _followed(rule, state, bars, world, kept.snoozed_until)
    found, state = due(rule, bars, state, world)
    alerts.extend(found)
    complete = state.ended is not None or not _new(bars, state)
    return _told(state, tuple(alerts), complete=complete)


def _before(moment: datetime, last: datetime, *, chosen: bool) -> str:
    """Why nothing can be evaluated before the last check."""
    said = "as of" if chosen else "the clock says"
    return (
        f"{said} {moment:%Y-%m-%d %H:%M} UTC lies before the last check, "
        f"as of {last:%Y-%m-%d %H:%M} UTC: not evaluated"
    )


def _told(state: State, alerts: tuple[Alert, ...], *, complete: bool) -> Evaluated:
    behind = state.note if not complete else ""
    return Evaluated(
        state=state,
        alerts=alerts,
        unknown="; ".join(state.unknown) or behind,
        note="" if behind else state.note,
        complete=complete,
    )


def _followed(rule: Rule, state: State, bars: Bars, world: World, until: datetime) -> State:
    """The state after the bars that closed while the rule was snoozed."""
    closed = sum(bars.closed_at(at) <= until for at in range(-_new(bars, state), 0))
    asleep = bars.head(len(bars) - _new(bars, state) + closed)
    if not closed or not len(asleep):
        return state
    return due(replace(rule, paused=True), asleep, state, world)[1]


def _new(bars: Bars, state: State) -> int:
    return len(bars) - int(np.count_nonzero(bars.index <= state.last_bar))


def _anchored(state: State, bars: Bars) -> State:
    """The state with a later start of its history, where the source keeps short bars for weeks only.

    So many bars after it the start no longer shows in any line.
    """
    if not bars.interval.intraday or len(bars) - _new(bars, state) < SETTLED:
        return state
    starts = bars.index[:1].to_pydatetime()[0]
    if starts <= state.history_start:
        return state
    return replace(state, history_start=starts)
