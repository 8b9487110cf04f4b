"""A FactSpec: one kind of fact, declared once.

    FactSpec.compute(Workings) -> Outcome -> FactSpec.judged -> Fact

JSON schema, documentation, completion, narration and rules derive from these declarations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, nextafter
from typing import Literal

from ..fundamentals import Kind
from .fact import Tone, Unit
from .outcome import Outcome
from .workings import Workings

Scope = Literal["company", "traded", "price"]
"""What a fact is about: a `company` and its accounts, something `traded` in shares, or any `price`."""

NOUNS = {
    "etf": "a fund", "fund": "a fund", "index": "an index", "currency": "a currency",
    "crypto": "a cryptocurrency", "future": "a future", "other": "this kind of instrument",
}  # fmt: skip

_APPLIES = {
    "company": {"equity"},
    "traded": {"equity", "etf", "crypto", "future", "other"},
    "price": {"equity", *NOUNS},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One stretch of values and the word for it.

    Attributes:
        to: The largest value in it.
        verdict: The word.
        tone: Its colour.
    """

    to: float
    verdict: str
    tone: Tone


def upto(value: float, verdict: str, tone: Tone = "calm") -> Cut:
    """Values up to and including *value*."""
    return Cut(to=value, verdict=verdict, tone=tone)


def below(value: float, verdict: str, tone: Tone = "calm") -> Cut:
    """Values less than *value*."""
    return Cut(to=nextafter(value, -inf), verdict=verdict, tone=tone)


def rest(verdict: str, tone: Tone = "calm") -> Cut:
    """All larger values."""
    return Cut(to=inf, verdict=verdict, tone=tone)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSpec:
    """One kind of fact.

    Attributes:
        name: As in JSON and rules.
        unit: As `Fact.unit`; `units.MONEY` stands for the currency of the data.
        label: Its name for people.
        group: Which facts it is shown with.
        formula: How it is made, as a noun phrase.
        compute: Reckons it.
        words: What else people call it, lower case.
        better: Which direction is the welcome one; None where neither is.
        about: What it applies to.
        cuts: Words for values, smallest first.
        cuts_in: The currency that cut-offs in money are meant in; None where any will do.
    """

    name: str
    unit: Unit
    label: str
    group: str
    formula: str
    compute: Callable[[Workings], Outcome]
    words: tuple[str, ...] = ()
    better: Literal["higher", "lower"] | None = None
    about: Scope = "company"
    cuts: tuple[Cut, ...] = ()
    cuts_in: Unit | None = None

    def refusal(self, kind: Kind) -> str | None:
        """Why the fact does not apply to such a ticker; None when it does."""
        if kind in _APPLIES[self.about]:
            return None
        return f"does not apply to {NOUNS.get(kind, 'this kind of instrument')}"

    def judged(self, value: float, unit: Unit) -> tuple[str | None, Tone]:
        """The word for a value and its colour."""
        if self.cuts_in in (None, unit):
            for cut in self.cuts:
                if value <= cut.to:
                    return cut.verdict, cut.tone
        return None, "calm"
