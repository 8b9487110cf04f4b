"""Trend Levels: price targets from moving averages."""

from .leaning import rising, sinking
from .parameter import Parameter
from .strategy import Strategy
from .traits import Traits


def fit(traits: Traits) -> float:
    """Long as long as two averages agree on the way up.

    The averages lag, so what they catch must last for months: the straighter the way, the better.
    Wild swings cross them again and again, and a fall cannot be followed by who is only ever long.
    """
    if traits.trend is None or traits.volatility is None or (traits.growth or 0) <= 0:
        return 0.0
    return rising(traits.trend, 0.2, 0.6) * sinking(traits.volatility, 0.35, 0.9)


_ENTRY = "close > sma({slow}) and sma({fast}) > sma({slow})"
_EXIT = "sma({fast}) < sma({slow})"
_TARGET = "sma({slow}) + 3 * (sma({fast}) - sma({slow}))"

TREND = Strategy(
    name="trend",
    summary="Enters while the price and a fast average are above a slow one, and leaves when the fast "
    "one falls below it; for steady trends.",
    params=(
        Parameter(name="fast", default=20, low=5, high=50, unit="bars"),
        Parameter(name="slow", default=100, low=60, high=300, step=5, unit="bars"),
    ),
    entry_text=_ENTRY,
    exit_text=_EXIT,
    levels={"target": _TARGET, "fast": "sma({fast})", "slow": "sma({slow})"},
    rules={"entry": _ENTRY, "target": f"close crosses above {_TARGET}", "exit": _EXIT},
    fit=fit,
    note="The target lies three times as far above the slow average as the fast one does.",
)
