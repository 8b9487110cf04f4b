"""Yahoo's prices: the tape in today's shares, on session dates, and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.errors import NoData, NotFound
from genie_nb.core.market import Bars, Interval
from genie_nb.data.yahoo.provider import Yahoo

pytestmark = pytest.mark.recorded


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _bars(yahoo: Yahoo, ticker: str, interval: Interval, start: Any, end: Any) -> Bars:
    found = yahoo.bars([ticker], interval, start, end)[ticker]
    if isinstance(found, Exception):
        raise found
    return found


def test_daily_bars_are_the_recorded_tape(yahoo, recorded):
    bars = _bars(yahoo, "CRSR", Interval.D1, None, None)

    tape = pd.read_csv(recorded / "prices/daily_yahoo_2014_2024/CRSR.csv.gz")
    for column in ("open", "high", "low", "close", "volume"):
        np.testing.assert_allclose(bars.frame[column], tape[column.capitalize()], rtol=1e-12)
    assert (bars.currency, bars.timezone, bars.source) == ("USD", "America/New_York", "yahoo")


def test_prices_are_not_adjusted_for_dividends_and_adjclose_is_kept(yahoo, recorded):
    bars = _bars(yahoo, "ABBV", Interval.D1, None, None)

    tape = pd.read_csv(recorded / "prices/daily_yahoo_2014_2024/ABBV.csv.gz")
    np.testing.assert_allclose(bars.close, tape["Close"], rtol=1e-12)
    np.testing.assert_allclose(bars.adjclose, tape["Adj Close"], rtol=1e-12)
    assert bars.adjclose.iloc[0] < bars.close.iloc[0]


def test_a_daily_bar_carries_its_session_date_at_midnight_utc(yahoo):
    bars = _bars(yahoo, "CRSR", Interval.D1, None, None)

    assert (bars.index == bars.index.normalize()).all()
    assert str(bars.index.tz) == "UTC"
    assert set(bars.index.day_of_week) <= {0, 1, 2, 3, 4}


def test_dividends_and_splits_stand_on_their_ex_dates(yahoo):
    msft = _bars(yahoo, "MSFT", Interval.D1, _day("2021-02-02"), _day("2022-01-30"))
    nvda = _bars(yahoo, "NVDA", Interval.D1, _day("2021-02-02"), _day("2022-01-30"))

    assert {f"{day:%Y-%m-%d}": paid for day, paid in msft.dividends.items()} == {
        "2021-02-17": 0.56,
        "2021-05-19": 0.56,
        "2021-08-18": 0.56,
        "2021-11-17": 0.62,
    }
    assert {f"{day:%Y-%m-%d}": ratio for day, ratio in nvda.splits.items()} == {"2021-07-20": 4.0}


def test_the_first_and_the_last_label_asked_for_are_included(yahoo):
    bars = _bars(yahoo, "MSFT", Interval.D1, _day("2021-02-02"), _day("2022-01-28"))

    assert f"{bars.index[0]:%Y-%m-%d}" == "2021-02-02"
    assert f"{bars.index[-1]:%Y-%m-%d}" == "2022-01-28"


def test_a_weekly_bar_sums_up_its_days_and_is_labelled_by_their_monday(yahoo):
    days = _bars(yahoo, "CRSR", Interval.D1, None, None).frame
    weeks = _bars(yahoo, "CRSR", Interval.W1, None, None).frame

    monday = weeks.index[30]
    week = days[monday : monday + timedelta(days=6)]
    assert monday.day_of_week == 0
    assert weeks.loc[monday, "open"] == week["open"].iloc[0]
    assert weeks.loc[monday, "high"] == week["high"].max()
    assert weeks.loc[monday, "low"] == week["low"].min()
    assert weeks.loc[monday, "close"] == week["close"].iloc[-1]
    assert weeks.loc[monday, "volume"] == week["volume"].sum()


def test_a_week_cut_short_holds_nothing_of_later_days(yahoo):
    days = _bars(yahoo, "CRSR", Interval.D1, None, None)
    wednesday = days.index[days.index.day_of_week == 2][-10]

    last = _bars(yahoo, "CRSR", Interval.W1, None, wednesday.to_pydatetime())

    assert last.close.iloc[-1] == days.close[wednesday]


def test_minutes_are_labelled_by_their_opening(open_yahoo: Callable[..., Yahoo]):
    yahoo = open_yahoo(clock=lambda: _day("2024-10-04"))

    bars = _bars(yahoo, "AAPL", Interval.M1, _day("2024-10-02"), _day("2024-10-02T23:59"))

    assert (len(bars), bars.dropped) == (389, 1)
    assert bars.index[0] == pd.Timestamp("2024-10-02 13:30", tz="UTC")
    assert bars.index[-1] == pd.Timestamp("2024-10-02 19:59", tz="UTC")


def test_minutes_older_than_yahoo_keeps_them_are_refused(yahoo):
    found = yahoo.bars(["AAPL"], Interval.M1, _day("2024-10-02"), _day("2024-10-03"))["AAPL"]

    assert isinstance(found, NoData)
    assert "8 days" in str(found)


def test_pence_become_pounds(yahoo):
    bars = _bars(yahoo, "OCDO.L", Interval.D1, _day("2020-01-01"), _day("2020-01-03"))

    assert bars.currency == "GBP"
    assert bars.timezone == "Europe/London"
    assert bars.close.iloc[0] == pytest.approx(12.595)


def test_a_currency_pair_has_no_volume_rather_than_zero(yahoo):
    bars = _bars(yahoo, "EURUSD=X", Interval.D1, _day("2020-01-01"), _day("2020-01-03"))

    assert bars.volume.isna().all()


def test_one_bad_ticker_leaves_the_others_alone(yahoo):
    found = yahoo.bars(["CRSR", "NOSUCH", "DOCN"], Interval.D1, None, None)

    assert isinstance(found["CRSR"], Bars)
    assert isinstance(found["DOCN"], Bars)
    assert isinstance(found["NOSUCH"], NotFound)
    assert "delisted" in str(found["NOSUCH"])


def test_a_period_before_the_listing_has_no_data(yahoo):
    found = yahoo.bars(["CRSR"], Interval.D1, _day("1999-01-01"), _day("1999-12-31"))["CRSR"]

    assert isinstance(found, NoData)
    assert "1999-01-01" in str(found)


def test_a_share_class_is_asked_for_with_a_dash(yahoo, replay):
    found = yahoo.bars(["BRK.B"], Interval.D1, None, None)

    assert isinstance(found["BRK.B"], NotFound)
    assert any("/chart/BRK-B?" in url for url in replay.log())


def test_a_us_listing_costs_one_request(yahoo, replay):
    _bars(yahoo, "CRSR", Interval.D1, None, None)

    assert sum("/chart/CRSR" in url for url in replay.log()) == 1
