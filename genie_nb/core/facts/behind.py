"""The one fact that the answer to each question rests on first."""

from collections.abc import Mapping

BEHIND: Mapping[str, str] = {
    "profitability": "profit_margin",
    "debt": "debt_to_equity",
    "growth": "revenue_growth_yoy",
    "margins": "gross_margin",
    "valuation": "pe_trailing",
    "overbought": "rsi_14",
    "trend": "sma_50",
    "insiders": "insider_net_shares_6m",
    "liquidity": "exit_cost_bps_10000_shares",
    "coverage": "analyst_count",
    "earnings": "days_to_earnings",
    "dividend": "dividend_yield",
    "dilution": "share_count_growth_yoy",
    "size": "market_cap",
    "price": "price",
    "volatility": "volatility_1y",
    "advantage": "gross_margin",
}
"""Topic of a question to the fact; questions that weigh many facts are not here."""
