"""Values as rows of the ledger, and back."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from ...core.market import Interval
from ...core.rule import Alert, Memory, State
from ...core.watch import Delivery, Fired, Kept, Outage, Run, Sink
from .tables import moment, read, written

STATE_COLUMNS = (
    "history_start",
    "last_bar",
    "last_close",
    "last_truth",
    "since_fire",
    "rearmed",
    "scale",
    "ended",
    "unknown",
    "note",
)


def sinks_as_text(sinks: Sequence[Sink]) -> str:
    """As the ledger keeps them."""
    return json.dumps([sink.to_dict() for sink in sinks])


@lru_cache(maxsize=1024)
def sinks_of(text: str) -> tuple[Sink, ...]:
    """The sinks that `sinks_as_text` wrote; most rules share theirs."""
    return tuple(Sink.from_dict(kept) for kept in json.loads(text))


def state_columns(state: State) -> tuple[Any, ...]:
    """What `STATE_COLUMNS` of the table `states` hold of a state."""
    memory = state.memory
    return (
        written(state.history_start),
        written(state.last_bar),
        state.last_close,
        memory.last,
        memory.since_fire,
        memory.rearmed,
        state.scale,
        state.ended,
        json.dumps(state.unknown) if state.unknown else None,
        state.note or None,
    )


def kept_of(row: Sequence[Any]) -> Kept:
    """A rule from plain columns of `rules` and `states`, in their order.

    A check reads tens of thousands of these, so nothing is done twice here.
    """
    rule_id, line, sinks, armed_at, snoozed, checked_at, start, last_bar, close, *rest = row
    state = None
    if start is not None:
        truth, since, rearmed, scale, ended, unknown, note = rest
        state = State(
            history_start=read(start),
            last_bar=read(last_bar),
            last_close=close,
            memory=Memory(
                last=None if truth is None else bool(truth),
                since_fire=since,
                rearmed=bool(rearmed),
            ),
            scale=scale,
            ended=ended,
            unknown=tuple(json.loads(unknown)) if unknown else (),
            note=note or "",
        )
    return Kept(
        rule_id=rule_id,
        line=line,
        sinks=sinks_of(sinks),
        armed_at=read(armed_at),
        snoozed_until=moment(snoozed) if snoozed else None,
        state=state,
        checked_at=moment(checked_at) if checked_at else None,
    )


def fired_of(body: str) -> Fired:
    """The alert that was kept as the JSON of its `to_dict`."""
    kept: Mapping[str, Any] = json.loads(body)
    alert = Alert(
        id=kept["id"],
        rule_id=kept["rule_id"],
        ticker=kept["ticker"],
        interval=Interval(kept["interval"]),
        rule=kept["rule"],
        bar_time=datetime.fromisoformat(kept["bar_time"]),
        bar_close=datetime.fromisoformat(kept["bar_close"]),
        late=kept["late"],
        price=kept["price"],
        evidence=tuple((shown["name"], shown["value"]) for shown in kept["evidence"]),
        text=kept["text"],
    )
    return Fired(
        alert=alert,
        evaluated_at=datetime.fromisoformat(kept["evaluated_at"]),
        story=kept["story"],
        fictional=kept.get("fictional", False),
    )


def outage_of(row: Row[Any]) -> Outage:
    """An outage from its row."""
    return Outage(id=row.id, kind=row.kind, subject=row.subject, since=row.since, text=row.text)


def delivery_of(row: Row[Any]) -> Delivery:
    """A delivery from its row."""
    return Delivery(
        key=row.key,
        alert_id=row.alert_id,
        sink=Sink(address=row.address, secret=row.secret, template=row.template),
        status=row.status,
        attempts=row.attempts,
        created_at=row.created_at,
        tried_at=row.tried_at,
        not_before=row.not_before,
        sent_at=row.sent_at,
        error=row.error,
    )


def run_of(row: Row[Any]) -> Run:
    """A run from its row."""
    return Run(
        id=row.id,
        began=row.began,
        ended=row.ended,
        as_of=row.as_of,
        ok=row.ok,
        line=row.line,
        every=row.every,
    )
