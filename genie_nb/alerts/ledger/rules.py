"""The rules that are watched, with their states."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import itemgetter

from sqlalchemy import Connection, Text, delete, select, type_coerce, update
from sqlalchemy.types import NullType

from ...core.rule import State
from ...core.watch import Kept
from .rows import STATE_COLUMNS, kept_of, sinks_as_text, sinks_of, state_columns
from .tables import RULES, STATES, moment, written
from .writing import insert_new

_RULE_COLUMNS = ("rule_id", "line", "sinks", "armed_at", "snoozed_until")
_STATE_COLUMNS = ("checked_at", *STATE_COLUMNS)
_KEPT = select(
    *(type_coerce(RULES.c[name], Text) for name in _RULE_COLUMNS),
    *(type_coerce(STATES.c[name], NullType) for name in _STATE_COLUMNS),
).join_from(RULES, STATES)
"""Columns as the driver gives them: a check reads tens of thousands."""


def arm(connection: Connection, wanted: Sequence[Kept]) -> tuple[str, ...]:
    """Keep rules, and give the ids of the new ones; those that are there get the sinks they lack."""
    present = {row.rule_id: row.sinks for row in connection.execute(select(RULES))}
    new = {one.rule_id: one for one in wanted if one.rule_id not in present}
    insert_new(connection, RULES, [_rule_row(one) for one in new.values()])
    insert_new(connection, STATES, [_state_row(one) for one in new.values()])
    for one in wanted:
        there = sinks_of(present.get(one.rule_id, "[]"))
        merged = tuple(dict.fromkeys((*there, *one.sinks)))
        if one.rule_id in present and merged != there:
            mine = update(RULES).where(RULES.c.rule_id == one.rule_id)
            connection.execute(mine.values(sinks=sinks_as_text(merged)))
    return tuple(new)


def disarm(connection: Connection, rule_id: str) -> bool:
    """Forget a rule and its state; its alerts stay. False when there is no such rule."""
    return bool(connection.execute(delete(RULES).where(RULES.c.rule_id == rule_id)).rowcount)


def snooze(connection: Connection, rule_id: str, until: datetime | None) -> bool:
    """Keep a rule silent until then; None wakes it. False when there is no such rule."""
    mine = update(RULES).where(RULES.c.rule_id == rule_id)
    return bool(connection.execute(mine.values(snoozed_until=until)).rowcount)


def all_kept(connection: Connection) -> dict[str, Kept]:
    """Every rule by its id, in the order of arming."""
    rows = connection.execute(_KEPT).fetchall()
    with _no_collection():
        return {row[0]: kept_of(row) for row in sorted(rows, key=itemgetter(3, 0))}


@contextmanager
def _no_collection() -> Iterator[None]:
    """Many values made at once, none of them garbage, would be searched for garbage again and again."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def one_kept(connection: Connection, rule_id: str) -> Kept | None:
    """One rule; None when it is not kept."""
    row = connection.execute(_KEPT.where(RULES.c.rule_id == rule_id)).one_or_none()
    return None if row is None else kept_of(row)


def keep_states(connection: Connection, states: Mapping[str, State], checked_at: datetime) -> None:
    """Put new states in the place of the old ones; of a rule disarmed since, none is kept."""
    if not states:
        return
    sign = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    columns = ", ".join(f"{name} = {sign}" for name in _STATE_COLUMNS)
    when = written(checked_at)
    rows = [(when, *state_columns(state), rule_id) for rule_id, state in states.items()]
    connection.exec_driver_sql(
        f"UPDATE states SET {columns} WHERE rule_id = {sign}",  # noqa: S608 - names of our own columns
        rows,
    )


def _rule_row(kept: Kept) -> dict[str, object]:
    return {
        "rule_id": kept.rule_id,
        "line": kept.line,
        "sinks": sinks_as_text(tuple(dict.fromkeys(kept.sinks))),
        "armed_at": kept.armed_at,
        "snoozed_until": kept.snoozed_until,
    }


def _state_row(kept: Kept) -> dict[str, object]:
    plain = (None,) * len(STATE_COLUMNS) if kept.state is None else state_columns(kept.state)
    times = ("history_start", "last_bar")
    told = {
        name: moment(value) if name in times else value
        for name, value in zip(STATE_COLUMNS, plain, strict=True)
    }
    return {"rule_id": kept.rule_id, "checked_at": kept.checked_at, **told}
