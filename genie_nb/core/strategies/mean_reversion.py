"""Mean reversion: dips below the volume-weighted price."""

from .parameter import Parameter
from .strategy import Strategy
from .traits import Traits


def fit(traits: Traits) -> float:
    """Better the more of the time the price stayed in its range, and the less it trended."""
    if traits.range is None or traits.trend is None:
        return 0.0
    return max(0.0, min(1.0, 0.7 * traits.range + 0.3 * (1 - traits.trend)))


MEAN_REVERSION = Strategy(
    name="mean_reversion",
    summary="Enters when a fall has been one-sided and the price is below its volume-weighted mean; "
    "for stocks that keep to a range.",
    params=(
        Parameter(name="rsi_length", default=14, low=2, high=100, unit="bars"),
        Parameter(name="entry", default=30, low=1, high=99, unit="RSI"),
        Parameter(name="exit", default=55, low=1, high=99, unit="RSI"),
    ),
    by_interval={"fair": ("vwma(20)", "vwap")},
    entry_text="rsi({rsi_length}) < {entry} and close < {fair}",
    exit_text="rsi({rsi_length}) > {exit}",
    levels={"fair": "{fair}"},
    fit=fit,
)
