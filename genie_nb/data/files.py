"""The provider `files:DIR`: prices and companies that the user keeps in a folder.

DIR/TICKER.csv[.gz] or .parquet     daily bars        DIR/TICKER.5m.csv …     bars of other intervals
DIR/fundamentals/TICKER.json        a company
"""

import logging
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from ..core.errors import BadConfig, DataError, Malformed, NoData, NotFound, Unavailable
from ..core.fundamentals import Fundamentals, Missing
from ..core.market import Bars, Interval
from ..core.provider import Capabilities, Match, Peer, PeerGroup, Provider
from .aggregate import FINER, aggregate
from .company_file import read_company
from .price_file import SUFFIXES, read_prices

logger = logging.getLogger(__name__)

_TICKER = re.compile(r"[A-Z0-9^][A-Z0-9.^=\-]*")
_SMALL = ("IWM", "^RUT")
_LARGE = ("SPY", "^GSPC")


def open_provider(address: str, _folder: Path | None = None) -> Provider:
    """The provider of a folder.

    Args:
        address: The folder; what follows `files:`.

    Raises:
        BadConfig: There is no such folder.
    """
    folder = Path(address).expanduser()
    if not address.strip() or not folder.is_dir():
        raise BadConfig(
            f"files:{address} names no folder.",
            seen=address,
            needed="an existing folder with files such as ACME.csv",
            cure="Write files: and the folder, for example --provider files:prices.",
        )
    return Files(folder, name=f"files:{address}")


