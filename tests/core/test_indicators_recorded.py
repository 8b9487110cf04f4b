"""Lines against TA-Lib, plain loops and third-party values, on recorded markets."""

import gzip
import itertools
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import talib

from genie_nb.core import indicators as ind
from genie_nb.core.market import Bars

pytestmark = pytest.mark.recorded

TALIB: dict[str, tuple[Callable, Callable]] = {
    "sma": (lambda f: ind.sma(f.close, 50), lambda f: talib.SMA(f.close, 50)),
    "ema": (lambda f: ind.ema(f.close, 20), lambda f: talib.EMA(f.close, 20)),
    "rsi": (lambda f: ind.rsi(f.close, 14), lambda f: talib.RSI(f.close, 14)),
    "atr": (
        lambda f: ind.atr(f.high, f.low, f.close, 14),
        lambda f: talib.ATR(f.high, f.low, f.close, 14),
    ),
    "adx": (
        lambda f: ind.adx(f.high, f.low, f.close, 14),
        lambda f: talib.ADX(f.high, f.low, f.close, 14),
    ),
    "macd": (lambda f: ind.macd(f.close).line, lambda f: talib.MACD(f.close)[0]),
    "macd_signal": (lambda f: ind.macd(f.close).signal, lambda f: talib.MACD(f.close)[1]),
    "macd_hist": (lambda f: ind.macd(f.close).hist, lambda f: talib.MACD(f.close)[2]),
    "bb_upper": (lambda f: ind.bollinger(f.close).upper, lambda f: talib.BBANDS(f.close, 20, 2.0, 2.0)[0]),
    "bb_lower": (lambda f: ind.bollinger(f.close).lower, lambda f: talib.BBANDS(f.close, 20, 2.0, 2.0)[2]),
    "stdev": (lambda f: ind.stdev(f.close, 20), lambda f: talib.STDDEV(f.close, 20)),
    "obv": (lambda f: ind.obv(f.close, f.volume), lambda f: talib.OBV(f.close, f.volume)),
    "true_range": (
        lambda f: ind.true_range(f.high, f.low, f.close),
        lambda f: talib.TRANGE(f.high, f.low, f.close),
    ),
    "highest": (lambda f: ind.highest(f.high, 20), lambda f: talib.MAX(f.high, 20).shift(1)),
    "lowest": (lambda f: ind.lowest(f.low, 20), lambda f: talib.MIN(f.low, 20).shift(1)),
    "average": (lambda f: ind.average(f.volume, 20), lambda f: talib.SMA(f.volume, 20).shift(1)),
}  # fmt: skip


@pytest.fixture(scope="module")
def tickers(recorded: Path) -> dict[str, pd.DataFrame]:
    files = sorted((recorded / "prices" / "daily_yahoo_2014_2024").glob("*.csv.gz"))
    assert len(files) == 208
    return {file.name.split(".")[0]: _prices(file) for file in files}


def _prices(file: Path) -> pd.DataFrame:
    frame = pd.read_csv(file, encoding="utf-8-sig", index_col=0, parse_dates=True)
    frame.columns = frame.columns.str.lower()
    return frame.dropna(subset=["open", "high", "low", "close"]).astype(float)


def _never_moved(close: pd.Series) -> pd.Series:
    """True until the first change of price: there RSI has nothing to measure."""
    return close.diff().abs().fillna(0).cumsum() == 0


@pytest.mark.parametrize("name", TALIB)
def test_lines_equal_talib_from_the_first_defined_bar(name, tickers):
    ours, theirs = TALIB[name]
    for ticker, frame in tickers.items():
        expected = theirs(frame)
        if name == "rsi":
            expected = expected.mask(_never_moved(frame.close))
        np.testing.assert_allclose(ours(frame), expected, rtol=1e-9, atol=1e-9, err_msg=ticker)


def wilder(values: list[float], n: int) -> list[float]:
    """Mean of the first n, then weight 1/n for each later value."""
    means = [sum(values[:n]) / n]
    for value in values[n:]:
        means.append((means[-1] * (n - 1) + value) / n)
    return means


def plain_rsi(frame: pd.DataFrame, n: int = 14) -> list[float]:
    close = frame.close.tolist()
    moves = [b - a for a, b in itertools.pairwise(close)]
    gains = wilder([max(move, 0) for move in moves], n)
    losses = wilder([max(-move, 0) for move in moves], n)
    return [np.nan] * n + [
        100 * up / (up + down) if up + down > 0 else np.nan
        for up, down in zip(gains, losses, strict=True)
    ]


def plain_true_range(frame: pd.DataFrame) -> list[float]:
    rows = list(zip(frame.high, frame.low, frame.close, strict=True))
    return [
        max(high, before) - min(low, before)
        for (_, _, before), (high, low, _) in itertools.pairwise(rows)
    ]


