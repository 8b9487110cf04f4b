"""A sweep gives for each combination what a backtest of its own would give."""

import itertools
import math
from functools import partial

import numpy as np
import pandas as pd
import pytest
import random_walks
from hypothesis import given, settings
from hypothesis import strategies as st

from genie_nb.core.backtest import METRICS, Costs, run_backtest, sweep
from genie_nb.core.backtest import fast as fast_reader
from genie_nb.core.backtest.fills import settle
from genie_nb.core.backtest.grid import Grid, Over
from genie_nb.core.backtest.metrics import add_up, metrics, table
from genie_nb.core.backtest.planes import Planes, packed, unpacked
from genie_nb.core.backtest.prices import Prices
from genie_nb.core.backtest.sweep import AT_ONCE
from genie_nb.core.errors import AskError, TooFewBars, UnknownName
from genie_nb.core.expr import Tape
from genie_nb.core.expr.truth import FALSE, TRUE, UNKNOWN
from genie_nb.core.market import Bars
from genie_nb.core.strategies import conditions
from genie_nb.core.strategies.template import condition_template

random_walk = partial(random_walks.random_walk, ticker="X")

TOLERANCE = 1e-12

SMALL_LOSSES = 1e-9
"""Of a Sortino ratio: when all losses are tiny, the rounding of a price is much of them."""


def assert_rows_are_backtests(
    table: pd.DataFrame, tested: object, bars: Bars, names: list[str]
) -> None:
    for _, row in table.iterrows():
        params = {name: row[name] for name in names}
        wanted = run_backtest(
            tested, bars, engine="plain", fee_bps=7, spread_bps=12, **params
        ).metrics  # type: ignore[arg-type]
        for name in METRICS:
            if wanted[name] is None:
                assert math.isnan(row[name]), (name, params)
            else:
                assert row[name] == pytest.approx(wanted[name], rel=TOLERANCE, abs=TOLERANCE)


