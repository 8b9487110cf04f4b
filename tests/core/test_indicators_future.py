"""No line sees the future: cutting the bars after t changes nothing at or before t."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core import indicators as ind
from genie_nb.core.market import Bars

LINES: dict[str, Callable[[Bars], pd.Series]] = {
    "sma": lambda b: ind.sma(b.close, 5),
    "ema": lambda b: ind.ema(b.close, 5),
    "vwma": lambda b: ind.vwma(b.high, b.low, b.close, b.volume, 5),
    "rsi": lambda b: ind.rsi(b.close, 5),
    "atr": lambda b: ind.atr(b.high, b.low, b.close, 5),
    "adx": lambda b: ind.adx(b.high, b.low, b.close, 5),
    "macd": lambda b: ind.macd(b.close, 3, 6, 4).hist,
    "bollinger": lambda b: ind.bollinger(b.close, 5).upper,
    "highest": lambda b: ind.highest(b.high, 5),
    "lowest": lambda b: ind.lowest(b.low, 5),
    "average": lambda b: ind.average(b.volume, 5),
    "stdev": lambda b: ind.stdev(b.close, 5),
    "obv": lambda b: ind.obv(b.close, b.volume),
    "rvol": lambda b: ind.rvol(b, 2),
    "supertrend": lambda b: ind.supertrend(b.high, b.low, b.close, 3, 2),
    "prev_close": ind.prev_close,
    "gap": ind.gap,
    "change": ind.change,
    "vwap": ind.vwap,
    "anchored_vwap": lambda b: ind.anchored_vwap(b, date(2026, 1, 7)),
}


@st.composite
def some_bars(draw: st.DrawFn) -> Bars:
    count = draw(st.integers(2, 40))
    price = st.integers(100, 130).map(lambda cents: cents / 10)
    rows = draw(
        st.lists(
            st.tuples(price, price, price, price, st.sampled_from([0, 100, 250, np.nan])),
            min_size=count,
            max_size=count,
        )
    )
    frame = pd.DataFrame(
        [(o, max(o, h, low, c), min(o, h, low, c), c, v) for o, h, low, c, v in rows],
        columns=["open", "high", "low", "close", "volume"],
    )
    if draw(st.booleans()):
        frame.index = pd.date_range("2026-01-05", periods=count)
        return Bars.from_frame(frame, ticker="X")
    days = pd.date_range("2026-01-05 09:30", periods=count // 4 + 1, tz="America/New_York")
    hours = [day + pd.Timedelta(hours=hour) for day in days for hour in range(4)]
    frame.index = pd.DatetimeIndex(hours[:count])
    return Bars.from_frame(frame, ticker="X", interval="1h")


def sees_the_future(line: Callable[[Bars], pd.Series], bars: Bars, cut: int) -> bool:
    whole, past = line(bars), line(bars.head(cut))
    return not np.array_equal(whole.to_numpy()[:cut], past.to_numpy(), equal_nan=True)


@pytest.mark.parametrize("name", LINES)
@given(bars=some_bars(), data=st.data())
def test_no_line_sees_the_future(name, bars, data):
    cut = data.draw(st.integers(1, len(bars)))
    assert not sees_the_future(LINES[name], bars, cut)


def test_the_test_catches_a_line_that_does():
    closes = np.arange(1.0, 21.0)
    frame = pd.DataFrame(dict.fromkeys(("open", "high", "low", "close"), closes))
    bars = Bars.from_frame(frame.set_index(pd.date_range("2026-01-05", periods=20)), ticker="X")
    assert sees_the_future(lambda b: b.close.shift(-1), bars, 10)
    assert sees_the_future(lambda b: b.close.rolling(5, center=True).mean(), bars, 10)
    assert sees_the_future(lambda b: b.close - b.close.mean(), bars, 10)
