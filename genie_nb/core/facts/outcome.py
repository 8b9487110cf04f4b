"""An Outcome: what reckoning one fact came to, before the registry names and judges it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isfinite

from .fact import Alternative, Input, Tone, Unit

COMPUTED = "computed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A value with its provenance, or the reason why there is none.

    Attributes:
        value: The number; None where it is unknown or has no meaning.
        as_of: The moment or period end it is about.
        source: Who says so, or `computed`.
        inputs: What it was made from.
        alternatives: Other sources' figures for the same thing.
        reason: Why *value* is None.
        failed: Whether it is None because a call failed.
        meaningless: Whether it is None because the number would mean nothing (a loss has no P/E),
            which no other source can cure.
        unit: Overrides the unit of the registry, for money.
        formula: Overrides the formula of the registry.
        verdict: Overrides the cut-offs of the registry.
        tone: The colour of *verdict*.
    """

    value: float | None
    as_of: date | datetime | None = None
    source: str = COMPUTED
    inputs: tuple[Input, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    reason: str | None = None
    failed: bool = False
    meaningless: bool = False
    unit: Unit | None = None
    formula: str | None = None
    verdict: str | None = None
    tone: Tone | None = None

    def checked(self) -> "Outcome":
        """The same, or an unknown one when the value is not a finite number."""
        if self.value is None or isfinite(self.value):
            return self
        return replace(self, value=None, reason="the result is not a finite number", failed=False)


def unknown(reason: str, *, failed: bool = False, inputs: Iterable[Input] = ()) -> Outcome:
    """No value, because something it is made from is missing."""
    return Outcome(value=None, reason=reason, failed=failed, inputs=tuple(inputs))


def meaningless(
    reason: str, *, inputs: Iterable[Input] = (), as_of: date | datetime | None = None
) -> Outcome:
    """No value, because it would mean nothing here."""
    return Outcome(value=None, reason=reason, inputs=tuple(inputs), as_of=as_of, meaningless=True)
