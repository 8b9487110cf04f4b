"""Where one number comes from."""

from ...core.figures import written
from ...core.report import Explanation
from ..document import Block, Document, Foot, Grid, Masthead, Note, Notes, Prose
from . import origin
from .facts import day_of, figure, label_of


def of_explanation(explanation: Explanation) -> Document:
    """The value, how the request was read, the sentence, the formula, its inputs, and what others say."""
    fact = explanation.fact
    return Document(
        kind="explanation",
        masthead=Masthead(
            name=f"{label_of(fact.name)} of {explanation.ticker}",
            price=figure(fact),
            change=fact.verdict or "",
            pills=("fictional",) if explanation.fictional else (),
        ),
        blocks=(
            Prose(paragraphs=(*explanation.notes, explanation.text)),
            *_formula(explanation),
            *_inputs(explanation),
            *_others(explanation),
            _foot(explanation),
        ),
    )


def _formula(explanation: Explanation) -> tuple[Block, ...]:
    fact = explanation.fact
    told = (
        ("Formula", fact.formula),
        ("Source", fact.source),
        ("As of", day_of(fact.as_of)),
        ("Unknown because", fact.reason),
    )
    notes = tuple(Note(lead=lead, text=text) for lead, text in told if text)
    return (Notes(title="How it is made", notes=notes),) if notes else ()


def _inputs(explanation: Explanation) -> tuple[Block, ...]:
    if not explanation.inputs:
        return ()
    rows = tuple(
        (
            item.name,
            "–" if item.value is None else written(item.value, item.unit or "ratio"),
            item.source,
            day_of(item.as_of) or "–",
        )
        for item in explanation.inputs
    )
    return (Grid(title="Made from", columns=("Input", "Value", "Source", "As of"), rows=rows),)


def _others(explanation: Explanation) -> tuple[Block, ...]:
    others = explanation.alternatives or explanation.fact.alternatives
    if not others:
        return ()
    unit = explanation.fact.unit
    rows = tuple((other.source, written(other.value, unit)) for other in others)
    return (Grid(title="What others say", columns=("Source", "Value"), rows=rows),)


def _foot(explanation: Explanation) -> Foot:
    return origin.foot(explanation.timing)
