"""Many tickers at once give what each ticker on its own gives."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from random_walks import random_walk

from genie_nb.core.backtest import METRICS, across, run_backtest
from genie_nb.core.backtest.across import TICKERS_AT_ONCE
from genie_nb.core.backtest.block import Block
from genie_nb.core.backtest.planes import unpacked
from genie_nb.core.backtest.program import Program
from genie_nb.core.errors import AskError, UnknownName
from genie_nb.core.expr import LINES, Tape
from genie_nb.core.expr.truth import FALSE, TRUE
from genie_nb.core.grammar import line, parse_condition
from genie_nb.core.indicators import highest, lowest, rsi, rvol, sma, vwma
from genie_nb.core.market import Bars
from genie_nb.core.strategies import BUILT_IN

ON_DAILY_BARS = sorted(name for name, one in BUILT_IN.items() if not one.intraday_only)
PAIRS = [
    ("sma(5) crosses above sma(20)", "sma(5) crosses below sma(20)"),
    ("close touches lowest(10) or gap < -0.02", "not (close <= sma(9, volume) / 5000)"),
    ("close crosses sma(10)", "adx(14) > 40"),
    ("change > 0.02 for 1 bars within 3 bars", "close < highest(5, close) * 0.97"),
    ("rsi(7) > 60 and volume[1] > 1000", "close / open - 1 < -0.03"),
]  # fmt: skip


@pytest.fixture(scope="module")
def universe() -> list[Bars]:
    long = [random_walk(n, 400, dividends=n % 3 == 0, holes=n % 5 == 0) for n in range(30)]
    short = [random_walk(100 + n, 260) for n in range(3)]
    return [*long[:10], *short, *long[10:]]


def test_each_row_is_the_backtest_of_its_ticker_and_strategy(universe: list[Bars]) -> None:
    tested = [*ON_DAILY_BARS, *PAIRS]
    table = across(tested, universe, fee_bps=5, spread_bps=15)
    assert len(table) == len(tested) * len(universe)
    assert (table["trades"].groupby(table.index % len(tested)).sum() > 0).all()
    for number, row in table.iterrows():
        bars, strategy = universe[number // len(tested)], tested[number % len(tested)]
        wanted = run_backtest(strategy, bars, fee_bps=5, spread_bps=15, engine="plain").metrics
        assert row["ticker"] == bars.ticker
        for name in METRICS:
            if wanted[name] is None:
                assert math.isnan(row[name])
            else:
                assert row[name] == pytest.approx(wanted[name], rel=1e-11, abs=1e-12), (
                    strategy,
                    name,
                )


@pytest.mark.recorded
def test_recorded_tickers_trade_as_on_their_own(recorded) -> None:
    folder = recorded / "prices" / "daily_yahoo_2014_2024"
    files = sorted(folder.glob("[A-Z]*.csv.gz"))[::6]
    assert len(files) > 30
    universe = [
        Bars.from_frame(
            pd.read_csv(f, index_col="Date", parse_dates=True), ticker=f.name.split(".")[0]
        )
        for f in files
    ]
    table = across(ON_DAILY_BARS, universe)
    for number, row in table.iterrows():
        bars, name = (
            universe[number // len(ON_DAILY_BARS)],
            ON_DAILY_BARS[number % len(ON_DAILY_BARS)],
        )
        wanted = run_backtest(name, bars).metrics
        assert row["trades"] == wanted["trades"], (bars.ticker, name)
        assert row["total_return"] == pytest.approx(wanted["total_return"], rel=1e-11, abs=1e-12)


def test_more_tickers_than_fit_at_once_keep_their_order() -> None:
    universe = [random_walk(n % 7, 120) for n in range(4 * TICKERS_AT_ONCE + 5)]
    table = across("mean_reversion", universe)
    assert table["ticker"].tolist() == [bars.ticker for bars in universe]
    first = table.iloc[:7].reset_index(drop=True)
    last = table.iloc[7 * 7 : 8 * 7].reset_index(drop=True)
    pd.testing.assert_frame_equal(first, last)


def test_a_ticker_that_cannot_be_tested_has_no_metrics_and_stops_nobody() -> None:
    good, short, broken = random_walk(1, 200), random_walk(2, 200).head(1), random_walk(3, 200)
    frame = broken.frame.copy()
    frame.iloc[5, :4] = [0.0, 1.0, 0.0, 0.5]
    broken = Bars.from_frame(frame, ticker="BROKEN")
    table = across("mean_reversion", [short, good, broken, good.head(0)])
    assert table["total_return"].notna().tolist() == [False, True, False, False]
    assert table["bars"].tolist() == [1, 200, 200, 0]
    assert table["trades"].tolist()[2] == 0


def test_a_ticker_on_which_nothing_is_ever_known_stays_flat() -> None:
    still, index = random_walk(1, 200), random_walk(2, 200)
    still = Bars.from_frame(still.frame.assign(open=5.0, high=5.0, low=5.0, close=5.0), ticker="A")
    index = Bars.from_frame(index.frame.assign(volume=0.0), ticker="B")
    table = across(["mean_reversion", "breakout"], [still, index, still.head(8)])
    for number, row in table.head(4).iterrows():
        bars, name = (still, index)[number // 2], ("mean_reversion", "breakout")[number % 2]
        metrics = run_backtest(name, bars).metrics
        assert row["total_return"] == metrics["total_return"] == 0
        assert row["trades"] == metrics["trades"] == 0
    assert table["total_return"].isna().tolist() == [False] * 4 + [True] * 2


def test_an_empty_universe_is_an_empty_table() -> None:
    assert list(across("mean_reversion", [])) == ["ticker", "strategy", "bars", *METRICS]


def test_what_cannot_be_tested_together_is_refused() -> None:
    weekly = Bars.from_frame(random_walk(1, 50).frame.iloc[::5], ticker="W", interval="1wk")
    with pytest.raises(AskError, match="2 intervals"):
        across("mean_reversion", [random_walk(1, 50), weekly])
    with pytest.raises(UnknownName):
        across("mean_reversal", [random_walk(1, 50)])


def one_line(bars: Bars, name: str, n: int) -> np.ndarray:
    close = bars.close.to_numpy()
    return {
        "sma": lambda: sma(close, n),
        "rsi": lambda: rsi(close, n),
        "highest": lambda: highest(bars.high.to_numpy(), n),
        "lowest": lambda: lowest(bars.low.to_numpy(), n),
        "vwma": lambda: vwma(bars.high, bars.low, bars.close, bars.volume, n).to_numpy(),
        "rvol": lambda: rvol(bars, n).to_numpy(),
    }[name]()


@pytest.mark.parametrize("n", [2, 3, 7, 20, 119, 120, 300])
@pytest.mark.parametrize("name", ["sma", "rsi", "highest", "lowest", "vwma", "rvol"])
def test_lines_at_once_equal_the_lines_of_one_ticker(name: str, n: int) -> None:
    universe = [random_walk(seed, 120) for seed in range(4)]
    found = Block(bars=universe).numbers(line(f"{name}({n})"))
    for row, bars in zip(found, universe, strict=True):
        wanted = one_line(bars, name, n)
        if name == "rsi":
            np.testing.assert_allclose(row, wanted, rtol=1e-12)
        else:
            np.testing.assert_array_equal(row, wanted)


EVERY_LINE = [
    kind.name if not kind.call else f"{kind.name}({', '.join(arguments)})"
    for kind in LINES.values()
    for arguments in [
        [
            {"bars": "5", "factor": "2", "value": "close", "date": "2015-03-02"}[p.takes]
            for p in kind.parameters
        ]
    ]
]


@pytest.mark.parametrize("text", EVERY_LINE)
@pytest.mark.parametrize("intraday", [False, True])
def test_every_line_of_a_block_is_that_of_each_ticker(text: str, intraday: bool) -> None:
    value = line(text)
    universe = (
        [sessions(seed, 8) for seed in range(2)]
        if intraday
        else [random_walk(seed, 120, holes=seed == 2) for seed in range(3)]
    )
    found = Block(bars=universe).numbers(value)
    for row, bars in zip(found, universe, strict=True):
        np.testing.assert_allclose(row, value.values(bars).to_numpy(), rtol=1e-12)


PROGRAMMED = [
    "close > sma(9)", "close >= sma(9)", "sma(9) < 20", "sma(9) <= open", "20 < highest(5)",
    "-1 >= lowest(30)", "rsi(7) > 50 and not vwma(6) < close or rvol(4) > 1.2", "volume > sma(5, volume)",
    "close crosses above sma(3)", "21 crosses close", "close touches highest(4)",
]  # fmt: skip
NOT_PROGRAMMED = [
    "close == sma(1)",
    "close * 2 > sma(9)",
    "sma(3, rsi(5)) > 50",
    "adjclose > 1",
    "atr(5) > 1",
]


@pytest.mark.parametrize("intraday", [False, True])
@pytest.mark.parametrize("holes", [False, True])
def test_a_program_finds_what_each_ticker_finds(intraday: bool, holes: bool) -> None:
    universe = (
        [sessions(seed, 3) for seed in range(3)]
        if intraday
        else [random_walk(seed, 131, holes=holes) for seed in range(3)]
    )
    conditions = [parse_condition(text) for text in (*PROGRAMMED, *NOT_PROGRAMMED)]
    block = Block(bars=universe)
    program = Program.of(conditions, block.whole, intraday=intraday)
    assert len(program.comparisons) >= 8
    block.run(program)
    for condition in conditions:
        found = block.truths(condition)
        for row, bars in enumerate(universe):
            wanted = Tape(bars=bars).truth(condition)
            for plane, truth in ((found.true, TRUE), (found.false, FALSE)):
                assert (unpacked(plane[row : row + 1], len(bars))[0] == (wanted == truth)).all(), (
                    condition
                )


def test_a_price_that_stops_moving_has_no_rsi_at_once_either() -> None:
    from genie_nb.core.indicators.kernels.rows import rsi as rows

    x = np.concatenate([np.linspace(10, 12, 30), np.full(1500, 12.0)])
    out = np.empty((1, len(x)))
    rows(x[np.newaxis], 14, out)
    np.testing.assert_allclose(out[0], rsi(x, 14), rtol=1e-9)
    assert np.isnan(out[0, -1])


def sessions(seed: int, days: int, *, lost: int | None = None) -> Bars:
    """Five-minute bars of whole sessions; one bar may be lost."""
    dice = np.random.default_rng(seed)
    each = [pd.date_range(f"{day:%Y-%m-%d} 09:30", periods=78, freq="5min") for day in
            pd.bdate_range("2025-03-10", periods=days)]  # fmt: skip
    index = each[0].append(each[1:])
    close = 20 * np.exp(np.cumsum(dice.normal(0, 0.004, len(index))))
    opens = close * np.exp(dice.normal(0, 0.001, len(index)))
    frame = pd.DataFrame(
        {
            "open": opens,
            "high": np.maximum(opens, close) * 1.001,
            "low": np.minimum(opens, close) * 0.999,
            "close": close,
            "volume": np.round(dice.lognormal(9, 0.5, len(index))),
        },
        index=index,
    )
    if lost is not None:
        frame = frame.drop(frame.index[lost])
    bars = Bars.from_frame(frame, ticker=f"T{seed}", interval="5m")
    ends = pd.DatetimeIndex(
        [pd.Timestamp(f"{t:%Y-%m-%d} 16:00", tz="America/New_York") for t in frame.index]
    ).tz_convert("UTC")
    return replace(bars, session_ends=ends)


def test_intraday_strategies_trade_the_same_in_every_reader() -> None:
    universe = [sessions(1, 20), sessions(2, 20, lost=77), sessions(3, 20)]
    tested = ["vwap_day", "mean_reversion", ("close crosses vwap", "bars_left < 3 or gap > 0.02")]
    table = across(tested, universe)
    assert (table["trades"] > 0).all()
    for number, row in table.iterrows():
        bars, strategy = universe[number // 3], tested[number % 3]
        plain, fast = (run_backtest(strategy, bars, engine=engine) for engine in ("plain", "fast"))
        pd.testing.assert_frame_equal(plain.trades, fast.trades)
        for name in METRICS:
            assert row[name] == pytest.approx(plain.metrics[name], rel=1e-11, abs=1e-12)


def test_vwap_day_holds_nothing_over_night() -> None:
    result = run_backtest("vwap_day", sessions(4, 20))
    bars = result.bars
    for fill in result.account.closed:
        assert bars.sessions[fill.bought] == bars.sessions[fill.sold]
