"""Ten years of one ticker from the cache's files, and a day appended for many tickers.

Targets: at most 5 ms; at most 1 s for 2,000 tickers. The second is the whole answer with nothing in
memory: every file read, locked and compared with what the source says again, the day added, all ten
years given. The source answers at once.
"""

import statistics
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from made_up import columns, universe

from genie_nb.core.market import Bars, Interval
from genie_nb.data.cache import Cached
from genie_nb.testing import FakeProvider

TICKERS = 2_000
ROUNDS = 3
NAMES = [f"T{number}" for number in range(TICKERS)]


class Instant(FakeProvider):
    """Has its answers ready, so that only the cache is measured."""

    def __init__(self, bars: Bars) -> None:
        super().__init__(now=bars.closed_at(-1) + timedelta(hours=1))
        self.answers = {name: replace(bars, ticker=name) for name in NAMES}

    def bars(self, tickers, interval, start, end):
        """The same from whenever it is asked."""
        del interval, start, end
        return {ticker: self.answers[ticker] for ticker in tickers}


def main() -> None:
    """Measure, and print medians beside the targets."""
    (bars,) = universe(columns(1))
    before, after = Instant(bars.head(2_519)), Instant(bars.tail(6))
    reads, appends = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            Cached(before, Path(folder)).bars(NAMES, Interval.D1, None, None)
            reads += [_seconds(before, folder, [name]) for name in NAMES[:30]]
            appends.append(_seconds(after, folder, NAMES))
    read = statistics.median(seconds for seconds, _ in reads) * 1000
    append, worked = (statistics.median(times) for times in zip(*appends, strict=True))
    print(f"ten years of one ticker: {read:.2f} ms, target <= 5: {_met(read, 5)}")
    print(f"a day appended for {TICKERS} tickers: {append:.2f} s, target <= 1: {_met(append, 1)}")
    print(f"of which the processor worked {worked:.2f} s")


def _seconds(source: Instant, folder: str, names: list[str]) -> tuple[float, float]:
    """By the clock, and of the processor."""
    cached = Cached(source, Path(folder))
    begin, idle = time.perf_counter(), time.process_time()
    answers = cached.bars(names, Interval.D1, None, None)
    took = time.perf_counter() - begin, time.process_time() - idle
    assert all(isinstance(answer, Bars) and len(answer) > 2_518 for answer in answers.values())
    return took


def _met(value: float, target: float) -> str:
    return "met" if value <= target else "MISSED"


if __name__ == "__main__":
    main()