def plain_atr(frame: pd.DataFrame, n: int = 14) -> list[float]:
    return [np.nan] * n + wilder(plain_true_range(frame), n)


def plain_sma(frame: pd.DataFrame, n: int = 50) -> list[float]:
    close = frame.close.tolist()
    means = [sum(close[t - n + 1 : t + 1]) / n for t in range(n - 1, len(close))]
    return [np.nan] * (n - 1) + means


def plain_ema(values: list[float], n: int) -> list[float]:
    line = [sum(values[:n]) / n]
    for value in values[n:]:
        line.append(line[-1] + (value - line[-1]) * 2 / (n + 1))
    return [np.nan] * (n - 1) + line


def plain_macd(frame: pd.DataFrame) -> list[float]:
    close = frame.close.tolist()
    fast, slow = plain_ema(close[14:], 12), plain_ema(close, 26)
    both = [a - b for a, b in zip(fast, slow[14:], strict=True)]
    return [np.nan] * 33 + both[19:]


def plain_stdev(frame: pd.DataFrame, n: int = 20) -> list[float]:
    close = frame.close.tolist()
    windows = [close[t - n + 1 : t + 1] for t in range(n - 1, len(close))]
    return [np.nan] * (n - 1) + [float(np.std(window)) for window in windows]


def plain_upper_band(frame: pd.DataFrame) -> list[float]:
    middle, deviation = plain_sma(frame, 20), plain_stdev(frame, 20)
    return [m + 2 * d for m, d in zip(middle, deviation, strict=True)]


def plain_highest(frame: pd.DataFrame, n: int = 20) -> list[float]:
    high = frame.high.tolist()
    return [np.nan] * n + [max(high[t - n : t]) for t in range(n, len(high))]


def plain_vwma(frame: pd.DataFrame, n: int = 20) -> list[float]:
    price = ((frame.high + frame.low + frame.close) / 3).tolist()
    volume = frame.volume.tolist()
    line = [np.nan] * (n - 1)
    for t in range(n - 1, len(price)):
        window = range(t - n + 1, t + 1)
        shares = sum(volume[i] for i in window)
        line.append(sum(price[i] * volume[i] for i in window) / shares if shares else np.nan)
    return line


def plain_adx(frame: pd.DataFrame, n: int = 14) -> list[float]:
    """Wilder's sums start with n − 1 moves and lose 1/n of themselves at each later one."""
    high, low = frame.high.tolist(), frame.low.tolist()
    ups = [b - a for a, b in itertools.pairwise(high)]
    downs = [a - b for a, b in itertools.pairwise(low)]
    plus = [up if up > max(down, 0) else 0.0 for up, down in zip(ups, downs, strict=True)]
    minus = [down if down > max(up, 0) else 0.0 for up, down in zip(ups, downs, strict=True)]
    ranges = plain_true_range(frame)
    sums = [sum(part[: n - 1]) for part in (plus, minus, ranges)]
    index: list[float] = []
    for t in range(n - 1, len(ranges)):
        sums = [s - s / n + part[t] for s, part in zip(sums, (plus, minus, ranges), strict=True)]
        total = sums[0] + sums[1]
        index.append(100 * abs(sums[0] - sums[1]) / total if sums[2] and total else index[-1])
    return [np.nan] * (2 * n - 1) + wilder(index, n)


PLAIN: dict[str, tuple[Callable, Callable, float]] = {
    "sma": (lambda f: ind.sma(f.close, 50), plain_sma, 1e-9),
    "ema": (lambda f: ind.ema(f.close, 20), lambda f: plain_ema(f.close.tolist(), 20), 1e-9),
    "rsi": (lambda f: ind.rsi(f.close), plain_rsi, 1e-9),
    "atr": (lambda f: ind.atr(f.high, f.low, f.close), plain_atr, 1e-9),
    "adx": (lambda f: ind.adx(f.high, f.low, f.close), plain_adx, 1e-8),
    "macd": (lambda f: ind.macd(f.close).line, plain_macd, 1e-9),
    "stdev": (lambda f: ind.stdev(f.close, 20), plain_stdev, 1e-5),
    "bb_upper": (lambda f: ind.bollinger(f.close).upper, plain_upper_band, 1e-5),
    "highest": (lambda f: ind.highest(f.high, 20), plain_highest, 0),
    "vwma": (lambda f: ind.vwma(f.high, f.low, f.close, f.volume, 20), plain_vwma, 1e-9),
}


@pytest.mark.parametrize("name", PLAIN)
def test_lines_equal_a_plain_loop_over_the_formula(name, tickers):
    ours, plain, tolerance = PLAIN[name]
    for ticker, frame in list(tickers.items())[::8]:
        np.testing.assert_allclose(
            ours(frame), plain(frame), rtol=tolerance, atol=tolerance, err_msg=ticker
        )


