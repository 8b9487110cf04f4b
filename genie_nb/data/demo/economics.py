"""What is usual in each sector: margins, returns, debt and what is spent on what."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Economics:
    """The usual books of a sector, in fractions unless said.

    Attributes:
        gross: Gross margin.
        net: Net margin.
        roe: Net income over equity.
        debt: Total debt over equity.
        liquidity: Current assets over current liabilities, a ratio.
        capex: Capital expenditure over revenue.
        depreciation: Depreciation and amortisation over revenue.
        research: Research and development over revenue; 0 where none is reported.
        payout: Yearly dividends over the price, for those that pay.
        season: How far the strongest quarter stands above the mean one.
    """

    gross: float
    net: float
    roe: float
    debt: float
    liquidity: float
    capex: float
    depreciation: float
    research: float
    payout: float
    season: float


SECTORS: Mapping[str, Economics] = {
    "Communication Services": Economics(
        gross=0.52, net=0.13, roe=0.15, debt=0.80, liquidity=1.3,
        capex=0.10, depreciation=0.09, research=0.05, payout=0.015, season=0.06,
    ),
    "Consumer Discretionary": Economics(
        gross=0.36, net=0.07, roe=0.17, debt=0.65, liquidity=1.5,
        capex=0.04, depreciation=0.035, research=0.0, payout=0.012, season=0.14,
    ),
    "Consumer Staples": Economics(
        gross=0.34, net=0.075, roe=0.18, debt=0.60, liquidity=1.3,
        capex=0.035, depreciation=0.03, research=0.01, payout=0.024, season=0.04,
    ),
    "Energy": Economics(
        gross=0.38, net=0.11, roe=0.15, debt=0.45, liquidity=1.4,
        capex=0.12, depreciation=0.10, research=0.0, payout=0.032, season=0.05,
    ),
    "Financials": Economics(
        gross=0.62, net=0.20, roe=0.12, debt=0.85, liquidity=1.2,
        capex=0.02, depreciation=0.025, research=0.0, payout=0.026, season=0.03,
    ),
    "Health Care": Economics(
        gross=0.57, net=0.12, roe=0.15, debt=0.50, liquidity=2.0,
        capex=0.04, depreciation=0.05, research=0.11, payout=0.014, season=0.03,
    ),
    "Industrials": Economics(
        gross=0.33, net=0.09, roe=0.15, debt=0.55, liquidity=1.8,
        capex=0.04, depreciation=0.035, research=0.025, payout=0.016, season=0.06,
    ),
    "Information Technology": Economics(
        gross=0.58, net=0.15, roe=0.19, debt=0.35, liquidity=2.3,
        capex=0.05, depreciation=0.05, research=0.15, payout=0.008, season=0.07,
    ),
    "Materials": Economics(
        gross=0.30, net=0.09, roe=0.12, debt=0.50, liquidity=1.9,
        capex=0.08, depreciation=0.06, research=0.01, payout=0.020, season=0.09,
    ),
    "Real Estate": Economics(
        gross=0.60, net=0.18, roe=0.075, debt=0.95, liquidity=1.2,
        capex=0.12, depreciation=0.20, research=0.0, payout=0.040, season=0.03,
    ),
    "Utilities": Economics(
        gross=0.45, net=0.13, roe=0.10, debt=1.25, liquidity=0.95,
        capex=0.20, depreciation=0.12, research=0.0, payout=0.034, season=0.10,
    ),
}  # fmt: skip
"""By sector name."""
