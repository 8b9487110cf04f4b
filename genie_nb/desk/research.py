"""The research verbs: ask the provider everything at once, compute, tell.

Ask -> {bars, indices, fundamentals, peers} -> Subject -> facts, findings -> Report
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ..core.ask import questions
from ..core.bands import band
from ..core.errors import (
    BadBars,
    DataError,
    Delisted,
    GenieError,
    NoData,
    NotFound,
    UnknownName,
    UnknownTicker,
)
from ..core.facts.fact import Alternative
from ..core.facts.registry import REGISTRY, compute_facts
from ..core.facts.subject import Subject
from ..core.findings.checks import checks
from ..core.findings.opportunities import opportunities
from ..core.findings.peers import standings
from ..core.findings.risks import risks
from ..core.findings.signals import signals
from ..core.fundamentals import Fundamentals, Missing
from ..core.market import Bars, Interval
from ..core.narrate import comparison, explanation
from ..core.narrate.questions import TOPICS, answer
from ..core.narrate.summary import summary
from ..core.provider import PeerGroup
from ..core.report import Comparison, Explanation, Profile, QuestionAnswer, Report
from ..core.verbs import Ask
from ..data.calendar import Calendar, closed
from ..data.deadline import gather
from .resolve import by_name, near, resolve, unknown_ticker

if TYPE_CHECKING:
    from .desk import Desk

HISTORY = timedelta(days=3653)
"""Ten years: what averages, ranges and backtests look back on."""


OLD = timedelta(days=10)
"""A newest daily bar older than this is said to be old; no run of holidays is as long."""


def analyze(desk: "Desk", ask: Ask) -> Report:
    """Everything known of one ticker.

    Raises:
        UnknownTicker: The provider knows neither prices nor a company of that name.
        DataError: Nothing at all came, and why.
    """
    with desk.timed() as timing:
        subject, said_back = _find(desk, ask, ask.tickers[0])
        report = _report(desk, subject)
        asked = [_reply(question.text, question.topic, report) for question in questions(ask.words)]
        return replace(
            report,
            answers=tuple(asked),
            notes=_said(ask.said_back, said_back, _ahead(desk, ask)),
            timing=timing(),
        )


def compare(desk: "Desk", ask: Ask) -> Comparison:
    """Several tickers side by side, over the sessions they share."""
    with desk.timed() as timing:
        found = _find_all(desk, ask)
        reports = tuple(_report(desk, subject) for subject, _ in found)
        differences = comparison.differences(reports)
        return Comparison(
            reports=reports,
            provider=desk.data.name,
            as_of=reports[0].as_of,
            differences=differences,
            summary=comparison.summary(reports, differences),
            aligned_to=_shared_span(reports),
            missing=_misaligned(reports),
            notes=_said(ask.said_back, *(said for _, said in found), _ahead(desk, ask)),
            timing=timing(),
        )


def _said(*sentences: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)


def _ahead(desk: "Desk", ask: Ask) -> str:
    """Says that a time still to come was read as now, as nothing is known of it."""
    moment, now = desk.moment(ask), desk.data.now()
    if moment is None or moment <= now:
        return ""
    return f"{ask.options['as_of']} is still to come at {now:%Y-%m-%d %H:%M} UTC, so this is as of then."


def why(desk: "Desk", ask: Ask) -> Explanation:
    """Formula, inputs and other sources of one fact.

    Raises:
        UnknownName: The registry has no such fact.
    """
    if ask.word not in REGISTRY:
        raise UnknownName("fact", ask.word, REGISTRY)
    with desk.timed() as timing:
        subject, _ = _find(desk, ask, ask.tickers[0])
        fact = compute_facts(subject)[ask.word]
        beside = fact.alternatives or _own_figure(ask.word, subject.fundamentals, fact.source)
        fact = replace(fact, alternatives=beside)
        return Explanation(
            ticker=subject.ticker,
            fact=fact,
            text=explanation.explain(fact, subject.ticker),
            provider=desk.data.name,
            as_of=subject.as_of,
            alternatives=beside,
            timing=timing(),
        )


def _own_figure(
    name: str, company: Fundamentals | None, source: str | None
) -> tuple[Alternative, ...]:
    """The provider's own figure for a fact that was computed here, even where both agree."""
    quoted = None if company is None else company.quoted.get(name)
    if company is None or quoted is None or source == f"{company.source} (own figure)":
        return ()
    return (Alternative(source=f"{company.source} (own figure)", value=quoted),)


