"""Splits between two looks, and what they do to numbers that are counted per share or in shares."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from ..market import Bars

PER_SHARE = frozenset({"price", "sma_20", "sma_50", "sma_200", "high_52w", "low_52w", "eps_ttm"})
IN_SHARES = frozenset({"shares_outstanding", "float_shares", "average_volume_20d", "insider_net_shares_6m"})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One split.

    Attributes:
        day: Its first session.
        ratio: New shares for each old one.
        counted: Whether the earlier numbers count it already, as a source restates its past.
    """

    day: date
    ratio: float
    counted: bool = False

    def __str__(self) -> str:
        """In words, such as `a split of 2 for 1 on 2025-09-15`."""
        new, old = (self.ratio, 1.0) if self.ratio >= 1 else (1.0, 1 / self.ratio)
        both = ", which both numbers count" if self.counted else ""
        return f"a split of {new:g} for {old:g} on {self.day}{both}"


def splits_between(
    bars: Bars | None, since: datetime, until: datetime, *, asked: datetime
) -> tuple[Split, ...]:
    """The splits of a tape after one moment, up to another.

    Args:
        bars: Daily bars; None when there are none.
        since: Not included: prices that were seen then had not been split.
        until: Included.
        asked: When the earlier numbers were asked for, which count every split until then.
    """
    if bars is None:
        return ()
    on = pd.DatetimeIndex(bars.splits.index).date
    days = zip(on, map(float, bars.splits.to_numpy()), strict=True)
    return tuple(
        Split(day=day, ratio=ratio, counted=day <= asked.date())
        for day, ratio in days
        if since.date() < day <= until.date() and ratio not in (0.0, 1.0)
    )


def restated(name: str, value: float, splits: Iterable[Split]) -> float:
    """A value of before the splits as it would be counted after them.

    Example:
        >>> two = Split(day=date(2025, 9, 15), ratio=2.0)
        >>> restated("price", 168.0, [two]), restated("shares_outstanding", 10.0, [two])
        (84.0, 20.0)
        >>> restated("gross_margin", 0.3, [two])
        0.3
    """
    for one in splits:
        if one.counted:
            continue
        if name in PER_SHARE:
            value /= one.ratio
        elif name in IN_SHARES:
            value *= one.ratio
    return value
