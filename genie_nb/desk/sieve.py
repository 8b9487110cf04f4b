"""What a check need not compute anew: rules that are carried from bar to bar.

    stream of the last check + bars -> Sieve: states that are known -> look: `due` for the others
    what `due` found -> Sieve -> stream for the next check -> ledger, with the states

The states of the ledger are the truth. A rule is carried on only where the stream stands exactly where its
state does and every bar behind it still says what it said; else `due` looks at it, as it does where there is
no stream. So a stream that is missing, unreadable, too old or too new costs time and changes nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..alerts.ledger import Ledger
from ..core.errors import GenieError
from ..core.market import Bars, Interval
from ..core.rule import Rule, State
from ..core.stream import Stream, streamable
from ..core.watch import Carried, Kept
from .carrying import goes_on, ready, told, waiting_among
from .evaluate import Evaluated
from .feed import Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """From when on rules are taken into a stream, which costs as much as several checks without one.

    Attributes:
        rules: So many must wait.
        rest: So long after the last time, as a source that rewrites its past empties a stream again
            and again.
    """

    rules: int = 3_000
    rest: timedelta = timedelta(days=7)


WORTH = Worth()
"""Ten years of three thousand rules take 7 s to begin, of a hundred 5 s; a check computes a rule in 0.5 ms. So three
thousand are paid back by ten checks, a thousand by twenty, a hundred by over a hundred
(`benchmarks/bench_sieve.py`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """The rules of a provider and interval, and what is carried of them.

    Attributes:
        provider: Its address.
        interval: The length of the bars.
        moment: What was taken for now.
        rules: All that are looked at.
        bars: By ticker, its closed bars, where they could be had.
        stream: Taken over these bars, without the tickers that it lost.
        begun_at: When rules were last taken in; None where nothing is carried.
        known: By rule id, the state that `due` would find, of rules that it need not look at.
    """

    provider: str
    interval: Interval
    moment: datetime
    rules: Sequence[Rule]
    bars: Mapping[str, Bars]
    stream: Stream
    begun_at: datetime | None
    known: Mapping[str, State]

    def carried(self, evaluated: Mapping[str, Evaluated]) -> Carried | None:
        """The stream with what `due` found, as the ledger keeps it; None where nothing is carried."""
        if self.begun_at is None:
            return None
        return self._as_carried(self._settled(evaluated), self.begun_at)

    def grown(self, evaluated: Mapping[str, Evaluated], worth: Worth) -> Carried | None:
        """The same with the rules that wait; None where too few wait, or it is too early."""
        early = self.begun_at is not None and self.moment - self.begun_at < worth.rest
        stream = self._settled(evaluated)
        waiting = () if early else waiting_among(self.rules, evaluated, stream.states())
        if len(waiting) >= worth.rules:
            waiting = tuple(rule for rule in waiting if streamable(rule))
        if len(waiting) < max(worth.rules, 1):
            return None
        joining = {rule.ticker for rule in waiting}
        own = [rule for rule in self.rules if rule.ticker in joining]
        able = [(rule, state) for rule in own if (state := ready(rule, evaluated))]
        grown = stream.without(joining).joined(Stream.begin(able, self.bars))
        return self._as_carried(grown, self.moment)

    def _settled(self, evaluated: Mapping[str, Evaluated]) -> Stream:
        """The stream with what `due` found, without tickers that nobody watches any more."""
        there = set(self.stream.names)
        looked_at = {
            rule.rule_id: state
            for rule in self.rules
            if rule.rule_id in there
            and rule.rule_id not in self.known
            and (state := evaluated[rule.rule_id].state)
        }
        self.stream.remember(looked_at)
        return _without(self.stream, set(self.stream.tickers) - {one.ticker for one in self.rules})

    def _as_carried(self, stream: Stream, begun_at: datetime) -> Carried:
        return Carried(
            provider=self.provider,
            interval=str(self.interval),
            begun_at=begun_at,
            body=stream.to_bytes(),
        )


def sieves(
    rules: Iterable[Rule],
    kept: Mapping[str, Kept],
    feed_of: Mapping[str, Feed],
    ledger: Ledger,
    *,
    chosen: bool = True,
) -> tuple[Sieve, ...]:
    """A sieve for each provider and interval of rules; none for bars within a session.

    Args:
        rules: All that are looked at.
        kept: What the ledger has of them.
        feed_of: By rule id, where its bars came from.
        ledger: Where streams are kept.
        chosen: Whether somebody chose the moment, as `evaluate` takes it.
    """
    groups: dict[tuple[str, Interval], list[Rule]] = {}
    for rule in rules:
        if not rule.interval.intraday:
            place = feed_of[rule.rule_id].provider, rule.interval
            groups.setdefault(place, []).append(rule)
    return tuple(
        _sieve(group, kept, feed_of, ledger.carried(provider, str(interval)), chosen=chosen)
        for (provider, interval), group in groups.items()
    )


def _sieve(
    group: Sequence[Rule],
    kept: Mapping[str, Kept],
    feed_of: Mapping[str, Feed],
    carried: Carried | None,
    *,
    chosen: bool,
) -> Sieve:
    stream, begun_at = _opened(carried)
    bars = {
        rule.ticker: tape
        for rule in group
        if isinstance(tape := feed_of[rule.rule_id].tapes[rule.ticker], Bars)
    }
    before, step = stream.states(), stream.follow(bars)
    after, handed = stream.states(), set(step.handed)
    apart = {*step.lost, *step.behind}
    known = {
        rule.rule_id: told(rule, after[rule.rule_id])
        for rule in group
        if (state := before.get(rule.rule_id))
        and rule.rule_id not in handed
        and rule.ticker in bars
        and rule.ticker not in apart
        and goes_on(
            rule, kept.get(rule.rule_id), state, feed_of[rule.rule_id].moment, chosen=chosen
        )
    }
    own = [feed_of[rule.rule_id] for rule in group]
    return Sieve(
        provider=own[0].provider,
        interval=own[0].interval,
        moment=max(feed.moment for feed in own),
        rules=group,
        bars=bars,
        stream=_without(stream, step.lost),
        begun_at=begun_at,
        known=known,
    )


def _opened(carried: Carried | None) -> tuple[Stream, datetime | None]:
    """The stream that was carried, and when it was begun; an empty one where it cannot be read."""
    if carried:
        try:
            return Stream.from_bytes(carried.body), carried.begun_at
        except GenieError:
            pass
    return Stream.begin((), {}), None


def _without(stream: Stream, tickers: Collection[str]) -> Stream:
    return stream.without(tickers) if tickers else stream
