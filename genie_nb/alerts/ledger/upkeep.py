"""Keeping a ledger small, readable elsewhere, and safe."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from .tables import ALERTS, DELIVERIES, DIGESTS, META, OUTAGES, RUNS, STREAMS, written


def prune(connection: Connection, before: datetime) -> dict[str, int]:
    """Forget what ended before *before*; rules, states and what is still to be sent stay."""
    owed = select(DELIVERIES.c.alert_id).where(DELIVERIES.c.status == "pending")
    waiting = select(DELIVERIES.c.key).where(DELIVERIES.c.status == "pending")
    alerts = (ALERTS.c.evaluated_at < before) & ALERTS.c.id.not_in(owed)
    outages = (OUTAGES.c.over_at < before) & OUTAGES.c.id.not_in(owed)
    gone = {
        "alerts": connection.execute(delete(ALERTS).where(alerts)).rowcount,
        "outages": connection.execute(delete(OUTAGES).where(outages)).rowcount,
        "runs": connection.execute(delete(RUNS).where(RUNS.c.began < before)).rowcount,
    }
    left = select(ALERTS.c.id).union(select(OUTAGES.c.id))
    orphans = DELIVERIES.c.alert_id.not_in(left) & (DELIVERIES.c.status != "pending")
    gone["deliveries"] = connection.execute(delete(DELIVERIES).where(orphans)).rowcount
    kept = select(DELIVERIES.c.key).union(waiting)
    gone["digests"] = connection.execute(delete(DIGESTS).where(DIGESTS.c.key.not_in(kept))).rowcount
    connection.execute(delete(STREAMS).where(STREAMS.c.written_at < before))
    return gone


def lines(connection: Connection) -> Iterator[str]:
    """Every row of every table as a line of JSON, the table's name under `table`.

    Not of streams, which hold nothing that the others do not.
    """
    for table in META.sorted_tables:
        if table is STREAMS:
            continue
        for row in connection.execute(select(table)).mappings():
            yield json.dumps({"table": table.name, **row}, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> str | None:
    return written(value)
