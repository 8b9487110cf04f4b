"""Trials of lines that do not declare themselves: what they see, and what a split does to them.

No line may see the future: cutting the bars after t changes nothing at or before t.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ..errors import AskError
from ..market import Bars, Interval

EQUAL = 1e-9
"""Sums that are taken in another order may differ by so much and no more."""


def first_change(compute: Callable[[Bars], np.ndarray], bars: Bars, cut: int) -> int | None:
    """The first bar before *cut* whose value changes when the bars from *cut* on are taken away."""
    whole, past = compute(bars)[:cut], compute(bars.head(cut))
    same = np.isclose(whole, past, rtol=EQUAL, atol=EQUAL, equal_nan=True)
    return None if same.all() else int(np.argmin(same))


def check_no_future(
    name: str, compute: Callable[[Bars], np.ndarray], bars: Bars, cuts: Sequence[int]
) -> None:
    """Refuse a line that sees the future.

    Args:
        name: What it is called, for the message.
        compute: Its number or truth per bar.
        bars: To try it on.
        cuts: Numbers of bars to keep, each from 1 to all.

    Raises:
        AskError: A value changed when later bars were taken away.
    """
    for cut in cuts:
        changed = first_change(compute, bars, cut)
        if changed is not None:
            raise AskError(
                f"{name} looks into the future: its value at bar {changed} changes when the bars "
                f"after bar {cut - 1} are taken away.",
                seen=name,
                needed="a line whose values never change once their bar has closed",
                cure="Use another line; a rule or backtest on this one would see what nobody could.",
            )


def split_factor(compute: Callable[[Bars], np.ndarray], bars: Bars) -> float | None:
    """What a 2:1 split multiplies a line by: 0.5, 1 or 2; None where it is none of them.

    A line that is missing or 0 on every bar tells nothing.
    """
    prices = dict.fromkeys(("open", "high", "low", "close", "adjclose"), 0.5)
    halved = replace(bars, frame=bars.frame * pd.Series({**prices, "volume": 2.0}))
    before, after = compute(bars), compute(halved)
    size = np.nanmax(np.abs(before), initial=0)
    if not 0 < size < np.inf:
        return None
    for factor in (1.0, 0.5, 2.0):
        if np.allclose(after, before * factor, rtol=1e-6, atol=EQUAL * size, equal_nan=True):
            return factor
    return None


def trial_bars(count: int = 600, interval: Interval = Interval.D1) -> Bars:
    """Made-up bars to try a line on: the same at each call, with trends, gaps and quiet stretches."""
    dice = np.random.default_rng(20260112)
    calm = 1 + np.sin(np.arange(count) / 40)
    close = 50 * np.exp(np.cumsum(dice.normal(0.0002, 0.012, count) * calm))
    opened = np.concatenate(([50.0], close[:-1])) * (1 + dice.normal(0, 0.004, count))
    up, down = close * np.abs(dice.normal(0, 0.008, (2, count)))
    frame = pd.DataFrame(
        {
            "open": opened,
            "high": np.maximum(opened, close) + up,
            "low": np.minimum(opened, close) - down,
            "close": close,
            "volume": np.round(dice.lognormal(12, 0.6, count)),
            "adj close": close,
        }
    )
    frame.index = pd.bdate_range("2020-01-02", periods=count)
    return Bars.from_frame(frame, ticker="TRIAL", interval=interval)
