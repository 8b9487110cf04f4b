"""What a rule has to say about the bars since its last check.

    rule + bars + state -> alerts + new state

Pure: the same bars and state give the same alerts, and checking bar by bar gives what checking all
of them at once gives.
"""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pandas as pd

from ..errors import AskError, NoData
from ..expr.condition import Condition, walk_conditions
from ..expr.dimension import untold
from ..expr.reasons import why_unknown
from ..expr.rebase import rebased
from ..expr.tape import NOTHING_ELSE, Tape, World
from ..expr.truth import TRUE
from ..expr.value import Lag, Line, Number, Value, walk
from ..figures import written
from ..given import bars_given, wrong_kind
from ..market import Bars
from .rule import Rule
from .scan import Memory, fires, follow
from .split import SAME_CLOSE, factor_of
from .state import Alert, State

ALREADY = "already true: fires after it has been false"
AFTER_SPLITS = "after splits"
"""How the note of a rule that is read in today's shares ends."""


def due(
    rule: Rule, bars: Bars, state: State | None, world: World = NOTHING_ELSE
) -> tuple[tuple[Alert, ...], State]:
    """The alerts of every closed bar since the last check.

    With no state the rule is armed: nothing fires, and the newest bar and the last truth that was known
    by then are recorded.

    Args:
        rule: What to watch.
        bars: Closed bars of its ticker and interval, from the state's `history_start` or before on.
        state: What the last check returned; None at arming.
        world: Facts and other tickers' bars, where the condition reads them.

    Raises:
        AskError: The bars are of another ticker or interval, or this is no rule or no state.
        BadBars: These are no bars.
        NoData: There are no bars to arm with.
    """
    _refuse_other_kinds(rule, bars, state)
    _refuse_others(rule, bars)
    if state is None:
        return (), _armed(rule, bars, world)
    if not len(bars) or _label(bars, -1) < state.last_bar:
        end = f"end at {_label(bars, -1):%Y-%m-%d %H:%M} UTC," if len(bars) else "are none,"
        since = f"{state.last_bar:%Y-%m-%d %H:%M} UTC"
        return (), replace(
            state, note=f"the bars {end} before the last check at {since}: not evaluated"
        )
    if state.ended:
        return (), state
    ready, obstacle = _ready(rule, bars, state)
    obstacle = obstacle or _unsplit(rule, ready)
    if obstacle:
        return (), replace(state, unknown=(obstacle,), note="")
    return _checked(rule, bars.between(ready.history_start, None), ready, world)


def _armed(rule: Rule, bars: Bars, world: World) -> State:
    if not len(bars):
        raise NoData(
            f"{rule.ticker} has no {rule.interval} bars to arm a rule with.",
            seen=0,
            needed="at least one closed bar",
            cure="Check the ticker, or ask for a longer period.",
        )
    tape = Tape(bars=bars, world=world)
    truth = tape.truth(rule.condition)
    over = _expired(rule, bars)
    already = ALREADY if truth[-1] == TRUE else ""
    return State(
        history_start=_label(bars, 0).to_pydatetime(),
        last_bar=_label(bars, -1).to_pydatetime(),
        last_close=float(bars.close.iloc[-1]),
        memory=follow(truth, Memory()),
        ended="expired" if over else None,
        unknown=why_unknown(rule.condition, tape),
        note=f"expired on {rule.expires}, will not fire" if over else already,
    )


def _ready(rule: Rule, bars: Bars, state: State) -> tuple[State, str]:
    """The state after a split, and what stands in the way of evaluating."""
    starts = _label(bars, 0)
    if starts > state.history_start and _remembers_everything(rule):
        return state, (
            f"the bars begin at {starts:%Y-%m-%d}, the rule was armed on bars from "
            f"{state.history_start:%Y-%m-%d}, and its lines depend on every bar since"
        )
    before = bars.between(state.last_bar, state.last_bar).close
    if not len(before):
        return state, f"the bar of {state.last_bar:%Y-%m-%d %H:%M} UTC, evaluated before, is gone"
    close = float(before.iloc[0])
    change = close / state.last_close
    if abs(change - 1) <= SAME_CLOSE:
        return state, ""
    factor = factor_of(state.last_close, close, _recorded(bars, state))
    if factor is None:
        return state, (
            f"the close of {state.last_bar:%Y-%m-%d} was {state.last_close:g} and is now {close:g}, "
            "which no split explains"
        )
    return replace(state, scale=state.scale * factor, last_close=close), ""


def _unsplit(rule: Rule, state: State) -> str:
    """Why the rule cannot be read in today's shares."""
    if state.scale == 1:
        return ""
    for condition in (rule.condition, rule.rearm):
        value = condition and untold(condition)
        if value:
            return f"the split changes what {value} means; write the rule anew with today's prices"
    return ""


def _recorded(bars: Bars, state: State) -> float | None:
    """What the splits recorded since the last check made of prices."""
    later = bars.splits[bars.splits.index > state.last_bar]
    return 1 / float(later.prod()) if len(later) else None


