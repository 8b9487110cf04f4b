"""All that Yahoo knows of one ticker: four requests at once, whatever of them came."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ...core.errors import (
    DataError,
    Delisted,
    Malformed,
    NoData,
    NotFound,
    RateLimited,
    Unavailable,
)
from ...core.fundamentals import Fundamentals, Kind, Missing, Statement
from ..deadline import gather
from .client import Client
from .company import Company
from .events import Events, fetch_events
from .statements import fetch_statements

_EVENTS = ("insider_trades", "earnings", "next_earnings")
_STATEMENTS = ("quarterly_statements", "annual_statements")
_SEVEREST = (RateLimited, Unavailable, Malformed)
_NAMES: Mapping[Kind, str] = {
    "etf": "an exchange-traded fund",
    "fund": "a fund",
    "index": "an index",
    "currency": "a currency",
    "crypto": "a crypto-currency",
    "future": "a future",
    "other": "not a company",
}


def compile_dossier(
    client: Client,
    symbol: str,
    *,
    ticker: str,
    company: Callable[[], Company],
    now: datetime,
    only_identity: bool,
) -> Fundamentals:
    """Ask for everything at once and put together what came.

    Args:
        client: The door to Yahoo.
        symbol: In Yahoo's spelling.
        ticker: As it was asked for.
        company: Fetches its identity and Yahoo's own figures.
        now: The moment of asking.
        only_identity: Whether it is known not to be a company, which has nothing else.

    Raises:
        DataError: Nothing came, and why.
    """
    tasks: dict[str, Callable[[], Any]] = {"company": company}
    if not only_identity:
        tasks |= {
            "events": lambda: fetch_events(client, symbol, now),
            "quarterly_statements": lambda: fetch_statements(client, symbol, ("quarterly",), now),
            "annual_statements": lambda: fetch_statements(client, symbol, ("annual", "ttm"), now),
        }
    parts = gather(tasks, deadline=None)
    for outcome in parts.values():
        if isinstance(outcome, Exception) and not isinstance(outcome, DataError):
            raise outcome
    found = parts["company"]
    if isinstance(found, Company) and found.kind != "equity":
        return of_instrument(found, ticker, now)
    _refuse_nothing(parts)
    return _of_company(parts, ticker, now)


def of_instrument(company: Company, ticker: str, now: datetime) -> Fundamentals:
    """A fund, index or currency: who it is, and that the rest does not apply."""
    reason = f"{ticker} is {_NAMES[company.kind]}: it has no statements, insiders or earnings"
    return replace(
        _identity(company, ticker, now, now),
        quoted=company.quoted,
        missing=(Missing(what="fundamentals", reason=reason),),
    )


def of_the_past(company: Company, ticker: str, as_of: datetime, now: datetime) -> Fundamentals:
    """Who a ticker is, without any figure: Yahoo only tells today's, which was not known then."""
    reason = f"Yahoo tells today's figures only, not those known on {as_of:%Y-%m-%d}"
    parts = ("quoted_figures", *_STATEMENTS, *_EVENTS)
    return replace(
        _identity(company, ticker, as_of, now),
        financial_currency=company.financial_currency,
        missing=tuple(Missing(what=part, reason=reason) for part in parts),
    )


def _identity(company: Company | None, ticker: str, as_of: datetime, now: datetime) -> Fundamentals:
    """Who it is, and nothing else yet."""
    blank = Fundamentals(ticker=ticker, name=ticker, source="yahoo", as_of=as_of, fetched_at=now)
    if company is None:
        return blank
    return replace(
        blank,
        name=company.name,
        kind=company.kind,
        sector=company.sector,
        industry=company.industry,
        country=company.country,
        exchange=company.exchange,
        currency=company.currency,
        description=company.description,
    )


def _refuse_nothing(parts: Mapping[str, Any]) -> None:
    """Raise when no part came: the failure that may pass, before the one that stays."""
    if not isinstance(parts["company"], DataError):
        return
    if any(part and not isinstance(part, DataError) for part in parts.values()):
        return
    failures = [part for part in parts.values() if isinstance(part, DataError)]
    for kind in _SEVEREST:
        for failure in failures:
            if isinstance(failure, kind):
                raise failure
    raise parts["company"]


def _of_company(parts: Mapping[str, Any], ticker: str, now: datetime) -> Fundamentals:
    company = parts["company"] if isinstance(parts["company"], Company) else None
    events = parts["events"] if isinstance(parts["events"], Events) else None
    statements = _statements(parts)
    reported = next((statement.currency for statement in statements if statement.currency), None)
    return replace(
        _identity(company, ticker, now, now),
        financial_currency=(company.financial_currency if company else None) or reported,
        quoted=company.quoted if company else {},
        most_recent_quarter=company.most_recent_quarter if company else None,
        statements=statements,
        insider_trades=events.insider_trades if events else None,
        earnings=events.earnings if events else None,
        next_earnings=events.next_earnings if events else (),
        missing=tuple(_missing(parts, company, events)),
    )


def _statements(parts: Mapping[str, Any]) -> tuple[Statement, ...]:
    came = (parts[name] for name in _STATEMENTS if not isinstance(parts[name], DataError))
    return tuple(statement for statements in came for statement in statements)


def _missing(
    parts: Mapping[str, Any], company: Company | None, events: Events | None
) -> list[Missing]:
    missing = list(company.missing) if company else [_failed("quoted_figures", parts["company"])]
    missing += [_failed(name, parts["events"]) for name in _EVENTS if events is None]
    for name in _STATEMENTS:
        if isinstance(parts[name], DataError):
            missing.append(_failed(name, parts[name]))
        elif not parts[name]:
            reason = f"Yahoo has no {name.replace('_', ' ')} of this company"
            missing.append(Missing(what=name, reason=reason))
    if events and events.insider_trades is None:
        reason = "Yahoo has no insider reports for this company; foreign companies file none"
        missing.append(Missing(what="insider_trades", reason=reason))
    if events and events.earnings is None:
        missing.append(Missing(what="earnings", reason="Yahoo has no past estimates"))
    if events and not events.next_earnings:
        missing.append(Missing(what="next_earnings", reason="Yahoo names no coming date"))
    return missing


def _failed(what: str, failure: DataError) -> Missing:
    absent = isinstance(failure, NotFound | NoData | Delisted)
    return Missing(what=what, reason=str(failure), failed=not absent)
