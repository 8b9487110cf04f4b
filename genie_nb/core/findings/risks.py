"""The eight risks, each on one scale from 0 (does not stand out) to 1 (dominates), worst first.

    facts, fundamentals -> liquidity coverage bankruptcy concentration volatility leverage dilution
                           valuation

A risk is as severe as the worst of the figures it is made of; where none is known its severity is
None and it comes last.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..facts.fact import Fact, Facts
from ..facts.health import NO_EQUITY, is_bank
from ..facts.spec import NOUNS
from ..figures import written
from ..fundamentals import Fundamentals
from . import earnings
from .bands import warning
from .finding import Risk
from .interest import interest_cover
from .scale import Scale, worst

EXIT_COST = Scale(((10, 0.0), (50, 0.3), (100, 0.6), (300, 0.85), (1000, 1.0)))
"""Basis points lost in leaving; 5 % of the price dominates everything else."""

DAYS_TO_EXIT = Scale(((0.05, 0.0), (0.5, 0.4), (1, 0.6), (5, 0.9), (20, 1.0)))

DOLLAR_VOLUME = Scale(((1e5, 1.0), (5e5, 0.8), (2e6, 0.6), (10e6, 0.3), (100e6, 0.0)))
"""US dollars traded a day; the less, the easier a price is pushed around."""

SPREAD = Scale(((5, 0.0), (50, 0.4), (100, 0.6), (300, 0.9), (600, 1.0)))

ANALYSTS = Scale(((0, 0.9), (1, 0.65), (2, 0.5), (5, 0.3), (10, 0.1), (20, 0.0)))

MISSES = Scale(((0.0, 0.0), (0.5, 0.4), (1.0, 0.7)))
"""The share of recent releases below the estimates."""

ALTMAN = Scale(((-4, 1.0), (0, 0.9), (1.1, 0.7), (2.6, 0.3), (5, 0.0)))
"""Below 1.1 lies the distress zone, above 2.6 the safe one (Altman 1995)."""

RUNWAY = Scale(((1, 1.0), (4, 0.8), (8, 0.4), (16, 0.1), (24, 0.0)))
"""Quarters."""

INTEREST_COVER = Scale(((0, 0.9), (1, 0.75), (1.5, 0.6), (3, 0.3), (8, 0.0)))

VOLATILITY = Scale(((0.15, 0.0), (0.30, 0.2), (0.45, 0.4), (0.60, 0.55), (1.0, 0.85), (1.5, 1.0)))

LEVERAGE = Scale(((0, 0.0), (0.5, 0.15), (1, 0.35), (2, 0.65), (4, 0.9), (8, 1.0)))

DILUTION = Scale(((0, 0.0), (0.02, 0.1), (0.05, 0.3), (0.10, 0.5), (0.25, 0.8), (0.50, 1.0)))

ABOVE_SECTOR = Scale(((0.8, 0.0), (1.0, 0.1), (1.15, 0.25), (1.5, 0.5), (2.5, 0.8), (4, 1.0)))
"""P/E over its sector's median."""

PEG = Scale(((0.5, 0.0), (1, 0.1), (2, 0.3), (4, 0.4)))
"""One quarter's growth is noisy, so a PEG alone never dominates."""

SALES_MULTIPLE = Scale(((1, 0.0), (5, 0.4), (10, 0.65), (20, 0.9), (40, 1.0)))
"""Price over sales, for companies without earnings."""


class Finding(NamedTuple):
    """How severe, in which sentence, made from which facts."""

    severity: float | None
    text: str
    evidence: tuple[Fact, ...] = ()


def risks(facts: Facts, company: Fundamentals | None, *, shares: int = 10_000) -> tuple[Risk, ...]:
    """The eight risks, worst first, those that cannot be rated last.

    Args:
        facts: Every fact of the registry.
        company: What the provider knows of it; None when it did not come.
        shares: The position that leaving was reckoned for.
    """
    kind = company.kind if company else "equity"
    found = []
    for name, look in _LOOKS.items():
        if kind != "equity" and name not in _OF_ANY_TAPE:
            noun = NOUNS.get(kind, "this kind of instrument")
            finding = Finding(None, f"{name.capitalize()} does not apply to {noun}.")
        else:
            finding = look(facts, company, shares)
        found.append(
            Risk(name=name, severity=finding.severity, text=finding.text, evidence=finding.evidence)
        )
    found.sort(key=lambda risk: -1.0 if risk.severity is None else risk.severity, reverse=True)
    return tuple(found)


