"""Several reports side by side: in what they differ most."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import log

from ..facts.about import ABOUT
from ..facts.registry import REGISTRY, FactSpec
from ..figures import written
from ..fundamentals import Missing
from ..report import Difference, Report
from . import questions
from .sentence import figure, joined, listed, lowered

LEVELS = frozenset(
    (
        "price", "sma_20", "sma_50", "sma_200", "high_52w", "low_52w", "shares_outstanding",
        "float_shares", "eps_ttm", "revenue_ttm", "total_debt", "cash", "free_cash_flow_ttm",
        "average_volume_20d", "insider_net_shares_6m",
    )
)  # fmt: skip
"""Facts that tell size or a price level: any two companies differ in them without being different.
Size itself is told once, by `market_cap`."""

FULL_SCALE = {"fraction": 0.25, "index": 30.0, "days": 60.0, "quarters": 8.0}
"""How far apart two values of a unit are when they differ a lot; other units are compared by factor."""

LOTS = log(3.0)
"""Values compared by factor differ a lot when one is three times the other."""


def differences(reports: Sequence[Report]) -> tuple[Difference, ...]:
    """The facts in which companies differ, largest first.

    Fractions and indices differ by their distance against `FULL_SCALE`; ratios, counts and money by
    the logarithm of their factor. Money in different currencies is not compared, and neither is a
    fact that only one company has.
    """
    found = []
    for name, spec in REGISTRY.items():
        if name in LEVELS:
            continue
        facts = {report.profile.ticker: report.facts[name] for report in reports}
        units = {fact.unit for fact in facts.values() if fact.value is not None}
        values = {ticker: fact.value for ticker, fact in facts.items()}
        size = _size(values, units)
        if size > 0:
            found.append(
                Difference(
                    fact=name, values=values, text=_text(spec, values, units.pop()), size=size
                )
            )
    found.sort(key=lambda difference: (-difference.size, difference.fact))
    return tuple(found)


def _size(values: Mapping[str, float | None], units: set[str]) -> float:
    known = [value for value in values.values() if value is not None]
    if len(known) < 2 or len(units) != 1:
        return 0.0
    return distance(min(known), max(known), next(iter(units)))


def distance(low: float, high: float, unit: str) -> float:
    """How far apart two values of a unit are, where 1 is a lot; *low* is the smaller one."""
    full = FULL_SCALE.get(unit)
    if full is not None:
        return (high - low) / full
    if low > 0:
        return log(high / low) / LOTS
    span = max(abs(low), abs(high))
    return (high - low) / span if span else 0.0


def _text(spec: FactSpec, values: Mapping[str, float | None], unit: str) -> str:
    ranked = sorted(
        ((value, ticker) for ticker, value in values.items() if value is not None), reverse=True
    )
    told = [f"{ticker} {written(value, unit)}" for value, ticker in ranked]
    absent = [ticker for ticker, value in values.items() if value is None]
    tail = f" ({listed(absent)} unknown)" if absent else ""
    return f"{spec.label}: {', '.join(told)}{tail}."


def answer(topic: str, reports: Sequence[Report]) -> str:
    """How the companies differ in what was asked, one fact after another, the largest value first.

    Args:
        topic: A choice of the option `--on`.
        reports: At least two.
    """
    if topic == "risks":
        return joined(
            f"{report.profile.ticker}: {questions.answer('biggest_risk', report)}"
            for report in reports
        )
    about = ABOUT[topic]
    first = about.first or about.told[0]
    others = (name for name in about.told if name != first)
    return joined(
        (
            _extremes(first, reports),
            _side_by_side(first, reports),
            *(_side_by_side(name, reports) for name in others),
        )
    )


def _extremes(name: str, reports: Sequence[Report]) -> str:
    """Whose value is lowest and whose highest; empty where that cannot be told."""
    facts = {report.profile.ticker: report.facts[name] for report in reports}
    known = sorted((f.value, ticker) for ticker, f in facts.items() if f.value is not None)
    one_unit = len({f.unit for f in facts.values() if f.value is not None}) == 1
    if not one_unit or len(known) < 2 or len({value for value, _ in known}) < len(known):
        return ""
    label = lowered(REGISTRY[name].label)
    return f"By {label}, {known[0][1]} comes lowest and {known[-1][1]} highest."


def _side_by_side(name: str, reports: Sequence[Report]) -> str:
    facts = {report.profile.ticker: report.facts[name] for report in reports}
    values = {ticker: fact.value for ticker, fact in facts.items()}
    units = {fact.unit for fact in facts.values() if fact.value is not None}
    label = REGISTRY[name].label
    if not units:
        return f"{label} is unknown for {listed(tuple(facts))}."
    if len(units) > 1:
        told = [f"{ticker} {figure(fact)}" for ticker, fact in facts.items()]
        return f"{label}, not of one currency: {', '.join(told)}."
    return _text(REGISTRY[name], values, units.pop())


def summary(reports: Sequence[Report], found: Sequence[Difference], *, most: int = 3) -> str:
    """What the companies are and in what they differ most, in a few sentences."""
    who = [
        f"{report.profile.name}" + (f" ({report.profile.band} cap)" if report.profile.band else "")
        for report in reports
    ]
    if not found:
        return f"{listed(who)} have no known fact in which they differ."
    return joined((f"{listed(who)} differ most in these.", *(item.text for item in found[:most])))


def shared_span(reports: Sequence[Report]) -> tuple[datetime, datetime] | None:
    """The first and last session that all of them traded; None where there is no such span."""
    tapes = [report.bars for report in reports if report.bars is not None and len(report.bars)]
    if len(tapes) < 2:
        return None
    first = max(tape.frame.index[0] for tape in tapes)
    last = min(tape.frame.index[-1] for tape in tapes)
    return (first.to_pydatetime(), last.to_pydatetime()) if first < last else None


def misaligned(reports: Sequence[Report]) -> tuple[Missing, ...]:
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
