"""Price bars: what one ticker's tape said, in today's shares.

    a provider's frame -> Bars (checked, ordered, UTC) -> lines, facts, charts

Prices are split-adjusted only, never dividend-adjusted, so that "$25" means what the user saw.
`adjclose` is a separate line for total-return figures.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Self, cast
from zoneinfo import ZoneInfo

import pandas as pd

from .errors import BadBars
from .frame import COLUMNS, read_frame

__all__ = ["COLUMNS", "Bars", "Interval"]


class Interval(StrEnum):
    """The length of a bar."""

    M1 = "1m"
    M5 = "5m"
    M15 = "15m"
    H1 = "1h"
    D1 = "1d"
    W1 = "1wk"

    @classmethod
    def of(cls, text: "str | Interval") -> Self:
        """Read an interval as users write it.

        Raises:
            BadBars: It is none of the known ones.
        """
        try:
            return cls(text)
        except ValueError:
            raise BadBars(
                f"{text!r} is not a bar interval.",
                seen=text,
                needed=f"one of {', '.join(cls)}",
                cure=f"Use one of {', '.join(cls)}.",
            ) from None

    @property
    def intraday(self) -> bool:
        """Whether several bars make a session."""
        return self not in (Interval.D1, Interval.W1)

    @property
    def length(self) -> timedelta:
        """Time from a bar's label to the label after it, holidays aside."""
        return _LENGTHS[self]

    @property
    def bars_per_year(self) -> int:
        """Bars in a trading year of 252 sessions of 6.5 hours (an hourly session has 7 bars)."""
        return _BARS_PER_YEAR[self]


_LENGTHS = {
    Interval.M1: timedelta(minutes=1),
    Interval.M5: timedelta(minutes=5),
    Interval.M15: timedelta(minutes=15),
    Interval.H1: timedelta(hours=1),
    Interval.D1: timedelta(days=1),
    Interval.W1: timedelta(weeks=1),
}
_BARS_PER_YEAR = {
    Interval.M1: 98_280,
    Interval.M5: 19_656,
    Interval.M15: 6_552,
    Interval.H1: 1_764,
    Interval.D1: 252,
    Interval.W1: 52,
}


