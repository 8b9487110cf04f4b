"""The panel gives TA-Lib's numbers for many tickers at once."""

import numpy as np
import pytest
import talib
from random_walks import random_walk

from genie_nb.core.errors import BadBars
from genie_nb.core.indicators.panel import PANEL, panel


def test_the_panel_equals_talib() -> None:
    universe = [random_walk(seed, 700) for seed in range(3)]
    columns = np.stack([bars.frame.iloc[:, :5].to_numpy().T for bars in universe])
    out = panel(columns)
    for ticker in range(3):
        _, h, low, c, v = columns[ticker]
        typical = (h + low + c) / 3
        macd, bands = talib.MACD(c, 12, 26, 9), talib.BBANDS(c, 20, 2.0, 2.0)
        wanted = [
            talib.SMA(c, 20), talib.SMA(c, 50), talib.SMA(c, 200), talib.EMA(c, 12), talib.EMA(c, 26),
            *macd, talib.RSI(c, 14), *bands, talib.ATR(h, low, c, 14), talib.ADX(h, low, c, 14),
            talib.PLUS_DI(h, low, c, 14), talib.MINUS_DI(h, low, c, 14),
            talib.SMA(typical * v, 20) / talib.SMA(v, 20), before(talib.MAX(h, 20)),
            before(talib.MIN(low, 20)), talib.OBV(c, v), v / before(talib.SMA(v, 20)),
        ]  # fmt: skip
        for name, found, line in zip(PANEL, out[ticker], wanted, strict=True):
            np.testing.assert_allclose(found, line, rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("count", [1, 2, 14, 20, 33, 34, 199, 201])
def test_the_panel_of_few_bars_is_missing_where_talib_is(count: int) -> None:
    bars = random_walk(1, 300).head(count)
    columns = bars.frame.iloc[:, :5].to_numpy().T[np.newaxis].copy()
    out = panel(columns, np.full((1, len(PANEL), count), 7.0))
    close = bars.close.to_numpy()
    for name, line in (("sma_200", talib.SMA(close, 200)), ("rsi_14", talib.RSI(close, 14)),
                       ("macd_hist", talib.MACD(close, 12, 26, 9)[2]), ("ema_26", talib.EMA(close, 26))):  # fmt: skip
        np.testing.assert_allclose(out[0, PANEL.index(name)], line, rtol=1e-9)


def before(line: np.ndarray) -> np.ndarray:
    return np.concatenate([[np.nan], line[:-1]])


def test_many_tickers_on_several_threads_give_what_each_gives_alone() -> None:
    columns = np.stack([random_walk(n, 90).frame.iloc[:, :5].to_numpy().T for n in range(80)])
    together = panel(columns)
    for ticker in range(80):
        np.testing.assert_array_equal(together[ticker], panel(columns[ticker : ticker + 1])[0])


def test_holes_are_refused() -> None:
    columns = random_walk(1, 50).frame.iloc[:, :5].to_numpy().T[np.newaxis].copy()
    columns[0, 4, 7] = np.nan
    with pytest.raises(BadBars, match="holes"):
        panel(columns)