@pytest.mark.parametrize("dividends", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_each_row_is_the_backtest_of_its_parameters(seed: int, dividends: bool) -> None:
    bars = random_walk(seed, 600, dividends=dividends)
    grid = {"rsi_length": [2, 5, 14], "entry": [20, 35.5, 60], "exit": [40, 50, 70, 99]}
    table = sweep("mean_reversion", bars, grid, fee_bps=7, spread_bps=12)
    assert list(table) == [*grid, *METRICS]
    assert [tuple(row) for row in table[list(grid)].to_numpy()] == list(
        itertools.product(*grid.values())
    )
    assert_rows_are_backtests(table, "mean_reversion", bars, list(grid))


@pytest.mark.parametrize(
    ("entry", "leave"),
    [
        ("close crosses above sma({n})", "close < sma({n}) * {k}"),
        ("not (rsi({n}) >= 45) or {k} > change * 20", "close falls by 3% in {n} bars"),
        ("close > highest({n})", "sma(5) < sma({n})"),
        ("volume > average(volume, {n}) and close != open", "close <= {k} * sma(9)"),
        ("{k} <= 1 and close == high / 1.01", "rsi({n}) outside 20..75"),
        ("rsi({n}) < 50 for 2 bars within 3 bars", "rsi({n}) > 50 * {k}"),
    ],
)  # fmt: skip
def test_any_condition_can_be_swept(entry: str, leave: str) -> None:
    bars = random_walk(21, 500)
    grid = {"n": [3, 9, 30], "k": [0.9, 1, 1.05]}
    read = {name for name in grid if f"{{{name}}}" in entry + leave}
    table = sweep(
        (entry, leave), bars, {k: v for k, v in grid.items() if k in read}, fee_bps=7, spread_bps=12
    )
    assert table["trades"].sum() > 0
    assert_rows_are_backtests(table, (entry, leave), bars, sorted(read))


@st.composite
def planes(draw: st.DrawFn) -> tuple[Bars, np.ndarray, np.ndarray]:
    """Bars with random truths for many backtests: rare signals, dense ones, and none."""
    count = draw(st.integers(2, 400))
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    share = dice.choice([0.0, 0.01, 0.1, 0.5, 1.0], size=(2, 40, 1))
    true = dice.random((2, 40, count)) < share
    truths = np.where(true, TRUE, dice.choice([FALSE, UNKNOWN], size=true.shape))
    return random_walk(draw(st.integers(0, 10_000)), count), truths[0], truths[1]


@settings(max_examples=60, deadline=None)
@given(planes(), st.sampled_from([Costs(fee_bps=0), Costs(fee_bps=25, spread_bps=40)]))
def test_the_compiled_walk_adds_up_what_the_equity_says(case: tuple, costs: Costs) -> None:
    bars, entry, leave = case
    prices = Prices(
        open=bars.open.to_numpy(), close=bars.close.to_numpy(), dividends=np.zeros(len(bars))
    )
    market = fast_reader.Market.of(prices, range(len(bars)))
    rows = np.arange(len(entry)), np.arange(len(entry)), np.zeros(len(entry), dtype=np.int64)
    enter, left = Planes.of(entry).true, Planes.of(leave).true
    for tabled in (True, False):
        sums = fast_reader.sums(enter, left, market, costs, rows=rows, tabled=tabled)
        found = table(sums, bars_per_year=252)
        for row in range(len(entry)):
            account = fast_reader.account(entry[row], leave[row], prices, costs)
            for name, wanted in metrics(add_up(account), bars_per_year=252).items():
                value = found[name][row]
                if wanted is None:
                    assert not math.isfinite(value)
                else:
                    rel = SMALL_LOSSES if name == "sortino" else TOLERANCE
                    assert value == pytest.approx(wanted, rel=rel, abs=TOLERANCE), name


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.integers(0, 10_000))
def test_planes_follow_kleene(count: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    one, other = dice.choice([FALSE, UNKNOWN, TRUE], size=(2, 3, count))
    a, b = Planes.of(one), Planes.of(other)
    for planes_, wanted in (
        (a & b, np.minimum(one, other)),
        (a | b, np.maximum(one, other)),
        (~a, TRUE - one),
    ):
        assert (unpacked(planes_.true, count) == (wanted == TRUE)).all()
        assert (unpacked(planes_.false, count) == (wanted == FALSE)).all()


@given(st.lists(st.booleans(), min_size=1, max_size=200))
def test_packing_bits_loses_none(bits: list[bool]) -> None:
    row = np.array([bits])
    assert unpacked(packed(row), len(bits)).tolist() == row.tolist()


def test_each_distinct_line_is_computed_once() -> None:
    bars = random_walk(1, 300)
    tape = Tape(bars=bars)
    grid = Grid(values={"n": (5, 14), "a": tuple(range(20, 40)), "b": tuple(range(50, 80))})
    for text in ("rsi({n}) < {a} and close < vwma(20)", "rsi({n}) > {b}"):
        Over(template=condition_template(text), tape=tape, grid=grid).truths()
    assert sorted(map(str, tape._memo)) == ["close", "rsi(14)", "rsi(5)", "vwma(20)"]


def test_infinite_numbers_are_unknown_as_in_a_backtest() -> None:
    bars = random_walk(3, 200)
    pair = ("close * 1" + "0" * 308 + " > {n}", "close < 15")
    assert_rows_are_backtests(sweep(pair, bars, {"n": [5]}), pair, bars, ["n"])
    assert sweep(pair, bars, {"n": [5]})["trades"].tolist() == [0]


def test_a_sweep_larger_than_memory_allows_goes_in_parts() -> None:
    bars = random_walk(2, 60)
    grid = {"a": range(150), "b": range(100), "c": range(3)}
    assert math.prod(map(len, grid.values())) > AT_ONCE
    whole = sweep(("rsi(5) < {a} and rsi(5) > {c}", "rsi(5) > {b}"), bars, grid)
    part = sweep(("rsi(5) < {a} and rsi(5) > {c}", "rsi(5) > {b}"), bars, {**grid, "a": [77]})
    same = whole[whole["a"] == 77].reset_index(drop=True)
    pd.testing.assert_frame_equal(same, part)


def test_a_window_is_tested_as_if_there_were_no_other_bars() -> None:
    bars = random_walk(4, 500)
    grid = {"rsi_length": [5, 14], "entry": [40, 50]}
    table = sweep("mean_reversion", bars, grid, first=200, last=420)
    for _, row in table.iterrows():
        params = {name: row[name] for name in grid}
        wanted = run_backtest("mean_reversion", bars.head(420), first=200, engine="plain", **params)
        for name in METRICS:
            if wanted.metrics[name] is not None:
                assert row[name] == pytest.approx(wanted.metrics[name], rel=1e-11, abs=TOLERANCE)


def test_a_combination_that_a_backtest_refuses_has_no_metrics() -> None:
    table = sweep(("close > sma({n})", "close < 1"), random_walk(5, 60), {"n": [20, 200]})
    assert table["total_return"].notna().tolist() == [True, False]
    assert table["trades"].tolist()[1] == 0


def test_parameters_left_out_keep_their_defaults() -> None:
    bars = random_walk(6, 300)
    table = sweep("mean_reversion", bars, {"exit": [50, 60]})
    assert list(table) == ["exit", *METRICS]
    assert (
        table["trades"].iloc[1] == run_backtest("mean_reversion", bars, exit=60).metrics["trades"]
    )


def test_the_table_says_what_it_is() -> None:
    table = sweep("mean_reversion", random_walk(7, 100), {"exit": [50]}, spread_bps=9)
    assert table.attrs == {
        "ticker": "X",
        "interval": "1d",
        "strategy": "mean_reversion",
        "costs": {"fee_bps": 10, "spread_bps": 9, "impact_bps": 0},
    }


def test_what_cannot_be_swept_is_refused() -> None:
    bars = random_walk(8, 100)
    with pytest.raises(UnknownName, match="rsi_length"):
        sweep("mean_reversion", bars, {"rsi_lenght": [4]})
    with pytest.raises(AskError, match="from 2 to 100 bars"):
        sweep("mean_reversion", bars, {"rsi_length": [4, 400]})
    with pytest.raises(AskError, match=r"Write .exit.: \[60\]"):
        sweep("mean_reversion", bars, {"exit": 60})  # type: ignore[dict-item]
    with pytest.raises(AskError, match="no value for exit"):
        sweep("mean_reversion", bars, {"exit": []})
    with pytest.raises(AskError, match="n of conditions was not given"):
        sweep(("rsi({n}) < 3", "rsi({n}) > {b}"), bars, {"b": [4]})


@pytest.mark.parametrize("count", [0, 1, 5])
def test_too_few_bars_are_refused_as_for_the_combination_that_needs_fewest(count: int) -> None:
    bars = random_walk(8, 100).head(count)
    with pytest.raises(TooFewBars) as alone:
        run_backtest("mean_reversion", bars, rsi_length=5)
    with pytest.raises(TooFewBars) as swept:
        sweep("mean_reversion", bars, {"rsi_length": [30, 5, 14], "exit": [50, 60]})
    assert (
        (swept.value.have, swept.value.need) == (alone.value.have, alone.value.need) == (count, 21)
    )


def test_a_test_of_one_bar_is_refused_however_many_there_are() -> None:
    with pytest.raises(TooFewBars, match="1 bars; 2 are needed"):
        sweep("mean_reversion", random_walk(8, 100), {"exit": [50]}, first=60, last=61)


def test_unknown_never_trades_however_often_it_is_swept() -> None:
    bars = random_walk(8, 100)
    silent = Bars.from_frame(bars.frame.assign(volume=np.nan), ticker="X")
    pair = ("volume > {n}", "close < 1")
    table = sweep(pair, silent, {"n": [5, 9]}, fee_bps=7, spread_bps=12)
    assert table["total_return"].tolist() == [0, 0]
    assert table["trades"].tolist() == [0, 0]
    assert_rows_are_backtests(table, pair, silent, ["n"])


NASTY = [
    ("mean_reversion", {"rsi_length": [2, 14], "entry": [20, 45], "exit": [50, 60]}),
    ("breakout", {"lookback": [5, 40], "volume_factor": [1, 2.5], "exit_length": [5, 10]}),
    ("trend", {"fast": [5, 20], "slow": [60, 100]}),
    (("close > open * {k}", "rsi({n}) < 60"), {"n": [3, 40], "k": [0.9, 1]}),
    (("rvol({n}) > {k} or volume == 0", "close falls by 1% in 2 bars"), {"n": [2, 9], "k": [1, 2]}),
]


@st.composite
def nasty_bars(draw: st.DrawFn) -> Bars:
    """Prices that stand still, leap or nearly vanish; volume that is zero or unknown; few bars."""
    count = draw(st.integers(2, 130))
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    steps = dice.normal(0, draw(st.sampled_from([0.0, 1e-9, 0.02, 1.5])), count)
    steps[dice.random(count) < draw(st.sampled_from([0.0, 0.5, 0.95]))] = 0
    closes = draw(st.sampled_from([1e-4, 1.0, 3e5])) * np.exp(np.clip(np.cumsum(steps), -9, 9))
    opens = np.where(dice.random(count) < 0.5, closes, np.roll(closes, 1))
    traded = dice.choice(draw(st.sampled_from([[0.0], [np.nan], [0, np.nan, 5e3], [700.0]])), count)
    frame = pd.DataFrame(
        {
            "open": opens,
            "high": np.maximum(opens, closes),
            "low": np.minimum(opens, closes),
            "close": closes,
            "volume": traded,
            "dividends": np.where(dice.random(count) < 0.1, closes / 50, 0.0) * draw(st.booleans()),
        },
        index=pd.bdate_range("2020-01-06", periods=count),
    )
    return Bars.from_frame(frame, ticker="X")


@settings(max_examples=60, deadline=None)
@given(bars=nasty_bars(), case=st.sampled_from(NASTY), data=st.data())
def test_a_row_is_its_backtest_on_bars_however_nasty(
    bars: Bars, case: tuple, data: st.DataObject
) -> None:
    tested, grid = case
    last = data.draw(st.integers(2, len(bars)))
    first = data.draw(st.integers(0, last - 2))
    costs = {"fee_bps": 7, "spread_bps": 12}
    alone = []
    for values in itertools.product(*grid.values()):
        params = dict(zip(grid, values, strict=True))
        try:
            found = run_backtest(
                tested, bars.head(last), first=first, engine="plain", **costs, **params
            )
            alone.append(found.metrics)
        except TooFewBars:
            alone.append(None)
    if not any(alone):
        with pytest.raises(TooFewBars):
            sweep(tested, bars, grid, first=first, last=last, **costs)
        return
    table = sweep(tested, bars, grid, first=first, last=last, **costs)
    for wanted, (_, row) in zip(alone, table.iterrows(), strict=True):
        assert row["trades"] == (wanted["trades"] if wanted else 0)
        for name in set(METRICS) - {"trades"}:
            if wanted is None or wanted[name] is None:
                assert math.isnan(row[name]), name
            else:
                assert row[name] == pytest.approx(wanted[name], rel=SMALL_LOSSES, abs=TOLERANCE), (
                    name
                )


@pytest.mark.parametrize("text", ["rsi({n}) > 5{n}", "close > {n}%", "rsi({n}{n}) > 4"])
def test_a_slot_stands_where_a_number_can(text: str) -> None:
    with pytest.raises(AskError):
        condition_template(text)


def test_a_slot_may_be_one_end_of_a_range() -> None:
    middle = condition_template("rsi(14) inside {low}..60 or gap outside -0.1..{high}")
    assert str(middle.fill({"low": 40, "high": 0.2})) == (
        "rsi(14) inside 40..60 or gap outside -0.1..0.2"
    )


@given(st.integers(2, 200), st.floats(-100, 100).map(lambda x: round(x, 3) + 0.0))
def test_filling_a_template_is_reading_its_text_with_the_numbers(n: int, x: float) -> None:
    from genie_nb.core.grammar import parse_condition

    text = "sma({n}) > {x} * 2 and close[{n}] > open for 2 bars or close crosses above bb_upper({n}, 2)"
    filled = condition_template(text).fill({"n": n, "x": x})
    assert filled == parse_condition(text.format(n=n, x=f"{x:.3f}"))
    assert str(conditions(text, "close < 1").entry(n=n, x=x)) == str(filled)


def test_a_trade_without_a_bar_between_is_settled() -> None:
    prices = Prices(open=np.array([1.0, 2, 3]), close=np.array([1.0, 2, 3]), dividends=np.zeros(3))
    assert settle([(1, 2)], prices, Costs(fee_bps=0)).equity.tolist() == [1, 1, 1.5]
