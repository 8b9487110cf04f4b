"""The panel: the usual 21 lines of many tickers at once.

columns of each ticker -> compiled kernel -> lines of each ticker
"""

from typing import TYPE_CHECKING

import numpy as np

from ..errors import BadBars

if TYPE_CHECKING:
    from numpy.typing import NDArray

PANEL = (
    "sma_20", "sma_50", "sma_200", "ema_12", "ema_26", "macd", "macd_signal", "macd_hist", "rsi_14",
    "bb_upper", "bb_middle", "bb_lower", "atr_14", "adx_14", "plus_di_14", "minus_di_14", "vwma_20",
    "highest_20", "lowest_20", "obv", "rvol_20",
)  # fmt: skip
"""The lines of the panel, in order."""

THREAD_PAYS = 32
"""Tickers that are worth a thread of their own."""


def panel(columns: "NDArray[np.float64]", out: "NDArray[np.float64] | None" = None) -> np.ndarray:
    """Compute the panel of many tickers.

    Equal to TA-Lib to 1e-9, and in where it begins; `highest_20`, `lowest_20` and `rvol_20` look at the 20
    bars before.

    Args:
        columns: Ticker, column (open, high, low, close, volume), bar; every number finite.
        out: Where to write, when an array of the right shape is at hand: ticker, line, bar.

    Returns:
        Ticker, line of `PANEL`, bar; NaN while a line is warming up.

    Raises:
        BadBars: There is a hole; compute such tickers line by line.
    """
    from ..threads import spread
    from .kernels.panel import panel as compiled

    if not np.isfinite(columns).all():
        raise BadBars(
            "The columns have holes.",
            seen="NaN",
            needed="finite prices and volumes",
            cure="Compute the lines of such a ticker one by one.",
        )
    tickers, _, bars = columns.shape
    lines = np.empty((tickers, len(PANEL), bars)) if out is None else out

    def work(start: int, stop: int) -> None:
        compiled(columns, lines, np.empty((2, bars)), start, stop)

    spread(work, tickers, least=THREAD_PAYS)
    return lines
