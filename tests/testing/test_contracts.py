"""The contracts for authors: what is sound passes, and each planted fault is caught and named."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.backtest import run_backtest
from genie_nb.core.expr import LINES, Compare, Line, Value
from genie_nb.core.expr.future import trial_bars
from genie_nb.core.strategies import BREAKOUT, BUILT_IN, Parameter, Strategy
from genie_nb.testing import check_fills, check_line, check_rule, check_strategy

RULES = (
    "close crosses above 50 and rvol(20) > 1.5",
    "rsi(14) < 30 for 2 bars",
    "X 1d: close touches sma(50) rearm close > sma(50) cooldown 3 bars",
    "close > highest(20) then close < prev_close within 5 bars",
    "pattern engulfing or gap > 0.01",
)
LENGTHS = {"n": "20", "x": "close", "k": "2", "DATE": "2020-03-02"}


def spelled(name: str) -> str:
    kind = LINES[name]
    wanted = [parameter for parameter in kind.parameters if parameter.default is None]
    arguments = ", ".join(LENGTHS[parameter.name] for parameter in wanted)
    return f"{name}({arguments})" if kind.call else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Tomorrow(Value):
    """A close that nobody could know."""

    def compute(self, tape):
        return tape.bars.close.shift(-1).to_numpy()

    def __str__(self):
        return "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseeing(Strategy):
    """A strategy whose level is drawn where the price will go."""

    def levels_at(self, interval=None, /, **params):
        return {"target": Tomorrow()}


@pytest.mark.parametrize("interval", ["1d", "5m"])
@pytest.mark.parametrize("name", LINES)
def test_every_line_of_the_language_keeps_its_promises(name, interval):
    check_line(spelled(name), interval=interval)


@pytest.mark.parametrize("rule", RULES)
def test_rules_keep_their_promises(rule):
    check_rule(rule)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_built_in_strategies_keep_their_promises(name):
    check_strategy(BUILT_IN[name])


def test_mean_reversion_keeps_them_on_intraday_bars_too():
    check_strategy(BUILT_IN["mean_reversion"], interval="5m")


def test_a_line_that_looks_one_bar_ahead_is_caught():
    with pytest.raises(AssertionError, match=r"stays when the bars from .* are taken away"):
        check_line(lambda bars: bars.close.shift(-1))


def test_a_mean_centred_on_its_bar_is_caught():
    with pytest.raises(AssertionError, match="are taken away"):
        check_line(lambda bars: bars.close.rolling(21, center=True).mean())


def test_a_line_scaled_by_all_there_is_is_caught():
    with pytest.raises(AssertionError, match="are taken away"):
        check_line(lambda bars: bars.close / bars.close.max())


def test_a_line_that_writes_to_the_bars_is_caught():
    def greedy(bars):
        bars.frame["close"] += 1
        return bars.close

    with pytest.raises(AssertionError, match="does not write to the bars"):
        check_line(greedy)


def test_a_line_that_is_another_at_each_call_is_caught():
    dice = np.random.default_rng()
    with pytest.raises(AssertionError, match="computed twice"):
        check_line(lambda bars: pd.Series(dice.random(len(bars))))


def test_a_line_that_leaves_bars_out_is_caught():
    with pytest.raises(AssertionError, match="one number per bar"):
        check_line(lambda bars: bars.close.iloc[1:])


def test_a_line_whose_text_means_another_is_caught():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Doubled(Value):
        def compute(self, tape):
            return 2 * tape.bars.close.to_numpy()

        def __str__(self):
            return "close"

    with pytest.raises(AssertionError, match="reads back as the same"):
        check_line(Doubled())


def test_a_rule_that_looks_ahead_is_caught():
    rising = Compare(left=Tomorrow(), operator=">", right=Line(name="close"))
    with pytest.raises(AssertionError, match="are taken away"):
        check_rule(rising)


def test_a_level_from_the_future_is_caught():
    foreseeing = Foreseeing(
        name="foreseeing", summary="Knows.", entry_text="close > 1", exit_text="close < 1"
    )
    with pytest.raises(AssertionError, match="are taken away"):
        check_strategy(foreseeing)


def test_an_order_filled_on_the_bar_of_its_signal_is_caught():
    result = run_backtest(BREAKOUT, trial_bars())
    check_fills(result)
    first, *others = result.account.fills
    early = replace(result.account, fills=(replace(first, bought=first.bought - 1), *others))
    with pytest.raises(AssertionError, match="at the open after the first signal"):
        check_fills(replace(result, account=early))


def test_an_order_left_on_the_bar_of_its_signal_is_caught():
    result = run_backtest(BREAKOUT, trial_bars())
    first, *others = result.account.fills
    early = replace(result.account, fills=(replace(first, sold=first.sold - 1), *others))
    with pytest.raises(AssertionError, match="it leaves at"):
        check_fills(replace(result, account=early))


def test_a_signal_that_was_not_filled_is_caught():
    result = run_backtest(BREAKOUT, trial_bars())
    lazy = replace(result.account, fills=())
    with pytest.raises(AssertionError, match="does not miss the signal"):
        check_fills(replace(result, account=lazy))


@pytest.mark.parametrize(
    ("changes", "promise"),
    [
        ({"fit": lambda _: 1.5}, "fit is from 0 to 1"),
        ({"summary": ""}, "says in a sentence"),
        ({"params": (Parameter(name="n", default=99, low=1, high=9),)}, "inside its range"),
        ({"name": "my strategy"}, "without quotes"),
    ],
)
def test_a_strategy_that_cannot_be_shown_or_turned_is_caught(changes, promise):
    plain = Strategy(name="plain", summary="Plain.", entry_text="close > 1", exit_text="close < 1")
    check_strategy(plain)
    with pytest.raises(AssertionError, match=promise):
        check_strategy(replace(plain, **changes))
