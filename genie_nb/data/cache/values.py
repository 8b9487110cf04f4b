"""Single answers that live for a while: fundamentals, peers, searches."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ...core.errors import Malformed, RateLimited, Unavailable
from ...core.provider import Provider
from .budget import Budget
from .codec import Unreadable, decode, encode
from .flights import Flight, Flights
from .meter import count, old_copy
from .shelf import Shelf

logger = logging.getLogger(__name__)

DOWN = (Unavailable, RateLimited, Malformed)
"""Failures of the source rather than of the question: an old answer is better than none."""
PATCHED_FOR = timedelta(days=7)
"""How long a whole old answer is preferred to a new one with holes."""
_IN_MEMORY = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    value: Any
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    held: _Held
    stale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    kind: str
    key: str
    type: Any
    ask: Callable[[], Any]
    what: str
    life: timedelta
    whole: Callable[[Any], bool]
    stored: bool

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.key}"


class Values:
    """Answers by kind and key, in memory and on a shelf."""

    def __init__(self, source: Provider, shelf: Shelf, budget: Budget) -> None:
        self._source = source
        self._shelf = shelf
        self._budget = budget
        self._flights = Flights()
        self._lock = threading.Lock()
        self._memory: OrderedDict[str, _Held] = OrderedDict()

    def get(
        self,
        kind: str,
        key: str,
        type_: Any,
        *,
        ask: Callable[[], Any],
        what: str,
        life: timedelta,
        whole: Callable[[Any], bool],
        stored: bool,
    ) -> tuple[Any, datetime]:
        """The answer and when it was fetched.

        Args:
            kind: Such as `fundamentals`.
            key: What it is about.
            type_: Its type, for reading it back.
            ask: Asks the source.
            what: How to call it in a sentence.
            life: How long it stays fresh.
            whole: Whether an answer is complete enough to be remembered.
            stored: Whether to keep it on the shelf, beyond memory.

        Raises:
            DataError: The source failed and there is no old answer.
        """
        question = _Question(
            kind=kind,
            key=key,
            type=type_,
            ask=ask,
            what=what,
            life=life,
            whole=whole,
            stored=stored,
        )
        while True:
            held = self._held(question)
            if held is not None and self._is_fresh(held, question):
                return _told(_Outcome(held=held), hits=1)
            flight, mine = self._flights.board(question.name)
            if mine:
                return _told(self._flown(flight, question))
            outcome = self._flights.wait(flight)
            if isinstance(outcome, Exception):
                raise outcome
            if outcome is not None:
                return _told(outcome, hits=1)

    def _flown(self, flight: Flight, question: _Question) -> _Outcome:
        outcome: Any = Unavailable(f"Nobody answered for {question.what}.", cure="Ask again.")
        try:
            outcome = self._fetched(question, alone=flight.overtakes)
        except Exception as error:
            outcome = error
            raise
        finally:
            self._flights.land(flight, outcome)
        return outcome

    def _fetched(self, question: _Question, *, alone: bool) -> _Outcome:
        """Ask the source, unless another process has just done so."""
        locks = [question.key] if question.stored and not alone else []
        with self._shelf.locked(question.kind, locks):
            held = self._held(question, reread=True)
            if held is not None and self._is_fresh(held, question):
                count(hits=1)
                return _Outcome(held=held)
            count(calls=1, waits=self._budget.take())
            try:
                fresh = _Held(value=question.ask(), fetched_at=self._source.now())
            except DOWN as error:
                if held is None:
                    raise
                return self._old(held, question, error.message)
            if question.whole(fresh.value):
                self._keep(question, fresh)
            elif held is not None and fresh.fetched_at - held.fetched_at < PATCHED_FOR:
                return self._old(held, question, "some parts could not be had now")
            return _Outcome(held=fresh)

    def _old(self, held: _Held, question: _Question, reason: str) -> _Outcome:
        age = self._source.now() - held.fetched_at
        return _Outcome(held=held, stale=old_copy(question.what, age, reason))

    def _is_fresh(self, held: _Held, question: _Question) -> bool:
        return self._source.now() - held.fetched_at < question.life

    def _held(self, question: _Question, *, reread: bool = False) -> _Held | None:
        with self._lock:
            held = self._memory.get(question.name)
            if held is not None:
                self._memory.move_to_end(question.name)
        if question.stored and (held is None or reread):
            held = self._read(question) or held
        return held

    def _read(self, question: _Question) -> _Held | None:
        content = self._shelf.read(question.kind, question.key)
        if content is None:
            return None
        try:
            value, fetched_at = decode(content, question.type, key=question.key)
        except Unreadable as error:
            logger.warning("The stored answer %s is left out: %s.", question.name, error)
            return None
        held = _Held(value=value, fetched_at=fetched_at)
        self._remember(question, held)
        return held

    def _keep(self, question: _Question, held: _Held) -> None:
        self._remember(question, held)
        if question.stored and self._shelf.directory is not None:
            content = encode(
                held.value, question.type, key=question.key, fetched_at=held.fetched_at
            )
            self._shelf.write(question.kind, question.key, content)

    def _remember(self, question: _Question, held: _Held) -> None:
        with self._lock:
            self._memory[question.name] = held
            self._memory.move_to_end(question.name)
            while len(self._memory) > _IN_MEMORY:
                self._memory.popitem(last=False)


def _told(outcome: _Outcome, hits: int = 0) -> tuple[Any, datetime]:
    held = outcome.held
    count(hits=hits, fetched_at=held.fetched_at, stale=outcome.stale)
    return held.value, held.fetched_at