class Files:
    """What a folder holds. It is looked into anew with every question, for files come and go.

    Args:
        folder: The folder.
        name: As `Provider.name`.
        clock: The real time, aware UTC.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),  # noqa: TID251 - a live clock
    ) -> None:
        self._folder = folder
        self._name = name
        self._clock = clock
        self._lock = threading.Lock()
        self._parsed: dict[Path, tuple[tuple[int, int], Bars]] = {}

    @property
    def name(self) -> str:
        """As it was addressed."""
        return self._name

    @property
    def capabilities(self) -> Capabilities:
        """What the folder's files allow; nothing while the folder is gone."""
        try:
            prices = self._prices()
        except Unavailable:
            prices = {}
        present = {interval for _, interval in prices}
        made = {longer for longer, finer in FINER.items() if present.intersection(finer)}
        daily = {ticker for ticker, interval in prices if interval is Interval.D1}
        companies = self._companies()
        return Capabilities(
            intervals=frozenset(present | made),
            fundamentals=bool(companies),
            point_in_time=bool(companies),
            peers=bool(companies),
            small_cap_index=next((name for name in _SMALL if name in daily), None),
            large_cap_index=next((name for name in _LARGE if name in daily), None),
            local=True,
        )

    def now(self) -> datetime:
        """The real time."""
        return self._clock()

    def bars(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        end: datetime | None,
    ) -> Mapping[str, Bars | Exception]:
        """Bars from the file of that interval, else made from one of shorter bars."""
        prices, until = self._prices(), end or self.now()
        answers: dict[str, Bars | Exception] = {}
        for ticker in tickers:
            try:
                answers[ticker] = self._bars(ticker, interval, prices).between(start, until)
            except DataError as error:
                answers[ticker] = error
        return answers

    def fundamentals(self, ticker: str, as_of: datetime | None = None) -> Fundamentals:
        """The company's file; without its facts when they were written down after *as_of*."""
        path = self._companies().get(_known_as(ticker, self._companies()))
        if path is None:
            raise self._absent(ticker, "fundamentals")
        company = read_company(path, ticker=ticker, source=self.name, fetched_at=self.now())
        moment = as_of or self.now()
        if company.as_of <= moment:
            return company
        reason = (
            f"{path.name} says what was known on {company.as_of:%Y-%m-%d}, "
            f"which is after {moment:%Y-%m-%d}."
        )
        return replace(
            company,
            as_of=moment,
            quoted={},
            missing=(Missing(what="fundamentals", reason=reason),),
        )

    def search(self, words: str) -> Sequence[Match]:
        """Tickers and company names that resemble *words*, the ten best first."""
        from rapidfuzz import fuzz

        wanted = words.strip().casefold()
        names = {ticker: ticker for ticker, _ in self._prices()}
        names |= {ticker: company.name for ticker, company in self._readable().items()}
        scores = {
            ticker: max(
                fuzz.ratio(wanted, ticker.casefold()), fuzz.WRatio(wanted, name.casefold()) - 1
            )
            for ticker, name in names.items()
        }
        near = sorted((-score, ticker) for ticker, score in scores.items() if score >= 70)
        return tuple(Match(ticker=ticker, name=names[ticker]) for _, ticker in near[:10])

    def peers(self, ticker: str, as_of: datetime | None = None) -> PeerGroup:
        """The other companies of its sector in the folder."""
        own = self.fundamentals(ticker, as_of)
        if own.sector is None:
            raise NoData(
                f"The file of {ticker} does not name a sector.",
                seen=ticker,
                needed="a sector, which peers share",
                cure=f"Add a sector to fundamentals/{ticker}.json.",
            )
        moment = as_of or self.now()
        others = {
            name: company
            for name, company in self._readable().items()
            if name != own.ticker and company.sector == own.sector and company.as_of <= moment
        }
        return PeerGroup(
            ticker=ticker,
            basis=f"sector {own.sector}",
            members=tuple(
                Peer(ticker=name, name=company.name, values=company.quoted)
                for name, company in sorted(others.items())
            ),
            as_of=max((company.as_of for company in others.values()), default=None),
            source=self.name,
        )

    def macro(self, series: str) -> pd.Series:
        """None are kept in the folder."""
        raise NoData(
            f"{self.name} has no macro-economic series, so not {series}.",
            seen=series,
            needed="a provider with macro-economic series",
            cure="Ask a provider that has them.",
        )

    def _bars(
        self, ticker: str, interval: Interval, prices: Mapping[tuple[str, Interval], list[Path]]
    ) -> Bars:
        known = _known_as(ticker, {name for name, _ in prices})
        for source in (interval, *FINER.get(interval, ())):
            paths = prices.get((known, source))
            if paths is not None:
                bars = replace(self._read(_single(paths, known), known, source), ticker=ticker)
                return bars if source is interval else aggregate(bars, interval)
        raise self._absent(ticker, f"{interval} bars")

    def _read(self, path: Path, ticker: str, interval: Interval) -> Bars:
        """Parse a file, once for as long as it does not change."""
        try:
            status = path.stat()
        except OSError:
            raise self._absent(ticker, f"{interval} bars") from None
        mark = (status.st_mtime_ns, status.st_size)
        with self._lock:
            parsed = self._parsed.get(path)
        if parsed is None or parsed[0] != mark:
            bars = read_prices(path, ticker=ticker, interval=interval, currency=None)
            parsed = (mark, bars)
            with self._lock:
                self._parsed[path] = parsed
        company = self._readable([ticker]).get(ticker)
        return replace(
            parsed[1], currency=company.currency if company else None, fetched_at=self.now()
        )

    def _absent(self, ticker: str, what: str) -> DataError:
        """`NotFound` when the folder has nothing of that ticker, `NoData` when it has other things."""
        names = {name for name, _ in self._prices()} | self._companies().keys()
        kind = NoData if _known_as(ticker, names) in names else NotFound
        return kind(
            f"{self._folder} has no {what} of {ticker}.",
            seen=ticker,
            needed=f"a file such as {ticker}.csv or fundamentals/{ticker}.json",
            cure="Add the file, or choose another provider.",
        )

    def _readable(self, tickers: Sequence[str] | None = None) -> dict[str, Fundamentals]:
        """The companies whose files can be read; the others are logged."""
        found = {}
        for ticker, path in self._companies().items():
            if tickers is not None and ticker not in tickers:
                continue
            try:
                found[ticker] = read_company(
                    path, ticker=ticker, source=self.name, fetched_at=self.now()
                )
            except DataError as error:
                logger.warning("A company is left out: %s", error)
        return found

    def _prices(self) -> dict[tuple[str, Interval], list[Path]]:
        found: defaultdict[tuple[str, Interval], list[Path]] = defaultdict(list)
        for path in self._listed():
            named = _named(path)
            if named is not None and path.is_file():
                found[named].append(path)
        return dict(found)

    def _listed(self) -> list[Path]:
        try:
            return sorted(self._folder.iterdir())
        except OSError as wrong:
            raise Unavailable(
                f"The folder {self._folder} cannot be read: {wrong.strerror}.",
                seen=str(self._folder),
                needed="a folder that is there and may be read",
                cure="Put it back, or choose another provider.",
            ) from None

    def _companies(self) -> dict[str, Path]:
        folder = self._folder / "fundamentals"
        if not folder.is_dir():
            return {}
        return {
            path.stem.upper(): path
            for path in sorted(folder.iterdir())
            if path.suffix.lower() == ".json" and _TICKER.fullmatch(path.stem.upper())
        }


def _named(path: Path) -> tuple[str, Interval] | None:
    """The ticker and interval that a file's name tells; None when it is no file of prices."""
    suffix = next((suffix for suffix in SUFFIXES if path.name.lower().endswith(suffix)), None)
    if suffix is None:
        return None
    stem = path.name[: -len(suffix)]
    ticker, _, last = stem.rpartition(".")
    interval = Interval(last.lower()) if last.lower() in tuple(Interval) else None
    name = (stem if interval is None else ticker).upper()
    return (name, interval or Interval.D1) if _TICKER.fullmatch(name) else None


def _single(paths: list[Path], ticker: str) -> Path:
    if len(paths) == 1:
        return paths[0]
    names = " and ".join(path.name for path in paths)
    raise Malformed(
        f"{names} both hold bars of {ticker}.",
        seen=names,
        needed="one file for each ticker and interval",
        cure="Remove one of them.",
    )


def _known_as(ticker: str, names: "Mapping[str, object] | set[str]") -> str:
    """The spelling under which the folder has a ticker: BRK-B may be kept as BRK.B."""
    dotted = ticker.replace("-", ".")
    return dotted if ticker not in names and dotted in names else ticker
