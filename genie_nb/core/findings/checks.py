"""The six quality checks. What cannot be told is `unknown`, never a pass.

facts, fundamentals -> revenue_growth profitability balance_sheet insider_buying
                       competitive_advantage valuation
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from statistics import fmean

from ..facts.fact import Fact, Facts
from ..facts.health import NO_EQUITY, is_bank
from ..facts.insiders import insider_summary
from ..facts.spec import NOUNS
from ..facts.statements import Figures, quarters, year_before, years
from ..facts.valuation import NO_EARNINGS
from ..figures import written, written_beside
from ..fundamentals import Fundamentals
from . import insiders
from .finding import Check, Status

Answer = tuple[Status, str, tuple[str, ...]]
"""Status, sentence, and the names of the facts behind them."""

STEADY = 0.75
"""The share of quarters that must grow for growth to be consistent."""

LEVERAGED = 2.0
"""Debt above this multiple of equity fails."""

RUNWAY = 8.0
"""Quarters of cash that a path to profit needs."""

MOAT_MARGIN, MOAT_RANGE, COMMODITY_MARGIN = 0.40, 0.05, 0.20
"""The stated proxy for a competitive advantage: a gross margin of at least 40 % whose quarters stay
within 5 points of each other. Below 20 % there is nothing that looks like one."""

ATTRACTIVE, DEAR = 1.0, 2.0
"""A PEG below the first is attractive; above the second growth is paid for twice over."""


def checks(facts: Facts, company: Fundamentals | None) -> tuple[Check, ...]:
    """The six checks, in their order.

    Args:
        facts: Every fact of the registry.
        company: What the provider knows of it; None when it did not come.
    """
    kind = company.kind if company else "equity"
    found = []
    for name, ask in _QUESTIONS.items():
        if kind == "equity":
            status, text, evidence = ask(facts, company)
        else:
            noun = NOUNS.get(kind, "this kind of instrument")
            status, text, evidence = (
                "not_applicable",
                f"{_TITLES[name]} does not apply to {noun}.",
                (),
            )
        found.append(
            Check(
                name=name,
                status=status,
                text=text,
                evidence=tuple(facts[fact] for fact in evidence),
            )
        )
    return tuple(found)


def _say(fact: Fact) -> str:
    return written(fact.value, fact.unit)


def _why(fact: Fact) -> str:
    return (fact.reason or "no source has it").rstrip(".")


def _revenue_growth(facts: Facts, company: Fundamentals | None) -> Answer:
    growth, steady, revenue = (
        facts[name] for name in ("revenue_growth_yoy", "revenue_growth_consistency", "revenue_ttm")
    )
    evidence = ("revenue_growth_yoy", "revenue_growth_consistency", "revenue_ttm")
    if revenue.value is not None and revenue.value <= 0:
        return "fail", "It had no revenue in the last twelve months.", evidence
    if growth.value is None:
        return "unknown", f"Whether revenue grows is unknown: {_why(growth)}.", evidence
    pace = f"Revenue of the latest quarter is {_moved(growth.value)} on the year before"
    if steady.value is None:
        return (*_by_years(pace, growth.value, company, steady), evidence)
    tally = f"and it rose in {steady.value * 4:.0f} of the last 4 quarters"
    if growth.value > 0 and steady.value >= STEADY:
        return "pass", f"{pace}, {tally}.", evidence
    if growth.value > 0:
        return (
            "warn",
            f"{pace}, but it rose in only {steady.value * 4:.0f} of the last 4 quarters.",
            evidence,
        )
    return ("warn" if steady.value >= STEADY else "fail"), f"{pace}, {tally}.", evidence


def _moved(growth: float) -> str:
    return f"{'up' if growth >= 0 else 'down'} {written(abs(growth), 'fraction')}"


def _by_years(
    pace: str, growth: float, company: Fundamentals | None, steady: Fact
) -> tuple[Status, str]:
    """Fiscal years in the place of quarters, where a provider has too few quarters."""
    if growth <= 0:
        return "fail", f"{pace}."
    annual = [year["revenue"] for year in (years(company, "income", "revenue") if company else [])]
    steps = [after > before for before, after in pairwise(annual)][-3:]
    if len(steps) < 2:
        return "unknown", f"{pace}, but whether that is steady is unknown: {_why(steady)}."
    tally = f"and revenue rose in {sum(steps)} of the last {len(steps)} fiscal years"
    return ("pass" if all(steps) else "warn"), f"{pace}, {tally}."


def _profitability(facts: Facts, company: Fundamentals | None) -> Answer:
    margin, eps, runway = (
        facts[name] for name in ("profit_margin", "eps_ttm", "cash_runway_quarters")
    )
    evidence = ("profit_margin", "eps_ttm", "free_cash_flow_ttm", "cash_runway_quarters")
    measure = margin if margin.value is not None else eps
    if measure.value is None:
        return "unknown", f"Whether it is profitable is unknown: {_why(margin)}.", evidence
    if measure.value > 0:
        what = (
            f"keeps {_say(margin)} of revenue"
            if measure is margin
            else f"earned {_say(eps)} a share"
        )
        return "pass", f"It is profitable: it {what} over twelve months.", evidence
    better = _margins_improve(company)
    lasts = _cash_lasts(facts["free_cash_flow_ttm"], runway)
    path = (
        {
            True: "margins improve",
            False: "margins do not improve",
            None: "where margins go is unknown",
        }[better],
        _runway_told(lasts, runway),
    )
    status = _path_status(better, lasts)
    lead = "It loses money" if measure.value < 0 else "It neither earns nor loses money"
    if status == "pass":
        lead = f"{lead} but is on a path to profit"
    return status, f"{lead}: {path[0]}, and {path[1]}.", evidence


def _path_status(better: bool | None, lasts: bool | None) -> Status:
    if better and lasts:
        return "pass"
    if better or lasts:
        return "warn"
    return "unknown" if better is None and lasts is None else "fail"


def _margins_improve(company: Fundamentals | None) -> bool | None:
    """Whether the latest quarter keeps more of its revenue than the same quarter a year before."""
    found = quarters(company, "income", "operating_income", "revenue") if company else []
    before = year_before(found[-1], found) if found else None
    if before is None or before["revenue"] <= 0 or found[-1]["revenue"] <= 0:
        return None
    return _operating(found[-1]) > _operating(before)


def _operating(quarter: Figures) -> float:
    return quarter["operating_income"] / quarter["revenue"]


def _cash_lasts(flow: Fact, runway: Fact) -> bool | None:
    if runway.value is not None:
        return runway.value >= RUNWAY
    return True if flow.value is not None and flow.value >= 0 else None


def _runway_told(lasts: bool | None, runway: Fact) -> str:
    if runway.value is not None:
        return f"its cash lasts {written_beside(runway.value, RUNWAY, runway.unit)}"
    return "it burns no cash" if lasts else "how long its cash lasts is unknown"


def _balance_sheet(facts: Facts, company: Fundamentals | None) -> Answer:
    debt, current = facts["debt_to_equity"], facts["current_ratio"]
    evidence = ("debt_to_equity", "current_ratio", "total_debt", "cash")
    if is_bank(company):
        return (
            "not_applicable",
            "Debt is a bank's raw material, so this check does not apply.",
            evidence,
        )
    if debt.value is None:
        if debt.reason == NO_EQUITY:
            return (
                "fail",
                "Its liabilities exceed its assets: stockholders' equity is not positive.",
                evidence,
            )
        return "unknown", f"How much it owes against its equity is unknown: {_why(debt)}.", evidence
    level = f"Debt is {written_beside(debt.value, LEVERAGED, debt.unit)} times equity"
    if debt.value > LEVERAGED:
        return "fail", f"{level}, above {LEVERAGED:.1f}.", evidence
    if current.value is not None and current.value < 1:
        return (
            "warn",
            f"{level}, but short-term liabilities exceed short-term assets (current ratio {written_beside(current.value, 1.0, current.unit)}).",
            evidence,
        )
    return (
        "pass",
        f"{level}, not above the {LEVERAGED:.1f} from where a company counts as leveraged.",
        evidence,
    )


def _insider_buying(facts: Facts, company: Fundamentals | None) -> Answer:
    net, buys = facts["insider_net_shares_6m"], facts["insider_buys_6m"]
    evidence = ("insider_net_shares_6m", "insider_buys_6m")
    if net.value is None or buys.value is None:
        return "unknown", f"What insiders did is unknown: {_why(net)}.", evidence
    status: Status = "pass" if buys.value > 0 and net.value > 0 else "warn"
    if company is not None and company.insider_trades is not None and isinstance(net.as_of, date):
        return status, insiders.told(insider_summary(company.insider_trades, net.as_of)), evidence
    amount = written(net.value, net.unit, signed=True)
    look = ", which is worth a look" if net.value < 0 else ""
    told = f"Insiders' open-market trades of six months come to {amount} shares{look}."
    return status, told, evidence


def _competitive_advantage(facts: Facts, company: Fundamentals | None) -> Answer:
    margin, evidence = facts["gross_margin"], ("gross_margin",)
    margins = _gross_margins(company)
    if margin.value is None or len(margins) < 3:
        why = _why(margin) if margin.value is None else "there are too few periods to see it move"
        return (
            "unknown",
            f"Whether it has an advantage is unknown (filings would tell): {why}.",
            evidence,
        )
    level, spread = fmean(margins), max(margins) - min(margins)
    told = (
        f"By a proxy alone, its gross margin: {written(level, 'fraction')} on average over "
        f"{len(margins)} periods, within {spread * 100:.1f} points"
    )
    if level >= MOAT_MARGIN and spread <= MOAT_RANGE:
        return "pass", f"{told}, which is high and steady.", evidence
    if level < COMMODITY_MARGIN:
        return "fail", f"{told}, which leaves little room.", evidence
    shape = "steady but not high" if spread <= MOAT_RANGE else "not steady"
    return "warn", f"{told}, which is {shape}.", evidence


def _gross_margins(company: Fundamentals | None) -> Sequence[float]:
    """Of the last 8 quarters, or of the fiscal years where there are fewer than 4 quarters."""
    if company is None:
        return ()
    rows = ("gross_profit", "revenue")
    found = quarters(company, "income", *rows)[-8:]
    periods = found if len(found) >= 4 else years(company, "income", *rows)
    return [one["gross_profit"] / one["revenue"] for one in periods if one["revenue"] > 0]


def _valuation(facts: Facts, _: Fundamentals | None) -> Answer:
    peg, pe = facts["peg_ratio"], facts["pe_trailing"]
    evidence = ("peg_ratio", "pe_trailing", "pe_sector_median")
    beside = f" Its P/E of {_say(pe)} is {pe.verdict}." if pe.verdict else ""
    if peg.value is None:
        why = pe.reason if pe.reason in NO_EARNINGS else _why(peg)
        return "unknown", f"Price against growth cannot be told: {why}.{beside}", evidence
    level = f"PEG is {written_beside(peg.value, ATTRACTIVE, peg.unit)}"
    if peg.value < ATTRACTIVE:
        return "pass", f"{level}, below 1.0: growth is cheap.{beside}", evidence
    if peg.value <= DEAR:
        return "warn", f"{level}, not below 1.0.{beside}", evidence
    return "fail", f"{level}, far above 1.0: growth is dear.{beside}", evidence


_QUESTIONS: Mapping[str, Callable[[Facts, Fundamentals | None], Answer]] = {
    "revenue_growth": _revenue_growth,
    "profitability": _profitability,
    "balance_sheet": _balance_sheet,
    "insider_buying": _insider_buying,
    "competitive_advantage": _competitive_advantage,
    "valuation": _valuation,
}

_TITLES = {
    "revenue_growth": "Revenue growth",
    "profitability": "Profitability",
    "balance_sheet": "The balance sheet",
    "insider_buying": "Insider buying",
    "competitive_advantage": "Competitive advantage",
    "valuation": "Price against growth",
}
