"""A scan of a large universe: time, and how much memory the parent takes.

    python benchmarks/bench_scan.py [tickers] [workers]

The bars are seeded random walks, made as they are asked for, so that making and parcelling them is in
the time and none of them lies in memory before.
"""

import resource
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from genie_nb.compute import run
from genie_nb.config import Config
from genie_nb.core.market import Bars, Interval
from genie_nb.core.provider import Capabilities
from genie_nb.core.verbs import Ask
from genie_nb.desk import Desk
from genie_nb.desk.scan import scan
from genie_nb.testing import FakeProvider

BARS = 2_520
LAST = "2026-01-12"
INDEX = pd.bdate_range(end=LAST, periods=BARS, tz="UTC")


class Walks(FakeProvider):
    """Any ticker's ten years, made when asked for."""

    def __init__(self) -> None:
        here = Capabilities(intervals=frozenset({Interval.D1}), local=True)
        super().__init__(now=datetime(2026, 1, 12, 21, 30, tzinfo=UTC), capabilities=here)

    def bars(self, tickers: Sequence[str], *_: Any) -> dict[str, Bars | Exception]:
        """A walk for each."""
        return {ticker: walk(ticker) for ticker in tickers}


def walk(ticker: str) -> Bars:
    dice = np.random.default_rng(int(ticker[1:]))
    close = 50 * np.exp(np.cumsum(dice.normal(0, 0.02, BARS)))
    opened = close * np.exp(dice.normal(0, 0.005, BARS))
    wide = np.exp(np.abs(dice.normal(0, 0.01, BARS)))
    prices = {
        "open": opened,
        "high": np.maximum(opened, close) * wide,
        "low": np.minimum(opened, close) / wide,
        "close": close,
        "volume": dice.lognormal(12, 0.5, BARS),
        "adjclose": close,
    }
    frame = pd.DataFrame(prices, index=INDEX)
    return Bars(ticker=ticker, interval=Interval.D1, frame=frame, labels=INDEX)


def peak() -> float:
    """Most memory this process has had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main(tickers: int, workers: int | None) -> None:
    universe = ",".join(f"T{number}" for number in range(tickers))
    options: dict[str, Any] = {"universe": universe} | ({"workers": workers} if workers else {})
    print(f"{tickers:,} tickers x {BARS:,} bars; {peak():.2f} GB before")
    for words in ("breakout", "close crosses above sma(50) and rvol(20) > 1.5"):
        with TemporaryDirectory() as home:
            desk = Desk(Config(), Path(home), provider=Walks())
            begin = perf_counter()
            found = scan(desk, Ask(verb="scan", words=words, options=options), spread=run)
            seconds = perf_counter() - begin
        print(
            f"{words}: {seconds:.1f} s, {seconds / tickers * 1e3:.2f} ms a ticker, "
            f"{len(found.rows):,} rows, peak {peak():.2f} GB in the parent"
        )


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [2_000, 0][len(given) :]))
