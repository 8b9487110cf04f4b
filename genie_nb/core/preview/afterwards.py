"""What followed the fires of a rule, beside what followed other days of the same ticker.

fires + closes -> mean return and its interval      random days -> the interval their mean lies in
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

HORIZONS = (1, 5, 20)
"""Bars after a fire at which its return is taken."""

RESAMPLES = 2_000
SEED = 20260112
COVERED = (2.5, 97.5)
"""Percentiles between which an interval lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval95:
    """Where a mean lies 95 times of 100."""

    low: float
    high: float

    def __contains__(self, mean: float) -> bool:
        return self.low <= mean <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """Returns from the close of the bar that fired to the close so many bars later, fractions.

    They are of the price alone, without costs or dividends.

    Attributes:
        bars: How many bars later.
        fires: Fires that have so many bars after them.
        mean: Of their returns; None without any.
        median: Of their returns.
        interval: Of the mean, by drawing as many of them with repetition 2,000 times, the same ones
            each time; None with fewer than two.
        rose: Share of returns above zero.
    """

    bars: int
    fires: int
    mean: float | None = None
    median: float | None = None
    interval: Interval95 | None = None
    rose: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `preview`."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomDays:
    """What the same number of other days gave, the same distances apart.

    The pattern of the fires is begun at every bar there is in turn, going on at the first bar where it
    reaches the end. So fires that stand close together, whose returns overlap, are compared with days
    that do too.

    Attributes:
        bars: As in `Afterwards`.
        days: Bars at which the rule was known and that have so many bars after them.
        mean: Of the returns after all of them; None without any.
        interval: Of the mean over as many of them as there were fires; None without fires.
    """

    bars: int
    days: int
    mean: float | None = None
    interval: Interval95 | None = None

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `preview`."""
        return asdict(self)


def afterwards(close: np.ndarray, fires: Sequence[int], bars: int) -> Afterwards:
    """What followed the fires.

    Args:
        close: Closes, all above zero.
        fires: Positions of the bars that fired.
        bars: How many bars later.
    """
    returns = _returns(close, bars)[[at for at in fires if at + bars < len(close)]]
    if not len(returns):
        return Afterwards(bars=bars, fires=0)
    return Afterwards(
        bars=bars,
        fires=len(returns),
        mean=float(returns.mean()),
        median=float(np.median(returns)),
        interval=_bootstrap(returns) if len(returns) > 1 else None,
        rose=float((returns > 0).mean()),
    )


def random_days(
    close: np.ndarray, fires: Sequence[int], known: np.ndarray, bars: int
) -> RandomDays:
    """What followed other days.

    Args:
        close: Closes, all above zero.
        fires: Positions of the bars that fired.
        known: Where the rule was true or false, not unknown.
        bars: How many bars later.
    """
    days = np.flatnonzero(known[: max(0, len(close) - bars)])
    if not len(days):
        return RandomDays(bars=bars, days=0)
    returns = _returns(close, bars)[days]
    pattern = np.isin(days, list(fires)).astype(float)
    means = _shifted_means(returns, pattern) if pattern.any() else None
    return RandomDays(
        bars=bars,
        days=len(days),
        mean=float(returns.mean()),
        interval=None if means is None else _covered(means),
    )


def _returns(close: np.ndarray, bars: int) -> np.ndarray:
    return close[bars:] / close[: max(0, len(close) - bars)] - 1


def _bootstrap(returns: np.ndarray) -> Interval95:
    dice = np.random.default_rng(SEED)
    means = [dice.choice(returns, len(returns)).mean() for _ in range(RESAMPLES)]
    return _covered(np.array(means))


def _shifted_means(returns: np.ndarray, pattern: np.ndarray) -> np.ndarray:
    """The mean return over the pattern, begun at each place in turn: a circular correlation."""
    spectrum = np.fft.rfft(returns) * np.conj(np.fft.rfft(pattern))
    return np.fft.irfft(spectrum, len(returns)) / pattern.sum()


def _covered(means: np.ndarray) -> Interval95:
    low, high = np.percentile(means, COVERED)
    return Interval95(low=float(low), high=float(high))