def _reply(text: str, topic: str | None, report: Report) -> QuestionAnswer:
    if topic is None or topic not in TOPICS:
        told = "This is not a question that the facts of one company can answer."
    else:
        told = answer(topic, report)
    return QuestionAnswer(question=text, text=told)


def _find_all(desk: "Desk", ask: Ask) -> list[tuple[Subject, str]]:
    """What was found for each ticker, asked for at once; the first failure is raised."""
    outcomes = gather(
        {written: lambda written=written: _find(desk, ask, written) for written in ask.tickers},
        deadline=None,
    )
    found: list[tuple[Subject, str]] = []
    for outcome in outcomes.values():
        if isinstance(outcome, Exception):
            raise outcome
        found.append(outcome)
    return found


def _find(desk: "Desk", ask: Ask, written: str) -> tuple[Subject, str]:
    """What was found for what the user wrote, and how that was read.

    A word that is no ticker may still be a company's name.
    """
    ticker, said_back = resolve(written, desk.data)
    try:
        return _subject(desk, ask, ticker), said_back
    except UnknownTicker:
        named = by_name(written, near(written, desk.data))
        if named is None or named[0] == ticker:
            raise
        return _subject(desk, ask, named[0]), named[1]


def _report(desk: "Desk", subject: Subject) -> Report:
    facts = compute_facts(subject)
    ticker, company, bars = subject.ticker, subject.fundamentals, subject.bars
    found = signals(bars, subject.small_index, subject.index)
    checked = checks(facts, company)
    cap = facts["market_cap"]
    report = Report(
        profile=Profile(
            ticker=ticker,
            name=company.name if company else ticker,
            kind=company.kind if company else "equity",
            sector=company.sector if company else None,
            industry=company.industry if company else None,
            currency=facts["price"].unit,
            band=None if cap.verdict is None else band(cap.value, subject.limits),
            band_limits=desk.config.bands,
            fictional=desk.data.capabilities.fictional,
            description=company.description if company else None,
        ),
        provider=desk.data.name,
        as_of=subject.as_of,
        facts=facts,
        signals=found,
        checks=checked,
        risks=risks(facts, company, shares=subject.shares),
        opportunities=opportunities(facts, found, checked),
        standings=standings(facts, subject.peers, ticker),
        missing=_missing(subject, facts),
        earnings=company.earnings if company else None,
        next_earnings=company.next_earnings if company else (),
        statements=company.statements if company else (),
        bars=bars,
        bars_to=bars.closed_at(-1) if bars is not None and len(bars) else None,
    )
    return replace(report, summary=summary(report))


def _subject(desk: "Desk", ask: Ask, ticker: str) -> Subject:
    """Ask for everything at once; what did not come is named, with the reason."""
    moment = desk.moment(ask)
    now = desk.data.now()
    if moment is not None and moment >= now:
        moment = None
    as_of = moment or now
    abilities = desk.data.capabilities
    indices = [name for name in (abilities.small_cap_index, abilities.large_cap_index) if name]
    got = gather(
        {
            "bars": lambda: _daily(
                desk, [ticker, *indices], as_of, 0.0 if moment else abilities.delay
            ),
            "fundamentals": lambda: desk.data.fundamentals(ticker, moment),
            "peers": lambda: desk.data.peers(ticker, moment),
        },
        deadline=desk.deadline(ask),
    )
    tapes = got["bars"] if isinstance(got["bars"], Mapping) else {}
    outcomes = {
        "bars": tapes.get(ticker, got["bars"]),
        "fundamentals": got["fundamentals"],
        "peers": got["peers"],
        "small_index": tapes.get(abilities.small_cap_index, got["bars"]),
        "index": tapes.get(abilities.large_cap_index, got["bars"]),
    }
    _raise_what_is_not_the_providers(outcomes)
    _refuse_the_unknown(outcomes, ticker, desk)
    failures = {part: error for part, error in outcomes.items() if isinstance(error, Exception)}
    return Subject(
        ticker=ticker,
        bars=_only(outcomes["bars"], Bars),
        index=_only(outcomes["index"], Bars),
        small_index=_only(outcomes["small_index"], Bars),
        fundamentals=_only(outcomes["fundamentals"], Fundamentals),
        peers=_only(outcomes["peers"], PeerGroup),
        as_of=as_of,
        shares=desk.shares(ask),
        limits=desk.config.bands,
        missing=tuple(_why_missing(part, error) for part, error in failures.items()),
    )


