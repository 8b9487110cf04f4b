"""The demo market's prices: whole, plausible, and the same at every interval."""

from datetime import UTC, datetime, timedelta

import bidask
import numpy as np
import pandas as pd
import pytest

from genie_nb.core.errors import NoData, NotFound
from genie_nb.core.market import Bars, Interval
from genie_nb.data.demo import open_provider
from genie_nb.data.demo.company import companies
from genie_nb.data.demo.sessions import calendar
from genie_nb.data.demo.tape import last_cents, tape

DEMO = open_provider()
EVERYONE = DEMO.tickers
SAMPLE = ("ACME", "OMVL", "PKLN", "BRMR", "HLTS", "NWKT", "HRTH", "ZPHF", "LCIX", "SCIX")
PRICES = ["open", "high", "low", "close"]


def bars(ticker: str, interval: Interval = Interval.D1, start=None, end=None) -> Bars:
    found = DEMO.bars([ticker], interval, start, end)[ticker]
    assert isinstance(found, Bars), found
    return found


def nyse_day(found: Bars) -> pd.DatetimeIndex:
    return found.index.tz_convert("America/New_York").normalize().tz_localize(None)


@pytest.mark.parametrize("ticker", EVERYONE)
def test_prices_are_positive_cents_with_the_high_on_top_and_the_low_below(ticker):
    frame = bars(ticker).frame
    assert (frame[PRICES] > 0).all(axis=None)
    assert (frame["high"] >= frame[["open", "close"]].max(axis=1)).all()
    assert (frame["low"] <= frame[["open", "close"]].min(axis=1)).all()
    np.testing.assert_array_equal(frame[PRICES], np.round(frame[PRICES], 2))


@pytest.mark.parametrize("ticker", sorted(companies()))
def test_volumes_are_whole_shares(ticker):
    volume = bars(ticker).volume
    assert (volume > 0).all()
    np.testing.assert_array_equal(volume, np.round(volume))


@pytest.mark.parametrize("ticker", sorted(companies()))
def test_the_tape_ends_at_the_price_on_the_roster(ticker):
    assert tape(ticker).close[-1] == round(companies()[ticker].price * 100)
    assert last_cents(ticker, len(calendar().days)) == tape(ticker).close[-1]


def test_ten_years_of_daily_bars_end_with_the_session_of_2026_01_12():
    index = bars("ACME").index
    assert (index[0], index[-1]) == (
        pd.Timestamp("2016-01-12", tz="UTC"),
        pd.Timestamp("2026-01-12", tz="UTC"),
    )
    assert len(index) == 2515


@pytest.mark.parametrize("ticker", SAMPLE)
def test_five_minute_bars_add_up_exactly_to_the_daily_ones(ticker):
    minutes = bars(ticker, Interval.M5)
    added = minutes.frame.groupby(nyse_day(minutes)).agg(
        {"open": "first", "high": "max", "low": "min", "close": "last", "volume": list}
    )
    daily = bars(ticker).frame.tail(len(added))
    assert list(added.index) == list(daily.index.tz_localize(None))
    for name in PRICES:
        assert added[name].tolist() == daily[name].tolist()
    if ticker not in ("LCIX", "SCIX"):
        assert added["volume"].map(sum).tolist() == daily["volume"].tolist()


def test_a_session_has_78_five_minute_bars_and_a_half_day_42():
    minutes = bars("ACME", Interval.M5)
    counts = pd.Series(1, index=nyse_day(minutes)).groupby(level=0).sum()
    assert len(counts) == 60
    short = [f"{day:%Y-%m-%d}" for day in counts.index[counts == 42]]
    assert short == ["2025-11-28", "2025-12-24"]
    assert set(counts) == {42, 78}


@pytest.mark.parametrize(
    ("interval", "whole", "half"), [(Interval.M15, 26, 14), (Interval.H1, 7, 4)]
)
def test_longer_intraday_bars_are_made_of_the_five_minute_ones(interval, whole, half):
    longer, minutes = bars("HRTH", interval), bars("HRTH", Interval.M5)
    counts = pd.Series(1, index=nyse_day(longer)).groupby(level=0).sum()
    assert set(counts) == {whole, half}
    at = np.searchsorted(longer.index, minutes.index, side="right") - 1
    grouped = minutes.frame.groupby(longer.index[at])
    assert grouped["high"].max().tolist() == longer.high.tolist()
    assert grouped["low"].min().tolist() == longer.low.tolist()
    assert grouped["open"].first().tolist() == longer.open.tolist()
    assert grouped["close"].last().tolist() == longer.close.tolist()
    assert grouped["volume"].sum().tolist() == longer.volume.tolist()


def test_the_last_hour_of_a_session_closes_with_it():
    hours = bars("ACME", Interval.H1)
    assert hours.index[-1] == pd.Timestamp("2026-01-12 20:30", tz="UTC")
    assert hours.closes[-1] == pd.Timestamp("2026-01-12 21:00", tz="UTC")