def _say(fact: Fact) -> str:
    return written(fact.value, fact.unit)


def _pick(facts: Facts, *names: str) -> tuple[Fact, ...]:
    return tuple(facts[name] for name in names)


def _unrated(what: str, *facts: Fact) -> Finding:
    why = next((fact.reason for fact in facts if fact.reason), "no source has it").rstrip(".")
    return Finding(None, f"{what} is unknown: {why}.", facts)


def _liquidity(facts: Facts, _: Fundamentals | None, shares: int) -> Finding:
    volume, money, spread, cost, days = evidence = _pick(
        facts,
        "average_volume_20d",
        "average_dollar_volume_20d",
        "spread_estimate_bps",
        "exit_cost_bps_10000_shares",
        "days_to_exit_10000_shares",
    )
    traded = DOLLAR_VOLUME.of(money) if money.unit == "USD" else None
    severity = worst((EXIT_COST.of(cost), DAYS_TO_EXIT.of(days), traded, SPREAD.of(spread)))
    if severity is None:
        return _unrated("How easily it is sold", *evidence)
    parts = (
        _size_told(facts["market_cap"]),
        _volume_told(volume, money, traded),
        _spread_told(spread),
        _leaving_told(cost, days, shares),
        "A few large orders can push its price around." if (traded or 0) >= 0.5 else "",
    )
    return Finding(severity, " ".join(part for part in parts if part), evidence)


def _size_told(cap: Fact) -> str:
    caution = warning(cap.verdict)
    return f"It is a {cap.verdict} cap: {caution}." if caution else ""


def _volume_told(volume: Fact, money: Fact, traded: float | None) -> str:
    if volume.value is None:
        return "How much of it trades is unknown."
    amount = f"{_say(volume)} shares, worth {_say(money)}, trade on a usual day"
    return f"Low trading volume: {amount}." if (traded or 0) >= 0.5 else f"{amount}."


def _spread_told(spread: Fact) -> str:
    if spread.value is None:
        return "Its bid-ask spread cannot be estimated."
    width = "wide" if spread.value > 50 else "moderate" if spread.value > 20 else "narrow"
    return f"The bid-ask spread is {width}, about {_say(spread)}."


def _leaving_told(cost: Fact, days: Fact, shares: int) -> str:
    parts = []
    if days.value is not None:
        parts.append(f"takes about {_say(days)}")
    if cost.value is not None:
        parts.append(f"costs about {written(cost.value / 10_000, 'fraction')}")
    return f"Selling {shares:,} shares {' and '.join(parts)}." if parts else ""


def _coverage(facts: Facts, company: Fundamentals | None, _: int) -> Finding:
    (analysts,) = evidence = _pick(facts, "analyst_count")
    history = earnings.surprise_history(company.earnings if company else None)
    missed = None if history is None else MISSES(history.missed_share)
    severity = worst((ANALYSTS.of(analysts), missed))
    if severity is None:
        return _unrated("Who follows it", *evidence)
    parts = (_analysts_told(analysts), "" if history is None else earnings.told(history))
    text = "; ".join(part for part in parts if part)
    return Finding(severity, f"{text[0].upper()}{text[1:]}.", evidence)


def _analysts_told(analysts: Fact) -> str:
    if analysts.value is None:
        return "how many analysts follow it is unknown"
    if analysts.value == 0:
        return "no analyst follows it, so surprises are likelier"
    one = analysts.value == 1
    who = f"{'only ' if analysts.value <= 3 else ''}{_say(analysts)} {'analyst follows' if one else 'analysts follow'} it"
    return f"{who}, so surprises are likelier" if analysts.value <= 3 else who


def _bankruptcy(facts: Facts, company: Fundamentals | None, _: int) -> Finding:
    altman, runway = _pick(facts, "altman_z", "cash_runway_quarters")
    cover = None if _could_repay(facts) else interest_cover(company)
    severity = worst((ALTMAN.of(altman), RUNWAY.of(runway), INTEREST_COVER.of(cover)))
    evidence = (altman, runway) if cover is None else (altman, runway, cover)
    if severity is None:
        return _unrated("How close it is to insolvency", *evidence)
    parts = []
    if altman.value is not None:
        parts.append(f"Altman Z″ is {_say(altman)} ({altman.verdict})")
    if runway.value is not None:
        parts.append(f"cash lasts {_say(runway)} at the present burn")
    if cover is not None:
        parts.append(_cover_told(cover))
    text = "; ".join(parts)
    return Finding(severity, f"{text[0].upper()}{text[1:]}.", evidence)


