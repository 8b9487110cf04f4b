"""What explains that a close which was seen before now reads differently: a split, or nothing.

close as it was seen + close as it is now + splits recorded since -> factor of prices, or None
"""

from collections.abc import Iterator
from fractions import Fraction

SAME_CLOSE = 1e-4
"""Sources repeat a close with so small a relative difference."""
RECORDED = 0.01
"""A recorded split explains a change that lies so near to it; more than this, and it was something else."""
EXACT = 1e-6
"""Relative precision of closes that went through 32-bit floats."""
_CENTS, _FINEST = 2, 8
_TERMS, _WHOLE, _STOCK_DIVIDEND = 10, 100, 21


def factor_of(seen: float, now: float, recorded: float | None = None) -> float | None:
    """What prices were multiplied by; None where no split explains the change.

    Without a recorded split the ratio has to be one that companies choose (n:1, terms up to 10, or
    a stock dividend like 21:20), met as well as the digits of both closes allow; any other a:b with
    terms up to 100 has to be met exactly, for one of those lies near almost every number.

    Args:
        seen: A close as it was seen.
        now: The same close as it reads now.
        recorded: The factor of the splits recorded since; None where there were none.

    Example:
        >>> factor_of(24.37, 12.19), factor_of(30.0, 20.0), factor_of(1.5, 15.0)
        (0.5, 0.6666666666666666, 10.0)
        >>> factor_of(25.0, 18.4775) is None
        True
    """
    change = now / seen
    if recorded is not None and abs(change / recorded - 1) <= RECORDED:
        return recorded
    slack = _slack(seen, now)
    for ratio in _usual(change):
        if abs(change / ratio - 1) <= slack:
            return ratio
    any_ratio = Fraction(change).limit_denominator(_WHOLE)
    fits = 0 < any_ratio.numerator <= _WHOLE and any_ratio != 1
    return float(any_ratio) if fits and abs(change / float(any_ratio) - 1) <= EXACT else None


def _usual(change: float) -> Iterator[float]:
    """The ratios near a change that companies choose, as factors of the price."""
    growth = max(change, 1 / change)
    near = Fraction(growth).limit_denominator(_TERMS)
    whole = near.denominator == 1 and 1 < near.numerator <= _WHOLE
    found = [near] if whole or (near > 1 and near.numerator <= _TERMS) else []
    if growth > 1 and (last := round(1 / (growth - 1))) and last < _STOCK_DIVIDEND:
        found.append(Fraction(last + 1, last))
    for ratio in found:
        yield float(ratio if change > 1 else 1 / ratio)


def _slack(seen: float, now: float) -> float:
    """The relative difference that rounding to the digits of both closes can make."""
    rounding = sum(0.5 * 10 ** -_digits(close) / close for close in (seen, now))
    return min(max(SAME_CLOSE, rounding), RECORDED)


def _digits(close: float) -> int:
    """The decimals that a close is written with, two at least."""
    return next(
        (
            digits
            for digits in range(_CENTS, _FINEST)
            if abs(round(close, digits) - close) <= EXACT * close
        ),
        _FINEST,
    )
