"""What each topic of a question is about: the facts that its answer tells, and the one it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class About:
    """The facts of one topic.

    Attributes:
        first: What "why?" asks for after the answer; None where many facts weigh alike.
        told: What the answer tells, in that order.
    """

    first: str | None
    told: tuple[str, ...]


ABOUT: Mapping[str, About] = MappingProxyType({
    "profitability": About("profit_margin", (
        "profit_margin", "operating_margin", "eps_ttm", "free_cash_flow_ttm", "cash_runway_quarters",
    )),
    "debt": About("debt_to_equity", ("debt_to_equity", "total_debt", "cash", "current_ratio")),
    "cash": About("cash", ("cash", "cash_runway_quarters", "free_cash_flow_ttm", "current_ratio")),
    "growth": About("revenue_growth_yoy", (
        "revenue_growth_yoy", "revenue_growth_consistency", "earnings_growth_yoy",
    )),
    "margins": About("gross_margin", ("gross_margin", "operating_margin", "profit_margin")),
    "valuation": About("pe_trailing", (
        "pe_trailing", "pe_sector_median", "peg_ratio", "price_to_sales", "price_to_book",
    )),
    "trend": About("sma_50", ("price", "sma_50", "sma_200")),
    "overbought": About("rsi_14", ("rsi_14",)),
    "insiders": About("insider_net_shares_6m", ("insider_net_shares_6m", "insider_buys_6m")),
    "liquidity": About("exit_cost_bps_10000_shares", (
        "average_volume_20d", "average_dollar_volume_20d", "spread_estimate_bps",
        "exit_cost_bps_10000_shares", "days_to_exit_10000_shares",
    )),
    "coverage": About("analyst_count", ("analyst_count", "days_to_earnings")),
    "earnings": About("days_to_earnings", ("days_to_earnings",)),
    "dividend": About("dividend_yield", ("dividend_yield",)),
    "dilution": About("share_count_growth_yoy", ("shares_outstanding", "share_count_growth_yoy")),
    "volatility": About("volatility_1y", ("volatility_1y", "beta_1y", "atr_14_pct")),
    "short_interest": About("short_percent_of_float", ("short_percent_of_float", "float_shares")),
    "size": About("market_cap", ("market_cap", "price", "shares_outstanding")),
    "price": About("price", ("price", "sma_50", "sma_200", "high_52w", "low_52w")),
    "advantage": About("gross_margin", ("gross_margin",)),
    "what_would_change": About(None, (
        "sma_50", "debt_to_equity", "revenue_growth_yoy", "days_to_earnings",
    )),
})  # fmt: skip
"""Topics that are answered from the same facts in every report."""
