"""What is wrong with the watch itself: told once when it begins, and again when it is over.

feeds, rules, deliveries -> Troubles now, beside the outages that last -> begun, over
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from ..alerts.outbox import failing
from ..core.market import Bars
from ..core.rule import Rule
from ..core.watch import Delivery, Kept, Outage, Run, Sink
from ..core.watch.fired import Trouble as Kind
from ..data.calendar import calendar_of
from .evaluate import Evaluated
from .feed import Feed, is_down
from .listed import Listed
from .tapes import settling

OLD = 2
"""Sessions without a bar after which a ticker's data is called stale."""
FAILING = 3
"""Tries after which a sink is called failing."""
GRACE = timedelta(minutes=1)
WATCHLIST, CLOCK = "watchlist", "clock"
"""What a broken watch may be about."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that is wrong now.

    Attributes:
        kind: What.
        subject: The provider, ticker, rule or sink it is about.
        text: One sentence, with what to do.
        rules: The rules concerned, by id.
    """

    kind: Kind
    subject: str
    text: str
    rules: tuple[str, ...] = ()

    def begun(self, now: datetime) -> Outage:
        """The outage that begins with it."""
        return _outage(self.kind, self.subject, now, self.text)


def ended(outage: Outage, now: datetime) -> Outage:
    """What is told when an outage is over."""
    text = f"Over since {now:%Y-%m-%d %H:%M} UTC: {outage.text}"
    mark = sha256(f"{outage.id}|over".encode()).hexdigest()[:32]
    return Outage(id=mark, kind=outage.kind, subject=outage.subject, since=now, text=text)


def _outage(kind: Kind, subject: str, since: datetime, text: str) -> Outage:
    mark = sha256(f"outage|{kind}|{subject}|{since.isoformat()}".encode()).hexdigest()[:32]
    return Outage(id=mark, kind=kind, subject=subject, since=since, text=text)


def of_rules(
    rules: Sequence[Rule], feed_of: Mapping[str, Feed], found: Mapping[str, Evaluated]
) -> Iterator[Trouble]:
    """Providers that are down, data that is stale, rules that cannot be read any more."""
    by_provider: dict[str, list[Rule]] = {}
    for rule in rules:
        by_provider.setdefault(feed_of[rule.rule_id].provider, []).append(rule)
    silent: set[str] = set()
    for provider, theirs in by_provider.items():
        down = [rule for rule in theirs if _down(rule, feed_of[rule.rule_id])]
        if len(down) == len(theirs):
            silent.add(provider)
            ids = tuple(rule.rule_id for rule in theirs)
            yield Trouble(kind="provider_down", subject=provider, text=_silent(provider), rules=ids)
        else:
            yield from _stale(provider, theirs, feed_of)
    for rule in rules:
        feed = feed_of[rule.rule_id]
        yield from _unreadable(rule, feed, found[rule.rule_id], silent=feed.provider in silent)


def _silent(provider: str) -> str:
    return (
        f"The provider {provider} does not answer, so nothing it knows is watched. Bars that close "
        "meanwhile are looked at once it is back."
    )


def _down(rule: Rule, feed: Feed) -> bool:
    return is_down(feed.tapes[rule.ticker]) or rule.ticker in feed.old


def _stale(provider: str, rules: Sequence[Rule], feed_of: Mapping[str, Feed]) -> Iterator[Trouble]:
    behind: dict[str, list[Rule]] = {}
    old: dict[str, Bars] = {}
    for rule in rules:
        feed = feed_of[rule.rule_id]
        bars = feed.tapes[rule.ticker]
        if isinstance(bars, Bars) and is_stale(feed, bars):
            behind.setdefault(rule.ticker, []).append(rule)
            old[rule.ticker] = bars
    tickers = {rule.ticker for rule in rules}
    if len(behind) == len(tickers) > 1:
        newest = max(bars.closed_at() for bars in old.values())
        yield Trouble(
            kind="stale_data",
            subject=provider,
            text=f"The newest bars of {provider} closed at {newest:%Y-%m-%d %H:%M} UTC, for all "
            f"{len(tickers)} tickers.",
            rules=tuple(rule.rule_id for rule in rules),
        )
        return
    for ticker, theirs in behind.items():
        feed = feed_of[theirs[0].rule_id]
        if sessions_behind(feed, old[ticker]) >= OLD:
            yield Trouble(
                kind="stale_data",
                subject=ticker,
                text=f"{ticker} has no bar since {old[ticker].closed_at():%Y-%m-%d %H:%M} UTC at "
                f"{provider}: its trading may be halted, or its symbol may have changed.",
                rules=tuple(rule.rule_id for rule in theirs),
            )


