"""The demo market behind the provider contract."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from genie_nb.core.errors import BadConfig, NoData, NotFound
from genie_nb.core.fundamentals import ROWS
from genie_nb.core.market import Interval
from genie_nb.core.provider import Provider
from genie_nb.data.demo import open_provider
from genie_nb.data.demo.company import companies

DEMO = open_provider()

FINGERPRINT = """
import hashlib, json
from genie_nb.core.market import Interval
from genie_nb.data.demo import open_provider

demo = open_provider()
found = {}
for ticker in ("ACME", "BRMR", "HLTS", "SCIX"):
    for interval in (Interval.D1, Interval.M5):
        frame = demo.bars([ticker], interval, None, None)[ticker].frame
        found[f"{ticker} {interval}"] = hashlib.sha256(frame.to_numpy().tobytes()).hexdigest()
for ticker in ("ACME", "LUMR", "SCIX"):
    found[ticker] = hashlib.sha256(repr(demo.fundamentals(ticker)).encode()).hexdigest()
found["peers"] = hashlib.sha256(repr(demo.peers("ACME")).encode()).hexdigest()
found["macro"] = demo.macro("DGS10").tolist()[-5:]
print(json.dumps(found))
"""


def test_two_processes_make_the_same_market():
    def fingerprint(seed: str) -> dict[str, object]:
        run = subprocess.run(
            [sys.executable, "-c", FINGERPRINT],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONHASHSEED": seed},
        )
        return json.loads(run.stdout)

    assert fingerprint("1") == fingerprint("2")


def test_asking_for_one_company_makes_one_tape():
    script = """
from genie_nb.core.market import Interval
from genie_nb.data.demo import open_provider, tape
demo = open_provider()
demo.bars(["ACME"], Interval.D1, None, None); demo.fundamentals("ACME"); demo.peers("ACME")
print(tape.tape.cache_info().currsize)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "1"


def test_it_is_a_provider_that_stands_at_one_evening():
    assert isinstance(DEMO, Provider)
    assert DEMO.name == "demo"
    assert DEMO.now() == datetime(2026, 1, 12, 21, 30, tzinfo=UTC)


def test_its_capabilities_are_true():
    can = DEMO.capabilities
    assert can.fundamentals
    assert can.point_in_time
    assert can.peers
    assert can.macro
    for interval in can.intervals:
        assert len(DEMO.bars(["ACME"], interval, None, None)["ACME"]) > 0
    for index in (can.small_cap_index, can.large_cap_index):
        assert DEMO.fundamentals(index).kind == "index"
        assert len(DEMO.bars([index], Interval.D1, None, None)[index]) == 2515


def test_it_takes_no_address():
    with pytest.raises(BadConfig, match="elsewhere"):
        open_provider("elsewhere")


@pytest.mark.parametrize("ticker", sorted(companies()))
def test_statements_are_whole_and_add_up(ticker):
    found = DEMO.fundamentals(ticker)
    for topic, frequency, least in (
        ("income", "quarterly", 12), ("balance", "quarterly", 12), ("cashflow", "quarterly", 12),
        ("income", "annual", 4), ("balance", "annual", 4), ("cashflow", "annual", 4),
        ("income", "ttm", 1), ("cashflow", "ttm", 1),
    ):  # fmt: skip
        periods = found.statement(topic, frequency).periods
        assert len(periods) >= least
        assert set().union(*(period.rows for period in periods)) <= set(ROWS[topic])
        ends = [period.end for period in periods]
        assert ends == sorted(ends)
    quarters = found.statement("income", "quarterly").periods[-4:]
    year = found.statement("income", "ttm").periods[-1].rows
    for name in set(year) - {"diluted_shares"}:
        assert year[name] == pytest.approx(sum(quarter.rows[name] for quarter in quarters))
    for period in found.statement("balance", "quarterly").periods:
        rows = period.rows
        assert rows["total_assets"] == rows["total_liabilities"] + rows["equity"]
        assert 0 < rows["cash"] <= rows["total_assets"]
        if "current_assets" in rows:
            assert rows["working_capital"] == rows["current_assets"] - rows["current_liabilities"]
            assert rows["cash"] <= rows["current_assets"] <= rows["total_assets"]
            assert rows["current_liabilities"] <= rows["total_liabilities"]
    for period in found.statement("income", "quarterly").periods:
        if "gross_profit" in period.rows:
            assert period.rows["operating_income"] < period.rows["gross_profit"]
            assert period.rows["gross_profit"] < period.rows["revenue"]


