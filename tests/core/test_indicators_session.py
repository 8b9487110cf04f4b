"""Lines that know the session: gaps, VWAP, relative volume by the time of day."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from genie_nb.core import indicators as ind
from genie_nb.core.market import Bars

NAN = np.nan


def bars_of(rows: list[tuple], times: pd.DatetimeIndex, interval: str) -> Bars:
    frame = pd.DataFrame(rows, columns=["open", "high", "low", "close", "volume"], index=times)
    return Bars.from_frame(frame, ticker="X", interval=interval)


def daily(*rows: tuple, start: str = "2026-01-05") -> Bars:
    return bars_of(list(rows), pd.date_range(start, periods=len(rows)), "1d")


def intraday(*days: list[tuple]) -> Bars:
    """Hourly bars from 10:00 New York, one list of rows per day from 2026-01-05."""
    times = [
        pd.Timestamp("2026-01-05 10:00", tz="America/New_York") + pd.Timedelta(days=day, hours=hour)
        for day, rows in enumerate(days)
        for hour in range(len(rows))
    ]
    return bars_of([row for rows in days for row in rows], pd.DatetimeIndex(times), "1h")


def assert_line(line, *expected: float) -> None:
    np.testing.assert_allclose(np.asarray(line), expected, rtol=1e-12)


TWO_DAYS = intraday(
    [(10, 12, 9, 12, 100), (12, 12, 12, 12, 300)],
    [(15, 15, 15, 15, 50), (15, 18, 15, 18, 50)],
)


def test_on_daily_bars_each_bar_is_its_own_session():
    bars = daily((10, 10, 10, 10, 1), (11, 12, 11, 12, 1))
    assert_line(ind.prev_close(bars), NAN, 10)
    assert_line(ind.gap(bars), NAN, 0.1)
    assert_line(ind.change(bars), NAN, 0.2)


def test_on_intraday_bars_the_gap_lasts_the_session_and_the_change_moves():
    assert_line(ind.prev_close(TWO_DAYS), NAN, NAN, 12, 12)
    assert_line(ind.gap(TWO_DAYS), NAN, NAN, 0.25, 0.25)
    assert_line(ind.change(TWO_DAYS), NAN, NAN, 0.25, 0.5)


def test_vwap_starts_anew_each_session():
    assert_line(ind.vwap(TWO_DAYS), 11, (11 * 100 + 12 * 300) / 400, 15, 16)


def test_vwap_is_never_faked_from_daily_bars():
    assert ind.vwap(daily((10, 12, 9, 11, 100), (10, 12, 9, 11, 100))).isna().all()


def test_vwap_is_missing_until_something_was_traded_and_after_a_bar_without_volume():
    bars = intraday(
        [(9, 9, 9, 9, 0), (9, 9, 9, 9, 5), (9, 9, 9, 9, NAN), (9, 9, 9, 9, 5)], [(8, 8, 8, 8, 1)]
    )
    assert_line(ind.vwap(bars), NAN, 9, NAN, NAN, 8)


def test_anchored_vwap_gathers_from_its_date():
    bars = daily((10, 12, 9, 12, 9), (20, 20, 20, 20, 100), (30, 30, 30, 30, 300))
    assert_line(ind.anchored_vwap(bars, date(2026, 1, 6)), NAN, 20, 27.5)


def test_anchored_vwap_on_a_day_without_session_starts_with_the_next_one():
    bars = daily((20, 20, 20, 20, 100), (30, 30, 30, 30, 300))
    assert_line(ind.anchored_vwap(bars, date(2026, 1, 3)), 20, 27.5)


def test_anchored_vwap_is_missing_when_the_bars_begin_too_late():
    bars = daily((20, 20, 20, 20, 100), (30, 30, 30, 30, 300))
    assert ind.anchored_vwap(bars, date(2025, 12, 1)).isna().all()


def test_relative_volume_leaves_this_bar_out():
    bars = daily((1, 1, 1, 1, 100), (1, 1, 1, 1, 300), (1, 1, 1, 1, 500))
    assert_line(ind.rvol(bars, 2), NAN, NAN, 2.5)


def test_relative_volume_is_missing_without_a_usual_volume():
    bars = daily((1, 1, 1, 1, 0), (1, 1, 1, 1, 0), (1, 1, 1, 1, 500), (1, 1, 1, 1, NAN))
    assert ind.rvol(bars, 2).isna().tolist() == [True, True, True, True]


def test_a_busy_close_is_usual_on_intraday_bars():
    quiet, busy = (1, 1, 1, 1, 100), (1, 1, 1, 1, 900)
    bars = intraday([quiet, busy], [quiet, busy], [(1, 1, 1, 1, 200), busy])
    assert_line(ind.rvol(bars, 2), NAN, NAN, NAN, NAN, 2, 1)


def test_the_time_of_day_is_the_exchanges_when_clocks_change():
    # 2026-03-08 is the start of daylight saving time in New York.
    times = pd.DatetimeIndex(["2026-03-06 10:00", "2026-03-09 10:00"]).tz_localize(
        "America/New_York"
    )
    bars = bars_of([(1, 1, 1, 1, 100), (1, 1, 1, 1, 150)], times, "5m")
    assert_line(ind.rvol(bars, 1), NAN, 1.5)


def test_a_half_day_does_not_empty_the_next_afternoons():
    row = (1, 1, 1, 1, 100)
    bars = intraday([row, row], [row], [row, row])
    assert_line(ind.rvol(bars, 1), NAN, NAN, 1, 1, 1)


def test_edge_spread_of_a_known_bounce_is_close_to_it():
    generator = np.random.default_rng(7)
    trades = 390
    days = 63
    value = np.exp(np.cumsum(generator.normal(0, 0.01 / np.sqrt(trades), trades * days)))
    bounced = (10 * value * (1 + 0.005 * generator.choice([-1, 1], trades * days))).reshape(
        days, trades
    )
    rows = np.column_stack(
        [bounced[:, 0], bounced.max(1), bounced.min(1), bounced[:, -1], np.full(days, 1.0)]
    )
    bars = daily(*map(tuple, rows))
    assert ind.edge_spread(bars) == pytest.approx(0.01, rel=0.25)
    assert np.isnan(ind.edge_spread(bars.tail(62)))


def test_edge_spread_of_prices_that_never_moved_is_missing():
    assert np.isnan(ind.edge_spread(daily(*[(5, 5, 5, 5, 1)] * 63)))
