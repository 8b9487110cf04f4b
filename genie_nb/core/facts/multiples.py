"""Where price may meet statements: one currency, and one kind of share.

An American depositary receipt stands for several ordinary shares, or for a part of one, and its
company often reports in another currency. Price times or over figures of such statements would be a
number without meaning.
"""

from collections.abc import Callable

from .fact import Fact
from .outcome import Outcome, meaningless, unknown
from .statements import Figures, newest
from .units import UNNAMED
from .workings import Workings, as_input

SAME_SHARE = 0.25
"""How far the shares of the balance sheet may be from those quoted and still be the same shares."""


def mixed_money(workings: Workings) -> str | None:
    """Why price and statements are not in one currency; None when they are, or nobody says."""
    company, price = workings.subject.fundamentals, workings.subject.currency
    reported = company.financial_currency if company else None
    if reported is None or price in (UNNAMED, reported):
        return None
    return f"the price is in {price} and the statements are in {reported}"


def cannot_meet(workings: Workings, figures: Figures) -> str | None:
    """Why the price must not be combined with *figures*; None when it may be."""
    price = workings.subject.currency
    if UNNAMED in (price, figures.currency or UNNAMED):
        return "the currency of the price or of the statements is not known"
    if price != figures.currency:
        return f"the price is in {price} and the statements are in {figures.currency}"
    return _other_shares(workings)


def _other_shares(workings: Workings) -> str | None:
    company = workings.subject.fundamentals
    balance = newest(company, "balance", "shares") if company else None
    quoted = [
        count
        for name in ("shares_outstanding", "implied_shares")
        if (count := workings.own(name)) is not None and count > 0
    ]
    if balance is None or not quoted:
        return None
    ordinary = balance["shares"]
    if any(abs(ordinary / count - 1) <= SAME_SHARE for count in quoted):
        return None
    return (
        f"the statements count {ordinary:,.0f} ordinary shares and the quote {quoted[0]:,.0f}, "
        "so one quoted share is not one ordinary share"
    )


def multiple(
    workings: Workings,
    numerator: Fact,
    figures: Figures | None,
    *,
    over: Callable[[Figures], float],
    named: str,
    topic: str,
) -> Outcome:
    """A price-like fact over a figure of the statements.

    Args:
        workings: Of the subject.
        numerator: The price or the market value.
        figures: The rows of the denominator; None when they are not reported.
        over: The denominator from those rows.
        named: What it is called in a reason, such as `the last twelve months' revenue`.
        topic: What a provider calls the part it comes from.
    """
    if figures is None:
        return workings.without(
            topic, "statement", "fundamentals", otherwise=f"{named} is not reported"
        )
    denominator = over(figures)
    if denominator <= 0:
        return meaningless(f"{named} is not positive", inputs=figures.inputs(), as_of=figures.end)
    if clash := cannot_meet(workings, figures):
        return unknown(clash, inputs=figures.inputs())
    if numerator.value is None:
        return unknown(
            f"it needs {numerator.name}: {numerator.reason}",
            failed=numerator.failed,
            inputs=(as_input(numerator), *figures.inputs()),
        )
    return Outcome(
        value=numerator.value / denominator,
        as_of=figures.end,
        inputs=(as_input(numerator), *figures.inputs()),
    )
