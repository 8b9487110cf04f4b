"""The provider called `yahoo`."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from ...core.errors import NoData
from ...core.fundamentals import Fundamentals, Kind
from ...core.market import Bars, Interval
from ...core.provider import Capabilities, Match, PeerGroup
from ..deadline import gather
from .bars import fetch_bars
from .client import Client
from .company import Company, fetch_company
from .dossier import compile_dossier, of_the_past
from .flight import SingleFlight
from .peers import fetch_peers
from .search import fetch_matches
from .symbols import kind_by_spelling, spelled

_PEERS_MAY_BE_OLD = 60.0
_CAPABILITIES = Capabilities(
    intervals=frozenset(Interval),
    fundamentals=True,
    point_in_time=False,
    peers=True,
    small_cap_index="IWM",
    large_cap_index="SPY",
    delay=15 * 60.0,
)


class Yahoo:
    """Live market data from Yahoo Finance, without a key.

    Args:
        timeout: Seconds each request may take.
        cache_dir: Where yfinance keeps its cookie and time zones; None for a place in the home.
        sleep: Waits between two tries of a request.
        clock: Tells the time.
    """

    name = "yahoo"
    capabilities = _CAPABILITIES

    def __init__(
        self,
        *,
        timeout: float = 10.0,
        cache_dir: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._client = Client(timeout=timeout, folder=cache_dir, sleep=sleep)
        self._clock = clock or _real_time
        self._companies = SingleFlight[Company]()
        self._kinds: dict[str, Kind] = {}

    def now(self) -> datetime:
        """The real time, aware UTC."""
        return self._clock()

    def bars(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        end: datetime | None,
    ) -> Mapping[str, Bars | Exception]:
        """Price bars by ticker, or the failure of that ticker; see `Provider.bars`."""
        now = self.now()
        return gather(
            {
                ticker: lambda ticker=ticker: fetch_bars(
                    self._client, ticker, interval, start=start, end=end, now=now
                )
                for ticker in tickers
            },
            deadline=None,
        )

    def fundamentals(self, ticker: str, as_of: datetime | None = None) -> Fundamentals:
        """All that Yahoo knows of a ticker now; of the past only who it is.

        Args:
            ticker: The symbol.
            as_of: What must have been known, aware UTC. Yahoo keeps no dates of publication, so every
                figure is refused for a moment in the past.

        Raises:
            DataError: Nothing came, and why. Parts that did not come are in `missing`.
        """
        now = self.now()
        symbol = spelled(ticker)
        if as_of is not None and as_of < now:
            company = self._company(symbol, may_be_old=_PEERS_MAY_BE_OLD)
            return of_the_past(company, ticker, as_of, now)
        kind = kind_by_spelling(symbol) or self._kinds.get(symbol, "equity")
        return compile_dossier(
            self._client,
            symbol,
            ticker=ticker,
            company=lambda: self._company(symbol),
            now=now,
            only_identity=kind != "equity",
        )

    def search(self, words: str) -> Sequence[Match]:
        """Tickers whose symbol or name resembles *words*, best first."""
        return fetch_matches(self._client, words)

    def peers(self, ticker: str, as_of: datetime | None = None) -> PeerGroup:
        """Listed companies of the same sector and a like size, today.

        Raises:
            NoData: The ticker is no company, or *as_of* is in the past.
            DataError: They did not come, and why.
        """
        now = self.now()
        if as_of is not None and as_of < now:
            raise NoData(
                f"Yahoo names today's peers only, not those of {as_of:%Y-%m-%d}.",
                seen=f"{as_of:%Y-%m-%d}",
                needed="now",
                cure="Ask without --as-of.",
            )
        company = self._company(spelled(ticker), may_be_old=_PEERS_MAY_BE_OLD)
        return fetch_peers(self._client, ticker, company, now)

    def macro(self, series: str) -> pd.Series:
        """Yahoo has no macro-economic series.

        Raises:
            NoData: Always.
        """
        raise NoData(
            f"Yahoo has no macro-economic series such as {series}.",
            seen=series,
            needed="a provider of macro-economic series",
            cure="Ask a provider that has them; the demo market has invented ones.",
        )

    def _company(self, symbol: str, *, may_be_old: float = 0.0) -> Company:
        company = self._companies.ask(
            symbol, lambda: fetch_company(self._client, symbol), may_be_old=may_be_old
        )
        self._kinds[symbol] = company.kind
        return company


def _real_time() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a live source is where the real clock is read
