"""Yahoo's names of the statement rows that facts read."""

from collections.abc import Mapping

from ...core.fundamentals import Frequency, Topic

KEYS: Mapping[Topic, Mapping[str, tuple[str, ...]]] = {
    "income": {
        "revenue": ("TotalRevenue",),
        "gross_profit": ("GrossProfit",),
        "operating_income": ("OperatingIncome",),
        "ebit": ("EBIT",),
        "ebitda": ("EBITDA",),
        "net_income": ("NetIncome",),
        "net_income_common": ("NetIncomeCommonStockholders",),
        "eps_diluted": ("DilutedEPS",),
        "diluted_shares": ("DilutedAverageShares",),
        "interest_expense": ("InterestExpense",),
        "research": ("ResearchAndDevelopment",),
    },
    "balance": {
        "total_assets": ("TotalAssets",),
        "total_liabilities": ("TotalLiabilitiesNetMinorityInterest",),
        "current_assets": ("CurrentAssets",),
        "current_liabilities": ("CurrentLiabilities",),
        "cash": ("CashCashEquivalentsAndShortTermInvestments", "CashAndCashEquivalents"),
        "total_debt": ("TotalDebt",),
        "equity": ("StockholdersEquity", "CommonStockEquity"),
        "retained_earnings": ("RetainedEarnings",),
        "working_capital": ("WorkingCapital",),
        "shares": ("OrdinarySharesNumber",),
    },
    "cashflow": {
        "operating_cash_flow": ("OperatingCashFlow",),
        "free_cash_flow": ("FreeCashFlow",),
        "capital_expenditure": ("CapitalExpenditure",),
        "stock_compensation": ("StockBasedCompensation",),
        "buybacks": ("RepurchaseOfCapitalStock",),
        "dividends_paid": ("CashDividendsPaid",),
    },
}
"""For each row the keys that may hold it, the best first. A company without short-term investments
may report its cash under the second name only."""

PREFIXES: Mapping[Frequency, str] = {
    "quarterly": "quarterly",
    "annual": "annual",
    "ttm": "trailing",
}
COUNTED = frozenset({"diluted_shares", "shares"})
"""Rows in shares rather than money, which carry no currency of their own."""


def series_names(frequency: Frequency) -> list[str]:
    """What to ask for to have every row of that frequency; balances have no twelve-month sum."""
    return [
        PREFIXES[frequency] + key
        for topic, rows in KEYS.items()
        if not (topic == "balance" and frequency == "ttm")
        for keys in rows.values()
        for key in keys
    ]
