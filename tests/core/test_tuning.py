"""Tuning gives the figures of a study, with any parameters, on the same bars."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.backtest import Costs
from genie_nb.core.errors import AskError, TooFewBars
from genie_nb.core.market import Bars
from genie_nb.core.strategies import BREAKOUT, BUILT_IN, VWAP_DAY
from genie_nb.core.study import study
from genie_nb.core.tuning import Workbench

COSTS = Costs(fee_bps=7, spread_bps=25)
DAILY = [one for one in BUILT_IN.values() if not one.intraday_only]


def wandering(count: int, seed: int = 3) -> Bars:
    source = np.random.default_rng(seed)
    close = 20 * np.exp(np.cumsum(source.normal(0.0004, 0.02, count)))
    open_ = np.concatenate([[20.0], close[:-1]])
    frame = pd.DataFrame(
        {
            "open": open_,
            "high": np.maximum(open_, close) * 1.01,
            "low": np.minimum(open_, close) * 0.99,
            "close": close,
            "volume": source.uniform(1e5, 5e5, count),
        },
        index=pd.bdate_range("2018-01-01", periods=count),
    )
    return Bars.from_frame(frame, ticker="WNDR")


def corners(strategy) -> list[dict[str, float]]:
    ends = [{one.name: end} for one in strategy.params for end in (one.low, one.high)]
    return [{}, *ends]


@pytest.mark.parametrize("strategy", DAILY, ids=lambda one: one.name)
def test_each_part_has_the_metrics_of_a_study(strategy) -> None:
    bars = wandering(900)
    bench = Workbench(strategy=strategy, bars=bars, costs=COSTS)
    for params in corners(strategy):
        tuned = bench.at(params)
        told = study(strategy, bars, params, costs=COSTS, as_of=datetime(2022, 1, 1, tzinfo=UTC), provider="x")  # fmt: skip
        assert tuned.whole == told.result.metrics
        assert tuned.inside == (told.in_sample and told.in_sample.metrics)
        assert tuned.outside == (told.out_of_sample and told.out_of_sample.metrics)
        assert bench.held == told.result.buy_and_hold
        assert np.array_equal(tuned.account.equity, told.result.account.equity)


@pytest.mark.parametrize("count", [12, 30, 60])
def test_a_part_that_is_too_short_is_unknown_as_in_a_study(count: int) -> None:
    bars = wandering(count)
    bench = Workbench(strategy=BREAKOUT, bars=bars, costs=COSTS)
    try:
        told = study(BREAKOUT, bars, {}, costs=COSTS, as_of=datetime(2022, 1, 1, tzinfo=UTC), provider="x")  # fmt: skip
    except TooFewBars:
        with pytest.raises(TooFewBars):
            bench.at({})
        return
    tuned = bench.at({})
    assert tuned.inside == (told.in_sample and told.in_sample.metrics)
    assert tuned.outside == (told.out_of_sample and told.out_of_sample.metrics)


def test_a_parameter_outside_its_range_is_refused() -> None:
    bench = Workbench(strategy=BREAKOUT, bars=wandering(100), costs=COSTS)
    with pytest.raises(AskError, match="lookback of breakout was 9999"):
        bench.at({"lookback": 9999})


def test_an_intraday_strategy_on_daily_bars_is_refused() -> None:
    with pytest.raises(AskError, match="intraday bars"):
        Workbench(strategy=VWAP_DAY, bars=wandering(100), costs=COSTS).at({})


def test_holding_is_worth_what_its_metrics_say() -> None:
    bench = Workbench(strategy=BREAKOUT, bars=wandering(400), costs=COSTS)
    assert bench.worth[-1] - 1 == pytest.approx(bench.held["total_return"])