def _daily(desk: "Desk", tickers: Sequence[str], as_of: datetime, delay: float) -> dict[str, Any]:
    """Closed daily bars by ticker, or the failure of that ticker."""
    tapes = desk.data.bars(tickers, Interval.D1, as_of - HISTORY, as_of)
    found: dict[str, Any] = {}
    for ticker, tape in tapes.items():
        found[ticker] = closed(tape, as_of, delay) if isinstance(tape, Bars) else tape
        if isinstance(found[ticker], Bars) and not len(found[ticker]):
            found[ticker] = _before_listing(ticker, as_of)
    return found


def _before_listing(ticker: str, as_of: datetime) -> NoData:
    last = (as_of - timedelta(microseconds=1)).astimezone(ZoneInfo(Calendar().timezone))
    return NoData(
        f"{ticker} has no closed daily bar up to {last:%Y-%m-%d}.",
        seen=f"{last:%Y-%m-%d}",
        needed="a day on or after its first session",
        cure="Ask for a later day.",
    )


def _only(outcome: Any, kind: type) -> Any:
    return outcome if isinstance(outcome, kind) else None


def _raise_what_is_not_the_providers(outcomes: Mapping[str, Any]) -> None:
    """A defect of ours, or an installation that lacks something, is not missing data."""
    for outcome in outcomes.values():
        if isinstance(outcome, Exception) and not isinstance(outcome, DataError):
            raise outcome


def _refuse_the_unknown(outcomes: Mapping[str, Any], ticker: str, desk: "Desk") -> None:
    bars, company = outcomes["bars"], outcomes["fundamentals"]
    if not isinstance(bars, DataError):
        return
    if isinstance(bars, NotFound) and isinstance(company, NotFound):
        raise unknown_ticker(ticker, desk.data) from bars
    if isinstance(bars, BadBars | NoData | Delisted) and isinstance(company, DataError):
        raise bars
    if isinstance(bars, NoData) and bars.seen is not None and not _is_priced(company):
        raise bars
    if isinstance(company, DataError):
        raise _first_that_failed(bars, company)


def _is_priced(company: Any) -> bool:
    return isinstance(company, Fundamentals) and "last_price" in company.quoted


def _first_that_failed(bars: GenieError, company: GenieError) -> GenieError:
    return company if isinstance(bars, NotFound) else bars


def _why_missing(part: str, error: Exception) -> Missing:
    absent = isinstance(error, NotFound | NoData | Delisted)
    return Missing(what=part, reason=str(error), failed=not absent)


def _missing(subject: Subject, facts: Mapping[str, Any]) -> tuple[Missing, ...]:
    """Parts that did not come, then every fact without a value, each with its reason."""
    company = subject.fundamentals.missing if subject.fundamentals else ()
    found = {missing.what: missing for missing in (*subject.missing, *company, *_old_tape(subject))}
    for name, fact in facts.items():
        if fact.value is None:
            reason = fact.reason or "the provider does not say"
            found[name] = Missing(what=name, reason=reason, failed=fact.failed)
    return tuple(found.values())


def _old_tape(subject: Subject) -> tuple[Missing, ...]:
    """Says when a tape ends long before what was knowable: halted, delisted, or a source behind."""
    if subject.bars is None or not len(subject.bars):
        return ()
    last = subject.bars.closed_at(-1)
    if subject.as_of - last <= OLD:
        return ()
    reason = (
        f"The newest daily bar is of {last:%Y-%m-%d}, {(subject.as_of - last).days} days old: "
        "trading may be halted or ended, or the source is behind."
    )
    return (Missing(what="recent_bars", reason=reason),)


def _shared_span(reports: Sequence[Report]) -> tuple[datetime, datetime] | None:
    tapes = [report.bars for report in reports if report.bars is not None and len(report.bars)]
    if len(tapes) < 2:
        return None
    first = max(tape.frame.index[0] for tape in tapes)
    last = min(tape.frame.index[-1] for tape in tapes)
    return (first.to_pydatetime(), last.to_pydatetime()) if first < last else None


def _misaligned(reports: Sequence[Report]) -> tuple[Missing, ...]:
    """Says when the newest quarters compared are not of the same time."""
    ends = {}
    for report in reports:
        income = [
            s for s in report.statements if s.topic == "income" and s.frequency == "quarterly"
        ]
        if income and income[0].periods:
            ends[report.profile.ticker] = income[0].periods[-1].end
    if len(ends) < 2 or (max(ends.values()) - min(ends.values())).days <= 45:
        return ()
    told = ", ".join(f"{ticker} {end:%Y-%m-%d}" for ticker, end in ends.items())
    return (Missing(what="aligned_quarters", reason=f"The newest quarters differ: {told}."),)
