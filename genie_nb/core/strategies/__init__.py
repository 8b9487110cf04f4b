"""Strategies: one file each, conditions and parameters only."""

from collections.abc import Mapping
from types import MappingProxyType

from ..errors import UnknownName
from .mean_reversion import MEAN_REVERSION
from .parameter import Parameter
from .strategy import Strategy, conditions
from .traits import Traits

BUILT_IN: Mapping[str, Strategy] = MappingProxyType(
    {strategy.name: strategy for strategy in (MEAN_REVERSION,)}
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


__all__ = ["BUILT_IN", "Parameter", "Strategy", "Traits", "conditions", "find"]
