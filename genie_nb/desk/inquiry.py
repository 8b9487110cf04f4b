"""Everything asked of the provider about one ticker, at once.

words -> ticker -> {bars, indices, fundamentals, peers} -> Subject; what did not come is named
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..core.errors import (
    BadBars,
    DataError,
    Delisted,
    GenieError,
    NoData,
    NotFound,
    UnknownTicker,
)
from ..core.facts.subject import Subject
from ..core.fundamentals import Fundamentals, Missing
from ..core.market import Bars, Interval
from ..core.provider import PeerGroup
from ..core.verbs import Ask
from ..data.deadline import gather
from .resolve import by_name, near, settle, unknown_ticker
from .tapes import closed_bars

if TYPE_CHECKING:
    from .desk import Desk


def find_all(desk: "Desk", ask: Ask, now: datetime) -> list[tuple[Subject, str]]:
    """What was found for each ticker, asked for at once; the first failure is raised.

    Args:
        desk: Whose provider is asked.
        ask: Names the tickers.
        now: The provider's clock, read once, so that all stand at the same moment.
    """
    outcomes = gather(
        {written: lambda written=written: find(desk, ask, written, now) for written in ask.tickers},
        deadline=None,
    )
    found: list[tuple[Subject, str]] = []
    for outcome in outcomes.values():
        if isinstance(outcome, Exception):
            raise outcome
        found.append(outcome)
    return found


def find(desk: "Desk", ask: Ask, written: str, now: datetime) -> tuple[Subject, str]:
    """What was found for what the user wrote, and how that was read.

    A word that is no ticker may still be a company's name.
    """
    ticker, said_back = settle(ask, written, desk.data)
    try:
        return _subject(desk, ask, ticker, now), said_back
    except UnknownTicker:
        named = by_name(written, near(written, desk.data))
        if named is None or named[0] == ticker:
            raise
        return _subject(desk, ask, named[0], now), named[1]


def _subject(desk: "Desk", ask: Ask, ticker: str, now: datetime) -> Subject:
    """Ask for everything at once; what did not come is named, with the reason."""
    moment = desk.moment(ask, ticker)
    if moment is not None and moment >= now:
        moment = None
    as_of = moment or now
    abilities = desk.data.capabilities
    indices = [name for name in (abilities.small_cap_index, abilities.large_cap_index) if name]
    got = gather(
        {
            "bars": lambda: closed_bars(desk, [ticker, *indices], Interval.D1, as_of),
            "fundamentals": lambda: desk.data.fundamentals(ticker, moment),
            "peers": lambda: desk.data.peers(ticker, moment),
        },
        deadline=desk.deadline(ask),
    )
    tapes = got["bars"] if isinstance(got["bars"], Mapping) else {}
    outcomes = {
        "bars": tapes.get(ticker, got["bars"]),
        "fundamentals": got["fundamentals"],
        "peers": got["peers"],
        "small_index": tapes.get(abilities.small_cap_index, got["bars"]),
        "index": tapes.get(abilities.large_cap_index, got["bars"]),
    }
    _raise_what_is_not_the_providers(outcomes)
    _refuse_the_unknown(outcomes, ticker, desk)
    failures = {part: error for part, error in outcomes.items() if isinstance(error, Exception)}
    return Subject(
        ticker=ticker,
        bars=_only(outcomes["bars"], Bars),
        index=_only(outcomes["index"], Bars),
        small_index=_only(outcomes["small_index"], Bars),
        fundamentals=_only(outcomes["fundamentals"], Fundamentals),
        peers=_only(outcomes["peers"], PeerGroup),
        as_of=as_of,
        shares=desk.shares(ask),
        limits=desk.config.bands,
        missing=tuple(_why_missing(part, error) for part, error in failures.items()),
    )


def _only(outcome: Any, kind: type) -> Any:
    return outcome if isinstance(outcome, kind) else None


def _raise_what_is_not_the_providers(outcomes: Mapping[str, Any]) -> None:
    """A defect of ours, or an installation that lacks something, is not missing data."""
    for outcome in outcomes.values():
        if isinstance(outcome, Exception) and not isinstance(outcome, DataError):
            raise outcome


def _refuse_the_unknown(outcomes: Mapping[str, Any], ticker: str, desk: "Desk") -> None:
    bars, company = outcomes["bars"], outcomes["fundamentals"]
    if not isinstance(bars, DataError):
        return
    if isinstance(bars, NotFound) and isinstance(company, NotFound):
        raise unknown_ticker(ticker, desk.data) from bars
    if isinstance(bars, BadBars | NoData | Delisted) and isinstance(company, DataError):
        raise bars
    if isinstance(bars, NoData) and bars.seen is not None and not _is_priced(company):
        raise bars
    if isinstance(company, DataError):
        raise _first_that_failed(bars, company)


def _is_priced(company: Any) -> bool:
    return isinstance(company, Fundamentals) and "last_price" in company.quoted


def _first_that_failed(bars: GenieError, company: GenieError) -> GenieError:
    return company if isinstance(bars, NotFound) else bars


def _why_missing(part: str, error: Exception) -> Missing:
    absent = isinstance(error, NotFound | NoData | Delisted)
    return Missing(what=part, reason=str(error), failed=not absent)
