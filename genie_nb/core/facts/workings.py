"""Workings: the facts of one subject, each reckoned once and only when asked for."""

from collections.abc import Mapping
from math import isfinite

from .fact import Alternative, Fact, Input, Unit
from .outcome import Outcome, meaningless, unknown
from .spec import MONEY, FactSpec
from .subject import Subject


class Workings:
    """What formulas read from: the subject, and other facts by name.

    Args:
        subject: What was found about the ticker.
        specs: The registry.
    """

    def __init__(self, subject: Subject, specs: Mapping[str, FactSpec]) -> None:
        self.subject = subject
        self._specs = specs
        self._facts: dict[str, Fact] = {}

    def fact(self, name: str) -> Fact:
        """Another fact of the registry."""
        if name not in self._facts:
            self._facts[name] = self._reckoned(self._specs[name])
        return self._facts[name]

    def _reckoned(self, spec: FactSpec) -> Fact:
        refusal = spec.refusal(self.subject.kind)
        outcome = meaningless(refusal) if refusal else spec.compute(self).checked()
        own = self.own(spec.name)
        if outcome.value is None and not outcome.meaningless and own is not None:
            outcome = self.quoted(spec.name, own)
        unit = outcome.unit or (self.subject.currency if spec.unit == MONEY else spec.unit)
        verdict, tone = outcome.verdict, outcome.tone or "calm"
        if outcome.value is not None and verdict is None and outcome.tone is None:
            verdict, tone = spec.judged(outcome.value, unit)
        known = outcome.value is not None
        return Fact(
            name=spec.name,
            value=outcome.value,
            unit=unit,
            as_of=outcome.as_of,
            source=outcome.source if known else None,
            formula=outcome.formula or spec.formula,
            inputs=outcome.inputs,
            verdict=verdict if known else None,
            tone=tone if known else "calm",
            alternatives=outcome.alternatives,
            reason=None if known else outcome.reason or "no source has it",
            failed=not known and outcome.failed,
        )

    def without(self, *topics: str, otherwise: str) -> Outcome:
        """No value, for the reason that is on record about *topics*, or else *otherwise*."""
        missing = self.subject.why(*topics)
        if missing is None:
            return unknown(otherwise)
        return unknown(missing.reason, failed=missing.failed)

    def own(self, name: str) -> float | None:
        """The provider's own figure; None where it has none."""
        company = self.subject.fundamentals
        value = company.quoted.get(name) if company else None
        return value if value is not None and isfinite(value) else None

    def quoted(self, name: str, own: float, unit: Unit | None = None) -> Outcome:
        """The provider's own figure as the value of a fact, marked so."""
        company = self.subject.fundamentals
        as_of = company.as_of if company else None
        source = self.own_source
        figure = Input(name=f"{name} as quoted", value=own, source=source, as_of=as_of, unit=unit)
        return Outcome(value=own, as_of=as_of, source=source, inputs=(figure,), unit=unit)

    @property
    def own_source(self) -> str:
        """How the provider's own figures are marked."""
        company = self.subject.fundamentals
        return f"{company.source if company else 'provider'} (own figure)"


def as_input(fact: Fact) -> Input:
    """A fact as an input of another one."""
    return Input(
        name=fact.name, value=fact.value, source=fact.source or "", as_of=fact.as_of, unit=fact.unit
    )


def lacking(*facts: Fact) -> Outcome | None:
    """The unknown outcome that follows when one of *facts* has no value; None when all have."""
    for fact in facts:
        if fact.value is None:
            return unknown(
                f"it needs {fact.name}: {fact.reason}",
                failed=fact.failed,
                inputs=[as_input(other) for other in facts],
            )
    return None


def apart(value: float, other: float, *, by: float = 0.05) -> bool:
    """Whether *other* differs from *value* by more than a fraction *by* of it."""
    return abs(value - other) > by * abs(value)


def beside(value: float, *others: Alternative) -> tuple[Alternative, ...]:
    """Those of *others* that differ from *value* enough to be shown."""
    return tuple(other for other in others if apart(value, other.value))
