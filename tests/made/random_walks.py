"""Made-up bars."""

import numpy as np
import pandas as pd

from genie_nb.core.market import Bars


def random_walk(
    seed: int, count: int, *, dividends: bool = False, holes: bool = False, ticker: str = ""
) -> Bars:
    """Daily bars of a price that walks by chance, the same for the same seed."""
    dice = np.random.default_rng(seed)
    closes = 20 * np.exp(np.cumsum(dice.normal(0, 0.03, count)))
    opens = closes * np.exp(dice.normal(0, 0.01, count))
    volume = np.round(dice.lognormal(12, 0.5, count))
    frame = pd.DataFrame(
        {
            "open": opens,
            "high": np.maximum(opens, closes) * 1.01,
            "low": np.minimum(opens, closes) * 0.99,
            "close": closes,
            "volume": np.where(dice.random(count) < 0.02, np.nan, volume) if holes else volume,
            "dividends": np.where(dice.random(count) < 0.05, 0.2, 0.0) if dividends else 0.0,
        },
        index=pd.bdate_range("2015-01-05", periods=count),
    )
    return Bars.from_frame(frame, ticker=ticker or f"T{seed}")
