"""A provider behind a memory: `Cached` has the shape of Provider and asks it only when it must."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from ...core.fundamentals import Fundamentals
from ...core.market import Bars, Interval
from ...core.provider import Capabilities, Match, PeerGroup, Provider
from . import freshness
from .budget import PER_MINUTE, Budget
from .meter import Meter, count, metering
from .shelf import Shelf
from .tapes import Tapes
from .values import Values


class Cached:
    """Remembers what a provider answered, and says how old it is.

    Only successes are remembered. When the source is down (`Unavailable`, `RateLimited`,
    `Malformed`) the last good answer is given instead, and the meter names it with its age; a
    `NotFound` is never papered over. Bars are updated from their last settled ones on, and fetched
    anew when the past has changed, as after a split. Threads and processes that want the same thing
    at once make one request. The clock is the provider's. A provider whose data is local is asked
    every time.

    Args:
        source: The provider.
        directory: Where files are kept, shared with other processes; None for memory alone.
        budget: How often the source may be asked; None for what it is known to bear.

    Attributes:
        source: The provider itself, for questions past the cache.
        directory: As given.
    """

    def __init__(
        self, source: Provider, directory: Path | None, *, budget: Budget | None = None
    ) -> None:
        self.source = source
        self.directory = directory
        shelf = Shelf(directory)
        budget = budget or Budget(PER_MINUTE.get(source.name))
        self._tapes = Tapes(source, shelf, budget)
        self._values = Values(source, shelf, budget)

    @property
    def name(self) -> str:
        """The provider's name."""
        return self.source.name

    @property
    def capabilities(self) -> Capabilities:
        """What the provider can do."""
        return self.source.capabilities

    def now(self) -> datetime:
        """The provider's clock."""
        return self.source.now()

    def meter(self) -> AbstractContextManager[Meter]:
        """Counts what is asked inside the block, in its threads that carry the context too."""
        return metering()

    def bars(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        end: datetime | None,
    ) -> Mapping[str, Bars | Exception]:
        """As `Provider.bars`; labels are the UTC index."""
        if self.capabilities.local:
            count(calls=len(tickers), fetched_at=self.now())
            return self.source.bars(tickers, interval, start, end)
        return self._tapes.bars(tickers, interval, start, end)

    def fundamentals(self, ticker: str, as_of: datetime | None = None) -> Fundamentals:
        """As `Provider.fundamentals`. An answer with parts that failed is not remembered."""
        company = self._value(
            "fundamentals",
            ticker,
            as_of,
            Fundamentals,
            ask=lambda: self.source.fundamentals(ticker, as_of),
            what=f"the fundamentals of {ticker}",
            life=freshness.FUNDAMENTALS,
            whole=lambda company: not any(missing.failed for missing in company.missing),
        )
        value, fetched_at = company
        return value if value.fetched_at else replace(value, fetched_at=fetched_at)

    def search(self, words: str) -> Sequence[Match]:
        """As `Provider.search`."""
        return self._value(
            "search",
            " ".join(words.casefold().split()),
            None,
            tuple[Match, ...],
            ask=lambda: tuple(self.source.search(words)),
            what=f"the matches for {words!r}",
            life=freshness.SEARCH,
            whole=bool,
        )[0]

    def peers(self, ticker: str, as_of: datetime | None = None) -> PeerGroup:
        """As `Provider.peers`."""
        return self._value(
            "peers",
            ticker,
            as_of,
            PeerGroup,
            ask=lambda: self.source.peers(ticker, as_of),
            what=f"the peers of {ticker}",
            life=freshness.PEERS,
        )[0]

    def macro(self, series: str) -> pd.Series:
        """As `Provider.macro`."""

        def points() -> dict[str, float]:
            values: Any = self.source.macro(series)
            return {day.isoformat(): float(value) for day, value in values.items()}

        stored = self._value(
            "macro",
            series,
            None,
            Mapping[str, float],
            ask=points,
            what=f"the values of {series}",
            life=freshness.MACRO,
        )[0]
        return pd.Series(stored, dtype="float64", name=series).set_axis(
            pd.to_datetime(list(stored))
        )

    def _value(
        self,
        kind: str,
        key: str,
        as_of: datetime | None,
        type_: Any,
        *,
        ask: Callable[[], Any],
        what: str,
        life: timedelta,
        whole: Callable[[Any], bool] = lambda _: True,
    ) -> tuple[Any, datetime]:
        if self.capabilities.local:
            count(calls=1, fetched_at=self.now())
            return ask(), self.now()
        return self._values.get(
            kind,
            key if as_of is None else f"{key} as of {as_of.isoformat()}",
            type_,
            ask=ask,
            what=what,
            life=life,
            whole=whole,
            stored=as_of is None,
        )