def _no_events() -> pd.Series:
    return pd.Series(dtype="float64", index=pd.DatetimeIndex([], tz="UTC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Closed price bars of one ticker, oldest first, and where they came from.

    Attributes:
        ticker: The symbol.
        interval: The length of a bar.
        frame: Columns open, high, low, close, volume, adjclose (float64), on an ordered unique UTC
            index: session date at 00:00 for daily and weekly bars, the bar's open for intraday ones.
            Open, high, low and close are finite; volume and adjclose are NaN where unknown. Never
            written to.
        labels: The caller's own index, one label per row of *frame*.
        dividends: Cash per share by ex-date, in today's shares; only the days that had one.
        splits: New shares per old share by ex-date; only the days that had one.
        currency: ISO code of the prices, when known.
        timezone: Name of the exchange's time zone, which decides what a session is.
        source: Who says so.
        fetched_at: When the source was asked, aware UTC; None for frames the user brought.
        dropped: Rows left out because open, high, low or close was not finite.
        closes: The moment each bar closed by the exchange calendar, aligned with *frame*; None where
            no calendar was asked.
        session_ends: The moment each bar's session ends by the exchange calendar, aligned with
            *frame*; None where no calendar was asked.
    """

    ticker: str
    interval: Interval
    frame: pd.DataFrame
    labels: pd.Index
    dividends: pd.Series = field(default_factory=_no_events)
    splits: pd.Series = field(default_factory=_no_events)
    currency: str | None = None
    timezone: str = "America/New_York"
    source: str = "frame"
    fetched_at: datetime | None = None
    dropped: int = 0
    closes: pd.DatetimeIndex | None = None
    session_ends: pd.DatetimeIndex | None = None

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        ticker: str,
        interval: str | Interval = Interval.D1,
        currency: str | None = None,
        timezone: str = "America/New_York",
        source: str = "frame",
        fetched_at: datetime | None = None,
    ) -> Self:
        """Take a table of prices, every row as a closed bar.

        Args:
            frame: Columns open, high, low, close and volume in any case; optional `Adj Close`,
                `Dividends`, `Stock Splits`. The index is a DatetimeIndex, strictly increasing; times
                without a zone are exchange-local.
            ticker: The symbol.
            interval: The length of a bar.
            currency: ISO code of the prices.
            timezone: The exchange's time zone.
            source: Who says so.
            fetched_at: When the source was asked, aware UTC.

        Raises:
            BadBars: The table is not one of bars, or holds prices that cannot be true.

        Example:
            >>> days = pd.to_datetime(["2026-01-05", "2026-01-06"])
            >>> frame = pd.DataFrame({"Open": [1, 2], "High": [2, 3], "Low": [1, 2], "Close": [2, 3],
            ...                       "Volume": [10, 20]}, index=days)
            >>> len(Bars.from_frame(frame, ticker="X"))
            2
        """
        interval = Interval.of(interval)
        parts = read_frame(
            frame, ticker=ticker, length=interval, intraday=interval.intraday, timezone=timezone
        )
        return cls(
            ticker=ticker,
            interval=interval,
            frame=parts.columns,
            labels=parts.labels,
            dividends=parts.dividends,
            splits=parts.splits,
            currency=currency,
            timezone=timezone,
            source=source,
            fetched_at=fetched_at,
            dropped=parts.dropped,
        )

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def index(self) -> pd.DatetimeIndex:
        """The UTC labels of the bars."""
        labels = self.frame.index
        return labels if isinstance(labels, pd.DatetimeIndex) else pd.DatetimeIndex(labels)

    @property
    def open(self) -> pd.Series:
        """First price of each bar."""
        return cast(pd.Series, self.frame["open"])

    @property
    def high(self) -> pd.Series:
        """Highest price of each bar."""
        return cast(pd.Series, self.frame["high"])

    @property
    def low(self) -> pd.Series:
        """Lowest price of each bar."""
        return cast(pd.Series, self.frame["low"])

    @property
    def close(self) -> pd.Series:
        """Last price of each bar."""
        return cast(pd.Series, self.frame["close"])

    @property
    def volume(self) -> pd.Series:
        """Shares traded in each bar; NaN where unknown."""
        return cast(pd.Series, self.frame["volume"])

    @property
    def adjclose(self) -> pd.Series:
        """Close adjusted for dividends too; NaN where the source has none."""
        return cast(pd.Series, self.frame["adjclose"])

    @property
    def sessions(self) -> pd.DatetimeIndex:
        """The exchange-local date of each bar, as midnight UTC."""
        if not self.interval.intraday:
            return self.index
        return self.index.tz_convert(self.timezone).normalize().tz_localize(None).tz_localize("UTC")

    def closed_at(self, position: int = -1) -> datetime:
        """The moment the bar at *position* closed, aware UTC.

        By the exchange calendar when one was asked; otherwise the latest it can have been: the end
        of the interval, or of the session's date at the exchange.
        """
        if self.closes is not None:
            return _moment(self.closes, position)
        label = _moment(self.index, position)
        if self.interval.intraday:
            return label + self.interval.length
        local = label.replace(tzinfo=ZoneInfo(self.timezone)) + self.interval.length
        return local.astimezone(UTC)

    def head(self, count: int) -> Self:
        """The first *count* bars, and what was known with them."""
        return self._at(slice(0, count))

    def tail(self, count: int) -> Self:
        """The last *count* bars."""
        return self._at(slice(max(0, len(self) - count), len(self)))

    def between(self, start: datetime | None, end: datetime | None) -> Self:
        """The bars labelled from *start* to *end*, both included; None for no limit.

        Raises:
            TypeError: A limit without a time zone.
        """
        first = 0 if start is None else int(self.frame.index.searchsorted(_stamp(start)))
        last = (
            len(self) if end is None else int(self.frame.index.searchsorted(_stamp(end), "right"))
        )
        if first == 0 and last == len(self):
            return self
        return self._at(slice(first, max(first, last)))

    def _at(self, rows: slice) -> Self:
        frame = self.frame.iloc[rows]
        first, last = (frame.index[0], frame.index[-1]) if len(frame) else (None, None)

        def within(events: pd.Series) -> pd.Series:
            if not len(events):
                return events
            return events.loc[first:last] if len(frame) else events.iloc[:0]

        return replace(
            self,
            frame=frame,
            labels=self.labels[rows],
            dividends=within(self.dividends),
            splits=within(self.splits),
            closes=None if self.closes is None else self.closes[rows],
            session_ends=None if self.session_ends is None else self.session_ends[rows],
        )


def _stamp(moment: datetime) -> Any:
    return pd.Timestamp(moment)


def _moment(index: pd.DatetimeIndex, position: int) -> datetime:
    return cast(pd.Timestamp, index[position]).to_pydatetime()
