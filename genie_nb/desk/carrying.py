"""Which rules may be carried on from where a stream stands, and which could be taken into one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from ..core.rule import Rule, State
from ..core.rule.due import as_read
from ..core.watch import Kept
from .evaluate import Evaluated


def goes_on(
    rule: Rule, kept: Kept | None, carried: State, moment: datetime, *, chosen: bool = True
) -> bool:
    """Whether a rule may be carried on from where the stream stood; *chosen* as `evaluate` takes it."""
    return (
        kept is not None
        and kept.state is not None
        and kept.snoozed_until is None
        and not rule.paused
        and not kept.state.unknown
        and _same(carried, kept.state)
        and (not chosen or moment >= (kept.checked_at or kept.armed_at))
    )


def _same(one: State, other: State) -> bool:
    """Whether two states are the same but for what was said beside them."""
    return _place(one) == _place(other)


def _place(state: State) -> tuple[object, ...]:
    where = state.history_start, state.last_bar, state.last_close
    return *where, state.memory, state.scale, state.ended


def told(rule: Rule, state: State) -> State:
    """A state with the words that `due` puts beside it."""
    return state if state.scale == 1 else replace(state, note=as_read(rule, state))


def ready(rule: Rule, evaluated: Mapping[str, Evaluated]) -> State | None:
    """The state of a rule that could be carried on from it; an UNKNOWN truth may be known at the next bar."""
    found = evaluated[rule.rule_id]
    state = found.state
    if state is None or state.ended or rule.paused or not found.complete:
        return None
    return None if state.unknown and state.scale != 1 else state


def waiting_among(
    rules: Iterable[Rule], evaluated: Mapping[str, Evaluated], standing: Mapping[str, State]
) -> tuple[Rule, ...]:
    """Rules that could be carried on and are not."""
    return tuple(
        rule
        for rule in rules
        if (state := ready(rule, evaluated))
        and not ((there := standing.get(rule.rule_id)) and _same(there, state))
    )
