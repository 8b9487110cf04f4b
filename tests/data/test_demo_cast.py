"""The cast of the demo market: every part that other tests and the documentation rely on."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.market import Interval
from genie_nb.data.demo import open_provider
from genie_nb.data.demo.company import companies
from genie_nb.data.demo.multiples import multiples, standing

DEMO = open_provider()
BANDS = {"nano": 50e6, "micro": 300e6, "small": 2e9, "mid": 10e9, "large": 200e9, "mega": np.inf}
SECTORS = {
    "Communication Services", "Consumer Discretionary", "Consumer Staples", "Energy", "Financials", "Health Care",
    "Industrials", "Information Technology", "Materials", "Real Estate", "Utilities",
}  # fmt: skip


def daily(ticker: str):
    return DEMO.bars([ticker], Interval.D1, None, None)[ticker]


def newest(ticker: str, topic: str, name: str, frequency: str = "quarterly") -> float:
    return DEMO.fundamentals(ticker).statement(topic, frequency).periods[-1].rows[name]


def test_at_least_96_companies_of_every_band_in_eleven_sectors():
    caps = {ticker: company.market_cap for ticker, company in companies().items()}
    lower = 0.0
    for band, upper in BANDS.items():
        inside = [ticker for ticker, cap in caps.items() if lower <= cap < upper]
        assert len(inside) >= 8, band
        lower = upper
    assert len(caps) >= 96
    assert {company.sector for company in companies().values()} == SECTORS


@pytest.mark.parametrize("sector", sorted(SECTORS))
def test_a_sector_has_eight_peers_with_a_pe_even_beside_its_own_members(sector):
    members = [company for company in companies().values() if company.sector == sector]
    known = [multiples(standing(one, DEMO.now()))["pe_trailing"] for one in members]
    known = [multiple for multiple in known if multiple is not None]
    assert len(known) >= 9
    assert 8 < np.median(known) < 35


def test_about_a_third_of_small_caps_lose_money():
    small = [one for one in companies().values() if 300e6 <= one.market_cap < 2e9]
    assert 0.25 < sum(not one.profitable for one in small) / len(small) < 0.42


def test_a_bank_has_no_current_assets_no_gross_profit_and_no_meaningful_debt_ratio():
    bank = DEMO.fundamentals("GFBK")
    assert "Banks" in bank.industry
    assert "gross_profit" not in bank.statement("income", "ttm").periods[-1].rows
    balance = bank.statement("balance", "quarterly").periods[-1].rows
    assert not {"current_assets", "current_liabilities", "working_capital"} & set(balance)
    assert "debt_to_equity" not in bank.quoted
    group = {peer.ticker: peer.values for peer in DEMO.peers("LDGR").members}
    assert group["GFBK"]["debt_to_equity"] is None
    assert group["GFBK"]["pe_trailing"] == pytest.approx(10.2, abs=0.05)


def test_a_biotech_without_revenue_burns_the_cash_of_a_few_quarters():
    rows = DEMO.fundamentals("LUMR").statement("income", "ttm").periods[-1].rows
    assert "revenue" not in rows
    assert "gross_profit" not in rows
    assert rows["eps_diluted"] < 0
    burn = -newest("LUMR", "cashflow", "free_cash_flow", "ttm") / 4
    assert 3 < newest("LUMR", "balance", "cash") / burn < 7
    assert "pe_trailing" not in DEMO.fundamentals("LUMR").quoted


def test_the_serial_diluter_issues_a_third_more_shares_a_year():
    periods = DEMO.fundamentals("VWHM").statement("balance", "quarterly").periods
    growth = periods[-1].rows["shares"] / periods[-5].rows["shares"] - 1
    assert 0.25 <= growth <= 0.40


def test_a_split_leaves_the_prices_in_todays_shares():
    found = daily("QLLN")
    ex = pd.Timestamp("2025-09-15", tz="UTC")
    assert found.splits.to_dict() == {ex: 2.0}
    around = found.close.loc[:"2025-09-16"].tail(4).pct_change().dropna()
    assert (around.abs() < 0.15).all()
    assert "splits" not in DEMO.fundamentals("QLLN").quoted


def test_dividends_come_every_quarter():
    paid = daily("HRTH").dividends
    assert len(paid) >= 38
    gaps = np.diff(paid.index.to_numpy()).astype("timedelta64[D]").astype(int)
    assert gaps.min() > 80
    assert gaps.max() < 105
    yearly = paid.iloc[-4:].sum()
    assert DEMO.fundamentals("HRTH").quoted["dividend_yield"] == pytest.approx(yearly / 68.45)


def test_the_gapper_opens_15_percent_up_on_earnings_pulls_back_and_rips():
    frame = daily("BRMR").frame
    at = frame.index.get_loc(pd.Timestamp("2025-12-04", tz="UTC"))
    before, day, dip, rip = (frame.iloc[at + step] for step in (-1, 0, 1, 2))
    assert len(frame) - at < 40
    assert day["open"] / before["close"] - 1 == pytest.approx(0.15, abs=0.001)
    assert day["close"] < day["open"]
    assert dip["close"] < day["close"]
    assert rip["close"] / dip["close"] - 1 > 0.08
    assert day["volume"] > 5 * frame["volume"].iloc[at - 20 : at].mean()
    assert DEMO.fundamentals("BRMR").earnings[0].day == date(2025, 12, 4)
    minutes = DEMO.bars(["BRMR"], Interval.M5, datetime(2025, 12, 4, tzinfo=UTC), None)["BRMR"]
    assert minutes.open.iloc[0] == day["open"]


def test_a_company_may_have_no_analysts_at_all():
    found = DEMO.fundamentals("DNGV")
    assert found.quoted["analyst_count"] == 0
    assert "pe_forward" not in found.quoted
    assert {past.estimate for past in found.earnings} == {None}
    assert {past.surprise for past in found.earnings} == {None}


def test_a_recent_listing_has_120_bars_and_the_quarters_it_filed_before():
    found = daily("NWKT")
    listed = datetime(2025, 7, 23, 21, tzinfo=UTC)
    assert len(found) == 120
    quarters = DEMO.fundamentals("NWKT", listed).statement("income", "quarterly").periods
    assert len(quarters) >= 12
    assert {period.filed.date() for period in quarters} == {date(2025, 7, 23)}
    assert len(DEMO.fundamentals("NWKT").earnings) == 2


def test_a_halted_stock_skips_sessions():
    traded, others = daily("HLTS").index, daily("ACME").index
    absent = others.difference(traded)
    assert [f"{day:%Y-%m-%d}" for day in absent] == [
        "2023-05-16", "2023-05-17", "2023-05-18",
        "2025-11-18", "2025-11-19", "2025-11-20", "2025-11-21", "2025-11-24", "2025-11-25",
    ]  # fmt: skip


def test_negative_equity_leaves_debt_to_equity_and_price_to_book_unsaid():
    assert newest("RDLB", "balance", "equity") < 0
    assert "debt_to_equity" not in DEMO.fundamentals("RDLB").quoted
    values = {peer.ticker: peer.values for peer in DEMO.peers("OVLK").members}["RDLB"]
    assert (values["debt_to_equity"], values["price_to_book"], values["pe_trailing"]) == (None,) * 3


def test_a_foreign_company_reports_in_euros_and_its_multiples_mix_no_currencies():
    found = DEMO.fundamentals("RHFA")
    assert (found.currency, found.financial_currency) == ("USD", "EUR")
    assert {statement.currency for statement in found.statements} == {"EUR"}
    eps = found.statement("income", "ttm").periods[-1].rows["eps_diluted"]
    assert found.quoted["pe_trailing"] == pytest.approx(67.60 / 1.08 / eps)


def test_a_name_with_two_matches_gives_both():
    assert {match.ticker for match in DEMO.search("Harbor")} == {"HRBF", "HFBX"}


def test_there_is_a_steady_trender_a_range_and_a_wild_one():
    steady, ranging, wild = (daily(ticker).close.iloc[-252:] for ticker in ("STDW", "PLTU", "ZPHF"))
    assert steady.iloc[-1] / steady.iloc[0] > 1.15
    assert ranging.max() / ranging.min() < 1.6
    assert wild.pct_change().std() * np.sqrt(252) > 0.9


def test_everything_says_that_it_is_fictional():
    assert DEMO.capabilities.fictional
    for ticker in DEMO.tickers:
        assert DEMO.fundamentals(ticker).fictional
    assert "fictional" in DEMO.fundamentals("OMVL").description
