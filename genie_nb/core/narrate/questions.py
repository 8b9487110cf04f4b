"""Questions about one company, answered from its report.

(topic, report) -> sentences in which every number is a fact
"""

from collections.abc import Callable, Mapping, Sequence

from ..facts.about import ABOUT
from ..facts.liquidity import POSITION, sized
from ..facts.registry import REGISTRY
from ..figures import written
from ..findings.earnings import surprise_history
from ..findings.earnings import told as surprises_told
from ..findings.finding import Check, Risk
from ..report import Report
from .sentence import figure, joined, known, listed, unknown
from .summary import balance, price_level, summary

Teller = Callable[[Report], str]


def answer(topic: str, report: Report) -> str:
    """The answer to a question of that topic.

    Args:
        topic: A key of `TOPICS`.
        report: With facts and findings.

    Raises:
        KeyError: The topic is not in `TOPICS`.
    """
    return TOPICS[topic](report)


def _facts(report: Report, *names: str) -> str:
    """Facts side by side, known ones with their verdict and unknown ones with the reason.

    The first is what was asked for: where it is unknown, that is said before the others.
    """
    told, silent = [], []
    for name in names:
        fact = report.facts[name]
        label = sized(REGISTRY[name].label, fact)
        if fact.value is None:
            silent.append(unknown(fact, label))
        else:
            verdict = f" ({fact.verdict})" if fact.verdict else ""
            told.append(f"{label} {figure(fact)}{verdict}")
    known_ones = f"{'; '.join(told)}." if told else ""
    if names and report.facts[names[0]].value is None:
        return joined((silent[0], known_ones, *silent[1:]))
    return joined((known_ones, *silent))


def _beside(report: Report, topic: str, head: str) -> str:
    """The facts of a topic behind a sentence that has told the first of them."""
    first, *others = ABOUT[topic].told
    return joined((head, _facts(report, *(others if head else (first, *others)))))


def _check(report: Report, name: str) -> Check | None:
    return next((check for check in report.checks if check.name == name), None)


def _told(check: Check | None) -> str:
    return "" if check is None else check.text


def _profitability(report: Report) -> str:
    margin, eps = report.facts["profit_margin"], report.facts["eps_ttm"]
    measure = margin if margin.value is not None else eps
    if measure.value is None:
        head = "Whether it is profitable is not known."
    elif measure.value > 0:
        head = "Yes, it is profitable over the last twelve months."
    elif measure.value < 0:
        head = "No, it lost money over the last twelve months."
    else:
        head = "No, it neither earned nor lost money over the last twelve months."
    names = ["profit_margin", "operating_margin", "eps_ttm", "free_cash_flow_ttm"]
    if report.facts["cash_runway_quarters"].value is not None:
        names.append("cash_runway_quarters")
    return joined((head, _facts(report, *names)))


def _debt(report: Report) -> str:
    return _beside(report, "debt", balance(report))


def _cash(report: Report) -> str:
    return _facts(report, *ABOUT["cash"].told)


def _growth(report: Report) -> str:
    growth = report.facts["revenue_growth_yoy"]
    head = ""
    if growth.value is not None:
        moved = "grew" if growth.value >= 0 else "shrank"
        amount = figure(growth).lstrip("-−+")
        verdict = f" ({growth.verdict})" if growth.verdict else ""
        head = f"Revenue {moved} {amount} over the same quarter a year before{verdict}."
    return _beside(report, "growth", head)


def _valuation(report: Report) -> str:
    return _beside(report, "valuation", price_level(report))


def _margins(report: Report) -> str:
    return _facts(report, *ABOUT["margins"].told)


def _ranked(report: Report) -> Sequence[Risk]:
    return [risk for risk in report.risks if risk.severity is not None]


