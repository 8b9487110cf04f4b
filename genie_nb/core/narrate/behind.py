"""The facts behind the answer to a question: each can be asked for with `why`.

(topic, report) -> names of facts
"""

from collections.abc import Iterable, Mapping

from ..facts.fact import Fact
from ..report import Report

ASKED: Mapping[str, tuple[str, ...]] = {
    "profitability": ("profit_margin", "operating_margin", "eps_ttm", "free_cash_flow_ttm", "cash_runway_quarters"),
    "debt": ("debt_to_equity", "total_debt", "cash", "current_ratio"),
    "growth": ("revenue_growth_yoy", "revenue_growth_consistency", "earnings_growth_yoy"),
    "margins": ("gross_margin", "operating_margin", "profit_margin"),
    "valuation": ("pe_trailing", "pe_sector_median", "peg_ratio", "price_to_sales", "price_to_book"),
    "trend": ("price", "sma_50", "sma_200"),
    "overbought": ("rsi_14",),
    "insiders": ("insider_net_shares_6m", "insider_buys_6m"),
    "liquidity": (
        "average_volume_20d", "average_dollar_volume_20d", "spread_estimate_bps",
        "exit_cost_bps_10000_shares", "days_to_exit_10000_shares",
    ),
    "coverage": ("analyst_count", "days_to_earnings"),
    "earnings": ("days_to_earnings",),
    "dividend": ("dividend_yield",),
    "dilution": ("shares_outstanding", "share_count_growth_yoy"),
    "volatility": ("volatility_1y", "beta_1y", "atr_14_pct"),
    "size": ("market_cap", "price", "shares_outstanding"),
    "price": ("price", "sma_50", "sma_200", "high_52w", "low_52w"),
    "advantage": ("gross_margin",),
    "what_would_change": ("sma_50", "debt_to_equity", "revenue_growth_yoy", "days_to_earnings"),
}  # fmt: skip
"""Topics that are answered from the same facts in every report."""


def facts_behind(topic: str | None, report: Report) -> tuple[str, ...]:
    """Names of the known facts that an answer rests on, in the order in which it tells them.

    Args:
        topic: A key of `core.ask.question.TOPICS`; None for a question that no fact answers.
        report: With facts and findings.
    """
    if topic is None:
        return ()
    ranked = [risk for risk in report.risks if risk.severity is not None]
    found: list[Fact] = []
    if topic == "biggest_risk":
        found = _evidence(ranked[:1])
    elif topic == "risks":
        found = _evidence(ranked)
    elif topic == "opportunities":
        found = _evidence(report.opportunities)
    elif topic in ("should_buy", "overview"):
        found = _evidence([*report.opportunities, *report.checks, *ranked])
    names = (*(fact.name for fact in found), *ASKED.get(topic, ()))
    return tuple(
        dict.fromkeys(
            name for name in names if name in report.facts and report.facts[name].value is not None
        )
    )


def _evidence(findings: Iterable[object]) -> list[Fact]:
    return [fact for finding in findings for fact in getattr(finding, "evidence", ())]
