"""The five strategies: their canonical words, what they lean to, and what they refuse."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.backtest import run_backtest
from genie_nb.core.errors import AskError
from genie_nb.core.grammar import line, parse_condition
from genie_nb.core.market import Bars, Interval
from genie_nb.core.strategies import BUILT_IN, VWAP_DAY, Traits
from genie_nb.plugins import open_provider, strategies

WORDS = {
    "trend": ("close > sma(100) and sma(20) > sma(100)", "sma(20) < sma(100)"),
    "mean_reversion": ("rsi(14) < 30 and close < vwma(20)", "rsi(14) > 55"),
    "breakout": ("close > highest(20) and rvol(20) > 1.5", "close < lowest(10)"),
    "accumulation": ("close touches lowest(20)", "close > highest(60)"),
    "vwap_day": (
        "close crosses above vwap and rvol(10) > 1.2 and bars_left > 2",
        "close < vwap or bars_left <= 2",
    ),
}
STEADY = Traits(
    volatility=0.17, growth=0.3, trend=0.65, range=0.2, pullback=0.2, gaps=0.01, dollar_volume=1e8
)
RANGING = Traits(
    volatility=0.3, growth=0.0, trend=0.02, range=0.95, pullback=1.0, gaps=0.02, dollar_volume=5e6
)
WILD = Traits(
    volatility=1.1, growth=0.1, trend=0.1, range=0.5, pullback=3.0, gaps=0.02, dollar_volume=5e6
)


def best(traits: Traits) -> str:
    return max(BUILT_IN, key=lambda name: BUILT_IN[name].fit(traits))


def test_a_side_reads_as_its_condition_at_the_usual_parameters():
    sides = {name: (str(one.entry), str(one.exit)) for name, one in BUILT_IN.items()}
    assert sides == WORDS
    assert str(BUILT_IN["breakout"].entry(lookback=55)) == "close > highest(55) and rvol(20) > 1.5"


def test_there_are_five_and_they_are_found_by_entry_point():
    assert set(BUILT_IN) == set(WORDS)
    assert all(strategies()[name] is BUILT_IN[name] for name in WORDS)


@pytest.mark.parametrize("name", WORDS)
def test_a_strategy_enters_and_leaves_by_these_conditions(name):
    strategy = BUILT_IN[name]
    assert (str(strategy.entry()), str(strategy.exit())) == WORDS[name]


@pytest.mark.parametrize("name", WORDS)
def test_all_that_a_strategy_says_reads_back_as_the_same(name):
    strategy = BUILT_IN[name]
    for condition in (strategy.entry(), strategy.exit(), *strategy.rules_at().values()):
        assert parse_condition(str(condition)) == condition
    assert strategy.levels_at()
    for level in strategy.levels_at().values():
        assert line(str(level)) == level


@pytest.mark.parametrize("name", WORDS)
def test_each_says_in_three_lines_what_it_lives_on(name):
    thesis = BUILT_IN[name].fit.__doc__
    assert len([line for line in thesis.splitlines() if line.strip()]) == 3


@pytest.mark.parametrize("name", WORDS)
def test_a_strategy_holds_no_advice(name):
    strategy = BUILT_IN[name]
    words = f"{strategy.summary} {strategy.note}".lower().split()
    assert not {"buy", "buys", "sell", "sells"} & set(words)


def test_the_trend_target_lies_thrice_as_far_above_the_slow_average():
    closes = np.linspace(100, 199, 100)
    frame = pd.DataFrame(dict.fromkeys(("open", "high", "low", "close"), closes))
    frame.index = pd.bdate_range("2025-01-02", periods=100)
    bars = Bars.from_frame(frame, ticker="X")
    level = BUILT_IN["trend"].levels_at()["target"].values(bars)
    fast, slow = closes[-20:].mean(), closes.mean()
    assert level.iloc[-1] == pytest.approx(slow + 3 * (fast - slow))


@pytest.mark.parametrize("name", WORDS)
def test_alerts_wait_for_the_very_conditions_that_the_backtest_trades(name):
    strategy = BUILT_IN[name]
    rules = strategy.rules_at()
    assert strategy.entry() in rules.values()
    assert rules["exit"] == strategy.exit()


def test_the_end_of_the_session_is_told_to_who_is_in_vwap_day():
    leave = BUILT_IN["vwap_day"].rules_at(end=3)["exit"]
    assert str(leave) == "close < vwap or bars_left <= 3"


def test_accumulation_arms_every_stage_and_enters_at_the_first():
    strategy = BUILT_IN["accumulation"]
    rules = strategy.rules_at()
    assert list(rules) == ["first", "second", "third", "exit"]
    assert rules["first"] == strategy.entry()
    assert [str(level) for level in list(strategy.levels_at().values())[:3]] == [
        "lowest(20)",
        "lowest(60)",
        "lowest(250)",
    ]


def test_parameters_take_their_places():
    entry = BUILT_IN["breakout"].entry(lookback=55, volume_factor=2)
    assert str(entry) == "close > highest(55) and rvol(20) > 2"


@pytest.mark.parametrize(
    ("traits", "name"), [(STEADY, "trend"), (RANGING, "mean_reversion"), (WILD, "breakout")]
)
def test_each_kind_of_stock_has_its_strategy(traits, name):
    assert best(traits) == name
    assert BUILT_IN[name].fit(traits) > 0.7


def test_a_steady_growers_pullback_suits_mean_reversion():
    fit = BUILT_IN["mean_reversion"].fit
    assert fit(STEADY) == 0
    assert fit(replace(STEADY, pullback=5.0)) > 0.7


def test_a_falling_stock_suits_no_trend():
    assert BUILT_IN["trend"].fit(replace(STEADY, growth=-0.3)) == 0


def test_nobody_trades_within_the_day_without_intraday_bars():
    liquid = replace(WILD, dollar_volume=1e9)
    assert VWAP_DAY.fit(liquid) == 0
    assert VWAP_DAY.fit(replace(liquid, intraday=True)) > 0.7


@pytest.mark.parametrize("name", WORDS)
def test_what_is_not_known_speaks_for_nothing(name):
    assert BUILT_IN[name].fit(Traits()) == 0


def test_vwap_day_is_refused_on_daily_bars_in_words():
    daily = open_provider("demo").bars(["ACME"], Interval.D1, None, None)["ACME"]
    with pytest.raises(AskError, match="trades within a session, and these bars are 1d"):
        run_backtest(VWAP_DAY, daily)


@pytest.mark.parametrize("missing", [0, 7])
def test_vwap_day_holds_nothing_over_night(missing):
    """Even when bars are missing near the close."""
    bars = sessions(24, every_missing=missing)
    result = run_backtest(VWAP_DAY, bars, volume_factor=0)
    local = bars.index.tz_convert("America/New_York")
    assert len(result.account.closed) >= 10
    assert result.account.open is None
    for fill in result.account.closed:
        assert local[fill.bought].date() == local[fill.sold].date()
        assert f"{local[fill.sold]:%H:%M}" <= "15:55"


def test_vwap_day_knows_nothing_without_the_calendar():
    bars = replace(sessions(12), session_ends=None)
    assert run_backtest(VWAP_DAY, bars, volume_factor=0).account.fills == ()


def sessions(count: int, every_missing: int = 0) -> Bars:
    """Waves around a mean, so that the price crosses its VWAP several times a session."""
    days = pd.bdate_range("2025-06-02", periods=count, tz="America/New_York")
    opening = days + pd.Timedelta(hours=9, minutes=30)
    index = pd.DatetimeIndex(
        [day + pd.Timedelta(minutes=5 * i) for day in opening for i in range(78)]
    )
    close = 50 + np.sin(np.arange(len(index)) / 5)
    frame = pd.DataFrame(dict.fromkeys(("open", "high", "low", "close"), close), index=index)
    frame["volume"] = 1000.0
    bars = Bars.from_frame(frame, ticker="X", interval="5m")
    ends = np.repeat((days + pd.Timedelta(hours=16)).tz_convert("UTC"), 78)
    bars = replace(bars, session_ends=pd.DatetimeIndex(ends))
    if not every_missing:
        return bars
    there = np.arange(len(index)) % every_missing != 0
    return replace(
        bars,
        frame=bars.frame[there],
        labels=bars.labels[there],
        session_ends=bars.session_ends[there],
    )
