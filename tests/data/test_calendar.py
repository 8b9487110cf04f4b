"""Calendars: when bars close, which are still forming, and what `--as-of` means."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.errors import AskError
from genie_nb.core.market import Bars, Interval
from genie_nb.data.calendar import Calendar, as_of, calendar_for, calendar_of, closed


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def tape(labels, interval="1d", ticker="ACME", timezone="America/New_York") -> Bars:
    frame = pd.DataFrame(
        {"open": 1.0, "high": 2.0, "low": 1.0, "close": 2.0, "volume": 10.0},
        index=pd.DatetimeIndex(pd.to_datetime(labels)),
    )
    return Bars.from_frame(frame, ticker=ticker, interval=interval, timezone=timezone)


def closes(bars: Bars) -> list[datetime]:
    return [moment.to_pydatetime() for moment in calendar_for(bars).closes_of(bars)]


def test_a_daily_bar_closes_with_its_session_in_winter_and_summer_time():
    assert closes(tape(["2026-01-12", "2026-07-13"])) == [
        utc(2026, 1, 12, 21),
        utc(2026, 7, 13, 20),
    ]


def test_a_half_day_closes_at_one_in_new_york():
    days = ["2024-07-03", "2025-11-28", "2025-12-24"]
    assert closes(tape(days)) == [
        utc(2024, 7, 3, 17), utc(2025, 11, 28, 18), utc(2025, 12, 24, 18),
    ]  # fmt: skip


def test_a_daily_bar_on_a_day_without_session_ends_at_local_midnight():
    assert closes(tape(["2026-01-09", "2026-01-10", "2026-01-12"]))[1] == utc(2026, 1, 11, 5)


def test_a_bar_from_before_the_calendar_begins_ends_at_local_midnight():
    assert closes(tape(["1959-06-01", "2026-01-12"])) == [utc(1959, 6, 2, 4), utc(2026, 1, 12, 21)]


def test_a_weekly_bar_closes_with_the_last_session_of_its_week():
    # Good Friday 2025 is 18 April, so that week ends on Thursday.
    labels = ["2025-04-07", "2025-04-14", "2025-04-21"]
    assert closes(tape(labels, "1wk")) == [
        utc(2025, 4, 11, 20), utc(2025, 4, 17, 20), utc(2025, 4, 25, 20),
    ]  # fmt: skip


def test_a_weekly_label_anywhere_in_the_week_means_that_week():
    friday, sunday = ["2025-04-11"], ["2025-04-06"]
    assert closes(tape(friday, "1wk")) == closes(tape(sunday, "1wk")) == [utc(2025, 4, 11, 20)]


def test_an_intraday_bar_closes_after_its_interval_or_with_the_session():
    hours = ["2025-11-28 09:30", "2025-11-28 11:30", "2025-11-28 12:30"]
    assert closes(tape(hours, "1h")) == [
        utc(2025, 11, 28, 15, 30), utc(2025, 11, 28, 17, 30), utc(2025, 11, 28, 18),
    ]  # fmt: skip


def test_bars_outside_the_session_are_not_cut_short():
    assert closes(tape(["2026-01-12 08:00", "2026-01-12 17:00"], "1h")) == [
        utc(2026, 1, 12, 14), utc(2026, 1, 12, 23),
    ]  # fmt: skip


def test_crypto_trades_every_day_and_currencies_every_weekday():
    coin = tape(["2026-01-10"], ticker="BTC-USD", timezone="UTC")
    pair = tape(["2026-01-09"], ticker="EURUSD=X", timezone="Europe/London")
    assert closes(coin) == [utc(2026, 1, 11)]
    assert closes(pair) == [utc(2026, 1, 10)]


def test_other_exchanges_have_their_own_sessions():
    assert closes(tape(["2025-12-24"], ticker="SHEL.L", timezone="Europe/London")) == [
        utc(2025, 12, 24, 12, 30)
    ]
    assert closes(tape(["2026-01-13"], ticker="7203.T", timezone="Asia/Tokyo")) == [
        utc(2026, 1, 13, 6, 30)
    ]


def test_an_exchange_nobody_knows_closes_at_its_midnight():
    assert closes(tape(["2026-01-12"], timezone="Asia/Kathmandu")) == [utc(2026, 1, 12, 18, 15)]


def test_the_forming_bar_is_dropped_and_the_others_say_when_they_closed():
    bars = tape(["2026-01-09", "2026-01-12"])
    during = closed(bars, utc(2026, 1, 12, 20, 59))
    assert list(during.index.day) == [9]
    after = closed(bars, utc(2026, 1, 12, 21))
    assert len(after) == 2
    assert after.closed_at(-1) == utc(2026, 1, 12, 21)


def test_closed_bars_say_when_their_session_ends():
    bars = closed(tape(["2025-11-28 09:30", "2025-11-28 12:30"], "1h"), utc(2025, 12, 1))
    assert bars.session_ends is not None
    assert list(bars.session_ends) == [utc(2025, 11, 28, 18)] * 2
    days = closed(tape(["2025-11-26", "2025-11-28"]), utc(2025, 12, 1))
    assert list(days.session_ends) == [utc(2025, 11, 26, 21), utc(2025, 11, 28, 18)]


def test_a_bar_is_closed_only_once_the_source_has_settled_it():
    bars = tape(["2026-01-09", "2026-01-12"])
    assert len(closed(bars, utc(2026, 1, 12, 21, 14), delay=900)) == 1
    assert len(closed(bars, utc(2026, 1, 12, 21, 15), delay=900)) == 2


def test_a_provider_that_knows_when_its_bars_closed_is_believed():
    told = pd.DatetimeIndex([utc(2026, 1, 9, 21), utc(2026, 1, 12, 18)])
    bars = closed(replace(tape(["2026-01-09", "2026-01-12"]), closes=told), utc(2026, 1, 12, 18))
    assert bars.closed_at(-1) == utc(2026, 1, 12, 18)
    assert list(bars.session_ends) == list(told)


def test_no_bars_at_all_are_closed_bars_too():
    empty = closed(tape([]), utc(2026, 1, 12))
    assert len(empty) == 0
    assert empty.closes is not None


@pytest.mark.parametrize(
    ("interval", "now", "expected"),
    [
        (Interval.D1, utc(2026, 1, 12, 20), utc(2026, 1, 12, 21)),
        (Interval.D1, utc(2026, 1, 12, 21), utc(2026, 1, 13, 21)),
        (Interval.D1, utc(2026, 1, 16, 22), utc(2026, 1, 20, 21)),  # 19 January is a holiday
        (Interval.W1, utc(2026, 1, 12, 20), utc(2026, 1, 16, 21)),
        (Interval.W1, utc(2026, 1, 16, 21), utc(2026, 1, 23, 21)),
        (Interval.H1, utc(2026, 1, 12, 20, 40), utc(2026, 1, 12, 21)),
        (Interval.M5, utc(2026, 1, 12, 14, 31), utc(2026, 1, 12, 14, 35)),
        (Interval.M5, utc(2026, 1, 12, 21), utc(2026, 1, 13, 14, 35)),
    ],
)
def test_the_next_close_of_a_bar(interval, now, expected):
    assert Calendar().next_close(now, interval) == expected


@pytest.mark.parametrize(
    ("ticker", "interval", "now", "expected"),
    [
        # Tokyo rests from 11:30 to 12:30, which is 02:30 to 03:30 UTC; Hong Kong from 12:00 to 13:00,
        # 04:00 to 05:00 UTC; Shanghai from 11:30 to 13:00, 03:30 to 05:00 UTC.
        ("7203.T", Interval.M5, utc(2026, 1, 14, 2, 24), utc(2026, 1, 14, 2, 25)),
        ("7203.T", Interval.M5, utc(2026, 1, 14, 2, 25), utc(2026, 1, 14, 2, 30)),
        ("7203.T", Interval.M5, utc(2026, 1, 14, 2, 30), utc(2026, 1, 14, 3, 35)),
        ("7203.T", Interval.M5, utc(2026, 1, 14, 3, 29), utc(2026, 1, 14, 3, 35)),
        ("7203.T", Interval.H1, utc(2026, 1, 14, 2, 30), utc(2026, 1, 14, 3, 0)),
        ("0700.HK", Interval.M15, utc(2026, 1, 14, 4, 0), utc(2026, 1, 14, 5, 15)),
        ("600519.SS", Interval.M15, utc(2026, 1, 14, 3, 30), utc(2026, 1, 14, 5, 15)),
        ("600519.SS", Interval.M15, utc(2026, 1, 14, 6, 59), utc(2026, 1, 14, 7, 0)),
        ("ACME", Interval.M5, utc(2026, 1, 14, 17, 0), utc(2026, 1, 14, 17, 5)),
    ],
)
def test_no_bar_closes_in_a_lunch_break(ticker, interval, now, expected):
    assert calendar_of(ticker).next_close(now, interval) == expected


def test_the_next_opening_is_that_of_a_later_session_once_one_has_begun():
    calendar = Calendar()
    assert calendar.next_open(utc(2026, 1, 12, 14, 29)) == utc(2026, 1, 12, 14, 30)
    assert calendar.next_open(utc(2026, 1, 12, 14, 30)) == utc(2026, 1, 13, 14, 30)


def test_sessions_leave_out_weekends_and_holidays():
    days = Calendar().sessions(date(2025, 12, 24), date(2026, 1, 2))
    assert [day.day for day in days] == [24, 26, 29, 30, 31, 2]
    assert Calendar().session_close(date(2025, 12, 25)) is None


def test_a_calendar_goes_on_where_holidays_are_not_settled_yet():
    shanghai = Calendar(exchange="XSHG", timezone="Asia/Shanghai")
    assert shanghai.next_close(utc(2040, 1, 2, 1)) == utc(2040, 1, 2, 16)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-09", utc(2026, 1, 9, 21)),
        ("2025-11-28", utc(2025, 11, 28, 18)),
        ("2026-01-10", utc(2026, 1, 11, 5)),  # Saturday: the end of that day in New York
        ("2026-01-09T15:00-05:00", utc(2026, 1, 9, 20)),
        ("2026-01-09T20:00:00Z", utc(2026, 1, 9, 20)),
        (" 2026-07-09 15:00 America/New_York ", utc(2026, 7, 9, 19)),
    ],
)
def test_as_of_is_the_end_of_a_session_or_an_exact_moment(text, expected):
    assert as_of(text) == expected


def test_as_of_a_date_depends_on_the_exchange():
    london = Calendar(exchange="XLON", timezone="Europe/London")
    assert as_of("2026-01-09", london) == utc(2026, 1, 9, 16, 30)


@pytest.mark.parametrize(
    ("ticker", "day", "ends"),
    [
        ("ACME", "2026-01-09", utc(2026, 1, 9, 21)),
        ("BRK-B", "2026-01-09", utc(2026, 1, 9, 21)),
        ("OCDO.L", "2026-01-09", utc(2026, 1, 9, 16, 30)),
        ("BT-A.L", "2025-07-04", utc(2025, 7, 4, 15, 30)),  # a holiday in New York alone
        ("7203.T", "2026-01-09", utc(2026, 1, 9, 6, 30)),
        ("^FTSE", "2026-01-09", utc(2026, 1, 9, 16, 30)),
        ("^GSPC", "2026-01-09", utc(2026, 1, 9, 21)),
        ("BTC-USD", "2026-01-10", utc(2026, 1, 11)),
        ("", "2026-01-09", utc(2026, 1, 9, 21)),
    ],
)
def test_the_exchange_of_a_ticker_is_told_from_its_symbol(ticker, day, ends):
    assert as_of(day, calendar_of(ticker)) == ends


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-01-09T15:00", "does not say its zone"),
        ("2026-01-09 15:00", "does not say its zone"),
        ("yesterday", "neither a date nor a time"),
        ("2026-02-30", "neither a date nor a time"),
        ("2026-01-09 15:00 Nowhere/Land", "neither a date nor a time"),
        ("", "neither a date nor a time"),
        ("1066-10-14", "outside the calendars"),
        ("9999-12-31T00:00Z", "outside the calendars"),
    ],
)
def test_as_of_anything_else_is_refused_in_words(text, says):
    with pytest.raises(AskError, match=says) as refused:
        as_of(text)
    assert "2026-01-09T15:00-05:00" in str(refused.value)


@pytest.mark.recorded
def test_recorded_sessions_are_those_of_the_calendar(recorded):
    frame = pd.read_csv(recorded / "prices/daily_yahoo_2014_2024/AAPL.csv.gz", parse_dates=["Date"])
    seen = pd.DatetimeIndex(frame["Date"]).tz_localize("UTC")
    known = Calendar().sessions(seen[0].date(), seen[-1].date())
    assert list(seen) == list(known)


@pytest.mark.recorded
def test_recorded_five_minute_sessions_end_when_the_calendar_says(recorded):
    frame = pd.read_csv(recorded / "intraday/5m_ibkr/AAPL_5m.csv.gz").query("date < '2026-01'")
    frame.index = pd.DatetimeIndex(pd.to_datetime(frame["date"], utc=True))
    bars = Bars.from_frame(frame, ticker="AAPL", interval="5m")
    ends = pd.Series(calendar_for(bars).closes_of(bars), index=bars.sessions).groupby(level=0).max()
    expected = [Calendar().session_close(day.date()) for day in ends.index]
    assert [end.to_pydatetime() for end in ends] == expected
    assert {np.timedelta64(5, "m")} == set(calendar_for(bars).closes_of(bars) - bars.index)
    assert any(end.hour == 18 for end in expected)  # Thanksgiving's half day is among them
