"""Made-up bars for measuring: seeded random walks, the same in every run."""

import numpy as np
import pandas as pd

from genie_nb.core.market import Bars

BARS = 2_520


def columns(tickers: int, bars: int = BARS, seed: int = 7) -> np.ndarray:
    """Ticker, column (open, high, low, close, volume), bar."""
    dice = np.random.default_rng(seed)
    close = 50 * np.exp(np.cumsum(dice.normal(0.0003, 0.02, (tickers, bars)), axis=1))
    opened = close * np.exp(dice.normal(0, 0.005, close.shape))
    high = np.maximum(opened, close) * (1 + np.abs(dice.normal(0, 0.005, close.shape)))
    low = np.minimum(opened, close) * (1 - np.abs(dice.normal(0, 0.005, close.shape)))
    volume = np.round(dice.lognormal(12, 0.5, close.shape))
    return np.stack([opened, high, low, close, volume], axis=1)


def universe(table: np.ndarray) -> list[Bars]:
    """The tickers as Bars."""
    days = pd.bdate_range("2014-01-02", periods=table.shape[2])
    names = ["open", "high", "low", "close", "volume"]
    frames = (pd.DataFrame(dict(zip(names, ticker, strict=True)), index=days) for ticker in table)
    return [Bars.from_frame(frame, ticker=f"T{n}") for n, frame in enumerate(frames)]
