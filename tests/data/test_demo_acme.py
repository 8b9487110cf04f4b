"""ACME Corp is what the product promises of it; every figure by hand from bars and statements."""

from datetime import date

import bidask
import numpy as np
import pytest

from genie_nb.core.fundamentals import Fundamentals, Statement
from genie_nb.core.market import Bars, Interval
from genie_nb.data.demo import open_provider

DEMO = open_provider()


@pytest.fixture(scope="module")
def bars() -> Bars:
    return DEMO.bars(["ACME"], Interval.D1, None, None)["ACME"]


@pytest.fixture(scope="module")
def acme() -> Fundamentals:
    return DEMO.fundamentals("ACME")


def rows(acme: Fundamentals, topic, frequency, name) -> list[float]:
    statement = acme.statement(topic, frequency)
    assert isinstance(statement, Statement)
    return [period.rows[name] for period in statement.periods]


def test_is_a_specialty_machinery_maker_among_the_industrials(acme):
    assert (acme.name, acme.sector, acme.currency) == ("ACME Corp", "Industrials", "USD")
    assert acme.industry == "Specialty machinery"
    assert acme.kind == "equity"


def test_is_worth_850_million(acme, bars):
    shares = rows(acme, "balance", "quarterly", "shares")[-1]
    assert bars.close.iloc[-1] == 21.25
    assert bars.close.iloc[-1] * shares == pytest.approx(850e6, rel=1e-3)
    assert acme.quoted["market_cap"] == pytest.approx(850e6, rel=1e-3)
    assert acme.quoted["shares_outstanding"] == acme.quoted["implied_shares"] == shares


def test_costs_18_times_its_earnings_slightly_above_its_sectors_median(acme, bars):
    eps = rows(acme, "income", "quarterly", "eps_diluted")
    assert eps[-4:] == [0.26, 0.27, 0.30, 0.35]
    assert bars.close.iloc[-1] / sum(eps[-4:]) == pytest.approx(18.0, abs=0.05)
    assert rows(acme, "income", "ttm", "eps_diluted")[-1] == pytest.approx(1.18)
    assert acme.quoted["pe_trailing"] == pytest.approx(18.0, abs=0.05)
    multiples = [peer.values["pe_trailing"] for peer in DEMO.peers("ACME").members]
    known = [multiple for multiple in multiples if multiple is not None]
    assert 9 <= len(known) <= 11
    assert np.median(known) == pytest.approx(16.9, abs=0.05)


def test_owes_two_fifths_of_its_equity(acme):
    debt = rows(acme, "balance", "quarterly", "total_debt")[-1]
    equity = rows(acme, "balance", "quarterly", "equity")[-1]
    assert debt / equity == pytest.approx(0.40, abs=1e-6)
    assert acme.quoted["debt_to_equity"] == pytest.approx(0.40, abs=1e-6)


def test_sales_grew_12_percent_and_in_each_of_four_quarters(acme):
    revenue = rows(acme, "income", "quarterly", "revenue")
    assert revenue[-1] / revenue[-5] - 1 == pytest.approx(0.12, abs=0.001)
    assert all(revenue[-back] > revenue[-back - 4] for back in (1, 2, 3, 4))


def test_peg_is_about_1_4(acme):
    eps = rows(acme, "income", "quarterly", "eps_diluted")
    earned = rows(acme, "income", "quarterly", "net_income")
    for quarters in (eps, earned):
        growth = quarters[-1] / quarters[-5] - 1
        assert growth == pytest.approx(0.129, abs=0.001)
        assert 18.0 / (100 * growth) == pytest.approx(1.4, abs=0.01)


def test_margins_liquidity_and_cash_flow_are_sound(acme):
    revenue = sum(rows(acme, "income", "quarterly", "revenue")[-4:])
    gross = sum(rows(acme, "income", "quarterly", "gross_profit")[-4:])
    current = rows(acme, "balance", "quarterly", "current_assets")[-1]
    owed = rows(acme, "balance", "quarterly", "current_liabilities")[-1]
    free = sum(rows(acme, "cashflow", "quarterly", "free_cash_flow")[-4:])
    assert gross / revenue == pytest.approx(0.38, abs=0.01)
    assert current / owed == pytest.approx(2.1, abs=0.001)
    assert free == pytest.approx(31e6, rel=0.001)


def test_is_far_from_bankruptcy_by_altmans_double_prime_score(acme):
    balance = acme.statement("balance", "quarterly").periods[-1].rows
    assets, liabilities = balance["total_assets"], balance["total_liabilities"]
    ebit = sum(rows(acme, "income", "quarterly", "ebit")[-4:])
    score = (
        6.56 * balance["working_capital"] / assets
        + 3.26 * balance["retained_earnings"] / assets
        + 6.72 * ebit / assets
        + 1.05 * balance["equity"] / liabilities
    )
    assert score > 5.85


def test_insiders_bought_42_000_shares_in_six_months_and_sold_none(acme):
    recent = [trade for trade in acme.insider_trades if trade.day >= date(2025, 7, 12)]
    bought = [trade.shares for trade in recent if trade.kind == "purchase"]
    assert sum(bought) == 42_000
    assert len(bought) == 3
    assert not [trade for trade in recent if trade.kind == "sale"]


def test_has_two_analysts_and_reports_in_23_days(acme):
    assert acme.quoted["analyst_count"] == 2
    assert acme.next_earnings == (date(2026, 2, 4),)
    assert (acme.next_earnings[0] - DEMO.now().date()).days == 23


def test_just_broke_above_its_50_day_average_with_volume(bars):
    average = bars.close.rolling(50).mean()
    above = (bars.close > average).tolist()
    assert above[-1]
    assert not any(above[-5:-1])
    assert bars.close.iloc[-1] / bars.close.iloc[-2] - 1 == pytest.approx(0.031, abs=0.0005)
    relative = bars.volume.iloc[-1] / bars.volume.iloc[-21:-1].mean()
    assert relative == pytest.approx(2.05, abs=0.01)


def test_trades_thinly_at_a_wide_spread(bars):
    shares = bars.volume.iloc[-20:].mean()
    assert shares == pytest.approx(90_000, rel=0.001)
    assert (bars.close * bars.volume).iloc[-20:].mean() == pytest.approx(1.9e6, rel=0.1)
    last = bars.frame.iloc[-63:]
    spread = bidask.edge(last["open"], last["high"], last["low"], last["close"], sign=True)
    assert 0.0060 < spread < 0.0120


def test_is_as_volatile_as_small_caps_are(bars):
    returns = bars.close.pct_change().iloc[-252:]
    assert 0.40 < returns.std(ddof=1) * np.sqrt(252) < 0.45
