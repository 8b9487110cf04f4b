"""The demo market's own calendar against exchange_calendars' New York Stock Exchange."""

import exchange_calendars
import numpy as np
import pytest

from genie_nb.data.demo.sessions import LAST_SESSION, calendar, market_span


@pytest.fixture(scope="module")
def nyse() -> exchange_calendars.ExchangeCalendar:
    return exchange_calendars.get_calendar("XNYS", start="2013-01-01", end="2026-06-30")


def test_sessions_are_those_of_the_exchange_half_a_year_ahead_included(nyse):
    own = calendar().days[calendar().days <= np.datetime64("2026-06-30")]
    assert [str(day) for day in own] == [f"{day:%Y-%m-%d}" for day in nyse.sessions]


def test_sessions_open_and_close_when_the_exchange_does_half_days_included(nyse):
    count = len(nyse.sessions)
    opens = nyse.opens.dt.tz_localize(None).to_numpy(dtype="datetime64[ns]")
    closes = nyse.closes.dt.tz_localize(None).to_numpy(dtype="datetime64[ns]")
    np.testing.assert_array_equal(calendar().opens[:count], opens)
    np.testing.assert_array_equal(calendar().closes[:count], closes)


def test_half_days_are_the_exchanges_early_closes(nyse):
    own = calendar().days[calendar().half & (calendar().days <= np.datetime64("2026-06-30"))]
    assert [str(day) for day in own] == [f"{day:%Y-%m-%d}" for day in nyse.early_closes]


def test_the_market_spans_ten_years_to_its_last_session(nyse):
    span = market_span()
    assert str(calendar().days[span.start]) == "2016-01-12"
    assert calendar().day(span.stop - 1) == LAST_SESSION
    assert span.stop - span.start == len(nyse.sessions_in_range("2016-01-12", "2026-01-12"))
