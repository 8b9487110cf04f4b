"""Ratios of two rows of one statement, with the reasons why there may be none."""

from collections.abc import Callable

from .fact import Unit
from .outcome import Outcome, meaningless, unknown
from .own import EVERYTHING
from .statements import Figures
from .workings import Workings


def unreported(workings: Workings, what: str, topic: str) -> Outcome:
    """No value, because the statements lack *what*; or because they did not come at all."""
    if workings.subject.fundamentals is None:
        return workings.without("fundamentals", otherwise="nothing is known of the company")
    return workings.without(topic, "statement", *EVERYTHING, otherwise=f"{what} is not reported")


def quotient(
    workings: Workings,
    figures: Figures | None,
    above: str,
    below: str,
    *,
    named: str,
    topic: str,
    nonsense: str,
) -> Outcome:
    """Row *above* over row *below*, which must be positive.

    Args:
        workings: Of the subject.
        figures: Both rows over one period; None when one is not reported.
        above: The numerator.
        below: The denominator.
        named: What is wanted, for the reason.
        topic: What a provider calls the part it comes from.
        nonsense: Why there is no value when the denominator is not positive.
    """
    if figures is None:
        return unreported(workings, named, topic)
    if figures[below] <= 0:
        return meaningless(nonsense, inputs=figures.inputs(), as_of=figures.end)
    return Outcome(
        value=figures[above] / figures[below], as_of=figures.end, inputs=figures.inputs()
    )


def amount(
    workings: Workings, figures: Figures | None, row: str, *, named: str, topic: str
) -> Outcome:
    """One row of a statement, in its currency."""
    if figures is None:
        return unreported(workings, named, topic)
    return Outcome(
        value=figures[row],
        as_of=figures.end,
        source=figures.source,
        inputs=figures.inputs(row),
        unit=figures.currency or money_of_statements(workings),
    )


def money_of_statements(workings: Workings) -> Unit | None:
    """The currency a company reports in; None where nobody named it."""
    company = workings.subject.fundamentals
    return company.financial_currency if company else None


def grown(
    now: Figures | None,
    before: Figures | None,
    row: str,
    *,
    missing: Callable[[], Outcome],
    loss: str,
) -> Outcome:
    """*now* over *before* − 1, where the base is positive."""
    if now is None:
        return missing()
    if before is None:
        return unknown(
            f"the period a year before the {now.span} is not reported", inputs=now.inputs(row)
        )
    inputs = (*now.inputs(row), *before.inputs(row))
    if before[row] <= 0:
        return meaningless(loss, inputs=inputs, as_of=now.end)
    return Outcome(value=now[row] / before[row] - 1, as_of=now.end, inputs=inputs)
