"""Longer bars from shorter ones, exactly."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ..core.market import Bars, Interval
from .calendar import calendar_for

FINER: dict[Interval, tuple[Interval, ...]] = {
    Interval.W1: (Interval.D1,),
    Interval.H1: (Interval.M15, Interval.M5, Interval.M1),
    Interval.M15: (Interval.M5, Interval.M1),
    Interval.M5: (Interval.M1,),
}
"""What an interval can be made from, the cheapest first. Days are not made from intraday bars: an
official open and close are auctions, which those do not show."""


def aggregate(bars: Bars, interval: Interval) -> Bars:
    """Bars of a longer interval: first open, highest high, lowest low, last close, summed volume.

    Weeks begin on Monday; intraday bars are counted from the session's opening. A volume that is
    unknown in one part is unknown in the whole. Dividends and splits are dated by the bar they fall in.
    """
    labels = calendar_for(bars).bucket_labels(bars, interval)
    starts = np.flatnonzero(np.append(True, labels[1:] != labels[:-1])[: len(bars)])
    index = labels[starts]
    if not len(bars):
        return replace(bars, interval=interval, labels=index)
    ends = np.append(starts[1:], len(bars)) - 1
    frame = pd.DataFrame(
        {
            "open": _values(bars.open)[starts],
            "high": np.maximum.reduceat(_values(bars.high), starts),
            "low": np.minimum.reduceat(_values(bars.low), starts),
            "close": _values(bars.close)[ends],
            "volume": np.add.reduceat(_values(bars.volume), starts),
            "adjclose": _values(bars.adjclose)[ends],
        },
        index=index,
    )
    return replace(
        bars,
        interval=interval,
        frame=frame,
        labels=index,
        closes=None,
        session_ends=None,
        dividends=_moved(bars.dividends, index).sum(),
        splits=_moved(bars.splits, index).prod(),
    )


def _values(series: pd.Series) -> np.ndarray:
    return series.to_numpy(dtype="float64")


def _moved(events: pd.Series, index: pd.DatetimeIndex) -> Any:
    """Events grouped by the bar they fall in."""
    return events.groupby(index[index.searchsorted(events.index, side="right") - 1])
