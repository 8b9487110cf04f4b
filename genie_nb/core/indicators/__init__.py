"""Numbers per bar: pure functions of prices and volumes, one per line of the rule language.

    prices, volume -> indicators -> lines, facts, charts

Look-back lines (`highest`, `lowest`, `average`, `rvol`) leave the current bar out; smoothing lines
include it. Recursive lines are seeded as TA-Lib seeds them. A missing value is NaN, and no value
depends on a later bar.
"""

from .averages import average, ema, sma, typical_price, vwma
from .extremes import highest, lowest
from .momentum import Macd, macd, rsi
from .relation import beta, relative_strength
from .session import anchored_vwap, change, gap, prev_close, session_starts, vwap
from .spread import edge_spread
from .trend import adx, supertrend
from .volatility import Bands, atr, bollinger, stdev, true_range, volatility
from .volume import obv, rvol

__all__ = [
    "Bands",
    "Macd",
    "adx",
    "anchored_vwap",
    "atr",
    "average",
    "beta",
    "bollinger",
    "change",
    "edge_spread",
    "ema",
    "gap",
    "highest",
    "lowest",
    "macd",
    "obv",
    "prev_close",
    "relative_strength",
    "rsi",
    "rvol",
    "session_starts",
    "sma",
    "stdev",
    "supertrend",
    "true_range",
    "typical_price",
    "volatility",
    "vwap",
    "vwma",
]
