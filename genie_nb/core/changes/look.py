"""A look: what is kept of a report, so that a later one can be compared with it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Self

from ..facts.fact import Fact, Facts
from ..report import Report

_BARS = ("daily bars to ", "last volume")
_QUOTED = " (own figure)"
_RELEASE = "release on "
_ASKED = "asked for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One fact as it stood.

    Attributes:
        value: In *unit*; None where it was unknown.
        unit: As `Fact.unit`.
        as_of: The day it is about; empty where none is known.
        source: Who said so, or `computed`.
        reason: Why *value* is None.
        failed: Whether a call failed.
        statements: End of the newest statement period it rests on; empty where it rests on none.
        prices: Last session of the bars it rests on; empty where it rests on none.
        quoted: Whether it is the provider's own figure, or rests on one.
        release: The release date it counts the days to; empty where it counts none.
        asked: The position it was reckoned for, in shares; None where it depends on none.
    """

    value: float | None
    unit: str
    as_of: str = ""
    source: str | None = None
    reason: str | None = None
    failed: bool = False
    statements: str = ""
    prices: str = ""
    quoted: bool = False
    release: str = ""
    asked: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A signal, check or risk as it stood: what was said of it, and its sentence.

    Attributes:
        state: Whether a signal was active, a check's status, a risk's severity; None when unknown.
        text: One sentence.
    """

    state: bool | str | float | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One ticker as it stood at a moment.

    Attributes:
        ticker: The symbol.
        as_of: What was knowable.
        asked: The provider's clock when it was asked: its numbers count every split until then.
        facts: Every fact of the registry by name.
        signals: By name.
        checks: By name.
        risks: By name.
    """

    ticker: str
    as_of: datetime
    asked: datetime
    facts: Mapping[str, Seen] = field(default_factory=dict)
    signals: Mapping[str, Finding] = field(default_factory=dict)
    checks: Mapping[str, Finding] = field(default_factory=dict)
    risks: Mapping[str, Finding] = field(default_factory=dict)

    @property
    def past(self) -> bool:
        """Whether it was asked for as of the past, of which snapshots of now are not known."""
        return self.as_of < self.asked

    def to_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "as_of": self.as_of.isoformat(), "asked": self.asked.isoformat()}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:
        """As `to_dict` gave it.

        Raises:
            KeyError: A part is missing.
            TypeError: A part is of another kind.
            ValueError: A number or time cannot be one.
        """
        return cls(
            ticker=_text(kept["ticker"]),
            as_of=_time(kept["as_of"]),
            asked=_time(kept["asked"]),
            facts={name: _seen(one) for name, one in kept["facts"].items()},
            signals=_findings(kept["signals"], bool | None),
            checks=_findings(kept["checks"], str),
            risks=_findings(kept["risks"], float | int | None),
        )


def look_of(report: Report, asked: datetime) -> Look:
    """What is kept of a report.

    Args:
        report: The report.
        asked: The provider's clock when it was made.
    """
    return Look(
        ticker=report.profile.ticker,
        as_of=report.as_of,
        asked=max(asked, report.as_of),
        facts={name: _stood(fact, report.facts) for name, fact in report.facts.items()},
        signals={one.name: Finding(state=one.active, text=one.text) for one in report.signals},
        checks={one.name: Finding(state=one.status, text=one.text) for one in report.checks},
        risks={one.name: Finding(state=one.severity, text=one.text) for one in report.risks},
    )


def _stood(fact: Fact, facts: Facts) -> Seen:
    roots = [*_roots(fact, facts)]
    return Seen(
        value=fact.value,
        unit=fact.unit,
        as_of=_day(fact.as_of),
        source=fact.source,
        reason=fact.reason,
        failed=fact.failed,
        statements=_newest(day for kind, day in roots if kind == "statements"),
        prices=_newest(day for kind, day in roots if kind == "prices"),
        quoted=any(kind == "quoted" for kind, _ in roots),
        release=min((day for kind, day in roots if kind == "release"), default=""),
        asked=next((one.value for one in fact.inputs if one.source == _ASKED), None),
    )


def _roots(fact: Fact, facts: Facts) -> Iterator[tuple[str, str]]:
    """What a fact rests on in the end: the kind of figure and the day it is of."""
    if (fact.source or "").endswith(_QUOTED):
        yield "quoted", _day(fact.as_of)
        return
    for one in fact.inputs:
        if one.name in facts and one.name != fact.name:
            yield from _roots(facts[one.name], facts)
        elif one.name.startswith(_BARS):
            yield "prices", _day(one.as_of)
        elif one.name.startswith(_RELEASE):
            yield "release", one.name.removeprefix(_RELEASE)[:10]
        elif one.source.endswith(_QUOTED):
            yield "quoted", _day(one.as_of)
        elif one.name.endswith(")") and " to " in one.name:
            yield "statements", _day(one.as_of)


def _newest(days: Iterator[str]) -> str:
    return max(days, default="")


def _day(moment: date | datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d}"


def _seen(kept: Mapping[str, Any]) -> Seen:
    found = Seen(**kept)
    for one in (found.unit, found.as_of, found.statements, found.prices, found.release):
        _text(one)
    for one in (found.source, found.reason):
        _text(one or "")
    for one in (found.value, found.asked):
        if one is not None and not isinstance(one, int | float):
            raise TypeError("a value that is no number")
    return found


def _findings(kept: Mapping[str, Any], kind: Any) -> dict[str, Finding]:
    found = {name: Finding(**one) for name, one in kept.items()}
    for one in found.values():
        _text(one.text)
        if not isinstance(one.state, kind):
            raise TypeError("a finding of another kind")
    return found


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a name that is no text")
    return value
