"""Tapes: whose bars are followed from when on, and the newest bar of each ticker."""

from dataclasses import dataclass

import numpy as np

from ..market import Bars
from .kinds import COLUMNS


@dataclass(slots=True, kw_only=True)
class Tapes:
    """Tickers and their tapes.

    A ticker has a tape for each bar that its rules' histories start with.

    Attributes:
        tickers: The symbols.
        label: Of each ticker's newest bar, in nanoseconds since 1970, UTC.
        newest: Of each ticker, open, high, low, close and volume of that bar, a row each.
        lost: Which tickers are not followed any more.
        ticker: Of each tape, the place of its ticker.
        start: Of each tape, the label of its first bar.
        digest: Of each tape, of all its bars up to the newest.
    """

    tickers: tuple[str, ...]
    label: np.ndarray
    newest: np.ndarray
    lost: np.ndarray
    ticker: np.ndarray
    start: np.ndarray
    digest: np.ndarray

    def columns(self) -> dict[str, np.ndarray]:
        """All but the symbols, by name."""
        names = ("label", "newest", "lost", "ticker", "start", "digest")
        return {name: getattr(self, name) for name in names}


def labels_of(bars: Bars) -> np.ndarray:
    """Labels in nanoseconds since 1970, UTC."""
    return bars.index.as_unit("ns").asi8


def columns_of(bars: Bars) -> np.ndarray:
    """Open, high, low, close and volume, a row each."""
    return np.stack([bars.frame[name].to_numpy(np.float64) for name in COLUMNS])
