"""Deliveries: what has to go where, and how far it came.

Before a message is sent the try is written down, and after it how it ended. A process that dies
between the two leaves a pending delivery that was tried, so its message never moves into a digest.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, insert, select, update

from ...core.watch import Delivery, Digest, Sink, Status
from .rows import delivery_of
from .tables import ALERTS, DELIVERIES, DIGEST_MEMBERS, DIGESTS, OUTAGES
from .writing import in_parts, insert_new

_PENDING = DELIVERIES.c.status == "pending"


def owe(connection: Connection, wanted: Iterable[tuple[str, Sequence[Sink]]], at: datetime) -> None:
    """Add a pending delivery for each id and sink that has none yet."""
    rows = [
        {
            "alert_id": told,
            "key": told,
            "address": sink.address,
            "secret": sink.secret,
            "template": sink.template,
            "status": "pending",
            "attempts": 0,
            "created_at": at,
            "error": "",
        }
        for told, sinks in wanted
        for sink in {sink.address: sink for sink in sinks}.values()
    ]
    insert_new(connection, DELIVERIES, rows)


def deliveries(
    connection: Connection,
    *,
    status: Status | None = None,
    ids: Iterable[str] | None = None,
    last: int | None = None,
) -> tuple[Delivery, ...]:
    """The deliveries that match, in the order they were written."""
    if ids is not None:
        parts = (_found(connection, DELIVERIES.c.alert_id.in_(part)) for part in in_parts(ids))
        found = tuple(one for part in parts for one in part)
    elif last is not None:
        newest = select(DELIVERIES.c.id).order_by(DELIVERIES.c.id.desc()).limit(last)
        found = _found(connection, DELIVERIES.c.id.in_(newest))
    else:
        return _found(connection, None if status is None else DELIVERIES.c.status == status)
    return tuple(one for one in found if status in (None, one.status))


def bundle(connection: Connection, address: str, over: int, at: datetime) -> Digest | None:
    """Fix a digest of all alerts for a sink that were never tried, when there are more than *over*."""
    untried = _untried(address) & DELIVERIES.c.alert_id.in_(select(ALERTS.c.id))
    waiting = _found(connection, untried)
    return _bundled(connection, waiting, address, at) if len(waiting) > over else None


def gather(connection: Connection, address: str, at: datetime) -> tuple[Digest, ...]:
    """Fix a digest of the outages of each kind that one check told of and that were never tried."""
    kind_of = select(DELIVERIES, OUTAGES.c.run_id, OUTAGES.c.kind).join(
        OUTAGES, OUTAGES.c.id == DELIVERIES.c.alert_id
    )
    rows = connection.execute(kind_of.where(_untried(address)).order_by(DELIVERIES.c.id))
    together: dict[tuple[str, str], list[Delivery]] = {}
    for row in rows:
        together.setdefault((row.run_id, row.kind), []).append(delivery_of(row))
    return tuple(
        _bundled(connection, waiting, address, at)
        for waiting in together.values()
        if len(waiting) > 1
    )


def _untried(address: str) -> ColumnElement[bool]:
    """Deliveries to a sink whose messages are of one alert or outage and were never tried."""
    return (
        _PENDING
        & (DELIVERIES.c.address == address)
        & DELIVERIES.c.tried_at.is_(None)
        & (DELIVERIES.c.key == DELIVERIES.c.alert_id)
    )


def _bundled(
    connection: Connection, waiting: Sequence[Delivery], address: str, at: datetime
) -> Digest:
    members = tuple(one.alert_id for one in waiting)
    key = sha256("".join(members).encode()).hexdigest()
    connection.execute(insert(DIGESTS).values(key=key, address=address, created_at=at))
    rows = [
        {"key": key, "address": address, "position": place, "alert_id": member}
        for place, member in enumerate(members)
    ]
    connection.execute(insert(DIGEST_MEMBERS), rows)
    for part in in_parts(members):
        ours = _untried(address) & DELIVERIES.c.alert_id.in_(part)
        connection.execute(update(DELIVERIES).where(ours).values(key=key))
    return Digest(key=key, sink=waiting[0].sink, members=members)


def members(connection: Connection, key: str, address: str) -> tuple[str, ...]:
    """Ids of the alerts of a digest, in their order; empty when the key is an alert's own."""
    ours = (DIGEST_MEMBERS.c.key == key) & (DIGEST_MEMBERS.c.address == address)
    rows = select(DIGEST_MEMBERS.c.alert_id).where(ours).order_by(DIGEST_MEMBERS.c.position)
    return tuple(connection.execute(rows).scalars())


def trying(connection: Connection, keys: Iterable[str], address: str, at: datetime) -> None:
    """Write down that messages are about to be sent."""
    for part in in_parts(keys):
        connection.execute(update(DELIVERIES).where(_of(part, address)).values(tried_at=at))


def tried(
    connection: Connection,
    keys: Iterable[str],
    address: str,
    *,
    status: Status,
    at: datetime,
    error: str = "",
    not_before: datetime | None = None,
) -> None:
    """Write down how a try ended."""
    outcome = {
        "status": status,
        "attempts": DELIVERIES.c.attempts + 1,
        "tried_at": at,
        "sent_at": at if status == "sent" else None,
        "not_before": not_before,
        "error": error,
    }
    for part in in_parts(keys):
        connection.execute(update(DELIVERIES).where(_of(part, address)).values(outcome))


def resend(connection: Connection, told: str, at: datetime) -> tuple[Delivery, ...]:
    """Make the deliveries of an alert, outage or digest pending again.

    Those that did not arrive; when all did, all of them. The key stays, so a receiver that honours
    it takes each message once.
    """
    found = _named(connection, told)
    unsent = tuple(one for one in found if one.status != "sent") or found
    for key, address in {(one.key, one.sink.address) for one in unsent}:
        connection.execute(
            update(DELIVERIES)
            .where((DELIVERIES.c.key == key) & (DELIVERIES.c.address == address))
            .values(status="pending", attempts=0, created_at=at, not_before=None, sent_at=None)
        )
    return _named(connection, told)


def discard(connection: Connection, told: str) -> tuple[Delivery, ...]:
    """Give up the deliveries of an alert, outage or digest that did not arrive."""
    unsent = DELIVERIES.c.status.in_(("pending", "dead"))
    for key, address in {(one.key, one.sink.address) for one in _named(connection, told)}:
        mine = (DELIVERIES.c.key == key) & (DELIVERIES.c.address == address)
        connection.execute(update(DELIVERIES).where(mine & unsent).values(status="discarded"))
    return _named(connection, told)


def _named(connection: Connection, told: str) -> tuple[Delivery, ...]:
    """Deliveries whose alert or key begins with *told*."""
    start = told.replace("%", "").replace("_", "")
    named = DELIVERIES.c.alert_id.like(f"{start}%") | DELIVERIES.c.key.like(f"{start}%")
    return _found(connection, named)


def _of(keys: Sequence[str], address: str) -> ColumnElement[bool]:
    return _PENDING & DELIVERIES.c.key.in_(keys) & (DELIVERIES.c.address == address)


def _found(connection: Connection, matching: ColumnElement[bool] | None) -> tuple[Delivery, ...]:
    rows = select(DELIVERIES).order_by(DELIVERIES.c.id)
    rows = rows if matching is None else rows.where(matching)
    return tuple(delivery_of(row) for row in connection.execute(rows))
