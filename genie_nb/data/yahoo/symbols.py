"""Tickers in Yahoo's spelling, and what a ticker stands for."""

import re
from typing import Any

from ...core.fundamentals import Kind
from ..exchanges import CRYPTO

_SHARE_CLASS = re.compile(r"([A-Z]{1,5})[./]([ABC])")
_PLAIN = re.compile(r"[A-Z]{1,5}(-[A-Z]{1,2})?")
_KINDS: dict[str, Kind] = {
    "EQUITY": "equity",
    "ETF": "etf",
    "MUTUALFUND": "fund",
    "INDEX": "index",
    "CURRENCY": "currency",
    "CRYPTOCURRENCY": "crypto",
    "FUTURE": "future",
}
NEW_YORK = "America/New_York"


def spelled(ticker: str) -> str:
    """*ticker* as Yahoo writes it: upper case, share classes with a dash.

    Example:
        >>> spelled("brk.b"), spelled("VOD.L"), spelled("^gspc")
        ('BRK-B', 'VOD.L', '^GSPC')
    """
    symbol = ticker.strip().upper()
    match = _SHARE_CLASS.fullmatch(symbol)
    return f"{match[1]}-{match[2]}" if match else symbol


def kind_of(quote_type: Any) -> Kind:
    """The kind behind Yahoo's `quoteType` or `instrumentType`."""
    return _KINDS.get(str(quote_type).upper(), "other")


def kind_by_spelling(symbol: str) -> Kind | None:
    """The kind that the spelling alone gives away; None where it may be a company.

    Example:
        >>> [kind_by_spelling(s) for s in ("^GSPC", "EURUSD=X", "ES=F", "BTC-USD", "BRK-B")]
        ['index', 'currency', 'future', 'crypto', None]
    """
    if symbol.startswith("^"):
        return "index"
    if symbol.endswith("=X"):
        return "currency"
    if symbol.endswith("=F"):
        return "future"
    return "crypto" if CRYPTO.fullmatch(symbol) else None


def known_timezone(symbol: str) -> str | None:
    """The time zone of a symbol without exchange suffix, which Yahoo uses for US listings only."""
    return NEW_YORK if _PLAIN.fullmatch(symbol) else None
