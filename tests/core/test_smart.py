"""Smart pick: traits, noise, the unseen part, chance orders, and the strategy that suits, if any."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.backtest import Costs, run_backtest
from genie_nb.core.errors import BadBars
from genie_nb.core.grammar import parse_condition, parse_rule
from genie_nb.core.market import Bars, Interval
from genie_nb.core.rule import Rule, due
from genie_nb.core.smart import (
    false_signals,
    noise_per_year,
    null_p,
    out_of_sample,
    propose,
    set_up,
    traits,
)
from genie_nb.core.smart.null import Shuffle
from genie_nb.core.strategies import BREAKOUT, BUILT_IN, TREND, Strategy
from genie_nb.plugins import open_provider

NOW = datetime(2026, 1, 12, 21, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def market():
    demo = open_provider("demo")
    return demo.bars(["STDW", "PLTU", "ZPHF", "BRMR"], Interval.D1, None, None)


@pytest.fixture(scope="module")
def setups(market):
    return {ticker: set_up(bars, as_of=NOW, provider="demo") for ticker, bars in market.items()}


def bars_of(rows, *, volume=1000.0, start="2024-01-02") -> Bars:
    """Daily bars from (open, high, low, close)."""
    frame = pd.DataFrame(rows, columns=["open", "high", "low", "close"], dtype=float)
    frame["volume"] = volume
    frame.index = pd.bdate_range(start, periods=len(frame))
    return Bars.from_frame(frame, ticker="X")


def walk(count: int = 800, *, drift: float = 0.0, sigma: float = 0.01, seed: int = 0) -> Bars:
    dice = np.random.default_rng(seed)
    close = 50 * np.exp(np.cumsum(dice.normal(drift, sigma, count)))
    opened = np.append(50.0, close[:-1])
    swing = 1 + np.abs(dice.normal(0, sigma / 2, count))
    high, low = np.maximum(opened, close) * swing, np.minimum(opened, close) / swing
    return bars_of(np.column_stack((opened, high, low, close)), volume=1e6)


def up_and_down(count: int) -> Bars:
    """Rises 1 % on every second bar and falls back on the others."""
    closes = np.tile([100.0, 101.0], count // 2)
    opened = np.append(100.0, closes[:-1])
    high, low = np.maximum(opened, closes), np.minimum(opened, closes)
    return bars_of(np.column_stack((opened, high, low, closes)))


# Traits


def test_traits_of_a_straight_way():
    closes = 100 * 1.001 ** np.arange(300)
    found = traits(bars_of(np.column_stack((closes, closes, closes, closes)), volume=10.0))
    assert found.trend == pytest.approx(1.0)
    assert found.growth == pytest.approx(252 * np.log(1.001))
    assert found.volatility == pytest.approx(0.0, abs=1e-9)
    assert found.dollar_volume == pytest.approx(np.median(closes[-63:]) * 10)
    assert found.pullback == 0


def test_traits_of_a_price_that_goes_up_and_down():
    closes = np.tile([100.0, 101.0], 300)
    found = traits(bars_of(np.column_stack((closes, closes + 1, closes - 1, closes))))
    returns = np.tile([0.01, 100 / 101 - 1], 126)
    assert found.volatility == pytest.approx(returns.std(ddof=1) * np.sqrt(252), rel=1e-3)
    assert found.trend == pytest.approx(0.0, abs=0.01)
    assert found.range == 1.0
    assert found.gaps == 0.0


def test_the_pullback_is_counted_in_average_true_ranges():
    rows = [(100.0, 101.0, 99.0, 100.0)] * 150 + [(100.0, 100.0, 98.0, 98.0)]
    atr = (13 * 2.0 + 2.0) / 14
    assert traits(bars_of(rows)).pullback == pytest.approx(2.0 / atr)


def test_gaps_are_the_share_of_openings_beyond_the_usual_range():
    rows = [(100.0, 101.0, 99.0, 100.0)] * 200
    rows[150] = (105.0, 106.0, 104.0, 105.0)
    rows[151:] = [(105.0, 106.0, 104.0, 105.0)] * 49
    assert traits(bars_of(rows)).gaps == pytest.approx(1 / (199 - 14))


def test_traits_are_unknown_with_less_than_half_a_year():
    found = traits(walk(120))
    assert found.volatility is None
    assert found.trend is None
    assert found.range is None
    assert found.gaps is None
    assert found.dollar_volume is not None


@pytest.mark.parametrize("count", [0, 1, 2])
def test_traits_of_hardly_any_bars_are_unknown(count):
    found = traits(walk(30).head(count))
    assert (found.volatility, found.pullback, found.gaps) == (None, None, None)


def test_a_price_that_stands_still_has_no_trend_and_no_range():
    found = traits(bars_of([(5.0, 5.0, 5.0, 5.0)] * 300))
    assert found.volatility == 0
    assert found.trend is None
    assert found.range is None
    assert found.pullback is None


def test_unknown_volume_is_no_volume():
    assert traits(bars_of([(5.0, 6.0, 4.0, 5.0)] * 300, volume=np.nan)).dollar_volume is None


def test_intraday_bars_are_taken_together_to_sessions():
    demo = open_provider("demo")
    intraday = demo.bars(["ACME"], Interval.M5, None, None)["ACME"]
    daily = demo.bars(["ACME"], Interval.D1, None, None)["ACME"].tail(intraday.sessions.nunique())
    one, other = traits(intraday), traits(daily, intraday=True)
    assert one.dollar_volume == pytest.approx(other.dollar_volume)
    assert one.pullback == pytest.approx(other.pullback)
    assert one.intraday


@pytest.mark.parametrize("seed", range(5))
def test_traits_stay_in_their_bounds(seed):
    found = traits(walk(600, sigma=0.05, seed=seed))
    assert all(0 <= share <= 1 for share in (found.trend, found.range, found.gaps))


# Noise

FLAT = (100.0, 101.0, 99.0, 100.0)
"""A bar with a true range of 2, so that ATR is 2 and the marks are 98 and 102."""


@pytest.mark.parametrize(
    ("after", "false"),
    [
        ([FLAT, (100, 101, 98, 100)], True),
        ([FLAT, (100, 102, 99, 100), (100, 100, 98, 98)], False),
        ([(100, 102, 98, 100)], True),
        ([FLAT] * 9 + [(100, 100, 98, 98)], True),
        ([FLAT] * 10 + [(100, 100, 98, 98)], False),
        ([FLAT] * 10, False),
        ([(103, 104, 101.5, 102), (102, 102, 101, 101)], True),
        ([], False),
    ],
    ids=[
        "a fall first",
        "a rise first",
        "both in one bar",
        "on the tenth bar",
        "on the eleventh bar",
        "neither",
        "counted from the open it was filled at",
        "nothing after it",
    ],
)
def test_a_false_signal_falls_an_atr_before_it_rises_one(after, false):
    bars = bars_of([FLAT] * 20 + after)
    assert false_signals(bars, [19]) == ((19,) if false else ())


def test_a_signal_before_there_is_an_atr_is_not_counted():
    assert false_signals(bars_of([FLAT] * 13 + [(100, 100, 90, 90)]), [12]) == ()


def test_noise_is_per_year_of_bars_on_which_the_entry_is_known():
    """Three entries in 100 bars, of which the first five are unknown; two are false."""
    rows = [FLAT] * 100
    for spike in (40, 60, 80):
        rows[spike] = (100, 101.5, 99, 101.5)
    rows[42] = rows[62] = (100, 100, 97, 100)
    rows[82] = (100, 104, 100, 100)
    strategy = Strategy(
        name="spike", summary="Spikes.", entry_text="close > highest(5)", exit_text="close < 101"
    )
    result = run_backtest(strategy, bars_of(rows))
    assert [fill.bought for fill in result.account.fills] == [41, 61, 81]
    assert noise_per_year(result) == pytest.approx(2 / 95 * 252)


def test_noise_is_unknown_where_the_entry_never_is_known():
    strategy = Strategy(
        name="never", summary="Never.", entry_text="close > vwap", exit_text="close < 1"
    )
    assert noise_per_year(run_backtest(strategy, walk(50))) is None


# Out of sample


def test_the_last_three_tenths_are_tested_with_lines_fed_by_the_rest():
    bars = walk(1000, drift=0.0005)
    unseen = out_of_sample(TREND, bars, spread_bps=20)
    whole = run_backtest(TREND, bars, spread_bps=20, first=700)
    assert (unseen.bars, unseen.start) == (300, bars.index[700])
    assert unseen.total_return == whole.metrics["total_return"]
    assert unseen.spread_bps == 20


def test_a_wide_spread_costs_out_of_sample():
    bars = walk(1000)
    dear, cheap = (out_of_sample(TREND, bars, spread_bps=bps) for bps in (200, 0))
    assert dear.total_return < cheap.total_return


# Chance orders


def test_a_shuffle_keeps_every_move_and_the_end():
    bars = walk(300)
    shuffle = Shuffle(bars)
    other = shuffle.bars(shuffle.order(np.random.default_rng(1)))
    assert not np.allclose(other.close, bars.close)
    assert other.close.iloc[-1] == pytest.approx(bars.close.iloc[-1])
    for name in ("open", "high", "low", "close"):
        moves, others = (b.frame[name] / b.close.shift() for b in (bars, other))
        assert np.sort(others[1:]) == pytest.approx(np.sort(moves[1:]))
    assert sorted(other.volume) == sorted(bars.volume)


def test_the_true_order_gives_the_true_bars():
    bars = walk(300)
    same = Shuffle(bars).bars(np.arange(300))
    pd.testing.assert_frame_equal(same.frame.iloc[:, :5], bars.frame.iloc[:, :5])


def test_intraday_bars_change_places_only_with_their_like():
    intraday = open_provider("demo").bars(["ACME"], Interval.M5, None, None)["ACME"]
    order = Shuffle(intraday).order(np.random.default_rng(1))
    time = intraday.index.tz_convert("America/New_York").strftime("%H:%M").to_numpy()
    assert (time[order] == time).all()
    assert (order != np.arange(len(order))).mean() > 0.9


def test_what_feeds_on_the_order_beats_chance_and_what_ignores_it_does_not():
    """Being long only while it rises needs the order; being long throughout does not."""
    bars = up_and_down(400)
    free = Costs(fee_bps=0)
    feeds = null_p(bars, parse_condition("close < open"), parse_condition("close > open"), free)
    ignores = null_p(bars, parse_condition("close > 0"), parse_condition("close < 0"), free)
    assert feeds == pytest.approx(1 / 201)
    assert ignores == 1.0


def test_chance_is_the_same_at_each_call():
    bars = walk(400)
    entry, leave = BREAKOUT.entry(), BREAKOUT.exit()
    assert null_p(bars, entry, leave, Costs()) == null_p(bars, entry, leave, Costs())


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_bars_have_no_other_order(count):
    bars = walk(30).head(count)
    assert null_p(bars, BREAKOUT.entry(), BREAKOUT.exit(), Costs()) is None


# Pick and setup


@pytest.mark.parametrize(
    ("ticker", "strategy"),
    [("STDW", "trend"), ("PLTU", "mean_reversion"), ("ZPHF", "breakout")],
)
def test_the_pick_leans_to_what_suits_the_stock(setups, ticker, strategy):
    setup = setups[ticker]
    assert max(setup.scores, key=lambda one: one.fit).strategy == strategy
    assert setup.scores[0].strategy == strategy
    assert setup.pick == strategy


def test_none_may_fit(setups):
    setup = setups["BRMR"]
    assert setup.pick is None
    assert setup.rules == ()
    assert "None of the 5 strategies fits BRMR" in setup.said_back
    assert setup.exit == 0


def test_all_five_are_scored_with_reasons_the_best_first(setups):
    for setup in setups.values():
        assert {one.strategy for one in setup.scores} == set(BUILT_IN)
        scores = [one.score for one in setup.scores]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= one.score <= 1 and one.reasons for one in setup.scores)
        assert all(one.obstacle for one in setup.scores if one.strategy != setup.pick)


def test_what_was_not_picked_says_why(setups):
    vwap_day = next(one for one in setups["STDW"].scores if one.strategy == "vwap_day")
    assert vwap_day.reasons == ("It needs 5m bars, and there are none.",)
    assert vwap_day.noise_per_year is vwap_day.out_of_sample is vwap_day.null_p is None


def test_the_pick_is_the_same_at_each_call(market, setups):
    again = set_up(market["PLTU"], as_of=NOW, provider="demo")
    assert again.to_dict() == setups["PLTU"].to_dict()


def test_a_loss_beyond_chance_is_never_picked():
    """Long after each rise, before each fall."""
    late = Strategy(
        name="late",
        summary="Comes late.",
        entry_text="close > open",
        exit_text="close < open",
        fit=lambda _: 1.0,
    )
    setup = set_up(up_and_down(800), as_of=NOW, provider="demo", strategies={"late": late})
    assert setup.pick is None
    assert "more on the last 30 % of the bars than chance explains" in setup.scores[0].obstacle


def test_a_strategy_without_a_fit_is_shown_and_not_picked():
    plain = Strategy(
        name="plain", summary="Plain.", entry_text="close > sma(5)", exit_text="close < sma(5)"
    )
    setup = set_up(walk(), as_of=NOW, provider="demo", strategies={"plain": plain})
    assert setup.pick is None
    assert setup.scores[0].fit is None
    assert setup.scores[0].obstacle == "It does not say which stocks it fits."


def test_a_strategy_whose_fit_fails_is_named_and_costs_only_itself():
    rash = replace(TREND, name="rash", fit=lambda traits: 1 / 0)
    found = set_up(walk(), as_of=NOW, provider="demo", strategies={**BUILT_IN, "rash": rash})
    assert len(found.scores) == 6
    failed = next(one for one in found.scores if one.strategy == "rash")
    assert failed.fit is None
    assert "The fit of rash failed: ZeroDivisionError" in failed.obstacle


def test_a_young_listing_gets_scores_and_no_pick():
    setup = set_up(walk(40), as_of=NOW, provider="demo")
    assert setup.pick is None
    trend = next(one for one in setup.scores if one.strategy == "trend")
    assert any("are needed" in reason for reason in trend.reasons)


def test_no_bars_at_all_fit_nothing():
    setup = set_up(walk(40).head(0), as_of=NOW, provider="demo")
    assert (setup.pick, setup.rules) == (None, ())


def test_prices_that_cannot_be_are_refused():
    rows = np.full((300, 4), 5.0)
    rows[100] = 0.0
    with pytest.raises(BadBars):
        set_up(bars_of(rows), as_of=NOW, provider="demo")


def test_rules_are_canonical_lines_that_say_how_often_they_would_have_fired(market, setups):
    setup = setups["STDW"]
    assert [proposal.name for proposal in setup.rules] == ["entry", "target", "exit"]
    for proposal in setup.rules:
        assert parse_rule(str(proposal.rule)) == proposal.rule
        assert "in the last year" in proposal.said
    assert "would have fired 7 times" in setup.rules[0].said
    assert "would have fired twice" in setup.rules[-1].said


def test_a_rule_that_never_fired_says_so(market):
    rule = Rule(ticker="PLTU", condition=parse_condition("close > 1000000"))
    proposal = propose(rule, market["PLTU"], strategy="own", name="entry")
    assert proposal.said == "It would never have fired in the last year."


def test_fires_are_those_of_a_rule_checked_bar_after_bar(market):
    bars = market["PLTU"].tail(600)
    rule = Rule(ticker="PLTU", condition=parse_condition("close crosses above sma(50)"))
    fired, state = [], due(rule, bars.head(1), None)[1]
    for count in range(2, len(bars) + 1):
        alerts, state = due(rule, bars.head(count), state)
        fired += alerts
    proposal = propose(rule, bars, strategy="own", name="entry")
    since = bars.index[-1] - timedelta(days=365)
    assert proposal.fires == len(fired) > 5
    assert proposal.fires_last_year == sum(alert.bar_time > since for alert in fired)


def test_less_than_a_year_of_bars_has_no_figure_for_a_year(market):
    rule = Rule(ticker="PLTU", condition=parse_condition("close crosses above sma(20)"))
    proposal = propose(rule, market["PLTU"].tail(100), strategy="own", name="entry")
    assert proposal.fires_last_year is None
    assert f"since {market['PLTU'].index[-100]:%Y-%m-%d}" in proposal.said


def test_everything_prepares_every_rule_once(market):
    setup = set_up(market["PLTU"], as_of=NOW, provider="demo", everything=True)
    ids = [proposal.rule.rule_id for proposal in setup.rules]
    assert len(ids) == len(set(ids))
    assert {proposal.strategy for proposal in setup.rules} == set(BUILT_IN) - {"vwap_day"}


def test_a_rule_names_a_provider_that_is_not_the_configured_one(market):
    setup = set_up(market["PLTU"], as_of=NOW, provider="yahoo", rule_provider="yahoo")
    assert all(str(one.rule).startswith("PLTU 1d @yahoo: ") for one in setup.rules)


def test_the_json_of_a_setup(setups):
    found = json.loads(json.dumps(setups["STDW"].to_dict(), allow_nan=False))
    assert found["schema"] == "genie-setup/1"
    assert found["pick"] == "trend"
    assert set(found["scores"][0]) == {
        "strategy",
        "score",
        "fit",
        "noise_per_year",
        "out_of_sample",
        "null_p",
        "reasons",
    }
    assert found["rules"][0]["text"].startswith("STDW 1d: close > sma(100) and sma(20) > sma(100)")
    assert found["rules"][0]["name"] == "entry"
    assert found["rules"][0]["fires_last_year"] == 7
