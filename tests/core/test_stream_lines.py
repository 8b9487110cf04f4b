"""Every line that a stream keeps from bar to bar has the value that a full recomputation gives it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genie_nb.core import expr
from genie_nb.core.grammar import line
from genie_nb.core.market import Bars
from genie_nb.core.stream.circuit import assembled
from genie_nb.core.stream.kinds import COLUMNS, KINDS
from genie_nb.core.stream.lanes import Lanes
from genie_nb.core.stream.values import wire_value
from genie_nb.core.stream.wiring import NotStreamed, Wiring

counts = st.integers(2, 12)
KEPT = [
    "open", "high", "low", "close", "volume", "prev_close", "gap", "change", "bars_left", "sma", "ema", "stdev",
    "average", "rvol", "vwma", "highest", "lowest", "macd", "macd_signal", "macd_hist", "bb_upper", "bb_lower", "rsi",
    "atr", "adx", "obv",
]  # fmt: skip
ROUNDED = ["ema", "stdev", "macd", "macd_signal", "macd_hist", "bb_upper", "bb_lower", "rsi", "atr", "adx"]  # fmt: skip


def plain(name: str) -> st.SearchStrategy[expr.Value]:
    choices = {
        "bars": counts,
        "factor": st.sampled_from([1.0, 2.0, 2.5]),
        "value": st.sampled_from(["close", "volume", "high", "change"]).map(
            lambda n: expr.Line(name=n)
        ),
    }
    takes = [parameter.takes for parameter in expr.LINES[name].parameters]
    args = st.tuples(*(choices[take] for take in takes))
    return args.map(lambda given: expr.Line(name=name, args=given))


lines = st.sampled_from(KEPT).flatmap(plain)
numbers = st.sampled_from([0.0, 1.0, 2.5, 25.0, 1e6]).map(lambda n: expr.Number(number=n))


def bigger(smaller: st.SearchStrategy[expr.Value]) -> st.SearchStrategy[expr.Value]:
    windows = st.sampled_from(["sma", "ema", "stdev", "highest", "lowest"])
    return st.one_of(
        st.builds(expr.Negative, value=smaller),
        st.builds(expr.Arithmetic, left=smaller, sign=st.sampled_from("+-*/"), right=smaller),
        st.builds(expr.Lag, value=smaller, bars=st.integers(0, 5)),
        st.builds(lambda name, n, x: expr.Line(name=name, args=(n, x)), windows, counts, smaller),
    )


values = st.recursive(st.one_of(lines, numbers), bigger, max_leaves=4)


@st.composite
def tapes(draw: st.DrawFn, least: int = 1, most: int = 160) -> Bars:
    """Bars with stretches in which nothing moves, prices on ticks, jumps, and volumes that are 0 or not known."""
    dice, count = np.random.default_rng(draw(st.integers(0, 10**6))), draw(st.integers(least, most))
    close = draw(st.sampled_from([0.3, 20.0, 5000.0])) * np.exp(
        np.cumsum(dice.normal(0, 0.02, count))
    )
    opened = close * np.exp(dice.normal(0, 0.01, count))
    high = np.maximum(opened, close) * (1 + np.abs(dice.normal(0, 0.01, count)))
    low = np.minimum(opened, close) * (1 - np.abs(dice.normal(0, 0.01, count)))
    volume = np.round(dice.lognormal(12, 1, count))
    if draw(st.booleans()):
        opened, high, low, close = (np.round(one, 1) + 0.1 for one in (opened, high, low, close))
    for _ in range(draw(st.integers(0, 3))):
        first, length = int(dice.integers(count)), int(dice.integers(1, 40))
        still = slice(first, first + length)
        opened[still] = high[still] = low[still] = close[still] = close[first]
        volume[still] = dice.choice([0.0, 1000.0])
    volume[dice.random(count) < draw(st.sampled_from([0.0, 0.0, 0.03]))] = np.nan
    high, low = (
        np.maximum.reduce([opened, high, low, close]),
        np.minimum.reduce([opened, high, low, close]),
    )
    table = dict(zip(COLUMNS, (opened, high, low, close, volume), strict=True))
    return Bars.from_frame(
        pd.DataFrame(table, index=pd.bdate_range("2020-01-02", periods=count)), ticker="X"
    )


def streamed(value: expr.Value, bars: Bars) -> tuple[np.ndarray, np.ndarray, bool]:
    """The numbers of a value bar by bar, by how much each may be off, and whether none may be."""
    wiring = Wiring()
    place = wire_value(wiring, value)
    circuit, slots = assembled(wiring.nodes)
    table = bars.frame[list(COLUMNS)].to_numpy()
    found = np.empty((2, len(bars)))
    for at, bar in enumerate(table):
        circuit.step(bar[:, None])
        found[:, at] = circuit.board.numbers[slots[place]], circuit.board.errors[slots[place]]
    return found[0], found[1], wiring.nodes[place].exact


def agrees(value: expr.Value, bars: Bars) -> None:
    numbers, off, exact = streamed(value, bars)
    with np.errstate(all="ignore"):
        whole = value.compute(expr.Tape(bars=bars))
    known, sure = np.isfinite(whole), np.isfinite(off)
    assert (known == np.isfinite(numbers))[sure].all(), str(value)
    if exact:
        assert (whole[known] == numbers[known]).all(), str(value)
        assert not off.any()
    both = known & sure
    assert (np.abs(whole - numbers) <= off)[both].all(), str(value)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=values, bars=tapes())
def test_a_line_kept_from_bar_to_bar_is_the_line_computed_anew(value, bars):
    agrees(value, bars)


@pytest.mark.parametrize("name", KEPT)
@settings(max_examples=10, deadline=None)
@given(value=st.data(), bars=tapes(100, 160))
def test_each_line_of_the_language_is_kept(name, value, bars):
    agrees(value.draw(plain(name)), bars)


@pytest.mark.parametrize("name", sorted(set(KEPT) - set(ROUNDED)))
def test_sums_and_extremes_are_kept_to_the_last_bit(name):
    takes = expr.LINES[name].parameters
    text = name if not expr.LINES[name].call else f"{name}({', '.join('close' if p.takes == 'value' else '5' for p in takes)})"  # fmt: skip
    wiring = Wiring()
    assert wiring.nodes[wire_value(wiring, line(text))].exact


@pytest.fixture(scope="module")
def recorded_bars(recorded: Path) -> list[Bars]:
    """Ten years of five tickers, whose closes are not adjusted for dividends."""
    found = []
    for file in sorted((recorded / "prices" / "daily_yahoo_2014_2024").glob("*.csv.gz"))[:5]:
        frame = pd.read_csv(file, encoding="utf-8-sig", index_col=0, parse_dates=True)
        found.append(Bars.from_frame(frame.tail(1500), ticker=file.name.split(".")[0]))
    return found


@pytest.mark.recorded
@pytest.mark.parametrize("name", KEPT)
def test_lines_on_recorded_bars_are_the_lines_computed_anew(name, recorded_bars):
    takes = expr.LINES[name].parameters
    given = {"value": "close", "bars": "14", "factor": "2"}
    text = f"{name}({', '.join(given[p.takes] for p in takes)})" if expr.LINES[name].call else name
    for bars in recorded_bars:
        numbers, off, _ = streamed(line(text), bars)
        whole = line(text).compute(expr.Tape(bars=bars))
        assert (np.isfinite(whole) == np.isfinite(numbers)).all()
        known = np.isfinite(whole)
        np.testing.assert_allclose(numbers[known], whole[known], rtol=1e-9, atol=1e-9)
        share = 1e-4 if name in ("stdev", "bb_upper", "bb_lower") else 1e-6
        assert (off[known] <= share * np.maximum(1.0, np.abs(whole[known]))).all()


@pytest.mark.parametrize(
    "text", ["supertrend(10, 3)", "adjclose", "anchored_vwap(2026-01-02)", "vwap", "close of IWM"]
)
def test_what_is_not_kept_is_refused(text):
    with pytest.raises(NotStreamed):
        wire_value(Wiring(), line(text))


@pytest.mark.parametrize("name", ["+", "-", "*", "/", "where_known"])
@pytest.mark.parametrize("numbers", [(0.0, 2.0), (3.0, np.nan), (np.nan, 0.0), (np.inf, 1.0)])
@pytest.mark.parametrize("errors", [(np.inf, 0.0), (0.0, np.inf)])
def test_a_result_is_no_surer_to_be_known_than_what_it_is_made_of(name, numbers, errors):
    lanes = Lanes(
        inputs=tuple(np.array([one]) for one in numbers),
        errors=tuple(np.array([one]) for one in errors),
        n=np.zeros(1, np.int32),
        k=np.zeros(1),
        carry={},
        past=lambda bars: bars,
        window=lambda at, _: at,
    )
    with np.errstate(all="ignore"):
        _, off = KINDS[name].step(lanes)
    assert np.isinf(off).all()
