"""The way of an alert to a sink."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .sink import Sink

Status = Literal["pending", "sent", "dead", "discarded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way to one sink.

    Attributes:
        key: The idempotency key: an alert's or outage's id, or a digest's.
        alert_id: The alert or outage it tells of.
        sink: Where it goes.
        status: Pending until the sink took it, it was given up, or the user discarded it.
        attempts: How often it was tried.
        created_at: When it was written to the ledger, real time, UTC.
        tried_at: When the last try began; None for one that was never tried.
        not_before: The earliest time of the next try, when the sink asked for patience.
        sent_at: When the sink took it; None while it has not.
        error: Why the last try failed, without any secret; empty when none did.
    """

    key: str
    alert_id: str
    sink: Sink
    status: Status = "pending"
    attempts: int = 0
    created_at: datetime
    tried_at: datetime | None = None
    not_before: datetime | None = None
    sent_at: datetime | None = None
    error: str = ""

    def to_dict(self) -> dict[str, object]:
        """An entry of `deliveries` in the JSON of `check` and `alerts`."""
        return {
            "alert_id": self.alert_id,
            "sink": self.sink.address,
            "status": self.status,
            "attempts": self.attempts,
            "sent_at": None if self.sent_at is None else self.sent_at.isoformat(),
            "error": self.error or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Several alerts in one message to a flooded sink; fixed in the ledger before the first try.

    Attributes:
        key: SHA-256 of its members' ids, in order; the idempotency key.
        sink: Where it goes.
        members: Ids of its alerts, none of which was ever tried alone.
    """

    key: str
    sink: Sink
    members: tuple[str, ...]
