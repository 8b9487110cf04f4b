"""Volume: how much changed hands, against what is usual."""

import numpy as np
import pandas as pd
import talib

from ..market import Bars
from .averages import average
from .runs import Numbers, floats, like, over_runs, ratio


def obv[X: (pd.Series, np.ndarray)](close: X, volume: Numbers) -> X:
    """On-balance volume: shares traded on rising bars minus shares traded on falling ones, so far.

    Starts, as in TA-Lib, with the first bar's volume; only its changes have a meaning.

    Returns:
        Shares, aligned with *close*. NaN where volume is missing, after which it starts anew.
    """
    return like(close, over_runs(talib.OBV, close, volume))


def rvol(bars: Bars, n: int = 20) -> pd.Series:
    """Relative volume: this bar's volume over what is usual.

    Usual is the mean of the *n* bars before; on intraday bars, of the bars at the same exchange-local
    time of day in the last *n* sessions that had one, so that the busy open and close of every
    session do not stand out.

    Returns:
        A ratio, 1 being usual. NaN for the first *n* bars (or sessions), where a volume is missing,
        and where nothing was traded before.
    """
    volume = bars.volume
    if not bars.interval.intraday:
        return like(volume, ratio(floats(volume), floats(average(volume, n))))
    time_of_day = bars.index.tz_convert(bars.timezone)
    minute = time_of_day.hour * 60 + time_of_day.minute
    usual = np.full(len(volume), np.nan)
    for same_time in volume.groupby(np.asarray(minute)).indices.values():
        usual[same_time] = average(floats(volume)[same_time], n)
    return like(volume, ratio(floats(volume), usual))
