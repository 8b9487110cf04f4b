"""Mean reversion: dips below the volume-weighted price."""

from .leaning import rising, sinking
from .parameter import Parameter
from .strategy import Strategy
from .traits import Traits


def fit(traits: Traits) -> float:
    """Enters on a one-sided fall below what was paid on average, and leaves on the return.

    It needs a price that comes back: one that keeps to its range, or a steady grower's pullback.
    In wild stocks a dip is as often the beginning of a fall, so it leans away from them.
    """
    if traits.range is None or traits.trend is None or traits.volatility is None:
        return 0.0
    keeps = rising(traits.range, 0.5, 0.9) * sinking(traits.trend, 0.2, 0.6)
    grows = rising(traits.trend, 0.3, 0.7) if (traits.growth or 0) > 0 else 0.0
    dip = grows * rising(traits.pullback or 0.0, 2, 5)
    return max(keeps, dip) * sinking(traits.volatility, 0.4, 0.9)


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
