"""Reckoning: from a declaration and what was found to the fact itself.

FactSpec.compute(Workings) -> Outcome, or the provider's own figure -> FactSpec.judged -> Fact
"""

from .fact import Fact, Tone
from .outcome import Outcome, meaningless
from .spec import FactSpec
from .units import MONEY
from .workings import Workings


def reckon(spec: FactSpec, workings: Workings) -> Fact:
    """The fact of one subject: with a value, or with the reason why there is none."""
    outcome = _outcome(spec, workings)
    known = outcome.value is not None
    unit = outcome.unit or (workings.subject.currency if spec.unit == MONEY else spec.unit)
    verdict, tone = _verdict(spec, outcome, unit)
    return Fact(
        name=spec.name,
        value=outcome.value,
        unit=unit,
        as_of=outcome.as_of,
        source=outcome.source if known else None,
        formula=outcome.formula or spec.formula,
        inputs=outcome.inputs,
        verdict=verdict,
        tone=tone,
        alternatives=outcome.alternatives,
        reason=None if known else outcome.reason or "no source has it",
        failed=not known and outcome.failed,
    )


def _outcome(spec: FactSpec, workings: Workings) -> Outcome:
    """What its formula gives; where it gives nothing, what the provider quotes."""
    refusal = spec.refusal(workings.subject.kind)
    if refusal is not None:
        return meaningless(refusal)
    outcome = spec.compute(workings).checked()
    own = workings.own(spec.name)
    if outcome.value is not None or outcome.meaningless or own is None:
        return outcome
    return workings.quoted(spec.name, own)


def _verdict(spec: FactSpec, outcome: Outcome, unit: str) -> tuple[str | None, Tone]:
    if outcome.value is None:
        return None, "calm"
    if outcome.verdict is None and outcome.tone is None:
        return spec.judged(outcome.value, unit)
    return outcome.verdict, outcome.tone or "calm"
