"""What lines and conditions mean, on bars small enough to work out on paper."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.expr import World
from genie_nb.core.grammar import line, parse_condition
from genie_nb.core.market import Bars

NAN = np.nan
U = None


def bars_of(
    close: list[float],
    *,
    opened: list[float] | None = None,
    high: list[float] | None = None,
    low: list[float] | None = None,
    volume: list[float] | None = None,
    ticker: str = "X",
    start: str = "2026-01-05",
) -> Bars:
    frame = pd.DataFrame(
        {
            "open": opened or close,
            "high": high or np.maximum(opened or close, close),
            "low": low or np.minimum(opened or close, close),
            "close": close,
            "volume": volume or [100.0] * len(close),
        },
        index=pd.date_range(start, periods=len(close)),
    )
    return Bars.from_frame(frame, ticker=ticker)


def intraday(*days: list[float], volume: float = 100.0) -> Bars:
    """Hourly bars from 10:00 New York, one list of closes per day."""
    times = [
        pd.Timestamp("2026-01-05 10:00", tz="America/New_York") + pd.Timedelta(days=day, hours=hour)
        for day, closes in enumerate(days)
        for hour in range(len(closes))
    ]
    close = [value for day in days for value in day]
    frame = pd.DataFrame(dict.fromkeys(("open", "high", "low", "close"), close))
    frame["volume"] = volume
    return Bars.from_frame(frame.set_index(pd.DatetimeIndex(times)), ticker="X", interval="1h")


def truth(text: str, bars: Bars, world: World | None = None) -> list[bool | None]:
    series = parse_condition(text).evaluate(bars, world or World())
    assert series.dtype == "boolean"
    return [None if value is pd.NA else bool(value) for value in series]


def numbers(text: str, bars: Bars, world: World | None = None) -> list[float]:
    return line(text).values(bars, world or World()).tolist()


def same(found: list[float], *expected: float) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_results_come_back_on_the_callers_own_index():
    bars = bars_of([1, 2, 3])
    assert line("close").values(bars).index is bars.labels
    assert parse_condition("close > 1").evaluate(bars).index is bars.labels


def test_arithmetic_follows_the_usual_precedence():
    same(numbers("1 + 2 * close - -close / 2", bars_of([2])), 6)
    same(numbers("(1 + 2) * close", bars_of([2])), 6)
    same(numbers("10 - 3 - 2", bars_of([2])), 5)


def test_division_by_zero_is_missing():
    same(numbers("close / (close - 2)", bars_of([2, 4])), NAN, 2)
    assert truth("close / (close - 2) > 1", bars_of([2, 4])) == [U, True]


def test_a_lag_is_the_value_so_many_bars_before():
    same(numbers("close[1]", bars_of([1, 2, 4])), NAN, 1, 2)
    same(numbers("(close * 2)[2]", bars_of([1, 2, 4])), NAN, NAN, 2)
    same(numbers("close[9]", bars_of([1, 2, 4])), NAN, NAN, NAN)


def test_lines_take_any_value_as_their_argument():
    same(numbers("sma(2, close - open)", bars_of([2, 4], opened=[1, 1])), NAN, 2)
    same(numbers("average(volume, 2)", bars_of([1, 1, 1], volume=[2, 4, 90])), NAN, NAN, 3)


def test_crossing_needs_the_other_side_one_bar_before():
    bars = bars_of([24, 25, 26, 27, 25, 24])
    assert truth("close crosses above 25", bars) == [U, False, True, False, False, False]
    assert truth("close crosses below 25", bars) == [U, False, False, False, False, True]
    assert truth("close crosses 25", bars) == [U, False, True, False, False, True]


def test_an_edge_is_unknown_where_either_bar_is():
    bars = bars_of([1, 2, 3], volume=[1, NAN, 3])
    assert truth("volume crosses above 2", bars) == [U, U, U]
    assert truth("volume > 2", bars) == [False, U, True]


def test_touching_means_reaching_what_the_bar_before_did_not():
    bars = bars_of([10, 12, 12, 15], low=[9, 11, 11, 14], high=[11, 13, 13, 16])
    assert truth("close touches 12", bars) == [U, True, False, False]


def test_inside_is_inclusive_and_its_edges_are_entering_and_leaving():
    bars = bars_of([1, 2, 3, 4])
    assert truth("close inside 2..3", bars) == [False, True, True, False]
    assert truth("close outside 2..3", bars) == [True, False, False, True]
    assert truth("close enters 2..3", bars) == [U, True, False, False]
    assert truth("close leaves 2..3", bars) == [U, False, False, True]


def test_moves_compare_with_a_bar_so_long_before():
    bars = bars_of([100, 104, 105, 94])
    assert truth("close rises by 5% in 2 bars", bars) == [U, U, True, False]
    assert truth("close rises by 5 in 2 bars", bars) == [U, U, True, False]
    assert truth("close falls by 6% in 3 bars", bars) == [U, U, U, True]
    assert truth("close falls by 7 in 3 bars", bars) == [U, U, U, False]


def test_and_or_not_follow_kleene():
    bars = bars_of([5], volume=[NAN])
    unknown, true, false = "volume > 1", "close > 1", "close < 1"
    table = {
        f"{unknown} and {true}": U,
        f"{unknown} and {false}": False,
        f"{unknown} or {true}": True,
        f"{unknown} or {false}": U,
        f"not {unknown}": U,
        f"not {true}": False,
    }
    assert {text: truth(text, bars)[0] for text in table} == table


def test_not_binds_tightest_then_and_then_or():
    bars = bars_of([5])
    assert truth("close > 1 or close > 9 and close > 9", bars) == [True]
    assert truth("(close > 1 or close > 9) and close > 9", bars) == [False]
    assert truth("not close > 9 and close > 9", bars) == [False]


def test_for_asks_each_of_the_last_bars_and_those_before_the_first_are_unknown():
    bars = bars_of([3, 3, 3, 1, 3])
    assert truth("close > 2 for 3 bars", bars) == [U, U, True, False, False]
    assert truth("close < 2 for 3 bars", bars) == [False, False, False, False, False]


def test_within_asks_any_of_the_last_bars():
    bars = bars_of([1, 3, 1, 1, 1])
    assert truth("close > 2 within 3 bars", bars) == [U, True, True, True, False]


def test_for_and_within_may_follow_one_another():
    bars = bars_of([3, 3, 1, 1, 1])
    assert truth("close > 2 for 2 bars within 3 bars", bars) == [U, True, True, True, False]


def test_then_looks_at_the_bars_before_this_one():
    bars = bars_of([9, 1, 1, 1, 5])
    assert truth("close > 8 then close < 2 within 2 bars", bars) == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert truth("close > 4 then close > 0 within 2 bars", bars) == [U, True, True, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "close > 1",
        "close crosses above 1",
        "close touches 1",
        "close enters 1..2",
        "close rises by 5% in 3 bars",
        "close > 1 for 3 bars",
        "close > 1 within 3 bars",
        "close > 1 then close > 2 within 3 bars",
        "pattern hammer",
    ],
)
def test_no_bars_have_no_truths(text):
    assert truth(text, bars_of([1]).head(0)) == []


def test_patterns_are_unknown_while_talib_cannot_tell():
    falling = [50 - t for t in range(20)]
    bars = bars_of([*falling, 36.0], opened=[*[c + 1.0 for c in falling], 30.0])
    found = truth("pattern engulfing", bars)
    assert found[:2] == [U, U]
    assert found[-1] is True
    assert truth("pattern bullish engulfing", bars)[-1] is True
    assert truth("pattern bearish engulfing", bars)[-1] is False


def test_vwap_does_not_exist_on_daily_bars():
    assert truth("close > vwap", bars_of([1, 2])) == [U, U]


def test_lines_that_start_anew_make_no_edges_on_a_sessions_first_bar():
    bars = intraday([10, 10, 8], [12, 9, 13])
    assert truth("close > vwap", bars) == [False, False, False, False, False, True]
    assert truth("close < vwap", bars) == [False, False, True, False, True, False]
    assert truth("close crosses below vwap", bars) == [False, False, True, False, True, False]
    assert truth("gap crosses above 0.1", bars)[3] is False
    assert truth("close crosses above prev_close", intraday([1], [2, 1], [5]))[3] is True


def test_bars_left_counts_to_the_sessions_end():
    bars = intraday([1, 1, 1])
    assert np.isnan(numbers("bars_left", bars)).all()
    ends = pd.DatetimeIndex([pd.Timestamp("2026-01-05 13:00", tz="America/New_York")] * 3)
    ended = replace(bars, session_ends=ends.tz_convert("UTC"))
    same(numbers("bars_left", ended), 2, 1, 0)
    same(numbers("bars_left", bars_of([1, 2])), 0, 0)


def test_a_line_of_another_ticker_is_read_at_the_same_label():
    other = bars_of([10, 20, 30], ticker="IWM")
    world = World(others={"IWM": other})
    bars = bars_of([1, 2, 3], start="2026-01-06")
    same(numbers("close of IWM", bars, world), 20, 30, NAN)
    same(numbers("sma(2) of IWM", bars, world), 15, 25, NAN)
    same(numbers("close[1] of IWM", bars, world), 10, 20, NAN)
    assert np.isnan(numbers("close of IWM", bars)).all()
    same(numbers("close of X", bars), 1, 2, 3)


def test_a_fact_counts_from_the_moment_it_was_known():
    known = pd.Series(
        [2.0, 3.0], index=pd.DatetimeIndex(["2026-01-05 21:00", "2026-01-07 12:00"], tz="UTC")
    )
    bars = bars_of([1, 1, 1])
    same(numbers("fact pe_trailing", bars, World(facts={"pe_trailing": known})), 2, 2, 3)
    same(numbers("fact pe_trailing", bars, World(facts={"pe_trailing": 5.0})), NAN, NAN, 5)
    assert np.isnan(numbers("fact pe_trailing", bars)).all()


def test_anchored_vwap_takes_a_date():
    bars = bars_of([1, 2, 4])
    value = line("anchored_vwap(2026-01-06)")
    assert value.args == (date(2026, 1, 6),)
    same(value.values(bars).tolist(), NAN, 2, 3)


def test_indicators_of_pandas_ta_are_lines_too():
    bars = bars_of(list(np.linspace(10, 30, 60) + np.sin(np.arange(60))))
    np.testing.assert_allclose(
        line("ta.sma(length=5)").values(bars), line("sma(5)").values(bars), rtol=1e-9
    )
    macd = line('ta.macd(column="MACDh_12_26_9")').values(bars)
    assert macd.notna().any()


@pytest.mark.parametrize(
    "text",
    [
        "ta.dpo()",
        'ta.zigzag(column="ZIGZAGv_5.0%_10")',
        'ta.tos_stdevall(column="TOS_STDEVALL_LR")',
        'ta.ichimoku(column="ICS_26")',
        "ta.sma(offset=-3)",
    ],
)
def test_indicators_that_see_the_future_are_refused_by_name(text):
    name = text.split("(")[0]
    with pytest.raises(Exception, match=rf"{name}.* looks into the future"):
        line(text)


@pytest.mark.parametrize(
    "text", ['ta.ichimoku(column="ITS_9")', "ta.kama()", 'ta.pvi(column="PVI")', "ta.ssf()"]
)
def test_an_indicator_that_needs_many_bars_says_nothing_of_the_first_ones_later(text):
    bars, value = bars_of(list(range(1, 301))), line(text)
    whole = value.values(bars)
    assert whole.notna().any()
    for count in (5, 15, 30, 60, 250):
        pd.testing.assert_series_equal(value.values(bars.head(count)), whole.head(count))


def test_an_indicator_that_does_not_see_it_is_taken_beside_one_that_does():
    bars = bars_of(list(range(1, 101)))
    assert line('ta.ichimoku(column="ITS_9")').values(bars).notna().any()
    assert line("ta.dpo(centered=false)").values(bars).notna().any()
