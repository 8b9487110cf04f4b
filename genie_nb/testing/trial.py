"""Bars to try lines, rules and strategies on: made up, the same at each call."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ..core.expr.future import trial_bars
from ..core.market import Bars, Interval

BARS_PER_SESSION = 78


def tapes(interval: Interval) -> tuple[Bars, ...]:
    """Bars of one length: an ordinary tape, and one with holes in its volume and bars that stand still."""
    whole = _intraday(sessions=24) if interval.intraday else trial_bars(600, interval)
    return whole, _rough(whole)


def cuts(bars: Bars) -> tuple[int, ...]:
    """Numbers of bars to keep: few, about half, nearly all."""
    count = len(bars)
    return tuple(sorted({count // 7, count // 3, count // 2 + 1, count - 9, count - 2, count - 1}))


def _intraday(sessions: int) -> Bars:
    """Five-minute bars of New York sessions, each with its end."""
    days = pd.bdate_range("2025-06-02", periods=sessions, tz="America/New_York")
    opening = days + pd.Timedelta(hours=9, minutes=30)
    minutes = pd.to_timedelta(5 * np.arange(BARS_PER_SESSION), unit="min")
    index = pd.DatetimeIndex([start + minute for start in opening for minute in minutes])
    daily = trial_bars(len(index))
    frame = daily.frame.set_axis(index).drop(columns="adjclose")
    bars = Bars.from_frame(frame, ticker="TRIAL", interval=Interval.M5)
    ends = np.repeat((days + pd.Timedelta(hours=16)).tz_convert("UTC"), BARS_PER_SESSION)
    return replace(bars, session_ends=pd.DatetimeIndex(ends))


def _rough(bars: Bars) -> Bars:
    frame = bars.frame.copy()
    middle = len(frame) // 2
    frame.iloc[middle : middle + 3, frame.columns.get_loc("volume")] = np.nan
    frame.iloc[middle + 20 : middle + 25, frame.columns.get_loc("volume")] = 0.0
    still = slice(middle + 40, middle + 60)
    for name in ("open", "high", "low", "close"):
        frame.iloc[still, frame.columns.get_loc(name)] = float(frame["close"].iloc[middle + 39])
    return replace(bars, frame=frame)
