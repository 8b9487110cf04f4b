"""Workings: the facts of one subject, each reckoned once and only when asked for."""

from collections.abc import Callable
from math import isfinite

from .fact import Alternative, Fact, Input, Unit
from .outcome import Outcome, unknown
from .subject import Subject


class Workings:
    """What formulas read from: the subject, and other facts by name.

    Args:
        subject: What was found about the ticker.
        reckon: Makes the fact of a name, from these workings.
    """

    def __init__(self, subject: Subject, reckon: "Callable[[str, Workings], Fact]") -> None:
        self.subject = subject
        self._reckon = reckon
        self._facts: dict[str, Fact] = {}

    def fact(self, name: str) -> Fact:
        """Another fact of the registry."""
        if name not in self._facts:
            self._facts[name] = self._reckon(name, self)
        return self._facts[name]

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
    """Whether two figures differ by more than a fraction *by* of the smaller one.

    Example:
        >>> apart(1.06, 1.0), apart(1.0, 1.06), apart(1.0, 1.04)
        (True, True, False)
    """
    return abs(value - other) > by * min(abs(value), abs(other))


def beside(value: float, *others: Alternative) -> tuple[Alternative, ...]:
    """Those of *others* that differ from *value* enough to be shown."""
    return tuple(other for other in others if apart(value, other.value))
