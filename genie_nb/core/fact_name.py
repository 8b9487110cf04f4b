"""The facts of the registry by the names people give them."""

import re
from collections.abc import Mapping

from .errors import UnknownName

SPOKEN: Mapping[str, str] = {
    "p/e": "pe_trailing",
    "pe": "pe_trailing",
    "p/e ratio": "pe_trailing",
    "pe ratio": "pe_trailing",
    "price to earnings": "pe_trailing",
    "price-to-earnings": "pe_trailing",
    "trailing p/e": "pe_trailing",
    "forward p/e": "pe_forward",
    "forward pe": "pe_forward",
    "sector p/e": "pe_sector_median",
    "sector median": "pe_sector_median",
    "sector median p/e": "pe_sector_median",
    "peg": "peg_ratio",
    "p/s": "price_to_sales",
    "p/b": "price_to_book",
    "ev/ebitda": "ev_to_ebitda",
    "d/e": "debt_to_equity",
    "debt-to-equity": "debt_to_equity",
    "debt to equity ratio": "debt_to_equity",
    "leverage": "debt_to_equity",
    "debt": "total_debt",
    "cash runway": "cash_runway_quarters",
    "runway": "cash_runway_quarters",
    "revenue": "revenue_ttm",
    "sales": "revenue_ttm",
    "revenue growth": "revenue_growth_yoy",
    "sales growth": "revenue_growth_yoy",
    "eps": "eps_ttm",
    "earnings per share": "eps_ttm",
    "earnings growth": "earnings_growth_yoy",
    "net margin": "profit_margin",
    "free cash flow": "free_cash_flow_ttm",
    "fcf": "free_cash_flow_ttm",
    "roe": "return_on_equity",
    "dividend": "dividend_yield",
    "yield": "dividend_yield",
    "float": "float_shares",
    "dilution": "share_count_growth_yoy",
    "share count growth": "share_count_growth_yoy",
    "short interest": "short_percent_of_float",
    "analysts": "analyst_count",
    "average volume": "average_volume_20d",
    "dollar volume": "average_dollar_volume_20d",
    "spread": "spread_estimate_bps",
    "bid-ask spread": "spread_estimate_bps",
    "exit cost": "exit_cost_bps_10000_shares",
    "days to exit": "days_to_exit_10000_shares",
    "volatility": "volatility_1y",
    "beta": "beta_1y",
    "rsi": "rsi_14",
    "atr": "atr_14_pct",
    "20-day moving average": "sma_20",
    "20-day average": "sma_20",
    "50-day moving average": "sma_50",
    "50-day average": "sma_50",
    "200-day moving average": "sma_200",
    "200-day average": "sma_200",
    "52-week high": "high_52w",
    "52-week low": "low_52w",
    "z-score": "altman_z",
    "altman z-score": "altman_z",
    "market value": "market_cap",
    "market capitalization": "market_cap",
    "market capitalisation": "market_cap",
    "cap": "market_cap",
}
"""Spoken name to fact, beside the names and labels of the registry itself."""


def fact_names() -> tuple[str, ...]:
    """Every name of the registry, in its order."""
    from .facts.registry import REGISTRY

    return tuple(REGISTRY)


def read_fact(words: str) -> str:
    """The fact that *words* name: by its own name, its label, or as people say it.

    Raises:
        UnknownName: It is none of the registry; with the nearest names.

    Example:
        >>> read_fact("P/E"), read_fact("debt to equity"), read_fact("RSI_14")
        ('pe_trailing', 'debt_to_equity', 'rsi_14')
    """
    name = find_fact(words)
    if name is None:
        raise UnknownName("fact", words.strip(), fact_names())
    return name


def find_fact(words: str) -> str | None:
    """As `read_fact`; None when it is none of the registry."""
    from .facts.registry import REGISTRY

    plain = re.sub(r"^(?:the|its|their)\s+", "", words.strip().strip("?.!\"'").casefold())
    plain = re.sub(r"\s+", " ", plain)
    key = re.sub(r"[\s\-/]+", "_", plain)
    if key in REGISTRY:
        return key
    if plain in SPOKEN:
        return SPOKEN[plain]
    labels = {fact.label.casefold(): name for name, fact in REGISTRY.items()}
    return labels.get(plain)
