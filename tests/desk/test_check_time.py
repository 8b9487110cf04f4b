"""A bar is looked at once it has closed, on real calendar dates: half days, holidays, clock changes."""

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from genie_nb.core.market import Bars
from genie_nb.core.provider import Capabilities

ALL = frozenset({"1d", "5m"})


def fired(stand: Any, at: str) -> list[str]:
    stand.fake.set_now(pd.Timestamp(at).tz_convert("UTC").to_pydatetime())
    return [one.alert.bar_time.strftime("%Y-%m-%d %H:%M") for one in stand.check().alerts]


@pytest.mark.parametrize(
    ("start", "closes_at", "why"),
    [
        ("2025-11-26", "2025-11-28T13:00-05:00", "the day after Thanksgiving ends at one o'clock"),
        ("2025-12-31", "2026-01-02T16:00-05:00", "New Year's Day has no session"),
        ("2026-03-06", "2026-03-09T16:00-04:00", "the clocks went forward on the Sunday between"),
        ("2025-10-31", "2025-11-03T16:00-05:00", "the clocks went back on the Sunday between"),
    ],
)
def test_a_forming_bar_is_not_looked_at(stand, tape, start: str, closes_at: str, why: str) -> None:
    close = pd.Timestamp(closes_at)
    stand.fake.put(tape([20.0, 26.0], start=start))
    stand.fake.set_now((close - pd.Timedelta(hours=20)).tz_convert("UTC").to_pydatetime())
    stand.watch("close > 25")
    assert fired(stand, str(close - timedelta(seconds=1))) == [], why
    (bar,) = fired(stand, str(close))
    assert bar == f"{close:%Y-%m-%d} 00:00", why


def test_a_live_bar_is_looked_at_when_it_has_settled(stand, tape) -> None:
    stand.fake.put(tape([20.0, 26.0]))
    stand.fake._capabilities = Capabilities(intervals=ALL, delay=900.0)
    stand.fake.set_now(pd.Timestamp("2026-01-02T17:00-05:00").tz_convert("UTC").to_pydatetime())
    stand.watch("close > 25")
    assert fired(stand, "2026-01-05T16:14:59-05:00") == []
    assert fired(stand, "2026-01-05T16:15-05:00") == ["2026-01-05 00:00"]


def minutes(day: str, closes: list[float]) -> Bars:
    index = pd.date_range(f"{day} 09:30", periods=len(closes), freq="5min", tz="America/New_York")
    frame = pd.DataFrame(
        dict.fromkeys(("open", "high", "low", "close"), closes) | {"volume": 1e5}, index=index
    )
    return Bars.from_frame(frame, ticker="X", interval="5m", currency="USD", source="fake")


@pytest.mark.parametrize(
    ("day", "opens"),
    [("2026-03-06", "14:30"), ("2026-03-09", "13:30"), ("2025-11-28", "14:30")],
)
def test_five_minute_bars_close_after_five_minutes_whatever_the_season(
    stand, day: str, opens: str
) -> None:
    stand.fake.put(minutes(day, [20.0, 20.0, 26.0]))
    zone = "America/New_York"
    stand.fake.set_now(pd.Timestamp(f"{day} 09:40", tz=zone).tz_convert("UTC").to_pydatetime())
    stand.watch("close > 25", interval="5m")
    assert fired(stand, str(pd.Timestamp(f"{day} 09:44:59", tz=zone))) == []
    first = pd.Timestamp(f"{day} {opens}") + pd.Timedelta(minutes=10)
    assert fired(stand, str(pd.Timestamp(f"{day} 09:45", tz=zone))) == [f"{first:%Y-%m-%d %H:%M}"]


def test_a_session_of_another_exchange_ends_by_its_own_clock(stand, tape) -> None:
    tokyo = tape([2000.0, 2600.0], ticker="7203.T", start="2026-01-08")
    stand.fake.put(
        Bars.from_frame(tokyo.frame.tz_localize(None), ticker="7203.T", timezone="Asia/Tokyo")
    )
    stand.fake.set_now(pd.Timestamp("2026-01-08T16:00+09:00").tz_convert("UTC").to_pydatetime())
    stand.watch("close > 2500", ticker="7203.T")
    assert fired(stand, "2026-01-09T15:29+09:00") == []
    assert fired(stand, "2026-01-09T15:31+09:00") == ["2026-01-09 00:00"]


def test_a_date_is_the_end_of_its_session(stand) -> None:
    stand.put([20.0, 21.0, 26.0])
    stand.watch("close > 25", as_of="2026-01-05")
    assert stand.check(as_of="2026-01-05").alerts == ()
    (alert,) = stand.check(as_of="2026-01-06").alerts
    assert alert.evaluated_at.isoformat() == "2026-01-06T21:00:00+00:00"


def test_a_bar_missing_on_a_holiday_is_not_stale(stand, tape) -> None:
    stand.fake.put(tape([20.0, 21.0], start="2026-01-15"))
    stand.fake.set_now(pd.Timestamp("2026-01-19T20:00-05:00").tz_convert("UTC").to_pydatetime())
    stand.watch("close > 25")
    assert "stale" not in stand.check().line, "19 January 2026 is Martin Luther King Day"


@pytest.mark.parametrize(
    ("now", "stale"),
    [("2026-01-14T12:29+09:00", False), ("2026-01-14T13:29+09:00", False), ("2026-01-14T13:35+09:00", True)],
)  # fmt: skip
def test_an_hour_that_may_be_missing_is_not_counted_over_lunch(
    stand, now: str, stale: bool
) -> None:
    index = pd.date_range("2026-01-14 11:00", periods=6, freq="5min", tz="Asia/Tokyo")
    columns = dict.fromkeys(("open", "high", "low", "close"), 2000.0) | {"volume": 1e5}
    frame = pd.DataFrame(columns, index=index)
    stand.fake.put(
        Bars.from_frame(
            frame, ticker="7203.T", interval="5m", timezone="Asia/Tokyo", currency="JPY"
        )
    )
    stand.fake.set_now(pd.Timestamp(now).tz_convert("UTC").to_pydatetime())
    stand.watch("close > 2500", ticker="7203.T", interval="5m")
    assert ("stale" in stand.check().line) is stale


def test_a_check_as_of_a_time_before_the_last_one_says_that_it_evaluated_nothing(stand) -> None:
    stand.put([20.0, 21.0, 22.0, 23.0, 24.0])
    stand.watch("close > 25")
    stand.check()
    found = stand.check(as_of="2026-01-05")
    assert (found.checked, found.alerts) == (0, ())
    assert found.line == (
        "checked 0 of 1 tickers, bars to 2026-01-05 16:00 ET; nothing was evaluated: "
        "as of 2026-01-05 21:00 UTC lies before the last check, as of 2026-01-08 21:30 UTC; "
        "silence here is not an all-clear"
    )


def test_rules_that_an_earlier_as_of_passes_over_are_counted_beside_those_it_arms(stand) -> None:
    stand.put([20.0, 21.0, 22.0, 23.0, 24.0])
    stand.watch("close > 25")
    stand.watch("close > 20 and close < 21")
    stand.list_by_hand((stand.home / "watchlist.txt").read_text() + "X 1d: close > 30\n")
    assert (
        "; 2 rules passed over: as of 2026-01-05 21:00 UTC lies"
        in stand.check(as_of="2026-01-05").line
    )
