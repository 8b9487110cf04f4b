"""Lines by hand: small cases worked out on paper, and what is missing when."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from genie_nb.core import indicators as ind
from genie_nb.core.errors import AskError

NAN = np.nan


def series(*values: float) -> pd.Series:
    return pd.Series(
        values, index=pd.date_range("2026-01-05", periods=len(values), tz="UTC"), dtype=float
    )


def assert_line(line, *expected: float) -> None:
    np.testing.assert_allclose(np.asarray(line), expected, rtol=1e-12, atol=1e-12)


def test_a_series_comes_back_on_its_own_index():
    x = series(1, 2, 3)
    assert ind.sma(x, 2).index is x.index
    assert isinstance(ind.sma(x.to_numpy(), 2), np.ndarray)


def test_sma_includes_this_bar_and_average_leaves_it_out():
    assert_line(ind.sma(series(1, 2, 6, 4), 2), NAN, 1.5, 4, 5)
    assert_line(ind.average(series(1, 2, 6, 4), 2), NAN, NAN, 1.5, 4)


def test_highest_and_lowest_leave_this_bar_out():
    x = series(3, 1, 2, 9)
    assert_line(ind.highest(x, 2), NAN, NAN, 3, 2)
    assert_line(ind.lowest(x, 2), NAN, NAN, 1, 1)
    assert_line(ind.highest(x, 1), NAN, 3, 1, 2)


def test_ema_is_seeded_with_the_simple_mean():
    assert_line(ind.ema(series(1, 2, 3, 9, 5), 3), NAN, NAN, 2, 5.5, 5.25)


def test_vwma_weighs_the_typical_price_by_volume():
    high, low, close = series(4, 7), series(1, 4), series(1, 4)
    assert_line(ind.vwma(high, low, close, series(1, 3), 2), NAN, (2 * 1 + 5 * 3) / 4)


def test_vwma_is_missing_where_nothing_was_traded():
    flat = series(2, 2, 2)
    assert_line(ind.vwma(flat, flat, flat, series(0, 0, 5), 2), NAN, NAN, 2)


def test_rsi_by_hand():
    # moves +1, +1, -2, +4: gains 2/2, losses 0 -> 100; then (1+0)/2 against (0+2)/2; then (0.5+4)/2 against 0.5
    assert_line(ind.rsi(series(1, 2, 3, 1, 5), 2), NAN, NAN, 100, 100 / 3, 100 * 2.25 / 2.75)


def test_rsi_without_any_move_is_missing_and_not_50():
    assert_line(ind.rsi(series(5, 5, 5, 5, 6, 5), 3), NAN, NAN, NAN, NAN, 100, 40)


def test_rsi_long_after_the_last_move_is_missing_rather_than_0():
    x = np.concatenate(([10.0, 11.0], np.full(2_000, 11.0)))
    assert ind.rsi(x, 14)[14] == 100
    assert np.isnan(ind.rsi(x, 14)[-1])


def test_true_range_counts_the_gap():
    assert_line(ind.true_range(series(5, 9), series(4, 8), series(4.5, 8.5)), NAN, 4.5)


def test_atr_starts_with_the_mean_of_true_ranges_and_smooths_by_wilder():
    high, low, close = series(10, 12, 11, 15), series(9, 10, 10, 11), series(9.5, 11, 10.5, 14)
    # true ranges 2.5, 1, 4.5
    assert_line(ind.atr(high, low, close, 2), NAN, NAN, 1.75, (1.75 + 4.5) / 2)


def test_bollinger_uses_the_population_standard_deviation():
    bands = ind.bollinger(series(1, 3), 2, 2)
    assert_line(bands.upper, NAN, 4)
    assert_line(bands.middle, NAN, 2)
    assert_line(bands.lower, NAN, 0)
    assert_line(ind.stdev(series(1, 3), 2), NAN, 1)


def test_macd_lines_begin_together():
    x = series(*np.linspace(1, 9, 40) ** 1.5)
    macd = ind.macd(x)
    for line in macd:
        assert line.first_valid_index() == x.index[33]
    assert_line(macd.hist.iloc[33:], *(macd.line - macd.signal).iloc[33:])


def test_obv_starts_with_the_first_volume():
    assert_line(ind.obv(series(5, 6, 5, 5), series(10, 3, 2, 7)), 10, 13, 11, 11)


def test_supertrend_follows_below_a_rise_and_turns_when_it_is_broken():
    close = series(10, 11, 12, 13, 14, 15, 9, 8)
    line = ind.supertrend(close + 0.5, close - 0.5, close, n=2, k=1)
    assert (line.iloc[2:6] < close.iloc[2:6]).all()
    assert line.iloc[2:6].is_monotonic_increasing
    assert (line.iloc[6:] > close.iloc[6:]).all()


def test_windows_that_hold_a_missing_value_are_missing_and_the_later_ones_are_not():
    x = series(1, 2, NAN, 4, 6, 8)
    assert_line(ind.sma(x, 2), NAN, 1.5, NAN, NAN, 5, 7)
    assert_line(ind.average(x, 2), NAN, NAN, 1.5, NAN, NAN, 5)
    assert_line(ind.highest(x, 2), NAN, NAN, 2, NAN, NAN, 6)
    assert_line(ind.stdev(x, 2), NAN, 0.5, NAN, NAN, 1, 1)


def test_recursive_lines_are_seeded_anew_after_a_hole():
    x = np.array([1, 2, 4, NAN, 3, 5, 4, 8, 7, 9], dtype=float)
    for line in (ind.ema, ind.rsi):
        whole, part = line(x, 2), line(x[4:], 2)
        np.testing.assert_array_equal(whole[4:], part)
        assert np.isnan(whole[3])


def test_an_infinite_value_counts_as_missing():
    assert_line(ind.sma(series(1, np.inf, 3, 5), 2), NAN, NAN, NAN, 4)


def test_volatility_is_the_sample_deviation_of_returns_over_a_year():
    # returns +0.10 and -0.10: deviation 0.1·√2
    assert ind.volatility(series(100, 110, 99), 2) == pytest.approx(0.1 * 2**0.5 * 252**0.5)
    assert np.isnan(ind.volatility(series(100, 110, 99), 3))
    assert np.isnan(ind.volatility(series(100, NAN, 99), 2))


def test_beta_of_twice_the_index_is_two():
    returns = np.array([0.01, -0.02, 0.03])
    index = series(100, *(100 * np.cumprod(1 + returns)))
    stock = series(50, *(50 * np.cumprod(1 + 2 * returns)))
    assert ind.beta(stock, index, 3) == pytest.approx(2)
    assert np.isnan(ind.beta(stock, index, 4))
    assert np.isnan(ind.beta(stock, index * 0 + 7, 3))


def test_beta_uses_only_days_that_both_have():
    returns = np.array([0.01, -0.02, 0.03, 0.01])
    index = series(100, *(100 * np.cumprod(1 + returns)))
    stock = index.drop(index.index[2])
    assert ind.beta(stock, index, 3) == pytest.approx(1)


def test_relative_strength_compares_growth_with_the_index():
    stock, index = series(10, 11, 12), series(100, 100, 110)
    assert_line(ind.relative_strength(stock, index, 2), NAN, NAN, 1.2 / 1.1 - 1)
    assert_line(ind.relative_strength(stock, index.iloc[1:], 2), NAN, NAN, NAN)


@pytest.mark.parametrize(
    ("line", "n"),
    [
        (ind.sma, 0),
        (ind.ema, -1),
        (ind.rsi, 1),
        (ind.stdev, 1),
        (ind.highest, 0),
        (ind.average, 2.5),
    ],
)
def test_a_length_that_cannot_be_is_refused(line, n):
    with pytest.raises(AskError, match=f"over {n} bars cannot be computed"):
        line(series(1, 2, 3), n)


def test_short_and_empty_series_are_all_missing():
    for x in (np.empty(0), np.array([1.0])):
        for line in (ind.sma, ind.ema, ind.rsi, ind.stdev, ind.highest, ind.average):
            assert np.isnan(line(x, 3)).all()
        assert np.isnan(ind.supertrend(x, x, x)).all()
        assert np.isnan(ind.macd(x).line).all()


def test_indicators_import_neither_numba_nor_pandas_ta():
    code = "import sys, genie_nb.core.indicators; print({'numba', 'pandas_ta'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
