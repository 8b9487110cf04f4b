"""Breakout: a new high confirmed by volume."""

from .leaning import rising
from .parameter import Parameter
from .strategy import Strategy
from .traits import Traits


def fit(traits: Traits) -> float:
    """Long when the price leaves its range upwards and many take part.

    A breakout lives on moves that are large beside the costs of getting in late: it needs volatility.
    Where little is traded the volume confirms nothing, and the way out is narrow.
    """
    if traits.volatility is None or traits.dollar_volume is None:
        return 0.0
    return rising(traits.volatility, 0.3, 0.8) * rising(traits.dollar_volume, 2e4, 1e6)


BREAKOUT = Strategy(
    name="breakout",
    summary="Enters when the price closes above its recent high with volume, and leaves below its "
    "recent low; for momentum in volatile stocks.",
    params=(
        Parameter(name="lookback", default=20, low=5, high=250, unit="bars"),
        Parameter(
            name="volume_factor", default=1.5, low=0, high=5, step=0.1, unit="× usual volume"
        ),
        Parameter(name="exit_length", default=10, low=2, high=100, unit="bars"),
    ),
    entry_text="close > highest({lookback}) and rvol(20) > {volume_factor}",
    exit_text="close < lowest({exit_length})",
    levels={"breakout": "highest({lookback})", "stop": "lowest({exit_length})"},
    fit=fit,
)
