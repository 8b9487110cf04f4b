"""What happened: runs, alerts, outages, heartbeats."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from ...core.watch import Fired, Outage, Run
from .rows import fired_of, outage_of, run_of
from .tables import ALERTS, HEARTBEATS, OUTAGES, RUNS
from .writing import in_parts, insert_new, insert_or_update


def keep_run(connection: Connection, run: Run) -> None:
    """Add a run, or tell how it ended."""
    insert_or_update(
        connection,
        RUNS,
        {
            "id": run.id,
            "began": run.began,
            "ended": run.ended,
            "as_of": run.as_of,
            "ok": run.ok,
            "line": run.line,
            "every": run.every,
        },
    )


def last_runs(connection: Connection, last: int) -> tuple[Run, ...]:
    """The newest runs, newest first."""
    newest = select(RUNS).order_by(RUNS.c.began.desc(), RUNS.c.id).limit(last)
    return tuple(run_of(row) for row in connection.execute(newest))


def keep_alerts(connection: Connection, run_id: str, fired: Sequence[Fired]) -> None:
    """Add the alerts that are not there yet, in their order."""
    top = connection.execute(select(func.max(ALERTS.c.seq))).scalar() or 0
    rows = [
        {
            "id": found.id,
            "seq": seq,
            "run_id": run_id,
            "rule_id": found.alert.rule_id,
            "ticker": found.alert.ticker,
            "bar_time": found.alert.bar_time,
            "evaluated_at": found.evaluated_at,
            "story": found.story,
            "text": found.alert.text,
            "body": json.dumps(found.to_dict(), ensure_ascii=False),
        }
        for seq, found in enumerate(fired, start=top + 1)
    ]
    insert_new(connection, ALERTS, rows)


def alerts(
    connection: Connection,
    *,
    last: int | None = None,
    ticker: str | None = None,
    rule_id: str | None = None,
    run_id: str | None = None,
) -> tuple[Fired, ...]:
    """The alerts that match, newest first."""
    found = select(ALERTS.c.body).order_by(ALERTS.c.seq.desc())
    wanted = {ALERTS.c.ticker: ticker, ALERTS.c.rule_id: rule_id, ALERTS.c.run_id: run_id}
    for column, value in wanted.items():
        found = found if value is None else found.where(column == value)
    found = found if last is None else found.limit(last)
    return tuple(fired_of(body) for body in connection.execute(found).scalars())


def latest(connection: Connection, tickers: Iterable[str]) -> dict[str, Fired]:
    """The alert with the newest bar of each ticker that has one."""
    found: dict[str, Fired] = {}
    for part in in_parts(tickers):
        ours = ALERTS.c.ticker.in_(part)
        newest = select(ALERTS.c.ticker, func.max(ALERTS.c.bar_time).label("bar_time"))
        top = newest.where(ours).group_by(ALERTS.c.ticker).subquery()
        same = (ALERTS.c.ticker == top.c.ticker) & (ALERTS.c.bar_time == top.c.bar_time)
        rows = select(ALERTS.c.body).join(top, same).order_by(ALERTS.c.seq)
        for body in connection.execute(rows).scalars():
            alert = fired_of(body)
            found[alert.alert.ticker] = alert
    return found


def keep_outages(
    connection: Connection, run_id: str, begun: Sequence[Outage], over: Sequence[str], at: datetime
) -> None:
    """Add outages that are not there yet, and end those that are over."""
    rows = [
        {
            "id": outage.id,
            "run_id": run_id,
            "kind": outage.kind,
            "subject": outage.subject,
            "since": outage.since,
            "text": outage.text,
        }
        for outage in begun
    ]
    insert_new(connection, OUTAGES, rows)
    for part in in_parts(over):
        ours = OUTAGES.c.id.in_(part) & OUTAGES.c.over_at.is_(None)
        connection.execute(update(OUTAGES).where(ours).values(over_at=at))


def outages(connection: Connection, *, lasting: bool, last: int | None) -> tuple[Outage, ...]:
    """Outages, newest first; those alone that last, when asked so."""
    found = select(OUTAGES).order_by(OUTAGES.c.since.desc(), OUTAGES.c.id)
    found = found.where(OUTAGES.c.over_at.is_(None)) if lasting else found
    found = found if last is None else found.limit(last)
    return tuple(outage_of(row) for row in connection.execute(found))


def messages(connection: Connection, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """What is told of each alert or outage: the body that a webhook is sent, which has its text."""
    found: dict[str, Mapping[str, Any]] = {}
    for part in in_parts(ids):
        told = select(ALERTS.c.id, ALERTS.c.body).where(ALERTS.c.id.in_(part))
        found.update((row.id, json.loads(row.body)) for row in connection.execute(told))
        troubles = select(OUTAGES).where(OUTAGES.c.id.in_(part))
        found.update((row.id, outage_of(row).to_dict()) for row in connection.execute(troubles))
    return found


def beat(connection: Connection, name: str, at: datetime, every: float | None, note: str) -> None:
    """Say that something is alive."""
    row = {"name": name, "at": at, "every": every, "note": note}
    insert_or_update(connection, HEARTBEATS, row)


def beats(connection: Connection) -> tuple[tuple[str, datetime, float | None, str], ...]:
    """Name, time, seconds to the next and note of every heartbeat."""
    rows = connection.execute(select(HEARTBEATS).order_by(HEARTBEATS.c.name))
    return tuple((row.name, row.at, row.every, row.note) for row in rows)
