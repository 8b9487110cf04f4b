"""What keeps a backtest honest: unseen bars, deflation by tries, intervals, neighbours."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genie_nb.core.backtest import run_backtest, sweep
from genie_nb.core.backtest.deflated import deflated_sharpe
from genie_nb.core.backtest.heat_map import heat_map, neighbourhood
from genie_nb.core.backtest.mean_trade import mean_trade
from genie_nb.core.backtest.metrics import METRICS
from genie_nb.core.backtest.sample import cut_at, first_unseen, in_and_out
from genie_nb.core.backtest.walk_forward import walk_forward
from genie_nb.core.errors import AskError, TooFewBars, UnknownName
from genie_nb.core.market import Bars

GRID = {"rsi_length": [3, 14], "entry": [35, 45], "exit": [50, 60]}


def random_walk(seed: int, count: int) -> Bars:
    dice = np.random.default_rng(seed)
    closes = 20 * np.exp(np.cumsum(dice.normal(0, 0.02, count)))
    opens = closes * np.exp(dice.normal(0, 0.005, count))
    frame = pd.DataFrame(
        {
            "open": opens,
            "high": np.maximum(opens, closes) * 1.01,
            "low": np.minimum(opens, closes) * 0.99,
            "close": closes,
            "volume": np.round(dice.lognormal(12, 0.5, count)),
        },
        index=pd.bdate_range("2015-01-05", periods=count),
    )
    return Bars.from_frame(frame, ticker="X")


class TestInAndOut:
    def test_the_newest_three_tenths_are_kept_for_the_test(self) -> None:
        bars = random_walk(1, 1000)
        assert cut_at(bars) == 700
        both = in_and_out("mean_reversion", bars, entry=45)
        assert (both.inside.bars, both.outside.bars) == (700, 300)
        assert both.outside.first == bars.labels[700]
        assert (
            both.inside.metrics == run_backtest("mean_reversion", bars.head(700), entry=45).metrics
        )
        late = run_backtest("mean_reversion", bars, entry=45, first=700)
        assert both.outside.metrics == late.metrics
        assert list(both.to_frame().index) == list(METRICS)

    @given(st.integers(0, 100_000))
    def test_the_cut_is_seven_tenths_to_the_bar(self, count: int) -> None:
        assert first_unseen(count) == count * 7 // 10

    def test_a_part_of_one_bar_is_too_short(self) -> None:
        with pytest.raises(TooFewBars):
            in_and_out("mean_reversion", random_walk(1, 4))


class TestWalkForward:
    @pytest.mark.parametrize("anchored", [True, False])
    def test_each_test_follows_its_training_and_none_is_seen_twice(self, anchored: bool) -> None:
        walk = walk_forward("mean_reversion", random_walk(2, 900), GRID, folds=4, anchored=anchored)
        assert [fold.test for fold in walk.folds] == [
            range(180, 360), range(360, 540), range(540, 720), range(720, 900),
        ]  # fmt: skip
        assert [fold.train.stop for fold in walk.folds] == [180, 360, 540, 720]
        starts = [fold.train.start for fold in walk.folds]
        assert starts == ([0, 0, 0, 0] if anchored else [0, 180, 360, 540])

    def test_parameters_are_the_best_of_the_training_alone(self) -> None:
        bars = random_walk(3, 600)
        walk = walk_forward("mean_reversion", bars, GRID, folds=2, choose="total_return")
        for fold in walk.folds:
            seen = sweep("mean_reversion", bars.head(fold.train.stop), GRID)
            best = seen.loc[seen["total_return"].where(seen["trades"] > 0).idxmax()]
            assert fold.params == {name: best[name] for name in GRID}
            assert fold.inside == pytest.approx(best["total_return"])

    def test_later_bars_change_no_earlier_fold(self) -> None:
        bars = random_walk(4, 800)
        other = bars.frame.copy()
        other.iloc[600:] *= 3
        one, two = (
            walk_forward("mean_reversion", b, GRID, folds=3)
            for b in (bars, Bars.from_frame(other, ticker="X"))
        )
        assert one.folds[:2] == two.folds[:2]

    def test_the_tests_join_to_one_equity_and_its_metrics(self) -> None:
        bars = random_walk(5, 700)
        walk = walk_forward("mean_reversion", bars, GRID, folds=6)
        grown = math.prod(1 + fold.outside["total_return"] for fold in walk.folds if fold.outside)
        assert walk.equity.iloc[-1] == pytest.approx(grown)
        assert walk.equity.index.equals(bars.labels[100:])
        change = walk.equity.pct_change().iloc[1:]
        assert walk.metrics["total_return"] == pytest.approx(grown - 1)
        assert walk.metrics["sharpe"] == pytest.approx(
            change.mean() / change.std() * math.sqrt(252)
        )
        fall = (walk.equity / walk.equity.cummax().clip(lower=1) - 1).min()
        assert walk.metrics["max_drawdown"] == pytest.approx(fall)
        assert walk.metrics["trades"] == sum(f.outside["trades"] for f in walk.folds if f.outside)
        assert len(walk.to_frame()) == 6

    def test_a_fold_in_which_nothing_traded_stays_flat(self) -> None:
        walk = walk_forward(
            ("rsi({n}) < 0", "rsi({n}) > 50"), random_walk(6, 200), {"n": [3, 5]}, folds=2
        )
        assert all(fold.params is None and fold.outside is None for fold in walk.folds)
        assert (walk.equity == 1).all()
        assert walk.metrics["trades"] == 0

    def test_what_cannot_be_walked_is_refused(self) -> None:
        bars = random_walk(7, 100)
        with pytest.raises(TooFewBars, match="120 are needed"):
            walk_forward("mean_reversion", bars, GRID)
        with pytest.raises(AskError, match="0 folds"):
            walk_forward("mean_reversion", bars, GRID, folds=0)
        with pytest.raises(UnknownName, match="sharpe"):
            walk_forward("mean_reversion", bars, GRID, folds=2, choose="sharp")


class TestDeflatedSharpe:
    def test_the_papers_own_example(self) -> None:
        """Bailey and López de Prado: annual 2.5 in 1,250 days, 100 tries, skewness −3, kurtosis 10."""
        from genie_nb.core.backtest.deflated import _best_of, _probability

        by_luck = math.sqrt(0.5 / 250) * _best_of(100)
        assert by_luck == pytest.approx(0.1132, abs=5e-5)
        daily = 2.5 / math.sqrt(250)
        found = _probability(daily - by_luck, daily, 1250, -3, 10)
        assert found == pytest.approx(0.9004, abs=5e-5)

    def test_one_try_is_compared_with_zero(self) -> None:
        dice = np.random.default_rng(3).normal(0.0005, 0.01, 2000)
        found = deflated_sharpe(dice)
        assert found.by_luck == 0
        naive = 0.5 * (
            1 + math.erf(dice.mean() / dice.std(ddof=1) * math.sqrt(1999) / math.sqrt(2))
        )
        assert found.probability == pytest.approx(naive, abs=0.01)

    @given(st.integers(2, 10_000))
    def test_the_more_tries_the_less_it_says(self, tries: int) -> None:
        dice = np.random.default_rng(4).normal(0.001, 0.01, 500)
        fewer, more = deflated_sharpe(dice, tries=tries), deflated_sharpe(dice, tries=tries + 1)
        assert more.by_luck > fewer.by_luck
        assert more.probability < fewer.probability

    def test_the_best_of_many_random_strategies_is_not_taken_for_skill(self) -> None:
        naive, deflated = [], []
        for seed in range(20):
            dice = np.random.default_rng(seed).normal(0, 0.01, (200, 500))
            best = max(dice, key=lambda row: row.mean() / row.std())
            naive.append(deflated_sharpe(best).probability)
            deflated.append(deflated_sharpe(best, tries=200).probability)
        assert min(naive) > 0.95
        assert 0.3 < np.mean(deflated) < 0.7

    @pytest.mark.parametrize("returns", [[], [0.1], [0.1, 0.2], [0.0] * 50, [0.01] * 50])
    def test_returns_that_say_nothing_have_no_probability(self, returns: list[float]) -> None:
        assert deflated_sharpe(np.array(returns), tries=5).probability is None


class TestMeanTrade:
    def test_below_twenty_trades_nothing_is_said(self) -> None:
        found = mean_trade(np.full(19, 0.01))
        assert found.text == "too few trades to say (19 of 20)"
        assert (found.low, found.high) == (None, None)
        assert mean_trade(np.array([])).mean is None

    def test_the_interval_is_that_of_the_mean(self) -> None:
        returns = np.random.default_rng(6).normal(0.01, 0.05, 400)
        found = mean_trade(returns)
        error = returns.std(ddof=1) / math.sqrt(400)
        assert found.low == pytest.approx(returns.mean() - 1.96 * error, abs=0.1 * error)
        assert found.high == pytest.approx(returns.mean() + 1.96 * error, abs=0.1 * error)

    @settings(max_examples=20)
    @given(st.lists(st.floats(-0.5, 0.5), min_size=20, max_size=40))
    def test_it_is_the_same_each_time_and_holds_the_mean(self, returns: list[float]) -> None:
        one, other = (mean_trade(np.array(returns)) for _ in range(2))
        assert one == other
        assert one.low - 1e-12 <= one.mean <= one.high + 1e-12

    @pytest.mark.parametrize(
        ("mean", "says"),
        [(0.1, "above zero"), (-0.1, "below zero"), (0.0, "not told apart from zero")],
    )
    def test_says_on_which_side_of_zero_it_lies(self, mean: float, says: str) -> None:
        spread = np.tile([-0.02, 0.02], 20)
        assert says in mean_trade(mean + spread).text


class TestHeatMap:
    def test_is_a_metric_over_two_parameters(self) -> None:
        table = sweep(
            "mean_reversion", random_walk(8, 400), {"entry": [30, 40, 50], "exit": [55, 65]}
        )
        heat = heat_map(table, x="entry", y="exit", metric="total_return")
        assert heat.shape == (2, 3)
        row = table[(table["entry"] == 40) & (table["exit"] == 65)].iloc[0]
        assert heat.loc[65, 40] == row["total_return"]

    def test_further_parameters_are_shown_by_their_median(self) -> None:
        table = sweep("mean_reversion", random_walk(8, 400), {**GRID, "entry": [30, 40, 50]})
        heat = heat_map(table, x="rsi_length", y="exit", metric="total_return")
        part = table[(table["rsi_length"] == 3) & (table["exit"] == 50)]
        assert heat.loc[50, 3] == pytest.approx(part["total_return"].median())

    def test_an_isolated_peak_is_called_one(self) -> None:
        flat = pd.DataFrame(np.zeros((5, 5)), index=range(5), columns=range(5))
        peak = flat.copy()
        peak.loc[2, 2] = 2.0
        found = neighbourhood(peak, x=2, y=2)
        assert found.isolated
        assert "isolated peak" in found.text
        assert found.neighbours == 8

    def test_a_plateau_is_not(self) -> None:
        plateau = pd.DataFrame(np.zeros((7, 7)))
        plateau.iloc[2:5, 2:5] = 1.9
        plateau.iloc[3, 3] = 2.0
        assert not neighbourhood(plateau, x=3, y=3).isolated

    def test_corners_and_unknown_points_have_fewer_neighbours(self) -> None:
        heat = pd.DataFrame([[1.0, np.nan], [0.5, 0.2]])
        assert neighbourhood(heat, x=0, y=0).neighbours == 2
        unknown = neighbourhood(heat, x=1, y=0)
        assert unknown.value is None
        assert not unknown.isolated

    def test_what_is_not_there_is_refused(self) -> None:
        table = sweep("mean_reversion", random_walk(8, 200), {"entry": [30, 40]})
        with pytest.raises(UnknownName):
            heat_map(table, x="entry", y="exit")
        with pytest.raises(AskError, match="no point"):
            neighbourhood(pd.DataFrame(np.zeros((2, 2))), x=5, y=0)
