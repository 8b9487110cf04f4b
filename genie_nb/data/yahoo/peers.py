"""Peers: listed companies of the same sector and a like size, from Yahoo's screener."""

import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ...core.errors import Malformed, NoData
from ...core.provider import Peer, PeerGroup
from .client import Client
from .company import Company
from .symbols import spelled
from .values import number, text

_SPAN = 5.0
_MOST = 250
_KEPT = 100
_VALUES = {
    "pe_trailing": "trailingPE",
    "price_to_book": "priceToBook",
    "price_to_sales": "priceToSalesTrailing12Months",
}
_MIXED = ("price_to_book", "price_to_sales")


def fetch_peers(client: Client, ticker: str, company: Company, now: datetime) -> PeerGroup:
    """Companies listed in the United States, of the sector of *company*, nearest to its size.

    Args:
        client: The door to Yahoo.
        ticker: Whom the group is for.
        company: What Yahoo says of it.
        now: The moment of asking.

    Raises:
        NoData: It is no company, or Yahoo does not say its sector or size.
        DataError: They did not come, and why.
    """
    cap = company.quoted.get("market_cap")
    if company.sector is None or cap is None:
        raise NoData(
            f"Yahoo tells neither peers of {ticker} nor what to find them by.",
            seen=company.kind,
            needed="a company with a sector and a market cap",
            cure="Compare it with a ticker of your choice.",
        )
    sector = company.sector
    answer = client.call(lambda: _screen(client, sector, cap))
    quotes = answer.get("quotes") if isinstance(answer, dict) else None
    if not isinstance(quotes, list):
        raise Malformed(
            "Yahoo's screener answered without a list of quotes.",
            seen=str(answer)[:60],
            needed="quotes",
            cure="Ask again in a minute.",
        )
    members = read_peers(quotes, beside=spelled(ticker), cap=cap)
    return PeerGroup(
        ticker=ticker,
        basis=f"sector {sector}, US-listed, nearest in market cap",
        members=members,
        as_of=now,
        source="yahoo",
    )


def read_peers(quotes: list[Mapping[str, Any]], *, beside: str, cap: float) -> tuple[Peer, ...]:
    """The peers among the screener's quotes, nearest to *cap* first and without *beside*."""
    found = [
        (abs(math.log(size / cap)), _peer(quote, size))
        for quote, size in _sized(quotes)
        if quote.get("symbol") != beside
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].ticker))
    return tuple(peer for _, peer in found[:_KEPT])


def _screen(client: Client, sector: str, cap: float) -> Any:
    from yfinance import EquityQuery, screen

    tests: list[Any] = [
        EquityQuery("eq", ["sector", sector]),
        EquityQuery("eq", ["region", "us"]),
        EquityQuery("btwn", _between("intradaymarketcap", cap / _SPAN, cap * _SPAN)),
    ]
    query = EquityQuery("and", tests)
    return screen(
        query, size=_MOST, count=_MOST, sortField="intradaymarketcap", session=client.session
    )


def _between(field: str, low: float, high: float) -> list[Any]:
    return [field, int(low), int(high)]


def _sized(quotes: list[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], float]]:
    for quote in quotes:
        size = number(quote.get("marketCap"))
        if size and size > 0 and text(quote.get("symbol")):
            yield quote, size


def _peer(quote: Mapping[str, Any], size: float) -> Peer:
    """A multiple of zero or below is not meaningful, nor is one across two currencies."""
    values: dict[str, float | None] = {"market_cap": size}
    mixed = quote.get("financialCurrency") not in (None, quote.get("currency"))
    for name, key in _VALUES.items():
        value = number(quote.get(key))
        meant = value is not None and value > 0 and not (mixed and name in _MIXED)
        values[name] = value if meant else None
    symbol = str(quote["symbol"])
    name = text(quote.get("longName")) or text(quote.get("shortName")) or symbol
    return Peer(ticker=symbol, name=name, values=values)
