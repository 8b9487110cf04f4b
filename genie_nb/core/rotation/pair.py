"""The two indices on the sessions that both have."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import pandas as pd

from ..errors import TooFewBars
from ..facts.units import UNNAMED
from ..market import Bars

FEWEST = 2
"""Sessions in common without which not even one day can be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Closes of a small-cap and a large-cap index, in today's shares and without dividends.

    Attributes:
        small: Ticker of the small-cap index or fund.
        large: The same for large caps.
        closes: Columns `small` and `large` by session, oldest first; only sessions that both have.
        closed_at: When the newest of them closed.
        source: Who says so.
        currency: What the small-cap index's closes are in.
        left_out: Sessions that only one of the two has, since both exist.
    """

    small: str
    large: str
    closes: pd.DataFrame
    closed_at: datetime
    source: str
    currency: str = UNNAMED
    left_out: int = 0

    @property
    def sessions(self) -> pd.DatetimeIndex:
        """The sessions in common, oldest first."""
        return pd.DatetimeIndex(self.closes.index)

    @property
    def small_closes(self) -> pd.Series:
        """Closes of the small-cap index."""
        return cast(pd.Series, self.closes["small"])

    @property
    def ratio(self) -> pd.Series:
        """The small-cap index divided by the large-cap one."""
        return cast(pd.Series, self.closes["small"] / self.closes["large"])

    def day(self, at: int) -> pd.Timestamp:
        """The session at a position, -1 for the newest."""
        return cast(pd.Timestamp, self.sessions[at])

    def moves(self, first: int, last: int = -1) -> tuple[float, float]:
        """Price returns of both between the closes of the sessions at two positions, as fractions."""
        before, after = self.closes.iloc[first], self.closes.iloc[last]
        return (
            float(after["small"] / before["small"] - 1),
            float(after["large"] / before["large"] - 1),
        )


def pair_of(small: Bars, large: Bars) -> Pair:
    """The two tapes on their common sessions.

    Raises:
        TooFewBars: They have fewer than two sessions in common.
    """
    tapes = {"small": small.frame["close"], "large": large.frame["close"]}
    both = pd.concat(tapes, axis=1, sort=True)
    closes = both.dropna()
    if len(closes) < FEWEST:
        raise TooFewBars(f"{small.ticker} with {large.ticker}", have=len(closes), need=FEWEST)
    last = closes.index[-1]
    at = int(small.index.get_indexer(pd.DatetimeIndex([last]))[0])
    return Pair(
        small=small.ticker,
        large=large.ticker,
        closes=closes,
        closed_at=small.closed_at(at),
        source=small.source if small.source == large.source else f"{small.source}, {large.source}",
        currency=small.currency or UNNAMED,
        left_out=len(both.loc[closes.index[0] :]) - len(closes),
    )
