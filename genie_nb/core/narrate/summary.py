"""The summary of a report: what it is, what it just did, what can hurt, how it does.

facts, signals, risks -> a few balanced sentences, no verdict
"""

import re
from collections.abc import Sequence

from ..facts.registry import REGISTRY
from ..facts.valuation import relation
from ..findings.finding import Risk, Signal
from ..report import Report
from .sentence import figure, joined, known, listed, lowered

EVENTS_FIRST = (
    "gap_up",
    "gap_down",
    "broke_above_sma_50",
    "broke_below_sma_50",
    "golden_cross",
    "death_cross",
    "breakout_20",
    "new_high_52w",
    "new_low_52w",
    "oversold",
    "overbought",
    "volume_spike",
    "uptrend",
    "downtrend",
)
"""Which active signals a summary tells first; a crossing is news, a trend is background."""


def summary(report: Report) -> str:
    """A few sentences made from facts alone, for and against in balance.

    Args:
        report: With facts and findings; its own summary is not read.
    """
    if report.profile.kind != "equity":
        return joined((_introduction(report), tape(report), _risk(report)))
    return joined(
        (
            _introduction(report),
            tape(report),
            _risk(report),
            _as_a_company(report),
            _unknowns(report),
        )
    )


_TOLD_BY_RISK = {"valuation": "price", "leverage": "debt"}
"""Risks whose sentence has the numbers of another one, which is left out beside it."""


def _as_a_company(report: Report) -> str:
    """Business, debt and price, but for what the risk before it has told already."""
    worst = _worst(report)
    told = _TOLD_BY_RISK.get(worst.name) if worst else None
    return joined(
        (
            business(report),
            "" if told == "debt" else balance(report),
            "" if told == "price" else price_level(report),
        )
    )


def _introduction(report: Report) -> str:
    profile, facts = report.profile, report.facts
    invented = "fictional " if profile.fictional else ""
    if profile.kind != "equity":
        article = "an" if profile.kind in ("etf", "index") else "a"
        kind = {"etf": "exchange-traded fund", "crypto": "cryptocurrency"}.get(
            profile.kind, profile.kind
        )
        article = "a" if invented else article
        return f"{profile.name} is {article} {invented}{kind}; company figures do not apply to it."
    where = f" in {profile.sector}" if profile.sector else ""
    cap = facts["market_cap"]
    if cap.value is None:
        return f"{profile.name} is a {invented}company{where} whose market value is unknown."
    band = f" {profile.band} cap" if profile.band else " company"
    return f"{profile.name} is a {invented}{figure(cap)}{band}{where}."


def business(report: Report) -> str:
    """Growth and profit in one sentence; what is unknown is left to the list of unknowns."""
    facts = report.facts
    parts = []
    growth, margin = facts["revenue_growth_yoy"], facts["profit_margin"]
    if growth.value is not None:
        moved = "grew" if growth.value >= 0 else "shrank"
        amount = figure(growth).lstrip("-−+")
        parts.append(f"revenue {moved} {amount} on the year before")
    if margin.value is not None:
        amount = figure(margin).lstrip("-−+")
        kept = f"it keeps {amount} of revenue as profit"
        parts.append(kept if margin.value >= 0 else f"its losses are {amount} of revenue")
    elif known(facts, "eps_ttm"):
        eps = facts["eps_ttm"]
        parts.append(
            f"it {'earned' if (eps.value or 0) > 0 else 'lost'} {figure(eps).lstrip('-−')} a share in twelve months"
        )
    return _capital(listed(parts)) + "." if parts else ""


def balance(report: Report) -> str:
    """Debt in one sentence."""
    debt = report.facts["debt_to_equity"]
    if debt.value is None:
        return ""
    verdict = f" ({debt.verdict})" if debt.verdict else ""
    return f"Debt is {figure(debt)} times equity{verdict}."


def price_level(report: Report) -> str:
    """The multiple beside its sector's in one sentence."""
    pe, median = report.facts["pe_trailing"], report.facts["pe_sector_median"]
    if pe.value is None:
        return ""
    level = f"At {figure(pe)} times trailing earnings it is priced"
    if median.value is None:
        return f"{level} without a sector median to set it beside."
    return (
        f"{level} {relation(pe.value / median.value - 1)} its sector's median of {figure(median)}."
    )


def tape(report: Report) -> str:
    """What the price just did: at most two active signals, news before background.

    Two of one bar are one sentence, so that its volume is told once.
    """
    rank = {name: place for place, name in enumerate(EVENTS_FIRST)}
    active = [signal for signal in report.signals if signal.active and signal.name in rank]
    active.sort(key=lambda signal: rank[signal.name])
    active = [one for one in active if not (one.name == "volume_spike" and _is_told(one, active))]
    told = [signal.text for signal in active[:2]]
    both = together(*told) if len(told) == 2 else ""
    return _of_it(both) if both else joined(_of_it(_stop(text)) for text in told)


def _is_told(spike: Signal, active: Sequence[Signal]) -> bool:
    """Whether the volume of a spike is told beside another signal of its bar."""
    return any(
        one is not spike and one.bars_ago == spike.bars_ago and "usual volume" in one.text
        for one in active
    )


_WHEN = re.compile(
    r",? (?:on the last \w+|\d+ (?:days?|weeks?|bars?) ago)(?:, on [\d.]+ times its usual volume)?\.?$"
)


def together(first: str, second: str) -> str:
    """Two signals of the same bar as one sentence; empty for signals of different bars.

    Example:
        >>> together("Closed above $20 on the last day.", "Closed above its 50-day average on the last day.")
        'Closed above $20 and its 50-day average on the last day.'
    """
    ends = _WHEN.search(first), _WHEN.search(second)
    if ends[0] is None or ends[1] is None:
        return ""
    when = ends[0].group().strip(",. ")
    if when != ends[1].group().strip(",. "):
        return ""
    head, more = first[: ends[0].start()].split(), second[: ends[1].start()].split()
    more = more[2:] if more[:2] == head[:2] else more
    told = lowered(" ".join(more))
    pause = "," if "," in told else ""
    return f"{' '.join(head)} and {told}{pause} {when}."


def _worst(report: Report) -> Risk | None:
    return next((risk for risk in report.risks if risk.severity is not None), None)


def _risk(report: Report) -> str:
    """The worst risk, and the first sentence on it that has a number, with those before it."""
    worst = _worst(report)
    if worst is None:
        return ""
    text = worst.text
    prefix = f"{worst.name}:"
    if text.lower().startswith(prefix):
        text = text[len(prefix) :].strip()
    sentences = re.split(r"(?<=[.!?]) ", text)
    end = next((at for at, one in enumerate(sentences) if re.search(r"\d", one)), 0) + 1
    return _stop(f"The risk that stands out most is {worst.name}. {' '.join(sentences[:end])}")


def _unknowns(report: Report) -> str:
    wanted = ("market_cap", "pe_trailing", "debt_to_equity", "revenue_growth_yoy", "profit_margin")
    absent = [REGISTRY[name].label for name in wanted if report.facts[name].value is None]
    return f"Not known or not meaningful here: {listed(absent)}." if absent else ""


def _of_it(text: str) -> str:
    """`Closed above …` told of the company; `Uptrend: …` and `Its …` stay as they are."""
    first = text.split(" ", 1)[0]
    return text if first.endswith(":") or first == "Its" else f"It {lowered(text)}"


def _stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
