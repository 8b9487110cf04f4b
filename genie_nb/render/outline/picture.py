"""The small picture of prices in a card, for places where no chart library runs."""

from collections.abc import Sequence

import numpy as np

from ...core.figures import written
from ...core.indicators import sma
from ...core.market import Bars, Interval
from ..document import Sketch
from ..series import column, rounded
from .session import day

YEAR = 252
"""Bars of the picture."""

FEWEST = 20
"""Bars below which there is none."""


def of_prices(bars: Bars | None) -> tuple[Sketch, ...]:
    """Closes, their average and the volume of the newest bars; nothing for a few bars."""
    if bars is None or len(bars) < FEWEST:
        return ()
    close = column(bars.frame, "close")
    times = [day(bars, at) for at in range(-min(YEAR, len(bars)), 0)]
    return (
        Sketch(
            title="Last year" if bars.interval is Interval.D1 else f"Newest {bars.interval} bars",
            closes=tuple(close[-YEAR:].tolist()),
            average=rounded(sma(close, 50)[-YEAR:], 4),
            volumes=rounded(column(bars.frame, "volume")[-YEAR:], 0),
            caption=_course(close[-YEAR:], times, bars),
            legend=_legend(bars),
            ends=(times[0], times[-1]),
        ),
    )


def _course(closes: np.ndarray, times: Sequence[str], bars: Bars) -> str:
    unit = bars.currency or "ratio"
    first, last, low, high = (
        written(float(value), unit) for value in (closes[0], closes[-1], closes.min(), closes.max())
    )
    noun = "sessions" if bars.interval is Interval.D1 else f"{bars.interval} bars"
    return (
        f"Closes of {len(closes)} {noun}, {times[0]} to {times[-1]}: from {first} to {last}, "
        f"lowest {low} on {times[int(closes.argmin())]}, highest {high} on {times[int(closes.argmax())]}."
    )


def _legend(bars: Bars) -> str:
    each = "day" if bars.interval is Interval.D1 else "bar"
    return f"The dashed line is the 50-{each} average; bars are volume."
