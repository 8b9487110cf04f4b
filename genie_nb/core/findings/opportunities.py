"""What speaks for a closer look, strongest first; never advice.

facts, signals, checks -> a few sentences, each from facts
"""

from collections.abc import Callable, Iterator, Sequence

from ..facts.fact import Fact, Facts
from ..figures import written
from .finding import Check, Opportunity, Signal

CHEAPER = 0.85
"""A P/E below this part of its sector's median stands out."""

BREAKOUTS = ("breakout_20", "new_high_52w", "broke_above_sma_50", "golden_cross")
"""Signals of a price on its way up, the strongest first."""

Found = tuple[float, Opportunity]
"""How strongly it speaks, from 0 to 1, and what."""


def opportunities(
    facts: Facts, signals: Sequence[Signal], checks: Sequence[Check]
) -> tuple[Opportunity, ...]:
    """What stands out for the better, strongest first.

    Args:
        facts: Every fact of the registry.
        signals: What the tape does.
        checks: The quality checks; insider buying is read from them.
    """
    found = [
        *(one for look in _LOOKS for one in look(facts)),
        *_insiders(facts, checks),
        *_breaking_out(signals),
    ]
    found.sort(key=lambda one: one[0], reverse=True)
    return tuple(opportunity for _, opportunity in found)


def _say(fact: Fact) -> str:
    return written(fact.value, fact.unit)


def _growing(facts: Facts) -> Iterator[Found]:
    growth, steady = facts["revenue_growth_yoy"], facts["revenue_growth_consistency"]
    if (growth.value or 0) < 0.10 or (steady.value is not None and steady.value < 0.75):
        return
    tally = (
        f", and it rose in {steady.value * 4:.0f} of 4 quarters" if steady.value is not None else ""
    )
    yield (
        0.5 + min(0.3, growth.value or 0),
        Opportunity(
            name="growth",
            text=f"Revenue is up {_say(growth)} on the year before{tally}.",
            evidence=(growth, steady),
        ),
    )


def _cheap_growth(facts: Facts) -> Iterator[Found]:
    peg = facts["peg_ratio"]
    if peg.value is not None and peg.value < 1:
        text = f"Its price is low for its growth: PEG {_say(peg)}, below 1.0."
        yield 0.7, Opportunity(name="cheap_growth", text=text, evidence=(peg,))


def _cheaper_than_sector(facts: Facts) -> Iterator[Found]:
    pe, median = facts["pe_trailing"], facts["pe_sector_median"]
    if pe.value is None or median.value is None or pe.value > CHEAPER * median.value:
        return
    text = f"P/E {_say(pe)} is {pe.verdict}, {_say(median)}."
    strength = 0.5 + 0.3 * (1 - pe.value / median.value)
    yield strength, Opportunity(name="cheaper_than_sector", text=text, evidence=(pe, median))


def _unburdened(facts: Facts) -> Iterator[Found]:
    debt = facts["debt_to_equity"]
    if debt.value is not None and debt.value <= 0.5:
        text = f"It owes little: debt is {_say(debt)} times equity."
        yield 0.45, Opportunity(name="low_leverage", text=text, evidence=(debt,))


def _earning_cash(facts: Facts) -> Iterator[Found]:
    flow, margin = facts["free_cash_flow_ttm"], facts["profit_margin"]
    if (flow.value or 0) > 0 and (margin.value or 0) > 0:
        text = f"It makes a profit and {_say(flow)} of free cash flow a year."
        yield 0.4, Opportunity(name="cash_generation", text=text, evidence=(flow, margin))


def _shrinking_share_count(facts: Facts) -> Iterator[Found]:
    growth = facts["share_count_growth_yoy"]
    if growth.value is not None and growth.value <= -0.02:
        text = f"Each share becomes a larger part: their number fell {written(-growth.value, growth.unit)} in a year."
        yield 0.4, Opportunity(name="buybacks", text=text, evidence=(growth,))


def _insiders(facts: Facts, checks: Sequence[Check]) -> Iterator[Found]:
    check = next((check for check in checks if check.name == "insider_buying"), None)
    if check is None or check.status != "pass":
        return
    buys = facts["insider_buys_6m"].value or 0
    yield (
        0.5 + 0.05 * min(4.0, buys),
        Opportunity(name="insider_buying", text=check.text, evidence=check.evidence),
    )


def _breaking_out(signals: Sequence[Signal]) -> Iterator[Found]:
    """The one that volume confirms, else the strongest."""
    active = [one for name in BREAKOUTS for one in signals if one.name == name and one.active]
    active.sort(key=lambda signal: not signal.with_volume)
    for signal in active[:1]:
        strength = 0.75 if signal.with_volume else 0.5
        yield (
            strength,
            Opportunity(name="breaking_out", text=signal.text, evidence=signal.evidence),
        )


_LOOKS: tuple[Callable[[Facts], Iterator[Found]], ...] = (
    _growing,
    _cheap_growth,
    _cheaper_than_sector,
    _unburdened,
    _earning_cash,
    _shrinking_share_count,
)
