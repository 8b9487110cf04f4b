"""The promises of a line, checked by computing it on bars that were cut off."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..core.expr import Condition, Value
from ..core.expr.future import first_change
from ..core.grammar import line, parse_condition
from ..core.market import Bars, Interval
from .promise import promise
from .trial import cuts, tapes

type Computed = Callable[[Bars], pd.Series | np.ndarray]


def check_line(checked: str | Value | Computed, *, interval: str | Interval = Interval.D1) -> None:
    """Compute a line and say which promise it breaks.

    A line has one number per bar; the bars after t change nothing at or before t; computing it twice
    gives the same; it does not write to the bars; and its text reads back as the same line.

    Args:
        checked: A line's text, a line, or a function of bars.
        interval: The length of the bars to try it on.

    Raises:
        AssertionError: A promise is broken; the message says which.

    Example:
        >>> check_line("sma(20) - ema(20)")
        >>> check_line(lambda bars: bars.close.shift(-1))
        Traceback (most recent call last):
        AssertionError: The line breaks a promise it must keep: what it says of bar 84 ...
    """
    value = line(checked) if isinstance(checked, str) else checked
    if isinstance(value, Value):
        check_per_bar(f"The line {value}", value.values, Interval.of(interval))
        check_text(value)
    else:
        check_per_bar("The line", value, Interval.of(interval))


def check_text(node: Value | Condition) -> None:
    """Does the canonical text of a line or condition read back as the same?

    Raises:
        AssertionError: It does not.
    """
    read = line if isinstance(node, Value) else parse_condition
    promise(read(str(node)) == node, "its text reads back as the same", of=str(node))


def check_per_bar(who: str, compute: Computed, interval: Interval) -> None:
    """Is it one number per bar that owes nothing to later bars, other calls, or writing to the bars?

    Raises:
        AssertionError: A promise is broken; the message says which.
    """

    def numbers(bars: Bars) -> np.ndarray:
        found = compute(bars)
        if isinstance(found, pd.Series):
            return found.to_numpy(dtype="float64", na_value=np.nan)
        return np.asarray(found, dtype="float64")

    for bars in tapes(interval):
        before = bars.frame.copy(deep=True)
        whole = numbers(bars)
        promise(bars.frame.equals(before), "it does not write to the bars", of=who)
        promise(len(whole) == len(bars), "it has one number per bar", of=who)
        again = np.array_equal(whole, numbers(bars), equal_nan=True)
        promise(again, "computed twice it gives the same", of=who)
        for cut in cuts(bars):
            bar = first_change(numbers, bars, cut)
            kept = f"what it says of bar {bar} stays when the bars from {cut} on are taken away"
            promise(bar is None, kept, of=who)
