"""Insiders: open-market trades of six months, apart from everything else."""

from datetime import date

import pandas as pd
import pytest

from genie_nb.core.facts.insiders import insider_summary
from genie_nb.core.facts.registry import compute_facts
from genie_nb.core.findings.insiders import told
from genie_nb.core.fundamentals import InsiderTrade

TODAY = date(2026, 1, 12)


def trade(kind: str, shares: float, day: date = date(2025, 11, 3), name: str = "A") -> InsiderTrade:
    return InsiderTrade(day=day, name=name, position="CEO", kind=kind, shares=shares)  # type: ignore[arg-type]


def test_purchases_and_sales_are_counted_and_awards_are_not(subject, company):
    trades = (
        trade("purchase", 30_000),
        trade("purchase", 12_000, name="B"),
        trade("sale", 2_000),
        trade("award", 900_000),
        trade("exercise", 50_000),
        trade("tax", 20_000),
        trade("gift", 10_000),
    )
    facts = compute_facts(subject(fundamentals=company(insider_trades=trades)))
    assert facts["insider_net_shares_6m"].value == 40_000
    assert facts["insider_buys_6m"].value == 2
    assert facts["insider_net_shares_6m"].verdict == "net buying"


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2025, 7, 11), False),
        (date(2025, 7, 12), True),
        (date(2026, 1, 12), True),
        (date(2026, 1, 13), False),
    ],
)
def test_six_months_back_and_not_a_day_ahead(day, counted):
    assert insider_summary((trade("purchase", 1, day),), TODAY).purchases == counted


def test_no_trades_are_nothing_and_no_report_is_unknown(subject, company):
    none = compute_facts(subject(fundamentals=company(insider_trades=())))
    silent = compute_facts(subject(fundamentals=company(insider_trades=None)))
    assert none["insider_net_shares_6m"].value == 0
    assert silent["insider_net_shares_6m"].value is None
    assert silent["insider_net_shares_6m"].reason == "test does not tell insider trades"


@pytest.mark.parametrize(
    ("trades", "text"),
    [
        (
            (trade("purchase", 42_000),),
            "Insiders bought 42,000 shares on the open market in 1 purchase within six months and sold none.",
        ),
        (
            (trade("sale", 5_000), trade("award", 9_000)),
            (
                "Insiders sold 5,000 shares on the open market in 1 sale within six months and bought none: "
                "not always bad, but worth a look (1 award, exercise, gift or the like not counted)."
            ),
        ),
        ((), "Insiders neither bought nor sold on the open market within six months."),
    ],
)
def test_buying_is_good_and_selling_is_worth_a_look(trades, text):
    assert told(insider_summary(trades, TODAY)) == text


@pytest.mark.recorded
@pytest.mark.parametrize("ticker", ["COST", "NVDA", "TSLA"])
def test_recorded_filings_sum_to_what_pandas_sums(recorded, ticker):
    table = pd.read_csv(recorded / "fundamentals" / "form4_parsed_heliar" / f"{ticker}.csv")
    table["transaction_date"] = pd.to_datetime(table["transaction_date"])
    kinds = {"P": "purchase", "S": "sale", "A": "award", "M": "exercise", "F": "tax", "G": "gift"}
    trades = [
        trade(
            kinds.get(row.code, "other"), row.shares, row.transaction_date.date(), row.insider_name
        )
        for row in table.itertuples()
    ]
    last = table["transaction_date"].max()
    found = insider_summary(trades, last.date())
    recent = table[table["transaction_date"] >= last - pd.DateOffset(months=6)]
    by_code = recent.groupby("code")["shares"].sum()
    assert found.bought == pytest.approx(by_code.get("P", 0.0))
    assert found.sold == pytest.approx(by_code.get("S", 0.0))
    assert found.purchases + found.sales + found.others == len(recent)
