"""The caller's own bars: their sessions end when the exchange calendar says so.

genie.Bars.from_frame(frame, ticker="X", interval="5m")
"""

from datetime import datetime
from typing import TYPE_CHECKING, Self, override

from ..core import market
from ..data.calendar import with_session_ends

if TYPE_CHECKING:
    import pandas as pd


class Bars(market.Bars):
    """Price bars of one ticker, made from the caller's own table.

    Everything that reads them, a line or a rule alone too, knows how many bars an intraday session
    still has: the core has no calendar, so it is asked here.
    """

    __slots__ = ()

    @classmethod
    @override
    def from_frame(
        cls,
        frame: "pd.DataFrame",
        *,
        ticker: str,
        interval: str | market.Interval = market.Interval.D1,
        currency: str | None = None,
        timezone: str = "America/New_York",
        source: str = "frame",
        fetched_at: datetime | None = None,
    ) -> Self:
        bars = super().from_frame(
            frame,
            ticker=ticker,
            interval=interval,
            currency=currency,
            timezone=timezone,
            source=source,
            fetched_at=fetched_at,
        )
        return with_session_ends(bars)
