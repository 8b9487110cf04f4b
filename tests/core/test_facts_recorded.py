"""Facts of real statements, as yfinance wrote them, against pandas on the same files."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from genie_nb.core.facts.registry import compute_facts
from genie_nb.core.facts.subject import Subject
from genie_nb.core.fundamentals import Fundamentals, Period, Statement

ROWS = {
    "income": {
        "revenue": "Total Revenue",
        "gross_profit": "Gross Profit",
        "eps_diluted": "Diluted EPS",
        "net_income": "Net Income",
        "ebit": "EBIT",
    },
    "balance": {
        "total_debt": "Total Debt",
        "equity": "Stockholders Equity",
        "total_assets": "Total Assets",
        "total_liabilities": "Total Liabilities Net Minority Interest",
        "retained_earnings": "Retained Earnings",
        "working_capital": "Working Capital",
    },
    "cashflow": {"free_cash_flow": "Free Cash Flow"},
}
TICKERS = (
    "AAPL",
    "AMD",
    "AVGO",
    "COST",
    "GOOG",
    "ISRG",
    "KO",
    "MCD",
    "MSFT",
    "NVDA",
    "PG",
    "TSLA",
    "UNH",
)

pytestmark = pytest.mark.recorded


def table(recorded, ticker: str, topic: str) -> pd.DataFrame:
    folder = recorded / "fundamentals" / "yfinance_statements_heliar" / ticker
    return pd.read_csv(folder / f"{topic}_quarterly.csv", index_col="date", parse_dates=True)


def recorded_facts(recorded, ticker: str):
    statements = []
    for topic, rows in ROWS.items():
        frame = table(recorded, ticker, topic)
        statements.append(
            Statement(
                topic=topic,  # type: ignore[arg-type]
                frequency="quarterly",
                currency="USD",
                periods=tuple(
                    Period(
                        end=end.date(),
                        rows={
                            name: float(values[column])
                            for name, column in rows.items()
                            if column in frame and pd.notna(values[column])
                        },
                    )
                    for end, values in frame.iterrows()
                ),
            )
        )
    company = Fundamentals(
        ticker=ticker,
        name=ticker,
        source="yahoo",
        as_of=datetime(2026, 8, 20, tzinfo=UTC),
        currency="USD",
        financial_currency="USD",
        statements=tuple(statements),
    )
    return compute_facts(Subject(as_of=company.as_of, fundamentals=company))


@pytest.mark.parametrize("ticker", [ticker for ticker in TICKERS if ticker != "ISRG"])
def test_debt_to_equity_of_a_real_balance_sheet(recorded, ticker):
    frame = table(recorded, ticker, "balance")[["Total Debt", "Stockholders Equity"]].dropna()
    debt, equity = frame.iloc[-1]
    value = recorded_facts(recorded, ticker)["debt_to_equity"].value
    assert value == pytest.approx(debt / equity) if equity > 0 else value is None


def test_a_balance_sheet_that_names_no_debt_is_not_called_free_of_it(recorded):
    fact = recorded_facts(recorded, "ISRG")["debt_to_equity"]
    assert (fact.value, fact.reason) == (None, "debt is not reported")


@pytest.mark.parametrize("ticker", TICKERS)
def test_twelve_months_of_real_revenue(recorded, ticker):
    revenue = table(recorded, ticker, "income")["Total Revenue"].dropna()
    fact = recorded_facts(recorded, ticker)["revenue_ttm"]
    assert fact.value == pytest.approx(revenue.iloc[-4:].sum())
    assert fact.inputs[0].name.startswith("revenue (four quarters to ")


@pytest.mark.parametrize("ticker", TICKERS)
def test_growth_of_real_revenue_over_the_same_quarter(recorded, ticker):
    revenue = table(recorded, ticker, "income")["Total Revenue"].dropna()
    before = revenue[abs((revenue.index[-1] - revenue.index).days - 365) <= 15]
    value = recorded_facts(recorded, ticker)["revenue_growth_yoy"].value
    expected = None if before.empty else pytest.approx(revenue.iloc[-1] / before.iloc[0] - 1)
    assert value == expected


def test_apple_owes_a_part_of_its_equity_and_never_a_hundred_times_that(recorded):
    value = recorded_facts(recorded, "AAPL")["debt_to_equity"].value
    assert value is not None
    assert 0.3 < value < 3
