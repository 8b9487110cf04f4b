"""Tries: how many parameter sets were looked at in this kernel.

The best of many tries looks good by chance alone, so every look counts, whichever way it was made: a
strategy shown, a backtest, a sweep.
"""

import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

type Place = tuple[str, str, str]
"""Strategy, ticker, interval."""

type Looked = tuple[tuple[str, tuple[float, ...]], ...]
"""Values by parameter; every combination of them was tried."""


@dataclass(slots=True)
class _Looks:
    """What was looked at in one place.

    Attributes:
        singles: Parameter sets looked at alone.
        grids: Sets looked at together.
        count: Distinct sets among all of them; None when it has to be counted anew.
    """

    singles: set[Looked] = field(default_factory=set)
    grids: list[Looked] = field(default_factory=list)
    count: int | None = 0

    def add(self, looked: Looked) -> None:
        if any(len(values) > 1 for _, values in looked):
            if looked not in self.grids:
                self.grids.append(looked)
                self.count = None
        elif looked not in self.singles:
            self.singles.add(looked)
            if self.count is not None and not any(_holds(grid, looked) for grid in self.grids):
                self.count += 1

    def counted(self) -> int:
        if self.count is None:
            whole = (*self.grids, *self.singles)
            each = (product(*(values for _, values in grid)) for grid in whole)
            self.count = len({one for sets in each for one in sets})
        return self.count


def _holds(grid: Looked, single: Looked) -> bool:
    return all(one[0] in values for (_, values), (_, one) in zip(grid, single, strict=True))


class Tries:
    """What was tried on each strategy and ticker; one more look costs little, however many there were."""

    def __init__(self) -> None:
        self._looked: defaultdict[Place, _Looks] = defaultdict(_Looks)
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
            self._looked[strategy, ticker, interval].add(looked)

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
            return self._looked[strategy, ticker, interval].counted()


TRIES = Tries()
"""Those of this kernel."""
