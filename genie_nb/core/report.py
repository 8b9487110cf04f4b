"""The answers of the research verbs, as plain values with their JSON.

Facts + Findings + Sentences -> Report, Comparison, Explanation
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .facts.fact import Alternative, Fact, Facts, Input
from .findings.finding import Check, Opportunity, Risk, Signal, Standing
from .fundamentals import EarningsReport, Kind, Missing, Statement
from .market import Bars

DISCLAIMER = "Research, not financial advice. No recommendation is made or implied."


def iso(moment: date | datetime | None) -> str | None:
    """A date or time as JSON has it."""
    return None if moment is None else moment.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who a report is about.

    Attributes:
        ticker: The symbol.
        name: The company or fund; outside text.
        kind: What the ticker stands for.
        sector: As the provider names it; outside text.
        industry: As the provider names it; outside text.
        currency: ISO code of the price.
        band: nano, micro, small, mid, large, mega; None when unknown or refused.
        band_limits: Upper limits of the bands in money, smallest first, as configured.
        fictional: Whether the company is invented.
        description: What the company says of itself; outside text.
    """

    ticker: str
    name: str
    kind: Kind = "equity"
    sector: str | None = None
    industry: str | None = None
    currency: str | None = None
    band: str | None = None
    band_limits: Mapping[str, float] = field(default_factory=dict)
    fictional: bool = False
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswer:
    """One question of the request and its answer from facts.

    Attributes:
        question: As the user wrote it.
        text: The answer.
        facts: Names of the facts it rests on; `why` tells where each comes from.
    """

    question: str
    text: str
    facts: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `analyze`."""
        return {"question": self.question, "text": self.text, "facts": list(self.facts)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What an answer cost. The only part of it that differs between two equal runs.

    Attributes:
        seconds: Wall time.
        calls: Requests made to the provider.
        cache_hits: Requests answered from the cache.
        waits: Seconds spent waiting for a rate budget.
        fetched_at: When the oldest part used was fetched, aware UTC.
        stale: Ages in words of parts that came from the cache because the source was down.
    """

    seconds: float = 0.0
    calls: int = 0
    cache_hits: int = 0
    waits: float = 0.0
    fetched_at: datetime | None = None
    stale: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of an answer."""
        return {
            "seconds": round(self.seconds, 3),
            "calls": self.calls,
            "cache_hits": self.cache_hits,
            "waits": round(self.waits, 3),
            "fetched_at": iso(self.fetched_at),
            "stale": list(self.stale),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that is known of one ticker: `analyze`.

    Attributes:
        profile: Who it is about.
        provider: Which source answered.
        as_of: What was knowable.
        facts: Every fact of the registry.
        signals: The closed list of signals.
        checks: The six quality checks.
        risks: The eight risks, worst first, unknown ones last.
        opportunities: What speaks for a closer look.
        standings: Place among peers by multiple.
        answers: The questions of the request, answered.
        summary: A few sentences made from facts alone.
        missing: What is not there and why.
        earnings: Past releases, newest first; None when unknown.
        next_earnings: The next release date or range; empty when unknown.
        statements: The statements, for the quarters' small charts.
        bars: Daily prices, for the chart; None when there are none.
        bars_to: The moment the newest bar closed.
        notes: How the request was read, where that is worth saying back.
        timing: What it cost.
    """

    profile: Profile
    provider: str
    as_of: datetime
    facts: Facts
    signals: tuple[Signal, ...] = ()
    checks: tuple[Check, ...] = ()
    risks: tuple[Risk, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    standings: tuple[Standing, ...] = ()
    answers: tuple[QuestionAnswer, ...] = ()
    summary: str = ""
    missing: tuple[Missing, ...] = ()
    earnings: tuple[EarningsReport, ...] | None = None
    next_earnings: tuple[date, ...] = ()
    statements: tuple[Statement, ...] = ()
    bars: Bars | None = None
    bars_to: datetime | None = None
    notes: tuple[str, ...] = ()
    timing: Timing = Timing()

    @property
    def exit(self) -> int:
        """0, or 3 when a provider call failed and the report is partial."""
        return 3 if any(missing.failed for missing in self.missing) else 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-analyze/1` JSON."""
        return {
            "schema": "genie-analyze/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "ticker": self.profile.ticker,
            "name": self.profile.name,
            "currency": self.profile.currency,
            "kind": self.profile.kind,
            "sector": self.profile.sector,
            "industry": self.profile.industry,
            "fictional": self.profile.fictional,
            "bars_to": iso(self.bars_to),
            "notes": list(self.notes),
            "facts": {name: fact.to_dict() for name, fact in self.facts.items()},
            "bands": dict(self.profile.band_limits),
            "signals": [signal.to_dict() for signal in self.signals],
            "checks": [check.to_dict() for check in self.checks],
            "risks": [risk.to_dict() for risk in self.risks],
            "opportunities": [item.to_dict() for item in self.opportunities],
            "peers": [standing.to_dict() for standing in self.standings],
            "earnings": {
                "next": [iso(day) for day in self.next_earnings],
                "past": None
                if self.earnings is None
                else [
                    {
                        "day": iso(past.day),
                        "estimate": past.estimate,
                        "actual": past.actual,
                        "surprise": past.surprise,
                    }
                    for past in self.earnings
                ],
            },
            "answers": [answer.to_dict() for answer in self.answers],
            "summary": self.summary,
            "missing": [missing.to_dict() for missing in self.missing],
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One fact in which the compared companies differ.

    Attributes:
        fact: Its name.
        values: Ticker to value, in the order asked; None where unknown.
        text: One sentence.
        size: How far apart they are, for ranking; 0 or more.
    """

    fact: str
    values: Mapping[str, float | None]
    text: str
    size: float

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `compare`."""
        return {"fact": self.fact, "values": dict(self.values), "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Several reports side by side: `compare`.

    Attributes:
        reports: In the order asked.
        provider: Which source answered.
        as_of: What was knowable.
        differences: Largest first.
        summary: A few sentences made from facts alone.
        aligned_to: Common first and last session of the normalised chart; None without prices.
        missing: What is not there and why.
        notes: How the request was read, where that is worth saying back.
        timing: What it cost.
    """

    reports: tuple[Report, ...]
    provider: str
    as_of: datetime
    differences: tuple[Difference, ...]
    summary: str
    aligned_to: tuple[datetime, datetime] | None = None
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    timing: Timing = Timing()

    @property
    def tickers(self) -> tuple[str, ...]:
        """The companies, in the order asked."""
        return tuple(report.profile.ticker for report in self.reports)

    @property
    def exit(self) -> int:
        """0, or 3 when a provider call failed and the answer is partial."""
        own = any(missing.failed for missing in self.missing)
        return 3 if own or any(report.exit for report in self.reports) else 0

    @property
    def failures(self) -> tuple[tuple[str, Missing], ...]:
        """What could not be fetched, with the ticker that it is missing of."""
        return tuple(
            (report.profile.ticker, missing)
            for report in self.reports
            for missing in report.missing
            if missing.failed
        )

    def to_dict(self) -> dict[str, Any]:
        """The `genie-compare/1` JSON; failed calls stand in `missing` with their ticker."""
        return {
            "schema": "genie-compare/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "tickers": list(self.tickers),
            "reports": [report.to_dict() for report in self.reports],
            "differences": [difference.to_dict() for difference in self.differences],
            "aligned_to": None
            if self.aligned_to is None
            else [iso(day) for day in self.aligned_to],
            "summary": self.summary,
            "notes": list(self.notes),
            "missing": [
                *(missing.to_dict() for missing in self.missing),
                *({"ticker": ticker, **missing.to_dict()} for ticker, missing in self.failures),
            ],
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Where one number comes from: `why`.

    Attributes:
        ticker: Whose fact.
        fact: The fact itself, with formula and inputs.
        alternatives: The provider's own figure and others, beside ours.
        text: The explanation in sentences.
        provider: Which source answered.
        as_of: What was knowable.
        fictional: Whether the company is invented.
        notes: How the request was read, where that is worth saying back.
        timing: What it cost.
    """

    ticker: str
    fact: Fact
    text: str
    provider: str
    as_of: datetime
    fictional: bool = False
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[str, ...] = ()
    timing: Timing = Timing()

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the number was made from."""
        return self.fact.inputs

    @property
    def exit(self) -> int:
        """0, or 3 when the fact is unknown because a call failed."""
        return 3 if self.fact.failed else 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-why/1` JSON."""
        return {
            "schema": "genie-why/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "ticker": self.ticker,
            "fictional": self.fictional,
            "fact": self.fact.name,
            "value": self.fact.value,
            "unit": self.fact.unit,
            "formula": self.fact.formula,
            "inputs": [item.to_dict() for item in self.inputs],
            "alternatives": [other.to_dict() for other in self.alternatives],
            "text": self.text,
            "notes": list(self.notes),
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }
