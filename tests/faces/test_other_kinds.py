"""What is of another kind than was needed is refused in words at the public door, never by a TypeError."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import genie_nb as genie
from genie_nb.core.errors import AskError, BadBars
from genie_nb.core.market import Bars

DOOR: Any = genie
CLOSE = np.linspace(10, 20, 60)
FRAME = pd.DataFrame(
    {"open": CLOSE, "high": CLOSE + 1, "low": CLOSE - 1, "close": CLOSE, "volume": 1e5},
    index=pd.bdate_range("2025-01-02", periods=60),
)
BARS = Bars.from_frame(FRAME, ticker="X")
RULE = genie.parse_rule("close > 12", ticker="X")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: DOOR.analyze(5), "The ticker was given as 5, and text is needed"),
        (lambda: DOOR.analyze("ACME", 5), "The request was given as 5"),
        (lambda: DOOR.analyze(["ACME"]), "given as ['ACME']"),
        (lambda: DOOR.compare(["ACME", "WNCH"]), "For example: compare"),
        (lambda: DOOR.why(None, "ACME"), "The fact was given as None"),
        (lambda: DOOR.ask(None), "The request was given as None"),
        (lambda: DOOR.read(5), "The request was given as 5"),
        (lambda: DOOR.Conversation().ask(3), "The request was given as 3"),
        (lambda: DOOR.strategy(1, 2), "The ticker was given as 2"),
        (lambda: DOOR.strategy(1, "ACME"), "The strategy was given as 1"),
        (lambda: DOOR.strategy("trend", "ACME", map=5), "the names of two parameters"),
        (lambda: DOOR.setup(None), "The ticker was given as None"),
        (lambda: DOOR.preview(None, None), "The rule was given as None"),
        (lambda: DOOR.preview("close > 5", FRAME), "The rule was given as a DataFrame"),
        (lambda: DOOR.parse_rule(3), "The rule was given as 3"),
        (lambda: DOOR.parse_rule("close > 5", ticker=5), "The ticker was given as 5"),
        (lambda: DOOR.line(None), "The line was given as None"),
        (lambda: DOOR.scan(7), "What to look for was given as 7"),
        (lambda: DOOR.scan("trend", 7), "The universe was given as 7"),
        (lambda: DOOR.scan("trend", []), "The universe was given as []"),
        (lambda: DOOR.scan("trend", [1, 2]), "The universe was given as [1, 2]"),
        (lambda: DOOR.run_backtest(5, BARS), "The strategy was given as 5"),
        (lambda: DOOR.run_backtest("trend", BARS, fee_bps="x"), "fee_bps was given as 'x'"),
        (lambda: DOOR.sweep("trend", BARS, 5), "The grid was given as 5"),
        (lambda: DOOR.due("close > 12", BARS, None), "The rule was given as 'close > 12'"),
        (lambda: DOOR.due(RULE, BARS, 5), "The state was given as 5"),
    ],
)
def test_it_is_said_what_was_given_and_what_is_needed(call: Callable[[], Any], says: str) -> None:
    with pytest.raises(AskError) as caught:
        call()
    assert says in str(caught.value)
    assert (caught.value.exit, bool(caught.value.needed), bool(caught.value.cure)) == (
        2,
        True,
        True,
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda: DOOR.run_backtest("trend", FRAME),
        lambda: DOOR.sweep("trend", "x", {"fast": [5]}),
        lambda: DOOR.due(RULE, FRAME, None),
        lambda: RULE.evaluate(FRAME),
        lambda: genie.line("close").values(DOOR.Bars),
    ],
)
def test_a_table_is_not_yet_bars(call: Callable[[], Any]) -> None:
    with pytest.raises(BadBars, match=r"Bars\.from_frame"):
        call()