def _could_repay(facts: Facts) -> bool:
    """Whether cash covers all debt, so that its interest threatens nothing."""
    debt, cash = facts["total_debt"], facts["cash"]
    return debt.value is not None and cash.value is not None and cash.value >= debt.value


def _cover_told(cover: Fact) -> str:
    if (cover.value or 0) <= 0:
        return "it earns none of the interest it owes"
    return f"it earns {_say(cover)} times the interest it owes"


def _concentration(_: Facts, __: Fundamentals | None, ___: int) -> Finding:
    return Finding(
        None,
        "How much hangs on one product, customer or market is unknown: its filings would have to be read.",
    )


def _volatility(facts: Facts, _: Fundamentals | None, __: int) -> Finding:
    yearly, beta, swing = evidence = _pick(facts, "volatility_1y", "beta_1y", "atr_14_pct")
    severity = VOLATILITY.of(yearly)
    if severity is None:
        return _unrated("How much it swings", *evidence)
    daily = f", and {_say(swing)} on a usual day" if swing.value is not None else ""
    market = f"; it {beta.verdict} (beta {_say(beta)})" if beta.value is not None else ""
    return Finding(severity, f"Its price swings {_say(yearly)} a year{daily}{market}.", evidence)


def _leverage(facts: Facts, company: Fundamentals | None, _: int) -> Finding:
    ratio, debt, cash = evidence = _pick(facts, "debt_to_equity", "total_debt", "cash")
    if is_bank(company):
        return Finding(
            None, "Debt over equity does not rate a bank, whose debt is its raw material.", evidence
        )
    if ratio.value is None and ratio.reason == NO_EQUITY:
        return Finding(
            0.9, "Its liabilities exceed its assets, so nothing is left for shareholders.", evidence
        )
    severity = LEVERAGE.of(ratio)
    if severity is None:
        return _unrated("How much it owes against its equity", *evidence)
    amounts = (
        f": {_say(debt)} of debt beside {_say(cash)} of cash" if debt.value and cash.value else ""
    )
    return Finding(severity, f"Debt is {_say(ratio)} times equity{amounts}.", evidence)


def _dilution(facts: Facts, _: Fundamentals | None, __: int) -> Finding:
    (growth,) = evidence = _pick(facts, "share_count_growth_yoy")
    severity = DILUTION.of(growth)
    if severity is None or growth.value is None:
        return _unrated("Whether shares become more", *evidence)
    amount = written(abs(growth.value), "fraction")
    moved = "grew" if growth.value > 0 else "shrank"
    text = (
        f"The share count {moved} {amount} in a year."
        if growth.value
        else "The share count stood still in a year."
    )
    return Finding(severity, text, evidence)


def _valuation(facts: Facts, _: Fundamentals | None, __: int) -> Finding:
    pe, median, peg, sales = evidence = _pick(
        facts, "pe_trailing", "pe_sector_median", "peg_ratio", "price_to_sales"
    )
    above = ABOVE_SECTOR(pe.value / median.value) if pe.value and median.value else None
    on_sales = SALES_MULTIPLE.of(sales) if pe.value is None else None
    severity = worst((above, PEG.of(peg), on_sales))
    if severity is None:
        return _unrated("Whether the price leaves room for disappointment", *evidence)
    parts = []
    if above is not None:
        parts.append(f"P/E {_say(pe)} is {pe.verdict}, {_say(median)}")
    if peg.value is not None:
        parts.append(f"PEG is {_say(peg)}")
    if on_sales is not None:
        parts.append(f"there are no earnings, and the price is {_say(sales)} times sales")
    text = "; ".join(parts)
    return Finding(severity, f"{text[0].upper()}{text[1:]}.", evidence)


_LOOKS: Mapping[str, Callable[[Facts, Fundamentals | None, int], Finding]] = {
    "liquidity": _liquidity,
    "coverage": _coverage,
    "bankruptcy": _bankruptcy,
    "concentration": _concentration,
    "volatility": _volatility,
    "leverage": _leverage,
    "dilution": _dilution,
    "valuation": _valuation,
}

_OF_ANY_TAPE = frozenset({"liquidity", "volatility"})
"""Risks of anything with a price, company or not."""
