"""The tape: one ticker's bars, what else is known beside them, and what was computed already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd

from ..given import bars_given
from ..indicators import session_starts
from ..market import Bars
from .truth import Truth


class Computes(Protocol):
    """A value or condition of the language: equal ones compute the same on one tape."""

    def compute(self, tape: "Tape") -> np.ndarray:
        """Its number or truth per bar."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a condition may read beside the bars of its own ticker.

    Attributes:
        facts: By name, either the history of a fact, indexed by the moment each value became known
            (aware UTC), or one number that is known at the newest bar only.
        others: Bars of other tickers by symbol, of the same interval.
    """

    facts: Mapping[str, pd.Series | float] = field(default_factory=dict)
    others: Mapping[str, Bars] = field(default_factory=dict)


NOTHING_ELSE = World()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """Bars and their world while lines and conditions are computed, each once.

    Attributes:
        bars: Closed bars.
        world: What else is known.
    """

    bars: Bars
    world: World = NOTHING_ELSE
    _memo: dict[Any, np.ndarray] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        bars_given(self.bars)

    def numbers(self, value: Computes) -> np.ndarray:
        """The number per bar of a value; NaN where it is missing. Not to be written to."""
        return self._once(value)

    def truth(self, condition: Computes) -> Truth:
        """The truth per bar of a condition. Not to be written to."""
        return self._once(condition)

    def starts(self) -> np.ndarray:
        """True at the first bar of each session."""
        if "starts" not in self._memo:
            self._memo["starts"] = session_starts(self.bars)
        return self._memo["starts"]

    def other(self, ticker: str) -> "Tape | None":
        """The tape of another ticker, when its bars are here."""
        bars = self.world.others.get(ticker)
        if bars is None:
            return None
        if ticker not in self._memo:
            self._memo[ticker] = Tape(bars=bars, world=self.world)  # pyright: ignore[reportArgumentType]
        return self._memo[ticker]  # pyright: ignore[reportReturnType]

    def _once(self, node: Computes) -> np.ndarray:
        if node not in self._memo:
            self._memo[node] = node.compute(self)
        return self._memo[node]