@pytest.mark.parametrize("ticker", sorted(companies()))
def test_quoted_figures_agree_with_the_statements(ticker):
    found, company = DEMO.fundamentals(ticker), companies()[ticker]
    quoted, rate = found.quoted, 1.08 if found.financial_currency == "EUR" else 1.0
    balance = found.statement("balance", "quarterly").periods[-1].rows
    assert quoted["market_cap"] == pytest.approx(quoted["last_price"] * balance["shares"])
    assert quoted["market_cap"] == pytest.approx(company.market_cap, rel=1e-3)
    eps = found.statement("income", "ttm").periods[-1].rows["eps_diluted"]
    if company.profitable:
        assert quoted["pe_trailing"] == pytest.approx(quoted["last_price"] / rate / eps)
        assert quoted["pe_trailing"] == pytest.approx(company.pe, rel=0.05)
    else:
        assert eps < 0
        assert "pe_trailing" not in quoted
    if "debt_to_equity" in quoted:
        assert quoted["debt_to_equity"] == pytest.approx(balance["total_debt"] / balance["equity"])
    assert 0 < quoted["float_shares"] <= quoted["shares_outstanding"]
    assert 0 <= quoted["short_percent_of_float"] < 0.5


@pytest.mark.parametrize("ticker", sorted(companies()))
def test_revenue_grew_as_the_roster_says(ticker):
    company = companies()[ticker]
    periods = DEMO.fundamentals(ticker).statement("income", "quarterly").periods
    if "revenue" in periods[-1].rows:
        growth = periods[-1].rows["revenue"] / periods[-5].rows["revenue"] - 1
        assert growth == pytest.approx(company.growth, abs=0.001)


def test_earnings_surprises_are_the_actual_over_the_estimate():
    for past in DEMO.fundamentals("OMVL").earnings:
        expected = (past.actual - past.estimate) / abs(past.estimate)
        assert past.surprise == pytest.approx(expected)


def test_insiders_do_all_that_insiders_do():
    kinds = {
        trade.kind for ticker in companies() for trade in DEMO.fundamentals(ticker).insider_trades
    }
    assert kinds == {"purchase", "sale", "award", "exercise", "gift", "tax"}
    days = [trade.day for trade in DEMO.fundamentals("OMVL").insider_trades]
    assert days == sorted(days, reverse=True)


def test_peers_are_the_rest_of_the_sector():
    group = DEMO.peers("ACME")
    names = {one.ticker for one in companies().values() if one.sector == "Industrials"}
    assert {peer.ticker for peer in group.members} == names - {"ACME"}
    assert group.basis == "sector Industrials"
    assert set(group.members[0].values) == {
        "pe_trailing", "price_to_sales", "price_to_book", "ev_to_ebitda", "debt_to_equity", "profit_margin",
        "revenue_growth_yoy", "gross_margin", "market_cap",
    }  # fmt: skip


def test_an_index_has_no_peers_and_no_statements():
    assert DEMO.fundamentals("LCIX").statements == ()
    with pytest.raises(NoData, match="index"):
        DEMO.peers("LCIX")


@pytest.mark.parametrize("ask", [DEMO.fundamentals, DEMO.peers])
def test_an_unknown_company_is_not_found_and_the_way_out_is_said(ask):
    with pytest.raises(NotFound, match="not in the fictional demo market"):
        ask("NOPE")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("ACME", "ACME"),
        ("acme", "ACME"),
        ("ACMEE", "ACME"),
        ("acme corp", "ACME"),
        ("Acme Corporation", "ACME"),
        ("brightmor robotics", "BRMR"),
        ("granite ferry", "GFBK"),
        ("Harbor Foods", "HRBF"),
        ("small-cap index", "SCIX"),
    ],
)
def test_search_finds_what_was_meant(words, first):
    assert DEMO.search(words)[0].ticker == first


@pytest.mark.parametrize("words", ["", "   ", "zzzz", "🚀🚀", "unobtainium"])
def test_search_invents_no_likeness(words):
    assert not DEMO.search(words)


def test_macro_series_end_before_the_markets_present():
    for name in ("DGS10", "DGS2", "T10Y2Y", "FEDFUNDS", "GDP", "CPIAUCSL", "UNRATE"):
        series = DEMO.macro(name)
        assert series.name == name
        assert series.index.is_monotonic_increasing
        assert series.index[-1] <= DEMO.now()
        assert series.notna().all()
        assert series.attrs["fictional"]


def test_an_unknown_macro_series_names_the_known_ones():
    with pytest.raises(NotFound, match="FEDFUNDS"):
        DEMO.macro("NOPE")
