"""Ten years of one ticker from the cache's files, and a day appended for many tickers.

Targets: at most 5 ms; at most 1 s for 2,000 tickers.
"""

import statistics
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from made_up import columns, universe

from genie_nb.core.market import Interval
from genie_nb.data.cache import Cached
from genie_nb.testing import FakeProvider

TICKERS = 2_000


def main() -> None:
    """Measure, and print medians beside the targets."""
    (bars,) = universe(columns(1))
    now = bars.closed_at(-1) + timedelta(hours=1)
    names = [f"T{number}" for number in range(TICKERS)]
    source = FakeProvider(bars=[_called(bars.head(2_519), name) for name in names], now=now)
    source.set_now(bars.closed_at(-2) + timedelta(hours=1))
    with tempfile.TemporaryDirectory() as folder:
        Cached(source, Path(folder)).bars(names, Interval.D1, None, None)
        reads = []
        for name in names[:30]:
            cached = Cached(source, Path(folder))
            begin = time.perf_counter()
            cached.bars([name], Interval.D1, None, None)
            reads.append(time.perf_counter() - begin)
        median = statistics.median(reads) * 1000
        print(f"ten years of one ticker: {median:.2f} ms, target <= 5: {_met(median, 5)}")
        for name in names:
            source.put(_called(bars, name))
        source.set_now(now)
        cached = Cached(source, Path(folder))
        begin = time.perf_counter()
        cached.bars(names, Interval.D1, None, None)
        took = time.perf_counter() - begin
        print(f"a day appended for {TICKERS} tickers: {took:.2f} s, target <= 1: {_met(took, 1)}")


def _met(value: float, target: float) -> str:
    return "met" if value <= target else "MISSED"


def _called(bars, name: str):
    return replace(bars, ticker=name)


if __name__ == "__main__":
    main()