def _biggest_risk(report: Report) -> str:
    ranked = _ranked(report)
    if not ranked:
        return "No risk can be ranked: the facts behind all of them are unknown."
    blind = [risk.name for risk in report.risks if risk.severity is None]
    rest = f"Not rated, because the facts are unknown: {listed(blind)}." if blind else ""
    return joined((f"{ranked[0].name.capitalize()}. {ranked[0].text}", rest))


def _risks(report: Report) -> str:
    lines = [f"{place}. {risk.text}" for place, risk in enumerate(_ranked(report), start=1)]
    blind = [risk.name for risk in report.risks if risk.severity is None]
    if blind:
        lines.append(f"Not rated, because the facts are unknown: {listed(blind)}.")
    return joined(lines) or "No risk can be ranked: the facts behind all of them are unknown."


def _opportunities(report: Report) -> str:
    if not report.opportunities:
        return "Nothing in the facts stands out as an opportunity."
    return joined(item.text for item in report.opportunities)


def _trend(report: Report) -> str:
    active = [s.text for s in report.signals if s.active]
    return joined((_beside_averages(report), *active, _facts(report, *ABOUT["trend"].told)))


def _beside_averages(report: Report) -> str:
    """On which side of its moving averages the price stands; empty where that is unknown."""
    facts = report.facts
    if not known(facts, "price", "sma_50", "sma_200"):
        return ""
    price = facts["price"].value or 0
    short, long = (
        "above" if price > (facts[name].value or 0) else "below" for name in ("sma_50", "sma_200")
    )
    both = f"{short} its 50-day and its 200-day average"
    one_each = f"{short} its 50-day average and {long} its 200-day average"
    return f"The price is {both if short == long else one_each}."


def _overbought(report: Report) -> str:
    rsi = report.facts["rsi_14"]
    if rsi.value is None:
        return unknown(rsi, REGISTRY["rsi_14"].label)
    if rsi.value > 70:
        head = "By its RSI it is overbought."
    elif rsi.value < 30:
        head = "By its RSI it is oversold."
    else:
        head = "Neither overbought nor oversold by its RSI."
    return joined((head, _facts(report, "rsi_14")))


def _insiders(report: Report) -> str:
    return joined(
        (
            _told(_check(report, "insider_buying")),
            _facts(report, *ABOUT["insiders"].told),
        )
    )


def _liquidity(report: Report) -> str:
    told = _facts(report, *ABOUT["liquidity"].told)
    days, cost = (
        report.facts["days_to_exit_10000_shares"],
        report.facts["exit_cost_bps_10000_shares"],
    )
    size = next((one.value for one in days.inputs if one.name == POSITION), None)
    parts = []
    if cost.value is not None:
        parts.append(f"costs about {written(cost.value / 10_000, 'fraction')}")
    if days.value is not None:
        parts.append(f"takes about {figure(days)}")
    head = f"Selling {size:,.0f} shares {listed(parts)}." if size and parts else ""
    return joined((head, told))


def _earnings(report: Report) -> str:
    days = report.facts["days_to_earnings"]
    told = (
        f"Its next earnings release is in {figure(days)}."
        if days.value is not None
        else _facts(report, "days_to_earnings")
    )
    past = surprise_history(report.earnings)
    if past is None:
        return told
    history = surprises_told(past)
    where = f"the table of earnings against estimates lists them, from {report.provider}"
    return joined((told, f"{history[0].upper()}{history[1:]}; {where}."))


def _dividend(report: Report) -> str:
    return _facts(report, *ABOUT["dividend"].told)


def _dilution(report: Report) -> str:
    growth = report.facts["share_count_growth_yoy"]
    head = ""
    if growth.value is not None:
        moved = "shrank" if growth.value < 0 else "grew"
        head = f"The share count {moved} {figure(growth).lstrip('-−+')} in a year."
    return joined((head, _facts(report, *ABOUT["dilution"].told)))


def _short_interest(report: Report) -> str:
    return _facts(report, *ABOUT["short_interest"].told)


