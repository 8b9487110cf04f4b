"""The research verbs: inquire, compute, tell.

Ask -> Subject -> facts, findings -> Report, Comparison, Explanation
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..core.ask import questions
from ..core.bands import band
from ..core.changes.look import look_of
from ..core.errors import UnknownName
from ..core.facts.fact import Alternative
from ..core.facts.registry import REGISTRY, compute_facts
from ..core.facts.subject import Subject
from ..core.findings.bands import refusal
from ..core.findings.checks import checks
from ..core.findings.opportunities import opportunities
from ..core.findings.peers import standings
from ..core.findings.risks import risks
from ..core.findings.signals import signals
from ..core.fundamentals import Fundamentals, Missing
from ..core.narrate import comparison, explanation
from ..core.narrate.behind import facts_behind
from ..core.narrate.questions import TOPICS, answer
from ..core.narrate.summary import summary
from ..core.report import Comparison, Explanation, Profile, QuestionAnswer, Report
from ..core.verbs import Ask
from .inquiry import find, find_all
from .seen import keep
from .writer import rewritten

if TYPE_CHECKING:
    from .desk import Desk

OLD = timedelta(days=10)
"""A newest daily bar older than this is said to be old; no run of holidays is as long."""


def analyze(desk: "Desk", ask: Ask) -> Report:
    """Everything known of one ticker. What was seen is kept, for `diff`.

    Raises:
        UnknownTicker: The provider knows neither prices nor a company of that name.
        DataError: Nothing at all came, and why.
    """
    with desk.timed() as timing:
        now = desk.data.now()
        subject, said_back = find(desk, ask, ask.tickers[0], now)
        report = report_of(desk, subject)
        unkept = keep(desk, look_of(report, now))
        report = rewritten(desk, report)
        asked = [_reply(question.text, question.topic, report) for question in questions(ask.words)]
        return replace(
            report,
            answers=tuple(asked),
            notes=said(
                ask.said_back,
                said_back,
                ahead(desk, ask, [subject], now),
                unkept,
                *report.notes,
            ),
            timing=timing(),
        )


def compare(desk: "Desk", ask: Ask) -> Comparison:
    """Several tickers side by side, over the sessions they share."""
    with desk.timed() as timing:
        now = desk.data.now()
        found = find_all(desk, ask, now)
        subjects = [subject for subject, _ in found]
        reports = tuple(report_of(desk, subject) for subject in subjects)
        differences = comparison.differences(reports)
        topic = str(ask.options.get("on", ""))
        told = comparison.answer(topic, reports) if topic else ""
        return Comparison(
            reports=reports,
            provider=desk.data.name,
            as_of=max(report.as_of for report in reports),
            differences=differences,
            summary=told or comparison.summary(reports, differences),
            aligned_to=comparison.shared_span(reports),
            missing=comparison.misaligned(reports),
            notes=said(
                ask.said_back, *(back for _, back in found), ahead(desk, ask, subjects, now)
            ),
            timing=timing(),
        )


def said(*sentences: str) -> tuple[str, ...]:
    """Those of the notes that say something."""
    return tuple(sentence for sentence in sentences if sentence)


def ahead(desk: "Desk", ask: Ask, subjects: Sequence[Subject], now: datetime) -> str:
    """Says that a time still to come was read as now, as nothing is known of it.

    A date may have ended at one exchange and not yet at another.
    """
    moments = {subject.ticker: desk.moment(ask, subject.ticker) for subject in subjects}
    ahead = [ticker for ticker, moment in moments.items() if moment and moment > now]
    if not ahead:
        return ""
    whose = "" if len(ahead) == len(moments) else f" for {' and '.join(ahead)}"
    when = f"{now:%Y-%m-%d %H:%M} UTC"
    return f"{ask.options['as_of']} is still to come{whose} at {when}, so this is as of then."


def why(desk: "Desk", ask: Ask) -> Explanation:
    """Formula, inputs and other sources of one fact.

    Raises:
        UnknownName: The registry has no such fact.
    """
    if ask.word not in REGISTRY:
        raise UnknownName("fact", ask.word, REGISTRY)
    with desk.timed() as timing:
        now = desk.data.now()
        subject, said_back = find(desk, ask, ask.tickers[0], now)
        fact = compute_facts(subject)[ask.word]
        beside = fact.alternatives or _own_figure(ask.word, subject.fundamentals, fact.source)
        fact = replace(fact, alternatives=beside)
        return Explanation(
            ticker=subject.ticker,
            fact=fact,
            text=explanation.explain(fact, subject.ticker),
            provider=desk.data.name,
            as_of=subject.as_of,
            fictional=desk.data.capabilities.fictional,
            alternatives=beside,
            notes=said(ask.said_back, said_back, ahead(desk, ask, [subject], now)),
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
    return QuestionAnswer(question=text, text=told, facts=facts_behind(topic, report))


def report_of(desk: "Desk", subject: Subject) -> Report:
    """Facts, findings and summary of what was found about a ticker."""
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


def _missing(subject: Subject, facts: Mapping[str, Any]) -> tuple[Missing, ...]:
    """Parts that did not come, then every fact without a value, each with its reason."""
    company = subject.fundamentals.missing if subject.fundamentals else ()
    found = {missing.what: missing for missing in (*subject.missing, *company, *_old_tape(subject))}
    for name, fact in facts.items():
        if fact.value is None:
            reason = fact.reason or "the provider does not say"
            found[name] = Missing(what=name, reason=reason, failed=fact.failed)
    if refused := refusal(facts["market_cap"]):
        found["size_band"] = Missing(what="size_band", reason=refused)
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
