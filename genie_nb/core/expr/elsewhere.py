"""Values that stand beside the bars: facts, and lines of other tickers."""

from dataclasses import dataclass
from typing import override

import numpy as np
import pandas as pd

from ..indicators.runs import floats
from ..market import Bars
from .tape import Tape
from .value import Lag, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Other(Value):
    """A value of another ticker, at the bar with the same label.

    Attributes:
        value: Computed on the other ticker's own bars.
        ticker: The other ticker.
    """

    value: Value
    ticker: str

    @override
    def parts(self) -> tuple[Value, ...]:
        return (self.value,)

    @override
    def compute(self, tape: Tape) -> np.ndarray:
        if self.ticker == tape.bars.ticker:
            return tape.numbers(self.value)
        other = tape.other(self.ticker)
        if other is None or other.bars.interval != tape.bars.interval:
            return np.full(len(tape.bars), np.nan)
        where = other.bars.index.get_indexer(tape.bars.index)
        line = np.append(other.numbers(self.value), np.nan)
        return line[where]

    def __str__(self) -> str:
        plain = self.value.is_line or (isinstance(self.value, Lag) and self.value.value.is_line)
        text = str(self.value) if plain else f"({self.value})"
        return f"{text} of {self.ticker}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactValue(Value):
    """A fact of the registry, as it was known when each bar closed."""

    name: str

    @override
    def compute(self, tape: Tape) -> np.ndarray:
        known, line = tape.world.facts.get(self.name), np.full(len(tape.bars), np.nan)
        if isinstance(known, pd.Series):
            history = known.dropna().sort_index()
            last = history.index.searchsorted(_closings(tape.bars), side="right") - 1
            return np.append(floats(history), np.nan)[last]
        if known is not None and len(line):
            line[-1] = known
        return line

    def __str__(self) -> str:
        return f"fact {self.name}"


def _closings(bars: Bars) -> pd.DatetimeIndex:
    """When each bar had closed for certain, as `Bars.closed_at`."""
    if bars.closes is not None:
        return bars.closes
    if bars.interval.intraday:
        return bars.index + bars.interval.length
    local = bars.index.tz_localize(None) + bars.interval.length
    return local.tz_localize(bars.timezone).tz_convert("UTC")
