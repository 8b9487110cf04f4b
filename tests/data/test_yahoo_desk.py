"""The desk on real answers: the yfinance client, the cache and the whole report, against the replay server."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from genie_nb.config import Config
from genie_nb.core.errors import DataError, RateLimited, Unavailable, UnknownTicker
from genie_nb.core.verbs import Ask
from genie_nb.desk import Desk
from genie_nb.render.view import view_of

pytestmark = pytest.mark.recorded

COMPANIES = ("AAPL", "AMZN", "ABBV", "BABA", "SPOT", "BFLY", "EPAC")


@pytest.fixture
def desk(yahoo, tmp_path: Path) -> Desk:
    """A desk with an empty cache on disk."""
    return Desk(Config(), tmp_path / "home", provider=yahoo)


def _analyze(desk: Desk, ticker: str, **options: object):
    return desk.answer(Ask(verb="analyze", tickers=(ticker,), options=options))


def _missing(report) -> dict[str, str]:
    return {one.what: one.reason for one in report.missing}


@pytest.mark.parametrize("ticker", [*COMPANIES, "QQQ"])
def test_a_recorded_ticker_is_analysed_and_shown(desk, ticker):
    report = _analyze(desk, ticker)
    view = view_of(report)
    assert report.profile.ticker == ticker
    for form in (view.text, view.markdown, view.html):
        assert re.findall(r"\w+", report.profile.name)[0] in form
    missing = _missing(report)
    for name, fact in report.facts.items():
        assert fact.value is not None or missing[name]


@pytest.mark.parametrize(("ticker", "ratio"), [("AAPL", 1.45), ("EPAC", 0.486)])
def test_debt_to_equity_is_a_ratio_not_a_percentage(desk, ticker, ratio):
    assert _analyze(desk, ticker).facts["debt_to_equity"].value == pytest.approx(ratio, abs=0.01)


def test_an_adr_mixes_no_currencies_and_never_meets_ordinary_shares(desk):
    facts = _analyze(desk, "BABA").facts
    assert facts["market_cap"].unit == "USD"
    assert facts["total_debt"].unit == "CNY"
    assert facts["revenue_ttm"].unit == "CNY"
    for name in ("price_to_sales", "price_to_book", "ev_to_ebitda"):
        assert facts[name].value is None
        assert facts[name].reason
    assert facts["pe_trailing"].value is None or 5 < facts["pe_trailing"].value < 40


@pytest.mark.parametrize("ticker", ["BFLY", "SPOT"])
def test_a_multiple_that_means_nothing_says_why(desk, ticker):
    report = _analyze(desk, ticker)
    fact = report.facts["pe_trailing"]
    if fact.value is None:
        assert fact.reason
    else:
        assert fact.value > 0


def test_a_loss_maker_has_no_pe_and_says_why(desk):
    report = _analyze(desk, "BFLY")
    assert report.facts["pe_trailing"].value is None
    assert any(word in _missing(report)["pe_trailing"] for word in ("loss", "not positive", "lost"))


def test_a_fund_says_what_does_not_apply(desk):
    report = _analyze(desk, "QQQ")
    assert "does not apply to a fund" in _missing(report)["debt_to_equity"]
    assert {check.status for check in report.checks} == {"not_applicable"}


@pytest.mark.parametrize("ticker", ["CRSR", "DOCN"])
def test_prices_without_a_company_give_the_technical_half_and_name_the_other(desk, ticker):
    report = _analyze(desk, ticker)
    assert report.facts["rsi_14"].value is not None
    assert report.facts["sma_200"].value is not None
    assert report.facts["debt_to_equity"].value is None
    assert "fundamentals" in _missing(report)


def test_an_unknown_ticker_is_refused_in_words(desk):
    with pytest.raises(UnknownTicker, match="NOPEX"):
        _analyze(desk, "NOPEX")


def test_a_failing_part_makes_a_partial_report_that_says_so_and_recovers(desk, replay):
    replay.fail("/quoteSummary/", status=500)
    partial = _analyze(desk, "AAPL")
    assert partial.exit == 3
    assert partial.facts["price"].value is not None
    assert any(one.failed for one in partial.missing)
    replay.recover()
    assert _analyze(desk, "AAPL").facts["market_cap"].value is not None


@pytest.mark.parametrize(
    ("fault", "kind"),
    [({"status": 429, "body": "Too Many Requests"}, RateLimited), ({"drop": True}, Unavailable)],
    ids=["429", "dropped"],
)
def test_a_dead_source_is_a_typed_error_and_the_next_call_works(desk, replay, fault, kind):
    replay.fail(".", **fault)
    with pytest.raises(DataError) as caught:
        _analyze(desk, "AAPL")
    assert isinstance(caught.value, kind)
    assert caught.value.exit == 3
    replay.recover()
    assert _analyze(desk, "AAPL").facts["price"].value is not None


def test_a_dead_source_is_answered_from_the_cache_with_its_age(desk, replay, open_yahoo, tmp_path):
    known = _analyze(desk, "AAPL")
    replay.fail(".", drop=True)
    later = open_yahoo(clock=lambda: known.as_of + timedelta(days=2))
    again = Desk(Config(), tmp_path / "home", provider=later)
    stale = _analyze(again, "AAPL")
    assert stale.facts["debt_to_equity"].value == known.facts["debt_to_equity"].value
    assert stale.timing.stale
    assert "2 days" in " ".join(stale.timing.stale)


def test_a_day_in_the_past_refuses_what_is_a_snapshot_of_now(desk):
    then = _analyze(desk, "AAPL", as_of="2025-01-15")
    assert then.facts["market_cap"].value is None
    assert then.facts["market_cap"].reason
    assert then.exit == 0
