"""Strategies: one file each, conditions and parameters only."""

from collections.abc import Mapping
from types import MappingProxyType

from ..errors import UnknownName
from .accumulation import ACCUMULATION
from .breakout import BREAKOUT
from .mean_reversion import MEAN_REVERSION
from .parameter import Parameter
from .strategy import Strategy, conditions
from .traits import Traits
from .trend import TREND
from .vwap_day import VWAP_DAY

BUILT_IN: Mapping[str, Strategy] = MappingProxyType(
    {
        strategy.name: strategy
        for strategy in (TREND, MEAN_REVERSION, BREAKOUT, ACCUMULATION, VWAP_DAY)
    }
)
"""The strategies that come with genie_nb, by name."""


def find(name: str) -> Strategy:
    """A built-in strategy by name.

    Raises:
        UnknownName: There is none of that name; says the nearest.
    """
    if name not in BUILT_IN:
        raise UnknownName("strategy", name, BUILT_IN)
    return BUILT_IN[name]


__all__ = [
    "ACCUMULATION",
    "BREAKOUT",
    "BUILT_IN",
    "MEAN_REVERSION",
    "TREND",
    "VWAP_DAY",
    "Parameter",
    "Strategy",
    "Traits",
    "conditions",
    "find",
]
