"""Bars for many rules: one fetch for each provider and interval, all of them at once.

rules with where their history starts -> Feeds -> for each rule its bars and its world, or why not
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ..core.errors import DataError, GenieError
from ..core.expr import World
from ..core.market import Bars, Interval
from ..core.rule import Rule
from ..core.verbs import Ask
from ..data.deadline import gather
from . import research
from .arm import sought_of
from .rule import provider_of
from .tape import moment_of
from .tapes import closed_bars

if TYPE_CHECKING:
    from .desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """A rule to be read.

    Attributes:
        rule: The rule.
        since: The first label that its lines are computed from; None for the usual history.
    """

    rule: Rule
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one provider said about the bars of one interval.

    Attributes:
        desk: Of that provider; None where it could not be opened.
        provider: Its address.
        interval: The length of the bars.
        moment: What was taken for now.
        tapes: By ticker, its closed bars or why there are none.
        facts: By ticker, the facts that rules read, or why they could not be had.
        old: Tickers of which old copies were served because the provider was down.
    """

    desk: "Desk | None"
    provider: str
    interval: Interval
    moment: datetime
    tapes: Mapping[str, Bars | Exception]
    facts: Mapping[str, Mapping[str, float] | Exception] = field(default_factory=dict)
    old: frozenset[str] = frozenset()

    def reading(self, rule: Rule) -> tuple[Bars, World] | Exception:
        """The bars of a rule and what else it reads, or why something of it could not be had."""
        bars, sought = self.tapes[rule.ticker], sought_of(rule)
        if isinstance(bars, Exception):
            return bars
        others: dict[str, Bars] = {}
        for name in sought.others:
            other = self.tapes[name]
            if isinstance(other, Exception):
                return other
            others[name] = other
        facts = self.facts.get(rule.ticker, {}) if sought.facts else {}
        if isinstance(facts, Exception):
            return facts
        known = {name: facts[name] for name in sought.facts if name in facts}
        return bars, World(facts=known, others=others)


type Key = tuple[str, Interval, datetime]


def feeds(desk: "Desk", ask: Ask, wants: Sequence[Want]) -> dict[str, Feed]:
    """The feed of each rule, by rule id."""
    desks: dict[str, Desk | GenieError] = {}
    groups: dict[Key, list[Want]] = {}
    for want in wants:
        address = provider_of(desk, want.rule)
        if address not in desks:
            desks[address] = _opened(desk, address)
        own = desks[address]
        moment = moment_of(desk if isinstance(own, GenieError) else own, ask, want.rule.ticker)
        groups.setdefault((address, want.rule.interval, moment), []).append(want)
    got = gather(
        {
            str(place): lambda key=key, group=group: _feed(desks[key[0]], ask, key, group)
            for place, (key, group) in enumerate(groups.items())
        },
        deadline=desk.deadline(ask),
    )
    found: dict[str, Feed] = {}
    for (key, group), outcome in zip(groups.items(), got.values(), strict=True):
        if isinstance(outcome, Exception) and not isinstance(outcome, GenieError):
            raise outcome
        missed = isinstance(outcome, Exception)
        feed = _failed(desks[key[0]], key, group, outcome) if missed else outcome
        found.update((want.rule.rule_id, feed) for want in group)
    return found


def _opened(desk: "Desk", address: str) -> "Desk | GenieError":
    try:
        return desk.beside(address)
    except GenieError as error:
        return error


def _feed(desk: "Desk | GenieError", ask: Ask, key: Key, group: Sequence[Want]) -> Feed:
    if isinstance(desk, GenieError):
        return _failed(desk, key, group, desk)
    address, interval, moment = key
    starts = [want.since for want in group if want.since is not None]
    with desk.data.meter() as meter:
        tapes = closed_bars(desk, _tickers(group), interval, moment, min(starts, default=None))
        said = list(meter.stale)
    return Feed(
        desk=desk,
        provider=address,
        interval=interval,
        moment=moment,
        tapes=tapes,
        facts=_facts(desk, ask, group),
        old=frozenset(
            name for name in tapes if any(f"the prices of {name} " in text for text in said)
        ),
    )


def _failed(desk: "Desk | GenieError", key: Key, group: Sequence[Want], error: Exception) -> Feed:
    address, interval, moment = key
    return Feed(
        desk=None if isinstance(desk, GenieError) else desk,
        provider=address,
        interval=interval,
        moment=moment,
        tapes=dict.fromkeys(_tickers(group), error),
    )


def _tickers(group: Sequence[Want]) -> list[str]:
    """The tickers of the rules, then those whose lines they read."""
    own = [want.rule.ticker for want in group]
    read = [name for want in group for name in sought_of(want.rule).others]
    return list(dict.fromkeys((*own, *read)))


def _facts(
    desk: "Desk", ask: Ask, group: Sequence[Want]
) -> dict[str, Mapping[str, float] | Exception]:
    """The facts of the tickers whose rules read any; unknown ones are left out."""
    asking = {want.rule.ticker for want in group if sought_of(want.rule).facts}
    options = {name: ask.options[name] for name in ("as_of", "deadline") if name in ask.options}
    got = gather(
        {
            ticker: lambda ticker=ticker: research.analyze(
                desk, Ask(verb="analyze", tickers=(ticker,), options=options)
            )
            for ticker in sorted(asking)
        },
        deadline=desk.deadline(ask),
    )
    found: dict[str, Mapping[str, float] | Exception] = {}
    for ticker, report in got.items():
        if isinstance(report, GenieError):
            found[ticker] = report
        elif isinstance(report, Exception):
            raise report
        else:
            values = {name: fact.value for name, fact in report.facts.items()}
            found[ticker] = {name: value for name, value in values.items() if value is not None}
    return found


def is_down(error: object) -> bool:
    """Whether a failure is the provider's own, which may be over in a moment."""
    return isinstance(error, DataError) and error.retryable