def third_party(recorded: Path, name: str) -> pd.DataFrame:
    with gzip.open(
        recorded / "indicators" / "skender_results" / f"{name}.standard.json.gz"
    ) as file:
        rows = json.load(file)
    return pd.DataFrame(rows).set_index("timestamp").astype(float)


@pytest.fixture(scope="module")
def quotes(recorded: Path) -> pd.DataFrame:
    return _prices(recorded / "indicators" / "skender_quotes" / "default.csv.gz")


SKENDER: dict[str, tuple[str, str, Callable, int]] = {
    "sma": ("sma", "sma", lambda q: ind.sma(q.close, 20), 0),
    "ema": ("ema", "ema", lambda q: ind.ema(q.close, 20), 0),
    "rsi": ("rsi", "rsi", lambda q: ind.rsi(q.close, 14), 0),
    "atr": ("atr", "atr", lambda q: ind.atr(q.high, q.low, q.close, 14), 250),
    "true_range": ("tr", "tr", lambda q: ind.true_range(q.high, q.low, q.close), 0),
    "adx": ("adx", "adx", lambda q: ind.adx(q.high, q.low, q.close, 14), 250),
    "macd": ("macd", "macd", lambda q: ind.macd(q.close).line, 250),
    "macd_signal": ("macd", "signal", lambda q: ind.macd(q.close).signal, 250),
    "macd_hist": ("macd", "histogram", lambda q: ind.macd(q.close).hist, 250),
    "bb_upper": ("bb", "upperBand", lambda q: ind.bollinger(q.close).upper, 0),
    "bb_middle": ("bb", "sma", lambda q: ind.bollinger(q.close).middle, 0),
    "bb_lower": ("bb", "lowerBand", lambda q: ind.bollinger(q.close).lower, 0),
    "supertrend": ("supertrend", "superTrend", lambda q: ind.supertrend(q.high, q.low, q.close), 250),
}  # fmt: skip


@pytest.mark.parametrize("name", SKENDER)
def test_lines_equal_third_party_values(name, recorded, quotes):
    file, column, ours, start = SKENDER[name]
    expected = third_party(recorded, file)[column].to_numpy()
    np.testing.assert_allclose(ours(quotes).to_numpy()[start:], expected[start:], rtol=1e-6)


def test_stdev_equals_third_party_values(recorded, quotes):
    expected = third_party(recorded, "stdev")["stdDev"].to_numpy()
    np.testing.assert_allclose(ind.stdev(quotes.close, 14), expected, rtol=1e-6)


def test_obv_moves_as_third_party_values_do(recorded, quotes):
    expected = third_party(recorded, "obv")["obv"].diff().to_numpy()
    np.testing.assert_array_equal(ind.obv(quotes.close, quotes.volume).diff(), expected)


def worksheet(recorded: Path, name: str) -> pd.DataFrame:
    frame = pd.read_csv(recorded / "indicators" / "ta_chartschool" / f"cs-{name}.csv", index_col=0)
    frame.columns = frame.columns.str.strip().str.lower()
    return frame


def test_adx_equals_the_worksheet_once_its_seed_is_forgotten(recorded):
    sheet = worksheet(recorded, "adx")
    ours = ind.adx(sheet.high, sheet.low, sheet.close)
    np.testing.assert_allclose(ours.iloc[250:], sheet.adx.iloc[250:], rtol=1e-5)


def test_bollinger_bands_equal_the_worksheet(recorded):
    sheet = worksheet(recorded, "bbands")
    bands = ind.bollinger(sheet.close)
    np.testing.assert_allclose(bands.upper, sheet.highband, rtol=1e-6)
    np.testing.assert_allclose(bands.lower, sheet.lowband, rtol=1e-6)


def test_obv_equals_the_worksheet(recorded):
    sheet = worksheet(recorded, "obv")
    np.testing.assert_allclose(ind.obv(sheet.close, sheet.volume), sheet.obv)


@pytest.mark.parametrize("ticker", ["AAPL", "NVDA", "SPY"])
def test_session_vwap_ends_each_day_near_the_brokers_own(ticker, recorded):
    frame = pd.read_csv(recorded / "intraday" / "5m_ibkr" / f"{ticker}_5m.csv.gz")
    times = pd.DatetimeIndex(pd.to_datetime(frame.pop("date"), utc=True))
    frame, days = frame.set_index(times), times.tz_convert("America/New_York").date
    ours = ind.vwap(Bars.from_frame(frame, ticker=ticker, interval="5m")).groupby(days).last()
    sessions = frame.assign(paid=frame.wap * frame.volume).groupby(days)
    brokers = sessions.paid.sum() / sessions.volume.sum()
    whole = sessions.wap.count() == sessions.size()
    apart = 10_000 * (ours / brokers - 1).abs()[whole]
    assert len(apart) > 200
    assert apart.median() <= 1
    assert apart.quantile(0.95) <= 4
