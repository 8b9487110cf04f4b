"""Where a number comes from, in sentences."""

from ..facts.fact import Fact
from ..facts.liquidity import sized
from ..facts.registry import REGISTRY
from ..figures import written
from .sentence import figure, joined


def explain(fact: Fact, ticker: str) -> str:
    """The formula, its inputs and other sources' figures, in words.

    A fact without a value says why.
    """
    label = sized(REGISTRY[fact.name].label, fact)
    if fact.value is None:
        reason = (fact.reason or "the provider does not say").rstrip(".")
        return joined(
            (f"{label} of {ticker} is unknown: {reason}.", f"It would be {fact.formula}.")
        )
    when = f" as of {fact.as_of:%Y-%m-%d}" if fact.as_of else ""
    origin = "computed from its inputs" if fact.source == "computed" else f"from {fact.source}"
    head = f"{label} of {ticker} is {figure(fact)}{when}, {origin}."
    made = f"It is {fact.formula}." if fact.formula else ""
    inputs = "; ".join(
        f"{item.name} {written(item.value, item.unit or 'ratio')}" for item in fact.inputs
    )
    other = "; ".join(
        f"{alternative.source} says {written(alternative.value, fact.unit)}"
        for alternative in fact.alternatives
    )
    return joined(
        (
            head,
            made,
            f"Inputs: {inputs}." if inputs else "",
            f"Beside it: {other}." if other else "",
        )
    )
