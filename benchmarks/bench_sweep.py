"""Backtests in bulk: T3 a sweep of 10,000, T4 five strategies across a universe, T5 one slider step.

Targets: T3 at least 200 times vectorbt, T4 at least 12 times vectorbt that is given the lines, T5 at most
5 ms. vectorbt runs in a Python of its own, named by GENIE_PEERS_PYTHON; both sides take turns. Ratios are
of time by the clock (we use all cores, vectorbt one) and of CPU time; targets are by the clock.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from made_up import columns, universe
from peer import Peer

from genie_nb.core import indicators as ind
from genie_nb.core.backtest import across, run_backtest, sweep
from genie_nb.core.strategies import BUILT_IN

TICKERS = 1_000
"""Of the comparison; both sides take as long per ticker for any number of them."""

LENGTHS, ENTRIES, EXITS = range(4, 29), range(20, 40), range(60, 80)
CONDITIONS = ("rsi({n}) < {entry}", "rsi({n}) > {exit}")
GOLDEN = ("sma(50) > sma(200)", "sma(50) < sma(200)")
STRATEGIES = ["trend", "mean_reversion", "breakout", "accumulation", GOLDEN]
ROUNDS = 5


def main() -> None:
    table = columns(TICKERS)
    bars = universe(table)
    one = bars[0]
    sides = {
        "sweep": lambda: sweep(CONDITIONS, one, {"n": LENGTHS, "entry": ENTRIES, "exit": EXITS}),
        "universe": lambda: across(STRATEGIES, bars),
    }
    titles = {
        "sweep": ("T3 10,000 RSI combinations × 2,520 bars", 200),
        "universe": (f"T4 5 strategies × {TICKERS} tickers × 2,520 bars", 12),
    }
    python = os.environ.get("GENIE_PEERS_PYTHON")
    if not python:
        print("GENIE_PEERS_PYTHON names no Python that has vectorbt; only our side is measured")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer = None
        if python:
            np.savez(folder / "data.npz", **given(table))
            peer = Peer(python, "peer_vectorbt.py", folder)
        for task, ours in sides.items():
            compare(titles[task], task, ours, peer, folder)
    slider(one)


def compare(
    title: tuple[str, float],
    task: str,
    ours: Callable[[], pd.DataFrame],
    peer: Peer | None,
    folder: Path,
) -> None:
    """Print medians of both sides, their ratios, and whether their results agree."""
    found = ours()
    figures: dict[str, list[float]] = {"wall": [], "cpu": []}
    theirs: dict[str, list[float]] = {"wall": [], "cpu": []}
    if peer:
        peer.ask(task)
    for _ in range(ROUNDS):
        for _ in range(3):
            wall, cpu = time.perf_counter(), time.process_time()
            found = ours()
            figures["wall"].append(time.perf_counter() - wall)
            figures["cpu"].append(time.process_time() - cpu)
        if peer:
            for name, seconds in peer.ask(task).items():
                theirs[name].append(seconds)
    print(f"{title[0]}, {found['trades'].mean():.0f} trades each on average")
    for name, seconds in figures.items():
        print(f"  genie_nb {name:<6}{statistics.median(seconds) * 1000:>10.1f} ms")
    if not peer:
        return
    ratios = {}
    for name, seconds in theirs.items():
        median = statistics.median(seconds)
        ratios[name] = median / statistics.median(figures[name])
        print(f"  vectorbt {name:<6}{median * 1000:>10.1f} ms  {ratios[name]:.1f} x")
    met = "met" if ratios["wall"] >= title[1] else "MISSED"
    print(f"  target >= {title[1]} by the clock: {met} ({ratios['wall']:.1f})")
    agreement(found, np.load(folder / f"{task}.npy"))


def agreement(found: pd.DataFrame, theirs: np.ndarray) -> None:
    """How far the two sides' results lie apart; their Sharpe counts the first bar's zero return.

    Ends the run when a trade count differs, or a return or drawdown by more than 1e-12.
    """
    same = (found["trades"].to_numpy() == theirs[:, 3]).mean()
    apart = {
        name: np.nanmax(np.abs(found[name].to_numpy() - theirs[:, column]))
        for name, column in (
            ("total_return", 0),
            ("max_drawdown", 1),
            ("sharpe", 2),
            ("hit_rate", 4),
        )
    }
    print(f"  equal trade counts {same:.2%}; largest difference", end=" ")
    print(", ".join(f"{name} {value:.1e}" for name, value in apart.items()))
    if same < 1 or apart["total_return"] > 1e-12 or apart["max_drawdown"] > 1e-12:
        sys.exit("the two sides do not agree")


def given(table: np.ndarray) -> dict[str, np.ndarray]:
    """The lines that vectorbt is given, bars in rows."""
    opened, high, low, close, volume = (table[:, number] for number in range(5))
    defaults = {name: one.checked({}) for name, one in BUILT_IN.items()}
    trend, breakout = defaults["trend"], defaults["breakout"]
    dip, near = defaults["mean_reversion"], defaults["accumulation"]

    def lines(formula: Callable[..., np.ndarray], *inputs: np.ndarray) -> np.ndarray:
        return np.stack([formula(*rows) for rows in zip(*inputs, strict=True)], axis=1)

    def usual(volumes: np.ndarray) -> np.ndarray:
        return volumes / ind.average(volumes, 20)

    return {
        "close": close[0],
        "open": opened[0],
        "rsi": np.stack([ind.rsi(close[0], n) for n in LENGTHS]),
        "entry": np.array(ENTRIES, dtype=float),
        "exit": np.array(EXITS, dtype=float),
        "t_open": opened.T.copy(),
        "t_close": close.T.copy(),
        "t_low": low.T.copy(),
        "t_high": high.T.copy(),
        "sma_fast": lines(lambda x: ind.sma(x, int(trend["fast"])), close),
        "sma_slow": lines(lambda x: ind.sma(x, int(trend["slow"])), close),
        "sma_50": lines(lambda x: ind.sma(x, 50), close),
        "sma_200": lines(lambda x: ind.sma(x, 200), close),
        "rsi_14": lines(lambda x: ind.rsi(x, int(dip["rsi_length"])), close),
        "vwma_20": lines(lambda h, lo, c, v: ind.vwma(h, lo, c, v, 20), high, low, close, volume),
        "dip": np.array(dip["entry"]),
        "recovered": np.array(dip["exit"]),
        "highest_lookback": lines(lambda x: ind.highest(x, int(breakout["lookback"])), high),
        "lowest_exit": lines(lambda x: ind.lowest(x, int(breakout["exit_length"])), low),
        "rvol_20": lines(usual, volume),
        "volume_factor": np.array(breakout["volume_factor"]),
        "lowest_near": lines(lambda x: ind.lowest(x, int(near["near"])), low),
        "highest_recovery": lines(lambda x: ind.highest(x, int(near["recovery"])), high),
    }


def slider(bars) -> None:
    """One step of a slider: new parameters to result, metrics and trades included."""
    for engine in ("fast", "plain"):
        seconds = []
        for step in range(60):
            begin = time.perf_counter()
            result = run_backtest("mean_reversion", bars, engine=engine, entry=20 + step % 30)
            assert len(result.trades) == result.metrics["trades"]
            seconds.append(time.perf_counter() - begin)
        median = statistics.median(seconds[5:]) * 1000
        met = "met" if median <= 5 else "MISSED"
        print(f"T5 one slider step, {engine} engine: {median:.2f} ms, target <= 5: {met}")


if __name__ == "__main__":
    main()
