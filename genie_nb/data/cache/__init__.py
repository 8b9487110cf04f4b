"""A provider that remembers: on disk, in memory, safely among several kernels.

Cached(provider, directory) has the shape of Provider; `with cached.meter() as meter:` tells what
the answers inside cost and how old their oldest part is.
"""

from .budget import Budget
from .cached import Cached
from .meter import Meter
from .shelf import cached_tickers

__all__ = ["Budget", "Cached", "Meter", "cached_tickers"]
