"""The Python functions on the caller's own intraday bars: the calendar says when a session ends."""

import numpy as np
import pandas as pd
import pytest

import genie_nb as genie
from genie_nb.core.market import Bars

HALF_DAY = "2024-11-29"


@pytest.fixture(scope="module")
def bars() -> Bars:
    """Five sessions around Thanksgiving 2024; that of the 29th ends at 13:00."""
    days = ["2024-11-25", "2024-11-26", "2024-11-27", HALF_DAY, "2024-12-02"]
    index = pd.DatetimeIndex(
        [
            pd.Timestamp(f"{day} 09:30") + pd.Timedelta(minutes=5 * bar)
            for day in days
            for bar in range(42 if day == HALF_DAY else 78)
        ]
    )
    close = 50 + np.sin(np.arange(len(index)) / 5)
    frame = pd.DataFrame(
        {"open": close, "high": close + 0.1, "low": close - 0.1, "close": close, "volume": 1000.0},
        index=index,
    )
    return Bars.from_frame(frame, ticker="X", interval="5m")


def test_bars_left_are_counted_to_the_end_of_the_session_half_days_included(bars: Bars) -> None:
    fires = genie.preview("bars_left == 0", bars).value.fires
    assert [f"{moment:%m-%d %H:%M}" for moment in pd.DatetimeIndex(fires)] == [
        "11-25 15:55",
        "11-26 15:55",
        "11-27 15:55",
        "11-29 12:55",
        "12-02 15:55",
    ]


def test_a_line_or_a_rule_alone_knows_the_sessions_of_own_bars(bars: Bars) -> None:
    own = genie.Bars.from_frame(bars.frame, ticker="X", interval="5m")
    left = genie.line("bars_left").values(own)
    assert left.dtype == "float64"
    assert left.groupby(own.sessions).first().tolist() == [77, 77, 77, 41, 77]
    rule = genie.parse_rule("bars_left == 0", ticker="X", interval="5m")
    fires = genie.preview(rule, own).value.fires
    assert own.index[rule.evaluate(own).to_numpy(dtype=bool)].tolist() == list(fires)


def test_a_day_that_was_traded_though_the_calendar_has_it_closed_ends_at_the_usual_hour() -> None:
    traded = pd.date_range("2025-01-09 09:30", "2025-01-09 15:55", freq="5min")  # a day of mourning
    early = pd.DatetimeIndex(["2025-01-09 08:00"])  # before the opening: of the next day's session
    index = early.append(traded)
    frame = pd.DataFrame(
        dict.fromkeys(["open", "high", "low", "close", "volume"], 5.0), index=index
    )
    left = genie.line("bars_left").values(genie.Bars.from_frame(frame, ticker="X", interval="5m"))
    assert left.loc[traded].tolist() == list(range(77, -1, -1))
    assert left.loc[early].item() > 77


@pytest.mark.parametrize("engine", ["plain", "fast"])
def test_a_strategy_of_the_session_trades_and_is_flat_overnight(bars: Bars, engine) -> None:
    trades = genie.run_backtest(
        ("close crosses above vwap and bars_left > 2", "close < vwap or bars_left <= 2"),
        bars,
        engine=engine,
    ).trades
    assert len(trades) >= 10
    assert (trades.entry_time.dt.date == trades.exit_time.dt.date).all()
    half = trades[trades.entry_time.dt.date.astype(str) == HALF_DAY]
    assert len(half)
    assert (half.exit_time.dt.strftime("%H:%M") <= "12:55").all()


def test_a_sweep_sees_the_same_sessions(bars: Bars) -> None:
    day = ("close crosses above vwap and bars_left > {end}", "close < vwap or bars_left <= {end}")
    row = genie.sweep(day, bars, {"end": [2]}).iloc[0]
    assert row["trades"] == len(genie.run_backtest(day, bars, end=2).trades)
    assert row["trades"] >= 10


def test_a_table_that_was_not_made_bars_is_refused_in_words(bars: Bars) -> None:
    with pytest.raises(genie.GenieError, match="came as DataFrame") as caught:
        genie.run_backtest("trend", bars.frame)  # pyright: ignore[reportArgumentType]
    assert "from_frame" in str(caught.value)
    with pytest.raises(genie.GenieError, match="came as DataFrame"):
        genie.sweep("trend", bars.frame, {"fast": [10]})  # pyright: ignore[reportArgumentType]


def test_a_rule_is_due_at_the_bars_where_its_preview_fires(bars: Bars) -> None:
    rule = genie.parse_rule("bars_left == 0", ticker="X", interval="5m")
    _, state = genie.due(rule, bars.head(1), None)
    alerts, state = genie.due(rule, bars, state)
    fires = pd.DatetimeIndex(genie.preview(rule, bars).value.fires)
    assert len(fires) == 5
    there = fires.tz_localize("America/New_York").tz_convert("UTC")
    assert [alert.bar_time for alert in alerts] == list(there)
    assert state.unknown == ()
