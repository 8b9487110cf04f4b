"""Noise: how often a strategy enters and is wrong at once."""

from collections.abc import Sequence

import numpy as np

from ..backtest import Result
from ..expr import Tape
from ..expr.truth import UNKNOWN
from ..indicators import atr
from ..indicators.runs import floats
from ..market import Bars

ATR_LENGTH = 14
WITHIN = 10
"""Bars in which a false signal shows."""


def false_signals(bars: Bars, signals: Sequence[int]) -> tuple[int, ...]:
    """The entries that were followed by −1 ATR before +1 ATR within 10 bars.

    An entry that was true at the close of bar t is filled at the open of t + 1. From that price, lows
    and highs of the bars t + 1 to t + 10 are watched; ATR is that of 14 bars at t. A bar that reaches
    both counts as false, as which came first cannot be known from it.

    Args:
        bars: Closed bars.
        signals: Bars at whose close an entry was true.

    Returns:
        Those of *signals* that were false. One without a known ATR or a bar after it is not.
    """
    swing = atr(floats(bars.high), floats(bars.low), floats(bars.close), ATR_LENGTH)
    opened, high, low = floats(bars.open), floats(bars.high), floats(bars.low)

    def false(signal: int) -> bool:
        if signal + 1 >= len(bars) or not np.isfinite(swing[signal]):
            return False
        after = slice(signal + 1, signal + 1 + WITHIN)
        filled = opened[signal + 1]
        down = np.flatnonzero(low[after] <= filled - swing[signal])
        up = np.flatnonzero(high[after] >= filled + swing[signal])
        return bool(len(down)) and not (len(up) and up[0] < down[0])

    return tuple(signal for signal in signals if false(signal))


def noise_per_year(result: Result) -> float | None:
    """False signals per year, over the bars on which the entry is known.

    Returns:
        A number per year; None when the entry is never known.
    """
    entry = Tape(bars=result.bars).truth(result.entry)
    known = int((entry != UNKNOWN).sum())
    if not known:
        return None
    signals = [fill.bought - 1 for fill in result.account.fills]
    return len(false_signals(result.bars, signals)) / known * result.bars.interval.bars_per_year
