"""Asked as of an earlier time the demo market shows only what was public then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genie_nb.core.errors import NoData
from genie_nb.core.market import Interval
from genie_nb.data.demo import open_provider
from genie_nb.data.demo.multiples import SNAPSHOT_ONLY

DEMO = open_provider()
TICKERS = st.sampled_from(["ACME", "OMVL", "LUMR", "VWHM", "BRMR", "RHFA", "GFBK"])
FIRST, LAST = datetime(2017, 1, 3, tzinfo=UTC), datetime(2026, 1, 12, 21, 29, tzinfo=UTC)
MOMENTS = st.integers(0, int((LAST - FIRST).total_seconds())).map(
    lambda seconds: FIRST + timedelta(seconds=seconds)
)


@settings(max_examples=60, deadline=None)
@given(ticker=TICKERS, as_of=MOMENTS)
def test_nothing_of_the_future_is_shown(ticker, as_of):
    found = DEMO.fundamentals(ticker, as_of)
    bars = DEMO.bars([ticker], Interval.D1, None, as_of)[ticker]
    assert bars.closes[-1] <= as_of
    assert found.quoted["last_price"] == bars.close.iloc[-1]
    for statement in found.statements:
        assert all(period.filed <= as_of for period in statement.periods)
        assert all(period.end < as_of.date() for period in statement.periods)
    assert all(trade.day < as_of.date() for trade in found.insider_trades)
    assert all(past.day <= as_of.date() for past in found.earnings)
    assert found.next_earnings[-1] >= (as_of - timedelta(hours=5)).date()
    assert found.as_of == as_of


@settings(max_examples=60, deadline=None)
@given(ticker=TICKERS, as_of=MOMENTS)
def test_what_was_public_stays_as_it_was(ticker, as_of):
    then, now = DEMO.fundamentals(ticker, as_of), DEMO.fundamentals(ticker)
    known = {
        (statement.topic, statement.frequency, period.end): period
        for statement in now.statements
        for period in statement.periods
    }
    for statement in then.statements:
        for period in statement.periods:
            key = (statement.topic, statement.frequency, period.end)
            assert known.get(key, period) == period
    assert set(then.insider_trades) >= {
        trade for trade in now.insider_trades if trade.day < as_of.date() - timedelta(days=7)
    }


@settings(max_examples=30, deadline=None)
@given(as_of=MOMENTS)
def test_snapshots_have_no_past_and_say_so(as_of):
    found = DEMO.fundamentals("ACME", as_of)
    assert not set(SNAPSHOT_ONLY) & set(found.quoted)
    assert {missing.what for missing in found.missing} == set(SNAPSHOT_ONLY)
    for missing in found.missing:
        assert missing.reason == f"a snapshot of now; not known as of {as_of:%Y-%m-%d}"
        assert not missing.failed


def test_now_everything_is_known():
    found = DEMO.fundamentals("ACME")
    assert set(SNAPSHOT_ONLY) <= set(found.quoted)
    assert found.missing == ()
    assert found == DEMO.fundamentals("ACME", DEMO.now())


def test_a_filing_appears_at_the_minute_it_became_public():
    released = datetime(2025, 10, 27, 11, 30, tzinfo=UTC)
    before = DEMO.fundamentals("ACME", released - timedelta(minutes=1))
    after = DEMO.fundamentals("ACME", released)
    assert before.most_recent_quarter == date(2025, 6, 30)
    assert after.most_recent_quarter == date(2025, 9, 30)
    assert before.next_earnings == (date(2025, 10, 27),)
    assert after.earnings[0].day == date(2025, 10, 27)


def test_an_insider_trade_appears_with_the_second_session_after_it():
    def bought(moment):
        trades = DEMO.fundamentals("ACME", moment).insider_trades
        return sum(trade.shares for trade in trades if trade.kind == "purchase")

    trade_of_nov_20 = 12_000
    thursday_evening = datetime(2025, 11, 20, 22, tzinfo=UTC)
    monday_evening = datetime(2025, 11, 24, 22, tzinfo=UTC)
    tuesday_evening = datetime(2025, 11, 25, 22, tzinfo=UTC)
    assert bought(monday_evening) - bought(thursday_evening) == 20_000 + trade_of_nov_20
    assert bought(tuesday_evening) == bought(monday_evening)


def test_peers_of_the_past_are_measured_with_the_prices_of_the_past():
    then = datetime(2024, 3, 1, 22, tzinfo=UTC)
    peer = next(one for one in DEMO.peers("ACME", then).members if one.ticker == "WNCH")
    found = DEMO.fundamentals("WNCH", then)
    price = DEMO.bars(["WNCH"], Interval.D1, None, then)["WNCH"].close.iloc[-1]
    eps = found.statement("income", "ttm").periods[-1].rows["eps_diluted"]
    assert peer.values["pe_trailing"] == pytest.approx(price / eps)


def test_a_company_is_nobodys_peer_before_it_is_listed():
    then = datetime(2025, 7, 1, 22, tzinfo=UTC)
    assert "NWKT" not in {peer.ticker for peer in DEMO.peers("HRBF", then).members}
    assert "NWKT" in {peer.ticker for peer in DEMO.peers("HRBF").members}


@pytest.mark.parametrize(
    ("ticker", "when", "first"),
    [
        ("NWKT", datetime(2025, 7, 1, tzinfo=UTC), "2025-07-23"),
        ("ACME", datetime(2012, 7, 1, tzinfo=UTC), "2016-01-12"),
        ("SCIX", datetime(2012, 7, 1, tzinfo=UTC), "2016-01-12"),
    ],
)
def test_before_its_first_session_there_is_nothing_and_the_message_says_when_it_begins(
    ticker, when, first
):
    with pytest.raises(NoData, match=first):
        DEMO.fundamentals(ticker, when)
    failure = DEMO.bars([ticker], Interval.D1, None, when)[ticker]
    assert isinstance(failure, NoData)
    assert first in str(failure)
