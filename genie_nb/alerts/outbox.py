"""From the ledger to the sinks: nothing lost, nothing under two keys.

    ledger row -> trying -> send -> tried

A process may die between any two of these; what is pending is sent by the next check under the same
key. So each message arrives at least once, and exactly once at a receiver that honours the key.
"""

import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched

from ..core.errors import GenieError
from ..core.watch import Delivery, Sink, Status
from . import secrets
from .ledger import Ledger
from .message import Message, messages, told
from .sinks import Opened, Refused, TryLater
from .sinks.opened import Body, TakesMany

Clock = Callable[[], datetime]
Opener = Callable[[Sink], Opened]

DIGEST_OVER = 20
_AT_ONCE = 1000
_GONE = Refused("The ledger no longer holds what this delivery was to tell.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long one run bothers with one sink.

    Attributes:
        tries: How often a message is tried in the run that tries it first; later runs try once.
        pause: Seconds before the second try; each further pause is twice as long. Half to all of it
            is waited, at random, so that several senders do not come back together.
        budget: Seconds after which the rest waits for the next check.
        limit: Seconds after which a sink that hangs is left behind.
    """

    tries: int = 3
    pause: float = 0.5
    budget: float = 20.0
    limit: float = 60.0


USUAL = Patience()


def deliver(
    ledger: Ledger,
    opener: Opener,
    *,
    now: Clock,
    digest_over: int = DIGEST_OVER,
    patience: Patience = USUAL,
) -> tuple[Delivery, ...]:
    """Try every pending delivery, each sink by itself, so that one that hangs delays no other.

    Args:
        ledger: What is owed, and where its outcome is kept.
        opener: From a sink to what sends.
        now: Real time.
        digest_over: More alerts than this that were never tried go to a sink in one digest.
        patience: How long to bother with a sink.

    Returns:
        The deliveries that were pending, as they are now.

    Raises:
        SetupError: The ledger cannot be written; what was sent and not marked is sent again.
    """
    owed = ledger.deliveries(status="pending")
    routes = [
        _Route(
            ledger=ledger,
            opener=opener,
            address=address,
            now=now,
            digest_over=digest_over,
            patience=patience,
        )
        for address in dict.fromkeys(one.sink.address for one in owed)
    ]
    _go(routes, patience.limit)
    ours = {(one.alert_id, one.sink.address) for one in owed}
    found = ledger.deliveries(ids=dict.fromkeys(one.alert_id for one in owed))
    return tuple(one for one in found if (one.alert_id, one.sink.address) in ours)


def failing(deliveries: Iterable[Delivery], *, after: int = 3) -> dict[str, str]:
    """Sinks to which nothing arrives, by address, with why.

    Args:
        deliveries: What `deliver` returned.
        after: Tries of one message that a sink may miss without being in trouble.
    """
    found = tuple(deliveries)
    well = {one.sink.address for one in found if one.status == "sent"}
    return {
        one.sink.address: one.error
        for one in found
        if one.sink.address not in well
        and (one.status == "dead" or (one.status == "pending" and one.attempts >= after))
    }


def _go(routes: Sequence["_Route"], limit: float) -> None:
    """Walk all routes at once; one that takes too long is left, and its rest stays pending."""
    faults: list[GenieError] = []

    def walk(route: _Route) -> None:
        try:
            route.walk()
        except GenieError as wrong:
            faults.append(wrong)

    walkers = [threading.Thread(target=walk, args=(route,), daemon=True) for route in routes]
    for walker in walkers:
        walker.start()
    end = time.monotonic() + limit
    for walker in walkers:
        walker.join(max(end - time.monotonic(), 0.0))
    if faults:
        raise faults[0]


@dataclass(slots=True, kw_only=True)
class _Route:
    """All messages to one sink."""

    ledger: Ledger
    opener: Opener
    address: str
    now: Clock
    digest_over: int
    patience: Patience
    opened: dict[Sink, Opened] = field(default_factory=dict)

    def walk(self) -> None:
        """Try each message that is due, and those that failed at their first try again."""
        waiting = self._due()
        pause, end = self.patience.pause, time.monotonic() + self.patience.budget
        for turn in range(self.patience.tries):
            missed = self._turn(waiting, turn, end)
            waiting = [message for message in missed if message.attempts == 0]
            asked = max((missed[message] for message in waiting), default=0.0)
            wait = max(asked, random.uniform(pause / 2, pause))  # noqa: S311 - spreads senders
            if not waiting or turn + 1 == self.patience.tries or time.monotonic() + wait >= end:
                return
            time.sleep(wait)
            pause *= 2

    def _due(self) -> list[Message]:
        pending = self._pending()
        if pending and self._open(pending[0].sink).digests:
            self.ledger.bundle(self.address, over=self.digest_over, at=self.now())
            self.ledger.gather(self.address, at=self.now())
            pending = self._pending()
        digests = {one.key for one in pending if one.key != one.alert_id}
        members = {key: self.ledger.members(key, self.address) for key in digests}
        return [made for made in messages(pending, members) if made.is_due(self.now())]

    def _pending(self) -> list[Delivery]:
        pending = self.ledger.deliveries(status="pending")
        return [one for one in pending if one.sink.address == self.address]

    def _turn(self, waiting: Sequence[Message], turn: int, end: float) -> dict[Message, float]:
        """Try each message; those that may be tried again, with the seconds the sink asked for."""
        missed: dict[Message, float] = {}
        for batch in self._batches(waiting):
            if time.monotonic() >= end:
                return {}
            outcome = self._try(batch, turn)
            if isinstance(outcome, TryLater):
                if outcome.hung:
                    return {}
                missed.update(dict.fromkeys(batch, outcome.wait or 0.0))
        return missed

    def _batches(self, waiting: Sequence[Message]) -> Iterable[tuple[Message, ...]]:
        """What is sent at once: many messages where the sink takes many, else each by itself."""
        many = waiting and isinstance(self._open(waiting[0].sink), TakesMany)
        return batched(waiting, _AT_ONCE if many else 1)

    def _try(self, batch: Sequence[Message], turn: int) -> GenieError | None:
        """Send messages and keep the outcome; the try is in the ledger before it begins."""
        known = self.ledger.messages([member for message in batch for member in message.members])
        told_of = {message: told(message, known) for message in batch}
        contents = {made: content for made, content in told_of.items() if content is not None}
        gone = [message for message in batch if message not in contents]
        if gone:
            self._keep(gone, _GONE, turn)
        if not contents:
            return None
        keys = [message.key for message in contents]
        self.ledger.trying(keys, self.address, at=self.now())
        outcome = _sent(self._open(batch[0].sink), contents)
        self._keep(contents, outcome, turn)
        return outcome

    def _keep(self, batch: Iterable[Message], outcome: GenieError | None, turn: int) -> None:
        at = self.now()
        wait = outcome.wait if isinstance(outcome, TryLater) else None
        ended: dict[Status, list[str]] = {}
        for message in batch:
            ended.setdefault(_status(message, outcome, turn, at), []).append(message.key)
        for status, keys in ended.items():
            self.ledger.tried(
                keys,
                self.address,
                status=status,
                at=at,
                error="" if outcome is None else secrets.scrub(outcome),
                not_before=None if wait is None else at + timedelta(seconds=wait),
            )

    def _open(self, sink: Sink) -> Opened:
        if sink not in self.opened:
            try:
                self.opened[sink] = self.opener(sink)
            except GenieError as wrong:
                self.opened[sink] = _Shut(wrong)
        return self.opened[sink]


def _status(message: Message, outcome: GenieError | None, turn: int, at: datetime) -> Status:
    if outcome is None:
        return "sent"
    last = message.is_given_up(message.attempts + turn + 1, at)
    return "dead" if last or isinstance(outcome, Refused) else "pending"


def _sent(opened: Opened, contents: Mapping[Message, tuple[Body, str]]) -> GenieError | None:
    """What went wrong; None when all messages arrived."""
    try:
        if isinstance(opened, TakesMany):
            opened.send_all({message.key: body for message, (body, _) in contents.items()})
        else:
            for message, (body, text) in contents.items():
                opened.send(message.key, body, text)
    except GenieError as wrong:
        return wrong
    except Exception as wrong:  # noqa: BLE001 - a fault inside a service's plugin concerns it alone
        return TryLater(f"The sink failed: {type(wrong).__name__}: {wrong}.")
    return None


@dataclass(frozen=True, slots=True)
class _Shut:
    """A sink that could not be opened: each try fails with the reason."""

    reason: GenieError
    digests: bool = True

    def send(self, key: str, body: Body, text: str) -> None:  # noqa: ARG002 - nothing is sent
        raise self.reason
