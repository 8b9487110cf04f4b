"""A message: what one sink is sent under one key, be it one alert or a digest of many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..core.watch import Delivery, Sink

_SHOWN = 20
MOST_TRIES = 20
LONGEST = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one sink is sent under one key.

    Attributes:
        key: The idempotency key.
        sink: Where it goes.
        members: Ids of the alerts it tells of, in order.
        digest: Whether it is a digest.
        attempts: How often it was tried.
        created_at: When the first of its deliveries was written, or asked for again.
        tried_at: When the last try began; None for one that was never tried.
        not_before: What the sink asked to wait for.
    """

    key: str
    sink: Sink
    members: tuple[str, ...]
    digest: bool
    attempts: int
    created_at: datetime
    tried_at: datetime | None
    not_before: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Whether it may be tried; a clock that was set back since holds nothing up."""
        if self.not_before is None or now >= self.not_before:
            return True
        return self.tried_at is not None and now < self.tried_at

    def is_given_up(self, tries: int, now: datetime) -> bool:
        """Whether a failed try was the last, having been tried so often until *now*."""
        return tries >= MOST_TRIES or now - self.created_at >= LONGEST


def messages(
    pending: Iterable[Delivery], members: Mapping[str, Sequence[str]]
) -> tuple[Message, ...]:
    """The messages to one sink: those never tried first, then by the time of their last try.

    A message on which a sink hangs thus never keeps the others from being tried.

    Args:
        pending: Deliveries of that sink.
        members: Ids of the alerts of each digest, by its key.
    """
    grouped: dict[str, list[Delivery]] = {}
    for one in pending:
        grouped.setdefault(one.key, []).append(one)
    made = (_message(key, rows, members.get(key, ())) for key, rows in grouped.items())
    return tuple(sorted(made, key=lambda made: (made.tried_at is not None, made.tried_at or 0)))


def _message(key: str, rows: Sequence[Delivery], members: Sequence[str]) -> Message:
    first = rows[0]
    return Message(
        key=key,
        sink=first.sink,
        members=tuple(members) or (first.alert_id,),
        digest=bool(members),
        attempts=max(one.attempts for one in rows),
        created_at=min(one.created_at for one in rows),
        tried_at=first.tried_at,
        not_before=first.not_before,
    )


def told(
    message: Message, known: Mapping[str, Mapping[str, Any]]
) -> tuple[Mapping[str, Any], str] | None:
    """Body and words of a message; None when the ledger holds none of what it tells of.

    Args:
        message: Which one.
        known: The JSON of alerts and outages, by id.
    """
    bodies = [known[member] for member in message.members if member in known]
    if not bodies:
        return None
    if not message.digest:
        return bodies[0], str(bodies[0]["text"])
    what = "troubles of the watch" if "outage" in bodies[0] else "alerts"
    lines = [f"{len(bodies)} {what} at once:", *(str(body["text"]) for body in bodies[:_SHOWN])]
    if len(bodies) > _SHOWN:
        shown = (
            "genie check shows what lasts"
            if "outage" in bodies[0]
            else "genie alerts shows them all"
        )
        lines.append(f"and {len(bodies) - _SHOWN} more; {shown}.")
    return {"digest": bodies}, "\n".join(lines)
