"""The 21-line panel: T1 one ticker against TA-Lib, T2 2,000 tickers against memory and pandas-ta.

Targets: T1 at most 0.7 times TA-Lib; T2 at most 5 times what reading the columns and writing the lines
costs alone, on one thread, and at least 100 times faster than pandas-ta ticker by ticker. All sides take
turns in one process; times are of CPU where one thread is compared with one, so that a busy machine does
not decide.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pandas_ta
import talib
from made_up import BARS, columns
from numba import njit

from genie_nb.core.indicators.kernels.panel import panel as compiled
from genie_nb.core.indicators.panel import PANEL
from genie_nb.core.threads import spread

TICKERS = 2_000
OF_PANDAS_TA = 20
"""Tickers of the pandas-ta loop; it takes as long for each."""


def main() -> None:
    table = columns(TICKERS)
    out = np.empty((TICKERS, len(PANEL), BARS))
    one_ticker(table[:1])
    many_tickers(table, out)


def one_ticker(table: np.ndarray) -> None:
    out, scratch = np.empty((1, len(PANEL), BARS)), np.empty((2, BARS))
    ours, theirs = alternated(
        lambda: compiled(table, out, scratch, 0, 1),
        lambda: talib_panel(table[0]),
        times=50,
        rounds=40,
    )
    apart = difference(out[0], talib_panel(table[0]))
    print(f"T1 one ticker × {BARS:,} bars, 21 lines")
    print(f"  genie_nb {ours * 1e6:>8.1f} µs")
    print(f"  TA-Lib   {theirs * 1e6:>8.1f} µs")
    print(f"  target <= 0.70: {'met' if ours / theirs <= 0.7 else 'MISSED'} ({ours / theirs:.2f})")
    print(f"  largest relative difference {apart:.1e}")


def many_tickers(table: np.ndarray, out: np.ndarray) -> None:
    scratch = np.empty((2, BARS))
    ours, floor = alternated(
        lambda: compiled(table, out, scratch, 0, TICKERS),
        lambda: read_and_write(table, out),
        times=1,
        rounds=7,
    )
    clock, loop = [], []
    for _ in range(5):
        begin = time.perf_counter()
        spread(lambda start, stop: one_by_one(table[start:stop]), TICKERS, least=1)
        clock.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        for ticker in table[:OF_PANDAS_TA]:
            pandas_ta_panel(ticker)
        loop.append((time.perf_counter() - begin) * TICKERS / OF_PANDAS_TA)
    together, slow = statistics.median(clock), statistics.median(loop)
    print(f"T2 {TICKERS:,} tickers × {BARS:,} bars, 21 lines")
    print(f"  genie_nb       {ours:>8.3f} s of CPU on one thread")
    print(f"  read and write {floor:>8.3f} s of CPU on one thread")
    print(f"  target <= 5.0: {'met' if ours / floor <= 5 else 'MISSED'} ({ours / floor:.2f})")
    print(f"  genie_nb       {together:>8.3f} s by the clock on all threads, keeping none")
    print(
        f"  pandas-ta loop {slow:>8.3f} s by the clock, keeping none, scaled from {OF_PANDAS_TA} tickers"
    )
    print(
        f"  target >= 100: {'met' if slow / together >= 100 else 'MISSED'} ({slow / together:.0f})"
    )


def one_by_one(table: np.ndarray) -> None:
    """The panel of each ticker in turn, none kept, as in the loop it is compared with."""
    out, scratch = np.empty((1, len(PANEL), BARS)), np.empty((2, BARS))
    for ticker in range(len(table)):
        compiled(table[ticker : ticker + 1], out, scratch, 0, 1)


def alternated(
    ours: Callable[[], object], theirs: Callable[[], object], *, times: int, rounds: int
) -> tuple[float, float]:
    """Median CPU seconds of one call of each side, taking turns."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for side, taken in zip((ours, theirs), seconds, strict=True):
            begin = time.process_time()
            for _ in range(times):
                side()
            if number:
                taken.append((time.process_time() - begin) / times)
    return statistics.median(seconds[0]), statistics.median(seconds[1])


@njit
def read_and_write(table, out):
    """Read five numbers per bar and write as many as the panel has lines."""
    for ticker in range(table.shape[0]):
        for bar in range(table.shape[2]):
            number = 0.0
            for column in range(5):
                number += table[ticker, column, bar]
            for line in range(out.shape[1]):
                out[ticker, line, bar] = number


def talib_panel(ticker: np.ndarray) -> list[np.ndarray]:
    _, high, low, close, volume = ticker
    typical = (high + low + close) / 3
    return [
        talib.SMA(close, 20), talib.SMA(close, 50), talib.SMA(close, 200), talib.EMA(close, 12),
        talib.EMA(close, 26), *talib.MACD(close, 12, 26, 9), talib.RSI(close, 14),
        *talib.BBANDS(close, 20, 2.0, 2.0), talib.ATR(high, low, close, 14),
        talib.ADX(high, low, close, 14), talib.PLUS_DI(high, low, close, 14),
        talib.MINUS_DI(high, low, close, 14), talib.SMA(typical * volume, 20) / talib.SMA(volume, 20),
        before(talib.MAX(high, 20)), before(talib.MIN(low, 20)), talib.OBV(close, volume),
        volume / before(talib.SMA(volume, 20)),
    ]  # fmt: skip


def pandas_ta_panel(ticker: np.ndarray) -> None:
    """The same lines with pandas-ta's defaults."""
    frame = pd.DataFrame(dict(zip(("open", "high", "low", "close", "volume"), ticker, strict=True)))
    high, low, close, volume = (frame[name] for name in ("high", "low", "close", "volume"))
    for length in (20, 50, 200):
        pandas_ta.sma(close, length)
    for length in (12, 26):
        pandas_ta.ema(close, length)
    pandas_ta.rsi(close, 14)
    pandas_ta.macd(close)
    pandas_ta.bbands(close, 20, 2)
    pandas_ta.atr(high, low, close, 14)
    pandas_ta.adx(high, low, close, 14)
    pandas_ta.vwma((high + low + close) / 3, volume, 20)
    pandas_ta.donchian(high, low, 20, 20)
    pandas_ta.obv(close, volume)
    volume / pandas_ta.sma(volume, 20).shift(1)


def before(line: np.ndarray) -> np.ndarray:
    return np.concatenate([[np.nan], line[:-1]])


def difference(found: np.ndarray, wanted: list[np.ndarray]) -> float:
    worst = 0.0
    for one, other in zip(found, wanted, strict=True):
        assert (np.isnan(one) == np.isnan(other)).all()
        scale = np.maximum(np.abs(other), 1e-3)
        worst = max(worst, float(np.nanmax(np.abs(one - other) / scale)))
    return worst


if __name__ == "__main__":
    main()
