"""A map of two parameters around the chosen ones."""

import json

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.backtest import Costs, run_backtest
from genie_nb.core.errors import AskError, UnknownName
from genie_nb.core.market import Bars
from genie_nb.core.parameter_map import ParameterMap, around, map_of
from genie_nb.core.strategies import BUILT_IN, Parameter

TREND = BUILT_IN["trend"]
COSTS = Costs(fee_bps=5, spread_bps=20)


@pytest.fixture(scope="module")
def tape() -> Bars:
    dice = np.random.default_rng(5)
    close = 50 * np.exp(np.cumsum(dice.normal(0.0005, 0.02, 900)))
    opened = np.append(50.0, close[:-1])
    frame = pd.DataFrame(
        {
            "open": opened,
            "high": np.maximum(opened, close) * 1.01,
            "low": np.minimum(opened, close) * 0.99,
            "close": close,
            "volume": 1000.0,
        },
        index=pd.bdate_range("2022-01-03", periods=900),
    )
    return Bars.from_frame(frame, ticker="X")


@pytest.fixture(scope="module")
def found(tape: Bars) -> ParameterMap:
    return map_of(TREND, tape, TREND.checked({}), "fast,slow", costs=COSTS)


def test_every_cell_is_the_backtest_of_its_parameters(found: ParameterMap, tape: Bars) -> None:
    for fast in found.heat.columns[::4]:
        for slow in found.heat.index[::4]:
            one = run_backtest(TREND, tape, fast=fast, slow=slow, fee_bps=5, spread_bps=20)
            assert found.heat.loc[slow, fast] == pytest.approx(one.metrics["sharpe"], nan_ok=True)


def test_the_chosen_point_is_on_it(found: ParameterMap) -> None:
    assert found.chosen == {"fast": 20, "slow": 100}
    assert found.around.value == found.heat.loc[100, 20]
    assert found.around.neighbours == 8


def test_the_walks_choose_on_the_past_only(found: ParameterMap) -> None:
    assert found.anchored is not None
    assert found.rolling is not None
    assert {fold.train.start for fold in found.anchored.folds} == {0}
    assert all(fold.train.stop == fold.test.start for fold in found.rolling.folds)


def test_it_goes_into_json(found: ParameterMap) -> None:
    plain = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert len(plain["values"]) == len(plain["rows"])
    assert {len(row) for row in plain["values"]} == {len(plain["columns"])}


def test_values_stay_within_the_range_and_keep_the_chosen_one() -> None:
    length = Parameter(name="n", default=20, low=15, high=22, unit="bars")
    assert around(length, 20) == (16, 18, 20, 22)
    factor = Parameter(name="k", default=1.5, low=0, high=5, step=0.1)
    assert around(factor, 1.5)[4:9] == (1.1, 1.3, 1.5, 1.7, 1.9)


@pytest.mark.parametrize(
    ("pair", "error"),
    [("fast", AskError), ("fast,fast", AskError), ("fast,slow,fast", AskError), ("fast,slw", UnknownName)],
)  # fmt: skip
def test_two_different_parameters_are_needed(pair: str, error: type[Exception], tape: Bars) -> None:
    with pytest.raises(error):
        map_of(TREND, tape, TREND.checked({}), pair, costs=COSTS)


def test_too_few_bars_have_a_map_and_no_walk(tape: Bars) -> None:
    short = map_of(TREND, tape.head(110), TREND.checked({}), "fast,slow", costs=COSTS)
    assert (short.anchored, short.rolling) == (None, None)
