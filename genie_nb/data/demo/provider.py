"""The demo market as a `Provider`: deterministic, fictional, and always standing at one evening."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd

from ...core.errors import GenieError, NoData
from ...core.fundamentals import Fundamentals, Missing
from ...core.market import Bars, Interval
from ...core.provider import Capabilities, Match, Peer, PeerGroup
from . import frames, macro, names
from .company import Company, companies, company, sector_of
from .earnings import earnings_history
from .index import INDICES, LARGE_CAPS, SMALL_CAPS, Index
from .insiders import insider_trades
from .multiples import SNAPSHOT_ONLY, Standing, multiples, quoted, standing
from .schedule import expected
from .sessions import LAST_SESSION, NOW, calendar
from .statements import statements
from .tape import last_cents, tape

NAME = "demo"
_EXCHANGE = "DEMO"


class DemoProvider:
    """A fictional market of companies and two indices, made when asked for and kept while it lives.

    Its clock always stands at 21:30 UTC on 2026-01-12, half an hour after the close. Asked as of an
    earlier time it shows what was filed, traded and told by then. Prices, volumes and share counts
    are in today's shares at all times.
    """

    @property
    def name(self) -> str:
        """`demo`."""
        return NAME

    @property
    def capabilities(self) -> Capabilities:
        """Everything but one-minute bars, and all of it fictional."""
        return Capabilities(
            intervals=frames.INTERVALS,
            fundamentals=True,
            point_in_time=True,
            peers=True,
            macro=True,
            small_cap_index=SMALL_CAPS.ticker,
            large_cap_index=LARGE_CAPS.ticker,
            fictional=True,
        )

    @property
    def tickers(self) -> tuple[str, ...]:
        """Every symbol it knows, companies before indices, for completion and scans."""
        return (*sorted(companies()), *INDICES)

    def now(self) -> datetime:
        """2026-01-12 21:30 UTC, whatever the real time."""
        return NOW

    def bars(
        self,
        tickers: Sequence[str],
        interval: Interval,
        start: datetime | None,
        end: datetime | None,
    ) -> Mapping[str, Bars | Exception]:
        """Bars labelled from *start* on that had closed by *end*; a failure stands for its ticker."""
        found: dict[str, Bars | Exception] = {}
        for ticker in tickers:
            try:
                found[ticker] = frames.bars(ticker, interval, start, end)
            except GenieError as error:
                found[ticker] = error
        return found

    def fundamentals(self, ticker: str, as_of: datetime | None = None) -> Fundamentals:
        """What was known of the company at *as_of*.

        Raises:
            NotFound: The market has no such ticker.
            NoData: It was not listed yet.
        """
        as_of = _moment(as_of)
        if ticker in INDICES:
            return _index(INDICES[ticker], as_of)
        member = company(ticker)
        at = _standing(member, as_of)
        return Fundamentals(
            ticker=ticker,
            name=member.name,
            source=NAME,
            as_of=as_of,
            fetched_at=NOW,
            sector=member.sector,
            industry=member.industry,
            country=member.traits.country,
            exchange=_EXCHANGE,
            currency="USD",
            financial_currency=member.traits.books.currency,
            description=_description(member),
            quoted=quoted(at, as_of),
            most_recent_quarter=at.quarter,
            statements=statements(member, as_of),
            insider_trades=insider_trades(member, as_of),
            earnings=earnings_history(member, as_of),
            next_earnings=expected(member, as_of),
            point_in_time=True,
            fictional=True,
            missing=_missing(as_of),
        )

    def search(self, words: str) -> Sequence[Match]:
        """Tickers whose symbol or name resembles *words*, best first."""
        return names.search(words)

    def peers(self, ticker: str, as_of: datetime | None = None) -> PeerGroup:
        """The other companies of its sector that were listed at *as_of*.

        Raises:
            NotFound: The market has no such ticker.
            NoData: It is an index.
        """
        as_of = _moment(as_of)
        if ticker in INDICES:
            raise NoData(
                f"{ticker} is an index; only companies have peers.",
                seen=ticker,
                needed="a company's ticker",
                cure="Ask for a company, such as ACME.",
            )
        member = company(ticker)
        standings = ((other, standing(other, as_of)) for other in sector_of(member))
        return PeerGroup(
            ticker=ticker,
            basis=f"sector {member.sector}",
            members=tuple(
                Peer(ticker=other.ticker, name=other.name, values=multiples(at))
                for other, at in standings
                if at is not None
            ),
            as_of=as_of,
            source=NAME,
        )

    def macro(self, series: str) -> pd.Series:
        """An invented series by its FRED name, in FRED's own units, on UTC dates.

        Raises:
            NotFound: There is none of that name here.
        """
        return macro.macro(series)


def _moment(as_of: datetime | None) -> datetime:
    return NOW if as_of is None else min(as_of, NOW)


def _standing(member: Company, as_of: datetime) -> Standing:
    at = standing(member, as_of)
    if at is not None:
        return at
    raise _not_listed(member.ticker, as_of)


def _not_listed(ticker: str, as_of: datetime) -> NoData:
    first = calendar().day(int(tape(ticker).positions[0]))
    return NoData(
        f"{ticker} has no history before {first}; {as_of:%Y-%m-%d} was asked for.",
        seen=f"{as_of:%Y-%m-%d}",
        needed=f"a day from {first} to {LAST_SESSION}",
        cure="Ask as of a later day.",
    )


def _index(index: Index, as_of: datetime) -> Fundamentals:
    cents = last_cents(index.ticker, calendar().ended(as_of))
    if cents is None:
        raise _not_listed(index.ticker, as_of)
    return Fundamentals(
        ticker=index.ticker,
        name=index.name,
        kind="index",
        source=NAME,
        as_of=as_of,
        fetched_at=NOW,
        exchange=_EXCHANGE,
        currency="USD",
        quoted={"last_price": cents / 100},
        point_in_time=True,
        fictional=True,
    )


def _description(member: Company) -> str:
    return f"{member.name} is a fictional company ({member.industry}) and does not exist."


def _missing(as_of: datetime) -> tuple[Missing, ...]:
    if as_of >= NOW:
        return ()
    reason = f"a snapshot of now; not known as of {as_of:%Y-%m-%d}"
    return tuple(Missing(what=what, reason=reason) for what in SNAPSHOT_ONLY)
