"""The door through which all outside data comes: a protocol, no I/O.

A provider raises a typed `DataError` when it fails and returns an empty value only when the thing
truly does not exist. A provider that is silently empty on failure poisons everything above it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

import pandas as pd

from .errors import Unavailable
from .fundamentals import Fundamentals
from .market import Bars, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One answer to a search: a ticker and what it is.

    Attributes:
        ticker: The symbol to ask for.
        name: The company or fund.
        kind: As `Fundamentals.kind`.
        exchange: Where it trades, when known.
    """

    ticker: str
    name: str
    kind: str = "equity"
    exchange: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One member of a peer group with the multiples peers are compared by.

    Attributes:
        ticker: The symbol.
        name: The company.
        values: Fact name to value, in the units of the fact registry; None where not meaningful
            (a loss maker has no `pe_trailing`).
    """

    ticker: str
    name: str
    values: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGroup:
    """Companies that *ticker* is compared with.

    Attributes:
        ticker: Whom the group is for; never one of its own members.
        basis: What makes them peers, in words, such as "sector Industrials".
        members: The peers.
        as_of: What was knowable.
        source: Who says so.
    """

    ticker: str
    basis: str
    members: tuple[Peer, ...]
    as_of: datetime | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a provider can do, so that a caller can say what is missing before asking.

    Attributes:
        intervals: The bar intervals it has.
        fundamentals: Whether it knows companies, not only prices.
        point_in_time: Whether its fundamentals are dated, so that they can be asked for as of a day
            in the past. Where False, they are a snapshot of now.
        peers: Whether it can name peers.
        macro: Whether it has macro-economic series.
        small_cap_index: Ticker of the small-cap index or fund it compares with.
        large_cap_index: The same for large caps.
        fictional: Whether its companies are invented.
        delay: Seconds after the close of a bar until it is settled here.
        local: Whether its data lies on this machine, where it costs little to read and may change at
            any moment; it is then asked every time, and nothing it says is kept.
    """

    intervals: frozenset[Interval]
    fundamentals: bool = False
    point_in_time: bool = False
    peers: bool = False
    macro: bool = False
    small_cap_index: str | None = None
    large_cap_index: str | None = None
    fictional: bool = False
    delay: float = 0.0
    local: bool = False


@runtime_checkable
class Provider(Protocol):
    """A source of market data.

    Every method raises `RateLimited`, `Unavailable`, `Malformed`, `NotFound`, `Delisted` or `NoData`
    on failure. `as_of`, where given, is an aware UTC time: nothing published after it is returned.
    """

    @property
    def name(self) -> str:
        """The name it is configured by, such as `demo`, `yahoo` or `files:DIR`."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    def now(self) -> datetime:
        """Its clock, aware UTC: the real time for live sources, a fixed one for embedded data."""
        ...

    def bars(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        end: datetime | None,
    ) -> Mapping[str, "Bars | Exception"]:
        """Price bars of several tickers at once.

        Args:
            tickers: Symbols as the user wrote them, upper case.
            interval: The length of a bar.
            start: First moment wanted, aware UTC; None for all there is.
            end: Bars labelled after this moment are left out; None for now. A forming bar may be
                included; the desk drops it.

        Returns:
            For each ticker its bars, or the typed failure of that ticker alone.
        """
        ...

    def fundamentals(self, ticker: str, as_of: datetime | None = None) -> Fundamentals:
        """What is known of the company."""
        ...

    def search(self, words: str) -> Sequence[Match]:
        """Tickers whose symbol or name resembles *words*, best first."""
        ...

    def peers(self, ticker: str, as_of: datetime | None = None) -> PeerGroup:
        """The companies it is compared with."""
        ...

    def macro(self, series: str) -> pd.Series:
        """A macro-economic series by its FRED name, indexed by date."""
        ...


def unanswered(ticker: str) -> Unavailable:
    """What stands for a ticker that was asked for and is not in a provider's answer."""
    return Unavailable(f"The source said nothing about {ticker}.", seen=ticker, cure="Ask again.")
