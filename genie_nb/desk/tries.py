"""Tries: how many parameter sets were looked at in this kernel.

The best of many tries looks good by chance alone, so every look counts, whichever way it was made: a
strategy shown, a backtest, a sweep.
"""

import threading
from collections.abc import Mapping, Sequence
from itertools import product

type Place = tuple[str, str, str]
"""Strategy, ticker, interval."""

type Looked = tuple[tuple[str, tuple[float, ...]], ...]
"""Values by parameter; every combination of them was tried."""


class Tries:
    """What was tried on each strategy and ticker."""

    def __init__(self) -> None:
        self._looked: dict[Place, set[Looked]] = {}
        self._lock = threading.Lock()

    def add(
        self, strategy: str, ticker: str, interval: str, grid: Mapping[str, Sequence[float]]
    ) -> None:
        """Remember that every combination of the values in *grid* was tried.

        Args:
            strategy: Its name.
            ticker: On whose bars.
            interval: Of what length.
            grid: Values by parameter, every parameter of the strategy.
        """
        looked = tuple(sorted((name, tuple(values)) for name, values in grid.items()))
        with self._lock:
            self._looked.setdefault((strategy, ticker, interval), set()).add(looked)

    def count(self, strategy: str, ticker: str, interval: str) -> int:
        """Distinct parameter sets tried.

        Example:
            >>> tries = Tries()
            >>> tries.add("trend", "ACME", "1d", {"fast": (10, 20), "slow": (50, 100)})
            >>> tries.add("trend", "ACME", "1d", {"fast": (20,), "slow": (100,)})
            >>> tries.count("trend", "ACME", "1d")
            4
        """
        with self._lock:
            looked = tuple(self._looked.get((strategy, ticker, interval), ()))
        return len({one for grid in looked for one in product(*(values for _, values in grid))})


TRIES = Tries()
"""Those of this kernel."""
