"""Accumulation: support levels for staged entries."""

from .leaning import rising, sinking
from .parameter import Parameter
from .strategy import Strategy
from .traits import Traits


def fit(traits: Traits) -> float:
    """Enters in stages where sellers gave up before: at the lows of a month, a quarter and a year.

    It has no stop, so it suits what is calm and comes back, never what is wild or wasting away.
    Slow growth is enough; where growth is steady, following it waits less.
    """
    if traits.volatility is None or traits.growth is None or traits.trend is None:
        return 0.0
    calm = sinking(traits.volatility, 0.2, 0.6)
    return 0.8 * calm * rising(traits.growth, -0.1, 0.05) * sinking(traits.trend, 0.2, 0.8)


_FIRST = "close touches lowest({near})"
_RECOVERED = "close > highest({recovery})"

ACCUMULATION = Strategy(
    name="accumulation",
    summary="Enters at the first of three support levels and leaves at a new high; alerts watch all "
    "three, for entries in stages; for patient owners of value.",
    params=(
        Parameter(name="near", default=20, low=5, high=40, unit="bars"),
        Parameter(name="middle", default=60, low=41, high=120, unit="bars"),
        Parameter(name="far", default=250, low=121, high=500, step=5, unit="bars"),
        Parameter(name="recovery", default=60, low=20, high=250, unit="bars"),
    ),
    entry_text=_FIRST,
    exit_text=_RECOVERED,
    levels={
        "first": "lowest({near})",
        "second": "lowest({middle})",
        "third": "lowest({far})",
        "recovery": "highest({recovery})",
    },
    rules={
        "first": _FIRST,
        "second": "close touches lowest({middle})",
        "third": "close touches lowest({far})",
        "exit": _RECOVERED,
    },
    fit=fit,
    note="The backtest puts all its money in at the first stage; entering in stages would differ.",
)