def _checked(rule: Rule, bars: Bars, state: State, world: World) -> tuple[tuple[Alert, ...], State]:
    tape = Tape(bars=bars, world=world)
    condition = _current(rule.condition, state)
    new = _unseen(rule, bars, state)
    truth = tape.truth(condition)[new]
    seen = None if rule.rearm is None else tape.truth(_current(rule.rearm, state))[new]
    if rule.paused:
        found, memory = (), follow(truth, state.memory, seen)
    else:
        found, memory = fires(truth, state.memory, rule.cooldown, seen)
    found = found[:1] if rule.once else found
    alerts = tuple(_alert(rule, condition, tape, new.start + position) for position in found)
    ended = "once" if rule.once and found else "expired" if _expired(rule, bars) else None
    return alerts, replace(
        state,
        last_bar=_label(bars, -1).to_pydatetime(),
        last_close=float(bars.close.iloc[-1]),
        memory=memory,
        ended=ended,
        unknown=why_unknown(condition, tape),
        note=as_read(rule, state),
    )


def _current(condition: Condition, state: State) -> Condition:
    """The condition with its literals in today's shares."""
    return condition if state.scale == 1 else rebased(condition, state.scale)


def _label(bars: Bars, position: int) -> pd.Timestamp:
    label = bars.index[position]
    assert isinstance(label, pd.Timestamp)
    return label


def _unseen(rule: Rule, bars: Bars, state: State) -> slice:
    """The bars after the last check, up to the session on which the rule expires."""
    start = int(np.count_nonzero(bars.index <= state.last_bar))
    if rule.expires is None:
        return slice(start, len(bars))
    sessions = bars.sessions.tz_localize(None).to_numpy()
    last = int(np.count_nonzero(sessions <= np.datetime64(rule.expires)))
    return slice(start, max(start, last))


def _expired(rule: Rule, bars: Bars) -> bool:
    if rule.expires is None:
        return False
    return bars.sessions.tz_localize(None).to_numpy()[-1] > np.datetime64(rule.expires)


def as_read(rule: Rule, state: State) -> str:
    """How the condition of a rule is read after splits; empty where it is read as it was written."""
    if state.scale == 1:
        return ""
    return f"{rule.condition} is read as {_current(rule.condition, state)} {AFTER_SPLITS}"


def _alert(rule: Rule, condition: Condition, tape: Tape, position: int) -> Alert:
    bars, label = tape.bars, _label(tape.bars, position)
    price = float(bars.close.iloc[position])
    day = (
        f"{label.tz_convert(bars.timezone):%Y-%m-%d %H:%M}"
        if bars.interval.intraday
        else f"{label:%Y-%m-%d}"
    )
    verb = "was at" if bars.interval.intraday else "closed at"
    return Alert(
        id=sha256(f"{rule.rule_id}|{label.isoformat()}".encode()).hexdigest()[:32],
        rule_id=rule.rule_id,
        ticker=rule.ticker,
        interval=rule.interval,
        rule=str(rule.condition),
        bar_time=label.to_pydatetime(),
        bar_close=bars.closed_at(position),
        late=position < len(bars) - 1,
        price=price,
        evidence=_evidence(condition, tape, position),
        text=f"{rule.ticker} {verb} {written(price, bars.currency or 'money')} on {day}: {condition}.",
    )


def _evidence(
    condition: Condition, tape: Tape, position: int
) -> tuple[tuple[str, float | None], ...]:
    """The values that were compared; where an edge was passed, at the bar before too."""
    found = (
        (str(value), tape.numbers(value)[position])
        for value in dict.fromkeys(_compared(condition))
        if not isinstance(value, Number)
    )
    return tuple((text, float(number) if np.isfinite(number) else None) for text, number in found)


def _compared(condition: Condition) -> Iterator[Value]:
    for part in walk_conditions(condition):
        yield from part.reads()
        if part.edge:
            yield from (
                Lag(value=value, bars=1) for value in part.reads() if not isinstance(value, Number)
            )


def _remembers_everything(rule: Rule) -> bool:
    """Whether a line of the rule depends on every bar since the first."""
    conditions = [rule.condition, *([rule.rearm] if rule.rearm else [])]
    read = (value for c in conditions for part in walk_conditions(c) for value in part.reads())
    return any(_is_recursive(inner) for value in read for inner in walk(value))


def _is_recursive(value: Value) -> bool:
    return isinstance(value, Line) and value.kind.recursive


def _refuse_other_kinds(rule: object, bars: object, state: object) -> None:
    if not isinstance(rule, Rule):
        example = 'parse_rule("close > 25", ticker="CRSR")'
        raise wrong_kind(rule, of="The rule", needed="a Rule", example=example)
    bars_given(bars)
    if state is not None and not isinstance(state, State):
        example = "alerts, state = due(rule, bars, None)"
        raise wrong_kind(state, of="The state", needed="what the last check gave", example=example)


def _refuse_others(rule: Rule, bars: Bars) -> None:
    wanted, given = f"{rule.ticker} {rule.interval}", f"{bars.ticker} {bars.interval}"
    if wanted != given:
        raise AskError(
            f"The rule watches {wanted} bars and was given {given} ones.",
            seen=given,
            needed=wanted,
            cure=f"Pass the {rule.interval} bars of {rule.ticker}.",
        )