def _unreadable(rule: Rule, feed: Feed, found: Evaluated, *, silent: bool) -> Iterator[Trouble]:
    """A rule that is not known, or never will be again without somebody's help.

    What fails for one ticker, while its provider answers for others, may stay so.
    """
    failure = feed.reading(rule)
    gone = isinstance(failure, Exception) and not (silent and is_down(failure))
    stuck = found.state is not None and not found.complete and bool(found.state.unknown)
    if gone or stuck:
        why = found.unknown.rstrip(".")
        anew = f" If the bars are right as they are now: genie unwatch {rule.rule_id}, and watch it again."
        yield Trouble(
            kind="rule_unknown",
            subject=rule.rule_id,
            text=f"The rule {rule} cannot be read: {why}. Until that changes it does not fire."
            + (anew if stuck else ""),
            rules=(rule.rule_id,),
        )


def of_watch(found: Listed, evaluated: Mapping[str, Evaluated]) -> Iterator[Trouble]:
    """What keeps anything from being watched: a watchlist that is gone, a clock that was set back."""
    if found.lost:
        armed = tuple(name for name, one in found.kept.items() if not _has_ended(one))
        some = "1 rule is" if len(armed) == 1 else f"{len(armed)} rules are"
        yield Trouble(
            kind="watch_broken",
            subject=WATCHLIST,
            text=f"The watchlist names no rule though {some} armed, so nothing is watched: {found.lost}.",
            rules=armed,
        )
    hidden = {name: one.unknown for name, one in evaluated.items() if one.hidden}
    if hidden:
        why = next(iter(hidden.values()))
        yield Trouble(
            kind="watch_broken",
            subject=CLOCK,
            text=f"{why[0].upper()}{why[1:]}. Set the clock if it is wrong; if it was wrong "
            "before, rules go on with the first bar after those that were evaluated.",
            rules=tuple(hidden),
        )


def _has_ended(kept: Kept) -> bool:
    return bool(kept.state and kept.state.ended)


def of_sinks(deliveries: Iterable[Delivery]) -> Iterator[Trouble]:
    """Sinks that take nothing."""
    for address, why in failing(deliveries, after=FAILING).items():
        yield Trouble(
            kind="failing_sink",
            subject=address,
            text=f"Alerts do not arrive at {address}: {why.rstrip('.') or 'no reason was given'}. They "
            "are kept; see: genie alerts",
        )


def of_schedule(last: Run | None, now: datetime) -> Iterator[Trouble]:
    """A run that was due and did not take place."""
    if last is None or last.every is None:
        return
    due = last.began + timedelta(seconds=last.every)
    late = now - due
    if late > max(GRACE, timedelta(seconds=last.every) / 2):
        yield Trouble(
            kind="missed_run",
            subject="schedule",
            text=f"No check ran from {last.began:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC; the "
            f"next was due at {due:%H:%M}. What closed meanwhile is looked at now.",
        )


def sinks_for(
    trouble: Trouble | Outage,
    rules: Iterable[str],
    real: Container[str],
    sinks: Mapping[str, Sequence[Sink]],
) -> tuple[Sink, ...]:
    """Where a trouble is told: the sinks of the rules concerned whose market is real.

    Args:
        trouble: What is told; never to the sink it is about.
        rules: Ids of the rules concerned.
        real: Ids of the rules whose market is neither invented nor a folder of files.
        sinks: By rule id.
    """
    told = (sink for rule in rules if rule in real for sink in sinks[rule])
    return tuple(dict.fromkeys(sink for sink in told if sink.address != trouble.subject))


def is_stale(feed: Feed, bars: Bars) -> bool:
    """Whether a newer bar should be there; of intraday bars an hour may be missing."""
    calendar, moment = calendar_of(bars.ticker), bars.closed_at()
    allowed = int(_HOUR / bars.interval.length) if bars.interval.intraday else 0
    settled = feed.moment - timedelta(seconds=settling(feed.desk, feed.moment) if feed.desk else 0)
    for _ in range(allowed + 1):
        moment = calendar.next_close(moment, bars.interval)
    return moment <= settled


def sessions_behind(feed: Feed, bars: Bars) -> int:
    """Sessions that have ended since the newest bar."""
    newest, now = bars.closed_at(), feed.moment
    calendar = calendar_of(bars.ticker)
    days = calendar.sessions(newest.date(), now.date())
    closes = (calendar.session_close(day.date()) for day in days)
    return sum(close is not None and newest < close <= now for close in closes)
