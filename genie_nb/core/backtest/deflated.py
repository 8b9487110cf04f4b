"""The Sharpe ratio in the light of how often one has tried.

    bar returns + number of tries -> the Sharpe ratio that luck alone would reach -> how likely it is more

Whoever tries a hundred parameter sets will find a good one in noise.
"""

from dataclasses import dataclass
from math import e, erf, sqrt
from statistics import NormalDist

import numpy as np

EULER = 0.5772156649015329
"""The Euler–Mascheroni constant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deflated:
    """A Sharpe ratio beside what luck would have reached. All ratios are per bar.

    Attributes:
        sharpe: What was found.
        by_luck: The largest Sharpe ratio to be expected of so many tries without any skill.
        probability: That the true Sharpe ratio lies above *by_luck*, 0 to 1; None where it cannot be
            known.
        tries: How many parameter sets were tried.
    """

    sharpe: float | None
    by_luck: float
    probability: float | None
    tries: int


def deflated_sharpe(
    returns: np.ndarray, *, tries: int = 1, variance: float | None = None
) -> Deflated:
    """The deflated Sharpe ratio (Bailey and López de Prado, 2014).

    Probability = Φ((SR − SR₀) · √(T − 1) / √(1 − γ₃·SR + (γ₄ − 1)/4 · SR²)) with skewness γ₃ and kurtosis
    γ₄ of the T returns, where SR₀ = √V · ((1 − γ) · Φ⁻¹(1 − 1/N) + γ · Φ⁻¹(1 − 1/(N·e))) for N tries.

    Args:
        returns: Bar returns after costs, the first bar's left out.
        tries: Parameter sets tried, this one included.
        variance: V, of the tries' Sharpe ratios per bar. Unless given, that of the Sharpe ratio of T
            returns without skill, 1 / (T − 1).

    Returns:
        `probability` is None for fewer than 3 returns, and for returns that do not vary.

    Example:
        >>> found = np.random.default_rng(1).normal(0.001, 0.01, 1000)
        >>> [round(deflated_sharpe(found, tries=n).probability, 2) for n in (1, 10, 1000)]
        [0.93, 0.46, 0.04]
    """
    count = len(returns)
    tries = max(1, tries)
    spread = 1 / max(1, count - 1) if variance is None else variance
    by_luck = sqrt(spread) * _best_of(tries)
    deviation = float(returns.std(ddof=1)) if count > 2 else 0.0
    if deviation**2 <= 1e-12 * float((returns**2).mean() if count else 0.0):
        return Deflated(sharpe=None, by_luck=by_luck, probability=None, tries=tries)
    sharpe = float(returns.mean()) / deviation
    scaled = (returns - returns.mean()) / returns.std()
    skewness, kurtosis = float((scaled**3).mean()), float((scaled**4).mean())
    return Deflated(
        sharpe=sharpe,
        by_luck=by_luck,
        probability=_probability(sharpe - by_luck, sharpe, count, skewness, kurtosis),
        tries=tries,
    )


def _best_of(tries: int) -> float:
    """The expected maximum of so many standard normal numbers; 0 for one."""
    if tries == 1:
        return 0.0
    normal = NormalDist()
    low, high = normal.inv_cdf(1 - 1 / tries), normal.inv_cdf(1 - 1 / (tries * e))
    return (1 - EULER) * low + EULER * high


def _probability(
    excess: float, sharpe: float, count: int, skewness: float, kurtosis: float
) -> float | None:
    error = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe**2
    if error <= 0:
        return None
    return 0.5 * (1 + erf(excess * sqrt((count - 1) / error) / sqrt(2)))
