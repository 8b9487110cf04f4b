"""In-sample beside out-of-sample: how it did on the bars that were looked at, and on those that were not."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from ..errors import TooFewBars
from ..market import Bars
from .metrics import Metrics
from .run import Tested, run_backtest

OUT_OF_SAMPLE = 0.30
"""The part of the bars, the newest, that is kept for the test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A backtest over a part of the bars.

    Attributes:
        first: Label of its first bar, on the caller's own index.
        last: Label of its last bar.
        bars: How many there are.
        metrics: Over these bars; each part starts flat.
        buy_and_hold: The same for holding throughout.
    """

    first: Any
    last: Any
    bars: int
    metrics: Metrics
    buy_and_hold: Metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """The two parts of one history.

    Attributes:
        inside: The older bars, on which parameters may have been chosen.
        outside: The newer ones.
    """

    inside: Sample
    outside: Sample

    def to_frame(self) -> pd.DataFrame:
        """The metrics of both parts and of holding, one row per metric."""
        return pd.DataFrame(
            {
                "in_sample": dict(self.inside.metrics),
                "out_of_sample": dict(self.outside.metrics),
                "buy_and_hold_in_sample": dict(self.inside.buy_and_hold),
                "buy_and_hold_out_of_sample": dict(self.outside.buy_and_hold),
            }
        )


def first_unseen(count: int, share: float = OUT_OF_SAMPLE) -> int:
    """Position of the first of the newest *share* of *count* bars, the decimal taken exactly.

    Example:
        >>> first_unseen(90), int(90 * (1 - 0.30))
        (63, 62)
    """
    return int(count * (1 - Fraction(str(share))))


def cut_at(bars: Bars, share: float = OUT_OF_SAMPLE) -> int:
    """The first bar of the newest *share* of them.

    Raises:
        TooFewBars: One of the parts would have fewer than two bars.
    """
    cut = first_unseen(len(bars), share)
    if not 2 <= cut <= len(bars) - 2:
        raise TooFewBars(bars.ticker, have=len(bars), need=7)
    return cut


def in_and_out(
    strategy: Tested, bars: Bars, *, share: float = OUT_OF_SAMPLE, **options: Any
) -> Samples:
    """Test the older and the newer part of the bars on their own.

    The lines of the newer part are fed by the older bars; neither part holds a position of the other.

    Args:
        strategy: As `run_backtest` takes it.
        bars: Closed bars.
        share: The part that is out of sample.
        **options: Costs and parameters, as `run_backtest` takes them.

    Raises:
        TooFewBars: A part is too short.
    """
    cut = cut_at(bars, share)
    return Samples(
        inside=_sample(strategy, bars.head(cut), 0, options),
        outside=_sample(strategy, bars, cut, options),
    )


def _sample(strategy: Tested, bars: Bars, first: int, options: dict[str, Any]) -> Sample:
    result = run_backtest(strategy, bars, first=first, **options)
    return Sample(
        first=result.bars.labels[0],
        last=result.bars.labels[-1],
        bars=len(result.bars),
        metrics=result.metrics,
        buy_and_hold=result.buy_and_hold,
    )
