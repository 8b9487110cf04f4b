"""The summary of a report: what it is, how it does, what it just did, what can hurt.

facts, signals, risks -> a few balanced sentences, no verdict
"""

import re

from ..facts.registry import REGISTRY
from ..facts.valuation import relation
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
            business(report),
            balance(report),
            price_level(report),
            tape(report),
            _risk(report),
            _unknowns(report),
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
        parts.append(f"revenue {moved} {amount} over the same quarter a year before")
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
    sector = next((s for s in report.standings if s.fact == "pe_trailing"), None)
    peers = f" ({sector.n} peers)" if sector else ""
    return f"{level} {relation(pe.value / median.value - 1)} its sector's median of {figure(median)}{peers}."


def tape(report: Report) -> str:
    """What the price just did: at most two active signals, news before background."""
    rank = {name: place for place, name in enumerate(EVENTS_FIRST)}
    active = [signal for signal in report.signals if signal.active and signal.name in rank]
    active.sort(key=lambda signal: rank[signal.name])
    return joined(_of_it(_stop(signal.text)) for signal in active[:2])


def _risk(report: Report) -> str:
    worst = next((risk for risk in report.risks if risk.severity is not None), None)
    if worst is None:
        return ""
    text = worst.text
    prefix = f"{worst.name}:"
    if text.lower().startswith(prefix):
        text = text[len(prefix) :].strip()
    short = " ".join(re.split(r"(?<=[.!?]) ", text)[:2])
    return _stop(f"The risk that stands out most is {worst.name}. {short}")


def _unknowns(report: Report) -> str:
    wanted = ("market_cap", "pe_trailing", "debt_to_equity", "revenue_growth_yoy", "profit_margin")
    absent = [REGISTRY[name].label for name in wanted if report.facts[name].value is None]
    return f"Not known or not meaningful here: {listed(absent)}." if absent else ""


def _of_it(text: str) -> str:
    """`Closed above …` told of the company; `Uptrend: …` stays as it is."""
    return text if text.split(" ", 1)[0].endswith(":") else f"It {lowered(text)}"


def _stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
