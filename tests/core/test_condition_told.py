"""Conditions in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.expr import LINES
from genie_nb.core.grammar import line, parse_condition
from genie_nb.core.narrate.condition import _NOUNS, named, told
from genie_nb.core.strategies import BUILT_IN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("close > 25", "the close is above 25"),
        ("close crosses below sma(50)", "the close crosses below the 50-bar average"),
        ("rvol(20) >= 2", "volume is at least 2 times its usual over 20 bars"),
        ("gap > 5%", "the opening gap is above 5.0 %"),
        ("change < -3%", "the change since the last session is below -3.0 %"),
        ("bars_left <= 1", "at most 1 bar of the session is to come"),
        ("not close > 25", "it is not so that the close is above 25"),
        ("close > 25 for 3 bars", "the close is above 25, for 3 bars in a row"),
        ("rsi(14) enters 30..70", "the RSI over 14 bars comes into the range from 30 to 70"),
        ("close touches lowest(20)", "the price reaches the lowest low of the 20 bars before"),
        ("highest(20, close) > 3", "the highest value of the close of the 20 bars before is above 3"),
        ("volume falls by 50% in 2 bars", "volume falls by 50 % or more in 2 bars"),
        ("pattern bullish engulfing", "a bullish engulfing candlestick pattern completes"),
        ("close[2] > close of IWM", "the close 2 bars before is above the close of IWM"),
    ],
)  # fmt: skip
def test_it_is_told_in_words(text: str, words: str) -> None:
    assert told(parse_condition(text)) == words


def test_either_is_set_off_within_both() -> None:
    words = told(parse_condition("close > 25 and (rsi(14) < 30 or gap > 5%)"))
    assert "and either the RSI" in words


def test_every_line_of_the_language_has_a_noun() -> None:
    assert set(_NOUNS) == set(LINES)


@pytest.mark.parametrize("strategy", BUILT_IN.values(), ids=lambda strategy: strategy.name)
def test_every_strategy_is_told_without_code_of_its_own(strategy) -> None:
    for condition in (strategy.entry(), strategy.exit(), *strategy.rules_at().values()):
        assert "(" not in told(condition).replace("(3 times", "").replace("(the ", "")
    for value in strategy.levels_at().values():
        assert named(value)


@given(length=st.integers(2, 500))
def test_numbers_are_kept(length: int) -> None:
    assert str(length) in named(line(f"sma({length})"))
