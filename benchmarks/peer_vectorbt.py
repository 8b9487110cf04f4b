"""The vectorbt side of bench_sweep.py. Run by it, in an environment that has vectorbt."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import vectorbt as vbt

CHUNK = 500
"""Columns at once: the fastest of 250, 500, 1,000 and all."""

vbt.settings.returns["year_freq"] = "252 days"


def five_metrics(close, opened, entries, exits) -> np.ndarray:
    """Level signals at a close, filled at the next open, a tenth of a percent a side."""
    late_entries, late_exits = np.zeros_like(entries), np.zeros_like(exits)
    late_entries[1:], late_exits[1:] = entries[:-1], exits[:-1]
    portfolio = vbt.Portfolio.from_signals(
        pd.DataFrame(close),
        entries=pd.DataFrame(late_entries),
        exits=pd.DataFrame(late_exits),
        price=opened,
        fees=0.001,
        upon_opposite_entry="ignore",
        freq="1D",
    )
    trades = portfolio.trades.closed
    return np.column_stack(
        [
            portfolio.total_return(),
            portfolio.max_drawdown(),
            portfolio.sharpe_ratio(),
            trades.count(),
            trades.win_rate(),
        ]
    )


def sweep(data: dict[str, np.ndarray]) -> np.ndarray:
    """Every combination of a given RSI line, an entry below and an exit above."""
    lengths, entries, exits = len(data["rsi"]), data["entry"], data["exit"]
    line, low, high = (
        grid.ravel() for grid in np.meshgrid(np.arange(lengths), entries, exits, indexing="ij")
    )
    parts = []
    for start in range(0, len(line), CHUNK):
        part = slice(start, start + CHUNK)
        lines = data["rsi"][line[part]].T
        shape = lines.shape
        close, opened = (np.broadcast_to(data[name][:, None], shape) for name in ("close", "open"))
        parts.append(five_metrics(close, opened, lines < low[part], lines > high[part]))
    return np.concatenate(parts)


def universe(data: dict[str, np.ndarray]) -> np.ndarray:
    """Five strategies on many tickers, all lines given."""
    close, low, high = data["t_close"], data["t_low"], data["t_high"]
    near = data["lowest_near"]
    inside = (low <= near) & (near <= high)
    touches = np.zeros_like(inside)
    known = np.isfinite(near)
    touches[1:] = inside[1:] & ~inside[:-1] & known[1:] & known[:-1]
    slow, fast = data["sma_slow"], data["sma_fast"]
    signals = (
        ((close > slow) & (fast > slow), fast < slow),
        ((data["rsi_14"] < data["dip"]) & (close < data["vwma_20"]), data["rsi_14"] > data["recovered"]),
        (
            (close > data["highest_lookback"]) & (data["rvol_20"] > data["volume_factor"]),
            close < data["lowest_exit"],
        ),
        (touches, close > data["highest_recovery"]),
        (data["sma_50"] > data["sma_200"], data["sma_50"] < data["sma_200"]),
    )  # fmt: skip
    tickers = close.shape[1]
    result = np.empty((tickers, len(signals), 5))
    for number, (entries, exits) in enumerate(signals):
        for start in range(0, tickers, CHUNK):
            part = slice(start, start + CHUNK)
            result[part, number] = five_metrics(
                close[:, part],
                data["t_open"][:, part],
                entries[:, part] & ~exits[:, part],
                exits[:, part],
            )
    return result.reshape(-1, 5)


def main() -> None:
    folder = Path(sys.argv[1])
    data = dict(np.load(folder / "data.npz"))
    tasks = {"sweep": sweep, "universe": universe}
    for line in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        result = tasks[line.strip()](data)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        np.save(folder / f"{line.strip()}.npy", result)
        print(json.dumps({"wall": wall, "cpu": cpu}), flush=True)


if __name__ == "__main__":
    main()
