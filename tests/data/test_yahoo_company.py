"""What Yahoo says of a company, in the registry's units and never mixed."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from genie_nb.core.errors import NoData, NotFound
from genie_nb.core.fundamentals import ROWS, Fundamentals
from genie_nb.data.yahoo.company import read_company
from genie_nb.data.yahoo.events import read_events
from genie_nb.data.yahoo.insiders import kind_of_trade, read_insider_trades
from genie_nb.data.yahoo.provider import Yahoo
from genie_nb.data.yahoo.statements import read_statements

recorded = pytest.mark.recorded
COMPANIES = ("AAPL", "AMZN", "ABBV", "BABA", "SPOT", "BFLY", "EPAC")
RECORDED_ON = datetime(2025, 2, 24, 9, tzinfo=UTC)


def _reason(company: Fundamentals, what: str) -> str:
    return next(missing.reason for missing in company.missing if missing.what == what)


def _summary(**modules: dict[str, Any]) -> dict[str, Any]:
    kind = {"quoteType": "EQUITY", "currency": "USD", "regularMarketPrice": 10.0}
    return {"price": kind | modules.pop("price", {}), **modules}


@recorded
@pytest.mark.parametrize("ticker", COMPANIES)
def test_every_recorded_company_is_read(yahoo, ticker):
    company = yahoo.fundamentals(ticker)

    assert company.kind == "equity"
    assert company.name != ticker
    assert company.sector
    assert company.currency == "USD"
    assert company.quoted["market_cap"] > 0
    assert company.point_in_time is False
    for statement in company.statements:
        ends = [period.end for period in statement.periods]
        assert ends == sorted(ends)
        assert all(set(period.rows) <= set(ROWS[statement.topic]) for period in statement.periods)
    assert not any(missing.failed for missing in company.missing)


@recorded
@pytest.mark.parametrize(
    ("ticker", "ratio"), [("AAPL", 1.45), ("EPAC", 0.48565), ("ABBV", 20.28835), ("BABA", 0.24142)]
)
def test_debt_to_equity_is_a_ratio_although_yahoo_gives_percent(yahoo, ticker, ratio):
    assert yahoo.fundamentals(ticker).quoted["debt_to_equity"] == pytest.approx(ratio)


@recorded
def test_yields_margins_and_growth_are_fractions(yahoo):
    quoted = yahoo.fundamentals("ABBV").quoted

    assert quoted["dividend_yield"] == pytest.approx(6.56 / 202.08)
    assert quoted["gross_margin"] == pytest.approx(0.70311)
    assert quoted["revenue_growth_yoy"] == pytest.approx(0.056)
    assert quoted["short_percent_of_float"] == pytest.approx(0.0107)


@recorded
def test_a_loss_maker_has_no_pe_and_says_why(yahoo):
    company = yahoo.fundamentals("BFLY")

    assert company.quoted["eps_ttm"] == -0.47
    assert "pe_trailing" not in company.quoted
    assert "pe_forward" not in company.quoted, "Yahoo's is negative"
    assert "loss" in _reason(company, "pe_trailing")


@recorded
@pytest.mark.parametrize(("ticker", "code"), [("BABA", "CNY"), ("SPOT", "EUR")])
def test_price_and_statements_keep_their_own_currencies(yahoo, ticker, code):
    company = yahoo.fundamentals(ticker)

    assert (company.currency, company.financial_currency) == ("USD", code)
    assert {statement.currency for statement in company.statements} == {code}
    for multiple in ("price_to_sales", "price_to_book", "ev_to_ebitda"):
        assert multiple not in company.quoted
        assert code in _reason(company, multiple)


@recorded
def test_ordinary_shares_are_kept_apart_from_adrs(yahoo):
    company = yahoo.fundamentals("BABA")

    balance = company.statement("balance", "quarterly")
    assert balance is not None
    assert company.quoted["shares_outstanding"] == 2_375_950_080
    assert company.quoted["implied_shares"] == 2_542_589_952
    assert balance.periods[-1].rows["shares"] == 20_000_000_000
    assert "float_shares" not in company.quoted, "Yahoo's counts ordinary shares"


@recorded
def test_statement_rows_hold_what_was_reported(yahoo):
    company = yahoo.fundamentals("AAPL")

    income = company.statement("income", "annual")
    assert income is not None
    newest = income.periods[-1]
    assert newest.end == date(2024, 9, 30)
    assert newest.rows["revenue"] == 391_035_000_000
    assert newest.rows["net_income"] == 93_736_000_000
    assert company.most_recent_quarter == date(2024, 12, 28)


@recorded
def test_insider_trades_are_told_by_their_sentence(yahoo):
    trades = yahoo.fundamentals("AAPL").insider_trades

    kinds = [trade.kind for trade in trades]
    assert (kinds.count("sale"), kinds.count("gift"), kinds.count("other")) == (37, 8, 40)
    assert trades[0].day == date(2025, 2, 3)
    assert (trades[0].name, trades[0].shares) == ("LEVINSON ARTHUR D", 1516)
    assert trades[0].value == 343_147
    assert trades[1].value is None
    assert list(trades) == sorted(trades, key=lambda trade: trade.day, reverse=True)


@recorded
def test_open_market_purchases_are_found(yahoo):
    trades = yahoo.fundamentals("BFLY").insider_trades

    assert sum(trade.shares for trade in trades if trade.kind == "purchase") == 2_035_643


@recorded
@pytest.mark.parametrize("ticker", ["BABA", "SPOT"])
def test_a_foreign_company_has_unknown_insiders_rather_than_none(yahoo, ticker):
    company = yahoo.fundamentals(ticker)

    assert company.insider_trades is None
    assert "foreign" in _reason(company, "insider_trades")


@recorded
def test_past_earnings_carry_their_surprise_as_a_fraction(yahoo):
    newest = yahoo.fundamentals("AAPL").earnings[0]

    assert (newest.day, newest.estimate, newest.actual) == (date(2024, 12, 31), 2.34102, 2.4)
    assert newest.surprise == pytest.approx((2.4 - 2.34102) / 2.34102)


@recorded
def test_the_next_earnings_are_a_range_while_estimated(open_yahoo: Callable[..., Yahoo]):
    yahoo = open_yahoo(clock=lambda: RECORDED_ON)

    assert yahoo.fundamentals("AAPL").next_earnings == (date(2025, 4, 30), date(2025, 5, 5))


@recorded
def test_earnings_dates_that_have_passed_are_not_the_next_ones(yahoo):
    company = yahoo.fundamentals("AAPL")

    assert company.next_earnings == ()
    assert "no coming date" in _reason(company, "next_earnings")


@pytest.fixture(params=["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def _reader_is_in(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("_reader_is_in")
def test_earnings_dates_are_those_of_the_exchange_wherever_the_reader_is():
    late_in_new_york = datetime(2025, 5, 2, 1, 30, tzinfo=UTC).timestamp()
    summary = {
        "quoteType": {"timeZoneFullName": "America/New_York"},
        "calendarEvents": {"earnings": {"earningsDate": [late_in_new_york]}},
    }

    assert read_events(summary, RECORDED_ON).next_earnings == (date(2025, 5, 1),)


@recorded
def test_a_fund_says_what_does_not_apply(yahoo):
    fund = yahoo.fundamentals("QQQ")

    assert (fund.kind, fund.name) == ("etf", "Invesco QQQ Trust")
    assert dict(fund.quoted) == {"last_price": 526.12}
    assert fund.statements == ()
    assert fund.insider_trades is None
    assert not any(missing.failed for missing in fund.missing)
    assert "exchange-traded fund" in _reason(fund, "fundamentals")


@recorded
@pytest.mark.parametrize(
    ("ticker", "kind"), [("EURUSD=X", "currency"), ("BTC-USD", "crypto"), ("0P000071W8.TO", "fund")]
)
def test_other_instruments_are_named_for_what_they_are(yahoo, ticker, kind):
    assert yahoo.fundamentals(ticker).kind == kind


@recorded
def test_a_currency_is_asked_for_nothing_but_who_it_is(yahoo, replay):
    yahoo.fundamentals("EURUSD=X")

    assert sum("EURUSD" in url for url in replay.log()) == 1


@recorded
@pytest.mark.parametrize("ticker", ["CRSR", "DOCN", "NOSUCH"])
def test_a_ticker_without_any_fundamentals_is_not_found(yahoo, ticker):
    with pytest.raises(NotFound, match=ticker):
        yahoo.fundamentals(ticker)


@recorded
def test_the_past_gets_identity_and_no_figure(yahoo):
    company = yahoo.fundamentals("AAPL", datetime(2024, 6, 1, tzinfo=UTC))

    assert (company.name, company.sector) == ("Apple Inc.", "Technology")
    assert company.as_of == datetime(2024, 6, 1, tzinfo=UTC)
    assert company.quoted == {}
    assert company.statements == ()
    assert company.insider_trades is None
    assert company.earnings is None
    assert company.next_earnings == ()
    assert company.most_recent_quarter is None
    assert all(not missing.failed for missing in company.missing)
    assert "2024-06-01" in _reason(company, "quoted_figures")


@recorded
def test_the_past_has_no_peers(yahoo):
    with pytest.raises(NoData, match="2024-06-01"):
        yahoo.peers("AAPL", datetime(2024, 6, 1, tzinfo=UTC))


def test_macro_series_are_not_its_business(tmp_path):
    with pytest.raises(NoData, match="no macro-economic series such as DGS10"):
        Yahoo(cache_dir=tmp_path).macro("DGS10")


def test_a_gross_margin_of_zero_is_a_bank_without_one():
    summary = _summary(financialData={"grossMargins": 0.0, "profitMargins": 0.3})

    assert "gross_margin" not in read_company(summary, "BANK").quoted
    assert read_company(summary, "BANK").quoted["profit_margin"] == 0.3


def test_no_analysts_named_is_unknown_and_zero_is_zero():
    assert "analyst_count" not in read_company(_summary(), "X").quoted
    none = _summary(financialData={"numberOfAnalystOpinions": 0})
    assert read_company(none, "X").quoted["analyst_count"] == 0


@pytest.mark.parametrize("value", ["Infinity", None, {}, float("nan"), float("inf"), True])
def test_what_is_no_number_is_absent(value):
    summary = _summary(summaryDetail={"trailingPE": value})

    assert "pe_trailing" not in read_company(summary, "X").quoted


def test_a_percentage_given_as_yield_is_not_taken_for_a_fraction():
    assert (
        "dividend_yield"
        not in read_company(_summary(summaryDetail={"dividendYield": 3.4}), "X").quoted
    )


def test_no_dividend_paid_is_a_yield_of_zero_and_not_said_is_unknown():
    paid_none = _summary(summaryDetail={"trailingAnnualDividendRate": 0})

    assert read_company(paid_none, "X").quoted["dividend_yield"] == 0
    assert "dividend_yield" not in read_company(_summary(), "X").quoted


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Sale at price 226.35 per share.", "sale"),
        ("Purchase at price 0.98 - 1.07 per share.", "purchase"),
        ("Bought at price 3.89 per share.", "purchase"),
        ("Stock Award(Grant) at price 0.00 per share.", "award"),
        ("Stock Gift at price 0.00 per share.", "gift"),
        ("Conversion of Exercise of derivative security at price 2.10 per share.", "exercise"),
        ("", "other"),
        ("Something new", "other"),
    ],
)
def test_the_sentence_tells_the_kind_of_trade(sentence, kind):
    assert kind_of_trade(sentence) == kind


def test_an_empty_list_of_trades_is_none_and_no_list_is_unknown():
    assert read_insider_trades({"transactions": []}) == ()
    assert read_insider_trades(None) is None


def test_a_period_in_another_currency_is_left_out():
    def point(end: str, value: float, code: str) -> dict[str, Any]:
        return {"asOfDate": end, "currencyCode": code, "reportedValue": {"raw": value}}

    series = [point("2023-12-31", 900.0, "CNY"), point("2024-12-31", 100.0, "USD")]
    document = {"timeseries": {"result": [{"meta": {}, "annualTotalRevenue": series}]}}

    (income,) = read_statements(document, ("annual",))

    assert income.currency == "USD"
    assert [period.end for period in income.periods] == [date(2024, 12, 31)]


def test_a_row_that_was_not_reported_is_absent_rather_than_zero():
    series = [
        {"asOfDate": "2024-12-31", "currencyCode": "USD", "reportedValue": {"raw": 1.0}},
        None,
    ]
    document = {"timeseries": {"result": [{"annualTotalRevenue": series}, {"annualTotalDebt": []}]}}

    (income,) = read_statements(document, ("annual",))

    assert dict(income.periods[0].rows) == {"revenue": 1.0}
