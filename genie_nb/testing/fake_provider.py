"""A provider of your own making, which fails when told to."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pandas as pd

from ..core.errors import NoData, NotFound
from ..core.fundamentals import Fundamentals
from ..core.market import Bars, Interval
from ..core.provider import Capabilities, Match, PeerGroup

CLOCK = datetime(2026, 1, 12, 21, 30, tzinfo=UTC)
"""Where the clock of a FakeProvider stands until it is moved."""


@dataclass(slots=True)
class _Failure:
    error: Exception
    times: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached a FakeProvider.

    Attributes:
        method: Such as `bars`.
        arguments: Its positional arguments; several tickers are a tuple.
    """

    method: str
    arguments: tuple[object, ...] = field(default=())


class FakeProvider:
    """A provider that knows what it was given, at a clock that stands still, and fails on demand.

    Args:
        bars: What it knows of prices; one per ticker and interval.
        fundamentals: What it knows of companies; several of one ticker differ in `as_of`.
        peers: What it knows of peers.
        macro: Series by name.
        name: As `Provider.name`.
        now: Where its clock stands; move it with `set_now`.
        capabilities: What it says it can do; None to say what it was given.

    Attributes:
        calls: Every call that reached it, in order.

    Example:
        >>> from genie_nb.core.errors import Unavailable
        >>> fake = FakeProvider()
        >>> fake.fail("search", Unavailable("The line is cut."), times=1)
        >>> try: fake.search("acme")
        ... except Unavailable as error: print(error)
        The line is cut.
        >>> fake.search("acme")
        ()
        >>> len(fake.calls)
        2
    """

    def __init__(
        self,
        *,
        bars: Iterable[Bars] = (),
        fundamentals: Iterable[Fundamentals] = (),
        peers: Iterable[PeerGroup] = (),
        macro: Mapping[str, pd.Series] | None = None,
        name: str = "fake",
        now: datetime = CLOCK,
        capabilities: Capabilities | None = None,
    ) -> None:
        self._bars = {(tape.ticker, tape.interval): tape for tape in bars}
        self._fundamentals = tuple(fundamentals)
        self._peers = {group.ticker: group for group in peers}
        self._macro = dict(macro or {})
        self._name = name
        self._now = now
        self._capabilities = capabilities
        self._failures: dict[str, _Failure] = {}
        self._lock = threading.Lock()
        self.calls: list[Call] = []

    @property
    def name(self) -> str:
        """As it was given."""
        return self._name

    @property
    def capabilities(self) -> Capabilities:
        """As given, else what its data allows."""
        return self._capabilities or Capabilities(
            intervals=frozenset(interval for _, interval in self._bars) or frozenset(Interval),
            fundamentals=bool(self._fundamentals),
            point_in_time=bool(self._fundamentals)
            and all(company.point_in_time for company in self._fundamentals),
            peers=bool(self._peers),
            macro=bool(self._macro),
        )

    def now(self) -> datetime:
        """Where its clock stands."""
        return self._now

    def set_now(self, now: datetime) -> None:
        """Move its clock."""
        self._now = now

    def put(self, tape: Bars) -> None:
        """Replace what it knows of one ticker's prices."""
        self._bars[tape.ticker, tape.interval] = tape

    def fail(self, method: str, error: Exception, *, times: int | None = None) -> None:
        """Let *method* raise, the next *times* it is called or until `recover`."""
        self._failures[method] = _Failure(error, times)

    def recover(self) -> None:
        """Fail no more."""
        self._failures.clear()

    def bars(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        end: datetime | None,
    ) -> Mapping[str, Bars | Exception]:
        """The part of each tape labelled from *start* to *end*."""
        self._called("bars", tuple(tickers), interval, start, end)
        return {ticker: self._tape(ticker, interval, start, end) for ticker in tickers}

    def fundamentals(self, ticker: str, as_of: datetime | None = None) -> Fundamentals:
        """The newest that was knowable."""
        self._called("fundamentals", ticker, as_of)
        known = [company for company in self._fundamentals if company.ticker == ticker]
        if not known:
            raise self._unknown(ticker)
        knowable = [company for company in known if as_of is None or company.as_of <= as_of]
        if not knowable:
            raise NoData(f"Nothing was known of {ticker} at {as_of}.", seen=as_of)
        return max(knowable, key=lambda company: company.as_of)

    def search(self, words: str) -> Sequence[Match]:
        """Companies whose ticker or name holds *words*."""
        self._called("search", words)
        wanted = words.casefold()
        found = {
            company.ticker: Match(ticker=company.ticker, name=company.name, kind=company.kind)
            for company in self._fundamentals
            if wanted in f"{company.ticker} {company.name}".casefold()
        }
        return tuple(found.values())

    def peers(self, ticker: str, as_of: datetime | None = None) -> PeerGroup:
        """The group it was given for *ticker*."""
        self._called("peers", ticker, as_of)
        if ticker not in self._peers:
            raise self._unknown(ticker)
        return self._peers[ticker]

    def macro(self, series: str) -> pd.Series:
        """The series it was given."""
        self._called("macro", series)
        if series not in self._macro:
            raise self._unknown(series)
        return self._macro[series]

    def _called(self, method: str, *arguments: object) -> None:
        with self._lock:
            self.calls.append(Call(method, arguments))
            failure = self._failures.get(method)
            if failure is None:
                return
            if failure.times is not None:
                failure.times -= 1
                if failure.times <= 0:
                    del self._failures[method]
        raise failure.error

    def _tape(
        self, ticker: str, interval: Interval, start: datetime | None, end: datetime | None
    ) -> Bars | Exception:
        tape = self._bars.get((ticker, interval))
        if tape is None:
            return self._unknown(ticker)
        return tape.between(start, end)

    def _unknown(self, name: str) -> NotFound:
        return NotFound(f"{name!r} is not known here.", seen=name, cure="Check the spelling.")
