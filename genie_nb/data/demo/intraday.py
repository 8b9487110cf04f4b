"""Five-minute bars that add up exactly to the daily ones.

a day's open, high, low, close, volume -> a bridge from open to close, stretched to touch the high
and the low -> 78 bars (42 on half days) in whole cents and whole shares
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .sessions import calendar, market_span
from .streams import stream
from .tape import Tape, tape

SESSIONS = 60
"""How many of the last sessions have five-minute bars."""

BARS, HALF_DAY_BARS = 78, 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Five-minute bars as aligned arrays.

    Attributes:
        position: Place of the bar's session in the calendar.
        slot: Which five minutes of the session, from 0.
        open: In cents.
        high: In cents.
        low: In cents.
        close: In cents.
        volume: Whole shares; NaN for an index.
    """

    position: np.ndarray
    slot: np.ndarray
    open: np.ndarray
    high: np.ndarray
    low: np.ndarray
    close: np.ndarray
    volume: np.ndarray


@cache
def five_minutes(ticker: str) -> Minutes:
    """The five-minute bars of the last 60 sessions of the market.

    Raises:
        NotFound: The market has no such ticker.
    """
    whole = tape(ticker)
    recent = whole.keep(whole.positions >= market_span().stop - SESSIONS)
    days = [_day(ticker, recent, row) for row in range(len(recent))]
    return Minutes(**{name: np.concatenate([day[name] for day in days]) for name in days[0]})


def _day(ticker: str, bars: Tape, row: int) -> dict[str, np.ndarray]:
    position = int(bars.positions[row])
    count = HALF_DAY_BARS if calendar().half[position] else BARS
    random = stream(ticker, "intraday", calendar().day(position))
    start, top, bottom, end = (
        int(side[row]) for side in (bars.open, bars.high, bars.low, bars.close)
    )
    path = _path(start, end, top=top, bottom=bottom, count=count, random=random)
    opens, closes = path[:-1], path[1:]
    upper, lower = np.maximum(opens, closes), np.minimum(opens, closes)
    reach = 0.35 * np.abs(np.diff(path)).mean() + 0.5
    highs = np.minimum(upper + np.round(random.exponential(reach, count)), top).astype(np.int64)
    lows = np.maximum(lower - np.round(random.exponential(reach, count)), bottom).astype(np.int64)
    highs[np.argmax(upper)] = top
    lows[np.argmin(lower)] = bottom
    return {
        "position": np.full(count, position),
        "slot": np.arange(count),
        "open": opens,
        "high": highs,
        "low": lows,
        "close": closes,
        "volume": _volume(float(bars.volume[row]), count, random),
    }


def _path(
    start: int, end: int, *, top: int, bottom: int, count: int, random: np.random.RandomState
) -> np.ndarray:
    """Prices in cents from open to close, the highest at *top* and the lowest at *bottom*."""
    steps = np.append(0.0, np.cumsum(random.standard_normal(count)))
    along = np.arange(count + 1) / count
    scale = max(top - bottom, 1) / np.sqrt(count)
    bridge = start + (end - start) * along + (steps - steps[-1] * along) * scale
    upper, lower = max(start, end), min(start, end)
    bridge = _stretched(bridge, upper, top)
    bridge = -_stretched(-bridge, -lower, -bottom)
    path = np.round(bridge).astype(np.int64)
    path[0], path[-1] = start, end
    return path


def _stretched(values: np.ndarray, edge: float, top: float) -> np.ndarray:
    """What stands above *edge* scaled so that its peak is at *top*; the rest as it is."""
    peak = values.max()
    if peak <= edge:
        return values
    return np.where(values > edge, edge + (values - edge) * (top - edge) / (peak - edge), values)


def _volume(whole: float, count: int, random: np.random.RandomState) -> np.ndarray:
    """The day's shares over its bars, more of them near the open and the close."""
    if np.isnan(whole):
        return np.full(count, np.nan)
    middle = np.linspace(-1, 1, count)
    weights = (0.5 + 1.2 * middle**2) * random.gamma(3.0, 1.0, count)
    spare = whole - count
    shares = np.floor(np.cumsum(weights) / weights.sum() * spare)
    shares[-1] = spare
    return np.diff(shares, prepend=0.0) + 1
