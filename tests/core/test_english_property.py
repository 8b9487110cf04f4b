"""Whatever is said: canonical text is left alone, numbers arrive, work grows with length."""

import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.english import parse_rule, rewrite
from genie_nb.core.errors import AskError
from genie_nb.core.expr.value import written
from genie_nb.core.grammar import parse_condition

LEVELS = st.integers(1, 10_000_000).map(lambda cents: cents / 100)
LENGTHS = st.integers(2, 400)
LINES = st.one_of(
    st.sampled_from(["close", "open", "volume", "vwap", "gap", "macd()", "prev_close"]),
    LENGTHS.map("sma({})".format),
    LENGTHS.map("rsi({})".format),
    st.builds("ema({}, volume)".format, LENGTHS),
    st.builds("{}[{}]".format, st.sampled_from(["close", "sma(20)"]), LENGTHS),
)
VALUES = st.one_of(LINES, LEVELS.map(written))
TESTS = st.one_of(
    st.builds("{} {} {}".format, LINES, st.sampled_from([">", "<=", "crosses above"]), VALUES),
    st.builds("{} inside {}..{}".format, LINES, VALUES, LINES),
    st.builds("{} rises by {}% in {} bars".format, LINES, LENGTHS, LENGTHS),
    st.builds("{} > {} for {} bars".format, LINES, VALUES, LENGTHS),
    st.just("pattern bullish engulfing"),
)
CONDITIONS = st.one_of(
    TESTS,
    st.builds("{} {} {}".format, TESTS, st.sampled_from(["and", "or"]), TESTS),
    st.builds("not ({} and {})".format, TESTS, TESTS),
)
WORDS = st.sampled_from(
    [
        "CRSR",
        "it",
        "above",
        "below",
        "crosses",
        "closes",
        "25",
        "$25",
        "5%",
        "3",
        "days",
        "its",
        "50-day",
        "average",
        "volume",
        "RSI",
        "with",
        "and",
        "or",
        "not",
        "oversold",
        "new",
        "52-week",
        "high",
        "rises",
        "drops",
        "in",
        "for",
        "within",
        "of",
        "between",
        "once",
        "until",
        "2026-03-01",
        "(",
        ")",
        "unless",
        "twice",
        "gap",
        "up",
        "down",
        "hammer",
        "vwap",
        ",",
        ".",
        "the",
        "on",
        "weekly",
    ]
)


@given(CONDITIONS)
def test_the_rule_language_is_never_rewritten(text: str) -> None:
    condition = parse_condition(text)
    rule = parse_rule(str(condition), ticker="X")
    assert rule.condition == condition
    assert rule.said_back == ""


@given(LEVELS, LENGTHS, st.integers(1, 90))
def test_numbers_arrive_as_they_were_said(level: float, n: int, percent: int) -> None:
    money = f"${level:,.2f}"
    said = {
        f"breaks above {money}": f"close crosses above {written(level)}",
        f"drops below {level:.2f} dollars with volume": (
            f"close crosses below {written(level)} and rvol(20) > 1.5"
        ),
        f"drops below its {n}-day moving average": f"close crosses below sma({n})",
        f"is above the {n} EMA": f"close > ema({n})",
        f"RSI({n}) is under {percent}": f"rsi({n}) < {percent}",
        f"rises {percent}% in {n} days": f"close rises by {percent}% in {n} bars",
        f"stays above {money} for {n} days": f"close > {written(level)} for {n} bars",
        f"hits a new {n}-day high": f"high > highest({n})",
        f"gaps up {percent}%": f"gap >= {written(percent / 100)}",
    }
    for words, condition in said.items():
        assert str(parse_rule(words, ticker="X").condition) == condition


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_words_become_a_rule_that_reads_back_or_are_refused(words: str) -> None:
    try:
        rule = parse_rule(words, ticker="CRSR")
    except AskError:
        return
    again = parse_rule(str(rule))
    assert again == rule
    assert again.said_back == ""


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(AskError):
        parse_rule(text, ticker="CRSR")


@given(st.sampled_from(["breaks above 25 with volume", "RSI below 30", "golden cross"]))
def test_the_same_words_mean_the_same(words: str) -> None:
    assert rewrite(words, ticker="X") == rewrite(words, ticker="X")
    assert rewrite(words.upper(), ticker="X") == rewrite(words, ticker="X")
    assert rewrite(f"  {words}  ", ticker="X") == rewrite(words, ticker="X")


def _steps(work: Callable[[], object]) -> int:
    """How many Python functions are called."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    except AskError:
        pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "said",
    [
        "breaks above 25 and ",
        "its 50-day moving average ",
        "alert me if it rises 5% in 3 days ",
        "unknown words, and more of them ",
        "25 ",
        "( ",
    ],
)
def test_the_work_grows_with_the_length(said: str) -> None:
    rewrite("breaks above 25", ticker="X")
    short, long = (
        _steps(lambda size=size: rewrite((said * 10_000)[:size], ticker="X"))
        for size in (2_500, 10_000)
    )
    assert long < 4.6 * short
