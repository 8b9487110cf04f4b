"""Prices from the archive while they are fresh, else from the source, a few bars at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...core.errors import DataError, NoData
from ...core.market import Bars, Interval
from ...core.provider import Provider, unanswered
from .archive import Archive
from .budget import Budget
from .flights import Flight, Flights
from .freshness import fresh_until
from .meter import count, old_copy
from .shelf import Shelf
from .tape import WHOLE_AFTER, Tape, taped, update_of
from .values import DOWN

BATCH = 64
"""Tickers that are locked and fetched together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    tape: Tape
    stale: str | None = None


class Tapes:
    """Bars by ticker and interval."""

    def __init__(self, source: Provider, shelf: Shelf, budget: Budget) -> None:
        self._source = source
        self._shelf = shelf
        self._budget = budget
        self._flights = Flights()
        self._archive = Archive(shelf)
        self._delay = source.capabilities.delay

    def bars(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        end: datetime | None,
    ) -> Mapping[str, Bars | Exception]:
        """For each ticker its bars from *start* to *end*, or its failure."""
        wanted = list(dict.fromkeys(tickers))
        outcomes: dict[str, _Outcome | Exception] = {}
        while pending := [ticker for ticker in wanted if ticker not in outcomes]:
            outcomes |= self._some(pending[:BATCH], interval, start, end)
        return {ticker: _cut(outcomes[ticker], start, end) for ticker in wanted}

    def _some(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        end: datetime | None,
    ) -> dict[str, _Outcome | Exception]:
        """What is known, what this thread fetches, and what others are fetching meanwhile.

        A ticker is left out when what another thread fetched will not do and it must be asked again.
        """
        outcomes: dict[str, _Outcome | Exception] = {}
        mine: dict[str, Flight] = {}
        theirs: dict[str, Flight] = {}
        try:
            for ticker in tickers:
                tape = self._archive.find(ticker, interval)
                if tape is not None and self._serves(tape, start, end):
                    count(hits=1)
                    outcomes[ticker] = _Outcome(tape=tape)
                    continue
                flight, is_mine = self._flights.board(f"{interval}/{ticker}")
                (mine if is_mine else theirs)[ticker] = flight
            outcomes |= self._fetched(mine, interval, start, end)
        finally:
            for ticker, flight in mine.items():
                self._flights.land(flight, outcomes.get(ticker, unanswered(ticker)))
        for ticker, flight in theirs.items():
            outcome = self._flights.wait(flight)
            if isinstance(outcome, _Outcome) and outcome.tape.covers(start):
                count(hits=1)
                outcomes[ticker] = outcome
            elif isinstance(outcome, Exception):
                outcomes[ticker] = outcome
        return outcomes

    def _serves(self, tape: Tape, start: datetime | None, end: datetime | None) -> bool:
        """Whether *tape* can answer without asking: it begins early enough and nothing is newer."""
        now = self._source.now()
        until = now if end is None else min(now, end)
        if not tape.covers(start) or now - tape.fetched_at > WHOLE_AFTER:
            return False
        if until <= tape.fetched_at:
            return True
        return until < fresh_until(tape, self._delay)

    def _fetched(
        self,
        flights: Mapping[str, Flight],
        interval: Interval,
        start: datetime | None,
        end: datetime | None,
    ) -> dict[str, _Outcome | Exception]:
        """Ask the source for what no other process has fetched meanwhile."""
        if not flights:
            return {}
        outcomes: dict[str, _Outcome | Exception] = {}
        locks = [ticker for ticker, flight in flights.items() if not flight.overtakes]
        with self._shelf.locked(f"bars-{interval}", locks):
            held = {ticker: self._archive.find(ticker, interval, anew=True) for ticker in flights}
            asked = []
            for ticker, tape in held.items():
                if tape is not None and self._serves(tape, start, end):
                    count(hits=1)
                    outcomes[ticker] = _Outcome(tape=tape)
                else:
                    asked.append(ticker)
            for ticker, answer in self._asked(asked, interval, start, held).items():
                outcomes[ticker] = self._judged(answer, held[ticker], start, ticker)
        return outcomes

    def _asked(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        held: Mapping[str, Tape | None],
    ) -> dict[str, Tape | Exception]:
        """Update what can be updated; fetch the rest, and what has changed behind us, as a whole."""
        now = self._source.now()
        found = self._updated(tickers, interval, start, held, now)
        wholes: defaultdict[datetime | None, list[str]] = defaultdict(list)
        for ticker in tickers:
            if ticker not in found:
                wholes[_widest(start, held[ticker])].append(ticker)
        for since, group in wholes.items():
            for ticker, answer in self._call(group, interval, since).items():
                found[ticker] = self._kept(answer, since, now)
        return found

    def _updated(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        held: Mapping[str, Tape | None],
        now: datetime,
    ) -> dict[str, Tape | Exception]:
        """The tapes that a few more bars complete, and the failures to get these."""
        updates: defaultdict[datetime, list[str]] = defaultdict(list)
        for ticker in tickers:
            tape = held[ticker]
            since = tape.next_start(now) if tape is not None and tape.covers(start) else None
            if since is not None:
                updates[since].append(ticker)
        found: dict[str, Tape | Exception] = {}
        for since, group in updates.items():
            for ticker, answer in self._call(group, interval, since).items():
                longer = self._grown(held[ticker], answer, now)
                if longer is not None:
                    found[ticker] = longer
        return found

    def _kept(
        self, answer: Bars | Exception, since: datetime | None, now: datetime
    ) -> Tape | Exception:
        if isinstance(answer, Exception):
            return answer
        tape = taped(answer, since=since, now=now, delay=self._delay)
        self._archive.keep(tape)
        return tape

    def _grown(
        self, held: Tape | None, answer: Bars | Exception, now: datetime
    ) -> Tape | Exception | None:
        """The longer tape, or the failure; None when all must be fetched."""
        if isinstance(answer, NoData) or held is None:
            return None
        if isinstance(answer, Exception):
            return answer
        update = update_of(held, answer, now=now, delay=self._delay)
        return None if update is None else self._archive.extend(held, update)

    def _call(
        self, tickers: Sequence[str], interval: Interval, start: datetime | None
    ) -> dict[str, Bars | Exception]:
        count(calls=len(tickers), waits=self._budget.take(len(tickers)))
        try:
            answers = self._source.bars(tickers, interval, start, None)
        except DataError as error:
            return dict.fromkeys(tickers, error)
        return {ticker: answers.get(ticker, unanswered(ticker)) for ticker in tickers}

    def _judged(
        self, answer: Tape | Exception, held: Tape | None, start: datetime | None, ticker: str
    ) -> _Outcome | Exception:
        """The answer, or the old copy where the source is down."""
        if isinstance(answer, Tape):
            return _Outcome(tape=answer)
        if not isinstance(answer, DOWN) or held is None or not held.covers(start):
            return answer
        age = self._source.now() - held.fetched_at
        return _Outcome(tape=held, stale=old_copy(f"the prices of {ticker}", age, answer.message))


def _widest(start: datetime | None, held: Tape | None) -> datetime | None:
    """From where to fetch all: never less than was kept, except where sources keep only weeks."""
    if held is None or held.interval.intraday:
        return start
    return None if start is None or held.since is None else min(start, held.since)


def _cut(
    outcome: _Outcome | Exception, start: datetime | None, end: datetime | None
) -> Bars | Exception:
    if isinstance(outcome, Exception):
        return outcome
    count(fetched_at=outcome.tape.fetched_at, stale=outcome.stale)
    return outcome.tape.bars(start, end)
