"""A Fact: one number that can answer "why?"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Tone = Literal["good", "warn", "bad", "calm"]
Unit = str
"""`ratio`, `fraction`, `count`, `shares`, `days`, `quarters`, `bps`, `index` (0 to 100), or an ISO
currency code for money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One figure a fact was computed from.

    Attributes:
        name: The statement row, bar column or fact, such as `total_debt (quarter to 2025-09-30)`.
        value: Its value; None where the source had none.
        source: Who says so.
        as_of: The date the figure is about.
        unit: As `Fact.unit`; None where it has none.
    """

    name: str
    value: float | None
    source: str
    as_of: date | datetime | None = None
    unit: Unit | None = None

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `why`."""
        return {
            "name": self.name,
            "value": self.value,
            "source": self.source,
            "as_of": _iso(self.as_of),
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """The same fact as another source states it."""

    source: str
    value: float

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `why`."""
        return {"source": self.source, "value": self.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number with its unit, time, source and formula.

    Attributes:
        name: Its name in the registry.
        value: The number; None where it is unknown or does not apply.
        unit: What it is counted in.
        as_of: The moment or period end it is about.
        source: Who says so, or `computed` from *inputs*.
        formula: How it is made, in words and symbols.
        inputs: What it was made from.
        verdict: A short word for where it lies, such as `low leverage`; never advice.
        tone: How that word is coloured.
        alternatives: Other sources' figures for the same thing.
        reason: Why *value* is None.
        failed: Whether it is None because a call failed, rather than because it does not apply.
    """

    name: str
    value: float | None
    unit: Unit
    as_of: date | datetime | None = None
    source: str | None = None
    formula: str = ""
    inputs: tuple[Input, ...] = ()
    verdict: str | None = None
    tone: Tone = "calm"
    alternatives: tuple[Alternative, ...] = ()
    reason: str | None = None
    failed: bool = False

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `analyze`."""
        return {
            "value": self.value,
            "unit": self.unit,
            "as_of": _iso(self.as_of),
            "source": self.source,
            "formula": self.formula,
            "verdict": self.verdict,
            "alternatives": [other.to_dict() for other in self.alternatives],
        }


type Facts = Mapping[str, Fact]
"""Every fact of the registry by name; unknown ones are there with value None and a reason."""


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
