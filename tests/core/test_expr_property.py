"""Properties of every line and condition: they can be read back, and they never see the future."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from genie_nb.core import expr
from genie_nb.core.errors import AskError
from genie_nb.core.expr import LINES
from genie_nb.core.expr.future import check_no_future, trial_bars
from genie_nb.core.grammar import line, parse_condition, parse_rule
from genie_nb.core.market import Bars, Interval
from genie_nb.core.rule import Rule

counts = st.integers(2, 12)
amounts = st.one_of(
    st.integers(0, 60).map(float), st.floats(0, 1e6, allow_nan=False), st.sampled_from([0.15, 25.0])
)


def plain_lines() -> st.SearchStrategy[expr.Value]:
    def with_arguments(name: str) -> st.SearchStrategy[expr.Value]:
        takes = [parameter.takes for parameter in LINES[name].parameters]
        choices = {
            "bars": counts,
            "factor": st.sampled_from([1.0, 2.0, 2.5]),
            "value": st.sampled_from(["close", "volume", "high"]).map(lambda n: expr.Line(name=n)),
            "date": st.dates(date(2020, 1, 1), date(2021, 1, 1)),
        }
        args = st.tuples(*(choices[take] for take in takes))
        return args.map(lambda given: expr.Line(name=name, args=given))

    return st.sampled_from(sorted(LINES)).flatmap(with_arguments)


def bigger_values(smaller: st.SearchStrategy) -> st.SearchStrategy[expr.Value]:
    return st.one_of(
        st.builds(expr.Negative, value=smaller),
        st.builds(expr.Arithmetic, left=smaller, sign=st.sampled_from("+-*/"), right=smaller),
        st.builds(expr.Lag, value=smaller, bars=st.integers(0, 5)),
        st.builds(expr.Other, value=smaller, ticker=st.sampled_from(["X", "BRK-B", "7203.T"])),
        st.builds(lambda n, x: expr.Line(name="sma", args=(n, x)), counts, smaller),
    )


values = st.recursive(
    st.one_of(
        plain_lines(),
        st.builds(expr.Number, number=amounts),
        st.just(expr.FactValue(name="debt_to_equity")),
    ),
    bigger_values,
    max_leaves=5,
)


def in_order(test: expr.Inside | expr.Enter) -> bool:
    """Whether its ends are not two plain numbers the wrong way round, which no text may say."""
    ends = [
        -end.value.number if isinstance(end, expr.Negative) else end.number
        for end in (test.low, test.high)
        if isinstance(end.value if isinstance(end, expr.Negative) else end, expr.Number)
    ]
    return ends == sorted(ends)


lasting = st.one_of(
    st.builds(
        expr.Compare,
        left=values,
        operator=st.sampled_from([">", ">=", "<", "<=", "==", "!="]),
        right=values,
    ),
    st.builds(expr.Inside, value=values, low=values, high=values, outside=st.booleans()).filter(
        in_order
    ),
    st.builds(
        expr.Move, value=values, falls=st.booleans(), by=amounts, percent=st.booleans(), bars=counts
    ),
    st.builds(
        expr.Pattern,
        name=st.sampled_from(expr.pattern_names()),
        mood=st.sampled_from(["any", "bullish", "bearish"]),
    ),
)
edges = st.one_of(
    st.builds(
        expr.Cross, left=values, side=st.sampled_from(["above", "below", "either"]), right=values
    ),
    st.builds(expr.Touch, right=values),
    st.builds(expr.Enter, value=values, low=values, high=values, leaves=st.booleans()).filter(
        in_order
    ),
)


def bigger_conditions(smaller: st.SearchStrategy) -> st.SearchStrategy[expr.Condition]:
    return st.one_of(
        st.builds(expr.And, left=smaller, right=smaller),
        st.builds(expr.Or, left=smaller, right=smaller),
        st.builds(expr.Not, condition=smaller),
        st.builds(expr.For, condition=smaller.filter(lambda c: not c.edge), bars=counts),
        st.builds(expr.Within, condition=smaller, bars=counts),
        st.builds(expr.Then, first=smaller, second=smaller, bars=counts),
    )


conditions = st.recursive(st.one_of(lasting, edges), bigger_conditions, max_leaves=4)
rules = st.builds(
    Rule,
    ticker=st.sampled_from(["CRSR", "BRK-B", "^GSPC", "7203.T"]),
    interval=st.sampled_from(list(Interval)),
    provider=st.sampled_from([None, "yahoo", "files:/some/where"]),
    condition=conditions,
    rearm=st.none() | conditions,
    once=st.booleans(),
    cooldown=st.integers(0, 30),
    expires=st.none() | st.dates(),
    paused=st.booleans(),
    comment=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20),
)
thorough = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@thorough
@given(values)
def test_every_value_reads_back_as_itself(value):
    assert line(str(value)) == value


@thorough
@given(rules)
def test_every_rule_reads_back_as_itself(rule):
    assert parse_rule(str(rule)) == rule


DAILY = trial_bars(90)
HOURLY = Bars.from_frame(
    DAILY.frame.set_index(
        pd.DatetimeIndex(
            [
                pd.Timestamp("2020-01-06 09:30") + pd.Timedelta(days=t // 6, hours=t % 6)
                for t in range(len(DAILY))
            ]
        )
    ),
    ticker="X",
    interval="1h",
)


def compute(node: expr.Value | expr.Condition, bars: Bars) -> np.ndarray:
    return np.asarray(node.compute(expr.Tape(bars=bars)), dtype=float)


@thorough
@given(node=values, cut=st.integers(1, 90), hourly=st.booleans())
def test_no_line_sees_the_future(node, cut, hourly):
    bars = HOURLY if hourly else DAILY
    check_no_future(str(node), lambda b: compute(node, b), bars, [cut])


@pytest.mark.parametrize("part", range(8))
def test_ten_thousand_conditions_read_back_as_themselves_and_see_no_future(part):
    @seed(part)
    @settings(thorough, max_examples=1_250, database=None)
    @given(condition=conditions, cut=st.integers(1, 90), hourly=st.booleans())
    def hold(condition, cut, hourly):
        assert parse_condition(str(condition)) == condition
        bars = HOURLY if hourly else DAILY
        check_no_future(str(condition), lambda b: compute(condition, b), bars, [cut])

    hold()


@thorough
@given(node=conditions)
def test_conditions_are_true_false_or_unknown(node):
    assert set(compute(node, DAILY)) <= {0, 1, 2}


@pytest.mark.parametrize(
    "peek",
    [
        lambda b: b.close.shift(-1).to_numpy(),
        lambda b: b.close.rolling(5, center=True).mean().to_numpy(),
        lambda b: (b.close > b.close.shift(-1)).to_numpy(dtype=float),
        lambda b: (b.close / b.close.iloc[-1]).to_numpy(),
        lambda b: b.close.bfill().rank().to_numpy(),
    ],
)
def test_planted_looks_ahead_are_caught(peek):
    with pytest.raises(AskError, match="planted looks into the future: its value at bar"):
        check_no_future("planted", peek, DAILY, [40, 60, 89])


def test_a_lost_bracket_is_caught_by_reading_back():
    grouped = parse_condition("(close > 1 or close < 2) and close > 3")
    flat = str(grouped).replace("(", "").replace(")", "")
    assert parse_condition(flat) != grouped
