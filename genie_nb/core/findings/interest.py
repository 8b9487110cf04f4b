"""Interest cover: how many times over a company earns the interest it owes."""

from ..facts.fact import Fact
from ..facts.statements import trailing
from ..fundamentals import Fundamentals


def interest_cover(company: Fundamentals | None) -> Fact | None:
    """Earnings before interest and taxes over interest expense, twelve months.

    Returns:
        A fact in no registry, for evidence only; None when either is not reported or there is no
        interest.
    """
    found = trailing(company, "income", "ebit", "interest_expense") if company else None
    if found is None or found["interest_expense"] <= 0:
        return None
    return Fact(
        name="interest_cover",
        value=found["ebit"] / found["interest_expense"],
        unit="ratio",
        as_of=found.end,
        source="computed",
        formula="EBIT / interest expense, both of the last twelve months",
        inputs=found.inputs(),
    )
