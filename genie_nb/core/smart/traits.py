"""Traits of a stock, measured from its bars."""

import numpy as np

from ..indicators import atr
from ..market import COLUMNS, Bars
from ..strategies import Traits

YEARS = 2
"""How far back traits look, at most."""

ATR_LENGTH = 14
QUARTERS = 4

type Columns = dict[str, np.ndarray]


def traits(bars: Bars, *, intraday: bool = False) -> Traits:
    """What kind of stock it is, from at most the last two years.

    Intraday bars are taken together to sessions first. A month is a twelfth of a year's bars: 21 daily
    ones. Each is None when there are fewer bars than it needs, or what it reads is missing.

    - volatility: standard deviation (ddof 1) of the returns of the last year × √bars a year; a
      fraction per year. From half a year of bars on.
    - growth: logarithm of the last close over the first, per year. From half a year on.
    - trend: size of the mean monthly move over the mean size of monthly moves (logarithms, one move
      ending at each bar): 1 when every month went the same way, near 0 when they cancel out. From
      half a year on.
    - range: share of closes whose logarithm lies within one usual monthly move of the median. Usual is
      the larger of the root mean square of monthly moves and the standard deviation of a bar's return
      × √bars a month, which a price that comes back within the month understates. From half a year on.
    - pullback: highest close of the last month minus the last close, in ATR(14).
    - gaps: share of the last year's bars that opened more than the ATR(14) of the bar before away from
      its close. From half a year on.
    - dollar_volume: median of close × volume over the last quarter, in the ticker's currency.

    Args:
        bars: Of any interval.
        intraday: Whether there are shorter bars of the same ticker beside these.
    """
    sessions = _sessions(bars)
    year = 252 if bars.interval.intraday else bars.interval.bars_per_year
    return Traits(
        **_moves(sessions["close"][-YEARS * year - 1 :], year),
        gaps=_gaps(sessions, year),
        pullback=_pullback(sessions, year // 12),
        dollar_volume=_dollar_volume(sessions, year // QUARTERS),
        intraday=intraday or bars.interval.intraday,
    )


def _sessions(bars: Bars) -> Columns:
    """One number per session, or per bar where that is longer."""
    table = bars.frame
    if bars.interval.intraday:
        by_session = table.groupby(bars.sessions)
        how = {"open": "first", "high": "max", "low": "min", "close": "last"}
        table = by_session.agg(how)
        table["volume"] = by_session["volume"].sum(min_count=1)
    return {name: table[name].to_numpy(dtype="float64") for name in COLUMNS}


def _moves(close: np.ndarray, year: int) -> dict[str, float | None]:
    names = ("volatility", "growth", "trend", "range")
    if len(close) <= year // 2 or not (close > 0).all():
        return dict.fromkeys(names)
    path, month = np.log(close), year // 12
    steps, months = np.diff(path), path[month:] - path[:-month]
    size = np.abs(months).mean()
    usual = max(steps.std(ddof=1) * np.sqrt(month), np.sqrt((months**2).mean()))
    near = np.abs(path - np.median(path)) <= usual
    returns = np.expm1(steps[-year:])
    values = (
        returns.std(ddof=1) * np.sqrt(year),
        (path[-1] - path[0]) / len(steps) * year,
        abs(months.mean()) / size if size > 0 else np.nan,
        near.mean() if usual > 0 else np.nan,
    )
    return {name: _known(value) for name, value in zip(names, values, strict=True)}


def _gaps(sessions: Columns, year: int) -> float | None:
    opened, closed = sessions["open"], sessions["close"]
    if len(closed) <= year // 2:
        return None
    jump = np.abs(opened[1:] - closed[:-1])[-year:]
    usual = _atr(sessions)[:-1][-year:]
    known = np.isfinite(usual)
    return _known((jump > usual)[known].mean()) if known.any() else None


def _pullback(sessions: Columns, month: int) -> float | None:
    closed, swing = sessions["close"], _atr(sessions)
    if len(closed) < month or not swing[-1] > 0:
        return None
    return _known((closed[-month:].max() - closed[-1]) / swing[-1])


def _dollar_volume(sessions: Columns, quarter: int) -> float | None:
    traded = (sessions["close"] * sessions["volume"])[-quarter:]
    traded = traded[np.isfinite(traded)]
    return _known(np.median(traded)) if len(traded) else None


def _atr(sessions: Columns) -> np.ndarray:
    return atr(sessions["high"], sessions["low"], sessions["close"], ATR_LENGTH)


def _known(value: float | np.floating) -> float | None:
    return float(value) if np.isfinite(value) else None