def test_weeks_are_labelled_by_their_monday_and_only_whole_ones_are_given():
    weeks, days = bars("ACME", Interval.W1), bars("ACME").frame
    assert set(weeks.index.day_of_week) == {0}
    assert weeks.index[-1] == pd.Timestamp("2026-01-05", tz="UTC")
    week = days.loc["2026-01-05":"2026-01-09"]
    last = weeks.frame.iloc[-1]
    assert last["open"] == week["open"].iloc[0]
    assert last["high"] == week["high"].max()
    assert last["low"] == week["low"].min()
    assert last["close"] == week["close"].iloc[-1]
    assert last["volume"] == week["volume"].sum()


def test_start_and_end_are_honoured():
    found = bars(
        "ACME", start=datetime(2025, 12, 1, tzinfo=UTC), end=datetime(2025, 12, 31, 23, tzinfo=UTC)
    )
    assert f"{found.index[0]:%Y-%m-%d}" == "2025-12-01"
    assert f"{found.index[-1]:%Y-%m-%d}" == "2025-12-31"
    pd.testing.assert_frame_equal(
        found.frame[PRICES], bars("ACME").frame.loc["2025-12-01":"2025-12-31", PRICES]
    )


def test_nothing_new_since_the_last_bar_is_empty_and_not_a_failure():
    found = bars("ACME", start=datetime(2026, 1, 12, 21, 15, tzinfo=UTC))
    assert len(found) == 0


@pytest.mark.parametrize("interval", [Interval.M5, Interval.H1, Interval.D1, Interval.W1])
def test_no_bar_closes_after_the_end_asked_for(interval):
    end = datetime(2025, 12, 10, 17, 32, tzinfo=UTC)
    found, everything = bars("ACME", interval, end=end), bars("ACME", interval)
    assert found.closes[-1] <= pd.Timestamp(end)
    assert (everything.closes <= pd.Timestamp(end)).sum() == len(found)


def test_a_dividend_yet_to_come_does_not_move_the_adjusted_closes_of_the_past():
    end = bars("HRTH").dividends.index[-1] - timedelta(days=2)
    then = bars("HRTH", end=end.to_pydatetime())
    before, cash = then.close, then.dividends
    last = cash.index[-1]
    at = then.index.get_loc(last)
    assert then.adjclose.iloc[-1] == before.iloc[-1]
    assert then.adjclose.iloc[at - 1] == pytest.approx(before.iloc[at - 1] - cash.iloc[-1])


def test_one_minute_bars_are_refused_by_name():
    failure = DEMO.bars(["ACME"], Interval.M1, None, None)["ACME"]
    assert isinstance(failure, NoData)
    assert "1m" in str(failure)


def test_an_unknown_ticker_fails_alone():
    found = DEMO.bars(["ACME", "NOPE"], Interval.D1, None, None)
    assert isinstance(found["ACME"], Bars)
    assert isinstance(found["NOPE"], NotFound)
    assert "--provider yahoo" in str(found["NOPE"])


def test_small_caps_lead_for_exactly_seven_sessions():
    small, large = bars("SCIX").close.pct_change(), bars("LCIX").close.pct_change()
    leads = (small > large).tolist()
    assert leads[-8:] == [False] + [True] * 7


def test_the_indices_open_in_step():
    small, large = tape("SCIX"), tape("LCIX")
    nights = [np.log(one.open[1:] / one.close[:-1]) for one in (small, large)]
    assert np.corrcoef(nights)[0, 1] > 0.8


def test_thin_stocks_trade_at_the_bid_or_the_ask_and_large_ones_near_the_middle():
    spreads: dict[str, list[float]] = {}
    for company in companies().values():
        found = tape(company.ticker)
        sides = [side[-1000:] / 100 for side in (found.open, found.high, found.low, found.close)]
        if len(found) >= 1000:
            spreads.setdefault(company.band, []).append(bidask.edge(*sides, sign=True))
    middle = {band: np.median(found) for band, found in spreads.items()}
    assert middle["nano"] > middle["micro"] > middle["small"] > middle["large"]
    assert 0.015 < middle["nano"] < 0.035
    assert abs(middle["mega"]) < 0.003


def test_larger_companies_move_less_and_trade_more():
    seen: dict[str, list[tuple[float, float]]] = {}
    for company in companies().values():
        found = tape(company.ticker)
        returns = np.diff(np.log(found.close[-253:]))
        dollars = (found.close * found.volume)[-60:].mean() / 100
        seen.setdefault(company.band, []).append((returns.std() * np.sqrt(252), dollars))
    order = ("nano", "micro", "small", "mid", "large", "mega")
    volatility = [np.median([one for one, _ in seen[band]]) for band in order]
    dollars = [np.median([one for _, one in seen[band]]) for band in order]
    assert volatility == sorted(volatility, reverse=True)
    assert dollars == sorted(dollars)


def test_betas_lie_around_one():
    large = np.diff(np.log(tape("LCIX").close[-253:]))
    betas = []
    for company in companies().values():
        returns = np.diff(np.log(tape(company.ticker).close[-253:]))
        if len(returns) == len(large):
            betas.append(np.cov(returns, large)[0, 1] / large.var(ddof=1))
    assert 0.8 < np.median(betas) < 1.2
