"""What bars are, and which tables are refused in words."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.errors import BadBars
from genie_nb.core.market import Bars, Interval


def table(days=("2026-01-05", "2026-01-06", "2026-01-07"), **columns) -> pd.DataFrame:
    index = pd.to_datetime(list(days))
    rows = len(index)
    prices = {"Open": 10.0, "High": 11.0, "Low": 9.0, "Close": 10.5, "Volume": 100.0} | columns
    return pd.DataFrame(
        {name: np.resize(value, rows) for name, value in prices.items()}, index=index
    )


def test_columns_are_taken_in_any_case_and_order():
    frame = table().rename(columns=str.upper)[["VOLUME", "CLOSE", "LOW", "HIGH", "OPEN"]]
    bars = Bars.from_frame(frame, ticker="X")
    assert list(bars.frame.columns) == ["open", "high", "low", "close", "volume", "adjclose"]
    assert bars.close.tolist() == [10.5] * 3


def test_daily_bars_are_indexed_by_session_date_at_midnight_utc():
    bars = Bars.from_frame(table(), ticker="X")
    assert bars.index.tolist() == [
        pd.Timestamp(day, tz="UTC") for day in ("2026-01-05", "2026-01-06", "2026-01-07")
    ]


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Asia/Tokyo"])
def test_a_midnight_in_the_exchanges_zone_is_that_session(zone):
    frame = table()
    frame.index = frame.index.tz_localize(zone)
    assert Bars.from_frame(frame, ticker="X", timezone=zone).index[0] == pd.Timestamp(
        "2026-01-05", tz="UTC"
    )


def test_midnights_of_the_exchange_told_in_utc_are_those_sessions():
    frame = table()
    frame.index = frame.index.tz_localize("America/New_York").tz_convert("UTC")
    assert Bars.from_frame(frame, ticker="X").index[0] == pd.Timestamp("2026-01-05", tz="UTC")


def test_the_callers_own_labels_are_kept():
    frame = table()
    frame.index = frame.index.tz_localize("America/New_York")
    assert Bars.from_frame(frame, ticker="X").labels.equals(frame.index)


def test_intraday_times_without_a_zone_are_exchange_local():
    frame = table(("2026-01-05 09:30", "2026-01-05 09:35"))
    bars = Bars.from_frame(frame, ticker="X", interval="5m")
    assert bars.index[0] == pd.Timestamp("2026-01-05 14:30", tz="UTC")
    assert bars.sessions.tolist() == [pd.Timestamp("2026-01-05", tz="UTC")] * 2


def test_rows_without_a_finite_price_are_dropped_and_counted():
    bars = Bars.from_frame(table(Close=[10.5, np.nan, np.inf]), ticker="X")
    assert len(bars) == 1
    assert bars.dropped == 2
    assert len(bars.labels) == 1


def test_volume_may_be_missing_or_zero():
    unknown = Bars.from_frame(table().drop(columns="Volume"), ticker="X")
    assert unknown.volume.isna().all()
    assert Bars.from_frame(table(Volume=0), ticker="X").volume.tolist() == [0.0] * 3


def test_dividends_and_splits_are_kept_by_ex_date():
    frame = table(**{"Dividends": [0.0, 0.25, 0.0], "Stock Splits": [0.0, 0.0, 2.0]})
    bars = Bars.from_frame(frame, ticker="X")
    assert bars.dividends.to_dict() == {pd.Timestamp("2026-01-06", tz="UTC"): 0.25}
    assert bars.splits.to_dict() == {pd.Timestamp("2026-01-07", tz="UTC"): 2.0}
    assert bars.head(1).splits.empty


def test_the_callers_table_is_not_written_to():
    frame = table(Close=[10.5, np.nan, 10.5])
    before = frame.copy(deep=True)
    Bars.from_frame(frame, ticker="X")
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("frame", "seen"),
    [
        (table().drop(columns="High"), "no column high"),
        (table(("2026-01-06", "2026-01-05")), "not in order: row 1"),
        (table(("2026-01-05", "2026-01-05")), "repeats row 0"),
        (table().reset_index(drop=True), "indexed by RangeIndex"),
        (table(High=8.0), "a high below its low"),
        (table(Volume=-1.0), "a negative volume"),
        (table(Close=["10", "x", "11"]), "holds text"),
        (table().assign(close=1.0), "the column 'close' twice"),
        (pd.concat({"X": table()}, axis=1), "columns in 2 levels"),
        ([1, 2, 3], "came as list"),
    ],
)
def test_a_table_that_is_not_one_of_bars_is_refused_in_words(frame, seen):
    with pytest.raises(BadBars, match=seen) as caught:
        Bars.from_frame(frame, ticker="X")
    assert caught.value.needed
    assert caught.value.cure


def test_intraday_rows_called_daily_are_refused():
    with pytest.raises(BadBars, match="not in order"):
        Bars.from_frame(table(("2026-01-05 09:30", "2026-01-05 09:35")), ticker="X")


def test_an_empty_table_gives_no_bars():
    assert len(Bars.from_frame(table().iloc[:0], ticker="X")) == 0


def test_an_unknown_interval_names_the_known_ones():
    with pytest.raises(BadBars, match="1m, 5m, 15m, 1h, 1d, 1wk"):
        Interval.of("2h")


def test_without_a_calendar_a_bar_closed_at_the_latest_it_can_have():
    daily = Bars.from_frame(table(), ticker="X")
    assert daily.closed_at() == datetime(2026, 1, 8, 5, 0, tzinfo=UTC)
    minutes = Bars.from_frame(table(("2026-01-05 09:30",)), ticker="X", interval="5m")
    assert minutes.closed_at() == datetime(2026, 1, 5, 14, 35, tzinfo=UTC)


def test_bars_are_cut_with_what_belongs_to_them():
    bars = Bars.from_frame(table(), ticker="X")
    assert bars.head(2).labels.tolist() == bars.labels[:2].tolist()
    assert bars.tail(2).index.tolist() == bars.index[1:].tolist()
    assert len(bars.tail(9)) == 3
