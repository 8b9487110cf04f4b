"""Tickers by words."""

from typing import Any

from ...core.provider import Match
from .client import Client
from .symbols import kind_of
from .values import text

_NOT_ANSWERS = frozenset({"OPTION"})


def fetch_matches(client: Client, words: str) -> tuple[Match, ...]:
    """Tickers whose symbol or name resembles *words*, best first; empty where Yahoo knows none.

    Raises:
        DataError: They did not come, and why.
    """
    if not words.strip():
        return ()
    return read_matches(client.call(lambda: _search(client, words.strip())))


def read_matches(quotes: list[Any]) -> tuple[Match, ...]:
    """The matches among Yahoo's quotes, without option contracts."""
    return tuple(
        Match(
            ticker=str(quote["symbol"]),
            name=text(quote.get("longname")) or text(quote.get("shortname")) or quote["symbol"],
            kind=kind_of(quote.get("quoteType")),
            exchange=text(quote.get("exchDisp")),
        )
        for quote in quotes
        if quote.get("quoteType") not in _NOT_ANSWERS
    )


def _search(client: Client, words: str) -> list[Any]:
    from yfinance import Search

    found = Search(
        words,
        max_results=10,
        news_count=0,
        lists_count=0,
        include_cb=False,
        recommended=0,
        enable_fuzzy_query=True,
        session=client.session,
    )
    return found.quotes
