"""T6: the first sweep and the first backtest in a new process, compiled code being on disk already.

Target: at most 800 ms over importing the same libraries.
"""

from side_by_side import alternated, table

BEGIN = "import json, time\nbegin = time.process_time()\n"
END = "\nprint(json.dumps({{{name!r}: time.process_time() - begin}}))"
IMPORTS = "import numpy, pandas, talib, lark, numba, llvmlite.binding"
BARS = """
import numpy, pandas
dice = numpy.random.default_rng(7)
close = 50 * numpy.exp(numpy.cumsum(dice.normal(0, 0.02, 2520)))
frame = pandas.DataFrame({name: close for name in ("open", "high", "low", "close")})
frame["volume"] = 1000.0
frame.index = pandas.bdate_range("2014-01-02", periods=2520)
from genie_nb.core.market import Bars
bars = Bars.from_frame(frame, ticker="X")
"""
SWEEP = """
from genie_nb.core.backtest import sweep
grid = {"rsi_length": [5, 14], "entry": list(range(20, 40)), "exit": list(range(50, 70))}
assert len(sweep("mean_reversion", bars, grid)) == 800
"""
FAST = """
from genie_nb.core.backtest import run_backtest
assert run_backtest("mean_reversion", bars).metrics["trades"] is not None
"""
PLAIN = FAST.replace("bars)", "bars, engine='plain')")

SIDES = {
    name: BEGIN + script + END.format(name=name)
    for name, script in {
        "imports": IMPORTS,
        "imports and bars": IMPORTS + BARS,
        "first sweep": IMPORTS + BARS + SWEEP,
        "first backtest, fast": IMPORTS + BARS + FAST,
        "first backtest, plain": BARS + PLAIN,
    }.items()
}

if __name__ == "__main__":
    figures = alternated(SIDES, rounds=7)
    table(figures, "imports")
    for name in ("first sweep", "first backtest, fast"):
        over = (figures[name] - figures["imports"]) * 1000
        print(
            f"{name}: target <= 800 ms over imports: {'met' if over <= 800 else 'MISSED'} ({over:.0f})"
        )