def _size(report: Report) -> str:
    return _facts(report, *ABOUT["size"].told)


def _price(report: Report) -> str:
    return _facts(report, *ABOUT["price"].told)


def _coverage(report: Report) -> str:
    return joined((_facts(report, "analyst_count"), _earnings(report)))


def _volatility(report: Report) -> str:
    return _facts(report, *ABOUT["volatility"].told)


def _should_buy(report: Report) -> str:
    """For, against, unknown, what would change this; never a verdict."""
    held_against = [check.text for check in report.checks if check.status in ("warn", "fail")]
    standing_out = [risk.text for risk in _ranked(report) if (risk.severity or 0) >= 0.5]
    open_checks = [check.text for check in report.checks if check.status == "unknown"]
    blind = [risk.text for risk in report.risks if risk.severity is None]
    return "\n".join(
        (
            "That decision stays with you; this is what the facts say.",
            _side("For", _speaking_for(report)),
            _side("Against", _once((*standing_out, *held_against))),
            _side("Unknown", _once((*open_checks, *blind))),
            _side("What would change this", _turning_points(report)),
        )
    )


def _speaking_for(report: Report) -> list[str]:
    """Opportunities and passed checks; of two that share a fact, the first."""
    passed = [check for check in report.checks if check.status == "pass"]
    told: set[str] = set()
    texts = []
    for item in (*report.opportunities, *passed):
        names = {fact.name for fact in item.evidence}
        if not names & told:
            texts.append(item.text)
        told |= names
    return texts


def _side(title: str, lines: Sequence[str]) -> str:
    return f"{title}: {joined(lines) if lines else 'nothing in the facts.'}"


def _once(lines: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _turning_points(report: Report) -> list[str]:
    """The nearest facts whose crossing would move a line from one side to the other."""
    facts, points = report.facts, []
    if known(facts, "price", "sma_50"):
        below = (facts["price"].value or 0) >= (facts["sma_50"].value or 0)
        side = "below" if below else "above"
        points.append(f"A close {side} its 50-day average ({figure(facts['sma_50'])}).")
    if known(facts, "debt_to_equity"):
        low = (facts["debt_to_equity"].value or 0) <= 2
        points.append(
            f"Debt {'above' if low else 'below'} 2.0 times equity (now {figure(facts['debt_to_equity'])})."
        )
    if known(facts, "revenue_growth_yoy"):
        rising = (facts["revenue_growth_yoy"].value or 0) > 0
        turn = (
            "A quarter with lower revenue than a year before"
            if rising
            else "A return to growing revenue"
        )
        points.append(f"{turn} (now {figure(facts['revenue_growth_yoy'], signed=True)}).")
    if known(facts, "days_to_earnings"):
        points.append(f"The next earnings release, in {figure(facts['days_to_earnings'])}.")
    return points


def _change(report: Report) -> str:
    return joined(_turning_points(report)) or "The facts to tell are unknown."


def _advantage(report: Report) -> str:
    return joined((_told(_check(report, "competitive_advantage")), _facts(report, "gross_margin")))


TOPICS: Mapping[str, Teller] = {
    "overview": summary,
    "profitability": _profitability,
    "debt": _debt,
    "cash": _cash,
    "growth": _growth,
    "margins": _margins,
    "valuation": _valuation,
    "risks": _risks,
    "biggest_risk": _biggest_risk,
    "opportunities": _opportunities,
    "trend": _trend,
    "overbought": _overbought,
    "insiders": _insiders,
    "liquidity": _liquidity,
    "coverage": _coverage,
    "earnings": _earnings,
    "dividend": _dividend,
    "dilution": _dilution,
    "short_interest": _short_interest,
    "volatility": _volatility,
    "size": _size,
    "price": _price,
    "advantage": _advantage,
    "should_buy": _should_buy,
    "what_would_change": _change,
}
"""Every question that can be answered from one report."""
