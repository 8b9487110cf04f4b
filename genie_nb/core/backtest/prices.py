"""What a backtest reads of the bars: opens to fill at, closes to mark at, dividends to collect."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..errors import BadBars
from ..indicators.runs import floats
from ..market import Bars, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """One ticker's prices as arrays, one number per bar.

    Attributes:
        open: Where orders are filled.
        close: Where a position is marked.
        dividends: Cash per share that goes to whoever held over the night before the bar.
    """

    open: np.ndarray
    close: np.ndarray
    dividends: np.ndarray

    def __len__(self) -> int:
        return len(self.close)

    def since(self, first: int) -> "Prices":
        """The prices from one bar on."""
        return Prices(
            open=self.open[first:], close=self.close[first:], dividends=self.dividends[first:]
        )

    @property
    def pays(self) -> bool:
        """Whether there was any dividend."""
        return bool(self.dividends.any())


def prices(bars: Bars) -> Prices:
    """The prices of *bars*.

    Raises:
        BadBars: An open or close is not above zero, so no number of shares can be bought for it.
    """
    opened, closed = floats(bars.open), floats(bars.close)
    bad = np.flatnonzero(~((opened > 0) & (closed > 0)))
    if len(bad):
        at = int(bad[0])
        raise BadBars(
            f"{bars.ticker} opens at {opened[at]:g} and closes at {closed[at]:g} on {bars.labels[at]}.",
            seen=min(opened[at], closed[at]),
            needed="prices above zero",
            cure="Correct or drop that bar.",
        )
    return Prices(open=opened, close=closed, dividends=dividends(bars))


def dividends(bars: Bars) -> np.ndarray:
    """Cash per share and bar: each dividend on the first bar of its ex-date's session, or of the next there is.

    A weekly bar holds its ex-date within; whoever held when it began is paid.
    """
    cash = np.zeros(len(bars))
    if not len(bars.dividends) or not len(bars):
        return cash
    dates = _sessions(pd.DatetimeIndex(bars.dividends.index), bars)
    if bars.interval is Interval.W1:
        where = bars.sessions.searchsorted(dates, side="right") - 1
    else:
        where = bars.sessions.searchsorted(dates, side="left")
    inside = (where >= 0) & (where < len(bars))
    np.add.at(cash, where[inside], floats(bars.dividends)[inside])
    return cash


def _sessions(moments: pd.DatetimeIndex, bars: Bars) -> pd.DatetimeIndex:
    """The exchange-local dates of *moments*; those at midnight UTC are dates already."""
    local = moments.tz_convert(bars.timezone).normalize().tz_localize(None).tz_localize("UTC")
    dated = np.asarray(moments == moments.normalize())
    return pd.DatetimeIndex(np.where(dated, moments, local))
