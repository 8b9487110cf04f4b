"""VWAP day: with the session's volume-weighted price, and flat by its end."""

from .leaning import rising, sinking
from .parameter import Parameter
from .strategy import Strategy
from .traits import Traits


def fit(traits: Traits) -> float:
    """Long while the price holds above what the session has paid on average.

    A session is short: it must move enough, and cost little enough, to pay for going in and out daily.
    Gaps happen while it is flat, so a stock whose moves are gaps leaves it nothing.
    """
    if not traits.intraday or traits.volatility is None or traits.dollar_volume is None:
        return 0.0
    lively = rising(traits.volatility, 0.25, 0.8) * rising(traits.dollar_volume, 5e6, 5e7)
    return lively * sinking(traits.gaps or 0.0, 0.02, 0.2)


VWAP_DAY = Strategy(
    name="vwap_day",
    summary="Enters when the price crosses above the session's VWAP with volume, leaves below it, and "
    "is flat by the session's last bar; intraday bars only.",
    params=(
        Parameter(
            name="volume_factor", default=1.2, low=0, high=5, step=0.1, unit="× usual volume"
        ),
        Parameter(name="end", default=2, low=1, high=60, unit="bars"),
    ),
    entry_text="close crosses above vwap and rvol(10) > {volume_factor} and bars_left > {end}",
    exit_text="close < vwap or bars_left <= {end}",
    levels={"vwap": "vwap"},
    fit=fit,
    intraday_only=True,
    note="It leaves when so many bars of the session are to come, so that the order is filled before "
    "the close even when a bar is missing.",
)
