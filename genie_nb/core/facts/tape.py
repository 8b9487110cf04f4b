"""The tape: what facts read from daily bars, or why they cannot."""

from datetime import date

import numpy as np

from ..market import Bars
from .fact import Input
from .outcome import Outcome, unknown
from .workings import Workings


def daily(workings: Workings, need: int) -> Bars | Outcome:
    """At least *need* daily bars, or the outcome that says why not."""
    bars = workings.subject.bars
    if bars is None:
        return workings.without("bars", otherwise="there are no daily prices")
    if len(bars) < need:
        return unknown(f"it needs {need} daily bars and there are {len(bars)}")
    return bars


def volumes(workings: Workings, need: int) -> tuple[Bars, np.ndarray] | Outcome:
    """Bars and the volume of the last *need* of them, or the outcome that says why not."""
    bars = daily(workings, need)
    if isinstance(bars, Outcome):
        return bars
    volume = bars.volume.to_numpy()[-need:]
    if np.isnan(volume).any():
        return unknown(f"the volume of some of the last {need} days is not known")
    if not volume.any():
        return unknown(f"no volume is recorded in the last {need} days")
    return bars, volume


def from_bars(
    value: float, bars: Bars, *inputs: Input, used: int, unit: str | None = None
) -> Outcome:
    """A value reckoned from the last *used* bars; NaN becomes unknown."""
    return Outcome(
        value=float(value),
        as_of=last_session(bars),
        inputs=(
            *inputs,
            Input(
                name=f"daily bars to {last_session(bars)}",
                value=used,
                source=bars.source,
                as_of=last_session(bars),
                unit="count",
            ),
        ),
        unit=unit,
    )


def last_session(bars: Bars) -> date:
    """The date of the newest bar."""
    return bars.frame.index[-1].date()
