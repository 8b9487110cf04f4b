"""Who a ticker is and what Yahoo reckons of it, in the units of the fact registry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from ...core.errors import Malformed
from ...core.fundamentals import Kind, Missing
from . import values
from .client import Client
from .symbols import NEW_YORK, kind_of

_URL = "https://query2.finance.yahoo.com/v10/finance/quoteSummary/"
_MODULES = (
    "assetProfile",
    "financialData",
    "defaultKeyStatistics",
    "summaryDetail",
    "price",
    "quoteType",
)
_FIGURES: Mapping[str, tuple[str, str]] = {
    "market_cap": ("price", "marketCap"),
    "pe_trailing": ("summaryDetail", "trailingPE"),
    "pe_forward": ("summaryDetail", "forwardPE"),
    "peg_ratio": ("defaultKeyStatistics", "pegRatio"),
    "price_to_sales": ("summaryDetail", "priceToSalesTrailing12Months"),
    "price_to_book": ("defaultKeyStatistics", "priceToBook"),
    "ev_to_ebitda": ("defaultKeyStatistics", "enterpriseToEbitda"),
    "debt_to_equity": ("financialData", "debtToEquity"),
    "current_ratio": ("financialData", "currentRatio"),
    "total_debt": ("financialData", "totalDebt"),
    "cash": ("financialData", "totalCash"),
    "revenue_ttm": ("financialData", "totalRevenue"),
    "revenue_growth_yoy": ("financialData", "revenueGrowth"),
    "eps_ttm": ("defaultKeyStatistics", "trailingEps"),
    "earnings_growth_yoy": ("financialData", "earningsGrowth"),
    "gross_margin": ("financialData", "grossMargins"),
    "operating_margin": ("financialData", "operatingMargins"),
    "profit_margin": ("financialData", "profitMargins"),
    "free_cash_flow_ttm": ("financialData", "freeCashflow"),
    "return_on_equity": ("financialData", "returnOnEquity"),
    "shares_outstanding": ("defaultKeyStatistics", "sharesOutstanding"),
    "implied_shares": ("defaultKeyStatistics", "impliedSharesOutstanding"),
    "float_shares": ("defaultKeyStatistics", "floatShares"),
    "short_percent_of_float": ("defaultKeyStatistics", "shortPercentOfFloat"),
    "analyst_count": ("financialData", "numberOfAnalystOpinions"),
}
"""Where each figure stands. `total_debt cash revenue_ttm free_cash_flow_ttm` are in the currency of the
statements; `market_cap eps_ttm last_price` in that of the price, for ADRs too."""
_MULTIPLES = frozenset(
    {"pe_trailing", "pe_forward", "peg_ratio", "price_to_sales", "price_to_book", "ev_to_ebitda"}
)
_MIXED = ("price_to_sales", "price_to_book", "ev_to_ebitda")
_ZERO_IS_ABSENT = frozenset({"gross_margin", "operating_margin", "profit_margin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What the `quoteSummary` of one ticker says; names as in `Fundamentals`.

    Attributes:
        timezone: Of its exchange, which decides what day it is there.
    """

    name: str
    kind: Kind
    sector: str | None
    industry: str | None
    country: str | None
    exchange: str | None
    description: str | None
    currency: str | None
    financial_currency: str | None
    timezone: str
    quoted: Mapping[str, float]
    most_recent_quarter: date | None
    missing: tuple[Missing, ...]


def fetch_modules(client: Client, symbol: str, modules: tuple[str, ...]) -> Mapping[str, Any]:
    """The named parts of Yahoo's summary of *symbol*; a part it does not have is absent.

    One request for all parts: yfinance's own properties would take one each, three of them in turn.

    Raises:
        DataError: They did not come, and why.
    """
    document = client.get(
        _URL + quote(symbol, safe=""),
        {"modules": ",".join(modules), "formatted": "false", "corsDomain": "finance.yahoo.com"},
    )
    result = (document.get("quoteSummary") or {}).get("result") or []
    if not result or not isinstance(result[0], dict):
        raise Malformed(
            f"Yahoo answered for {symbol} without a summary.",
            seen=str(document)[:60],
            needed="quoteSummary.result",
            cure="Ask again in a minute.",
        )
    return result[0]


def fetch_company(client: Client, symbol: str) -> Company:
    """Identity and own figures of *symbol*.

    Raises:
        DataError: They did not come, and why.
    """
    return read_company(fetch_modules(client, symbol, _MODULES), symbol)


def read_company(summary: Mapping[str, Any], symbol: str) -> Company:
    """The company in a `quoteSummary` answer."""
    modules = {name: summary.get(name) or {} for name in _MODULES}
    price, profile, kinds = modules["price"], modules["assetProfile"], modules["quoteType"]
    kind = kind_of(price.get("quoteType") or kinds.get("quoteType"))
    currency, unit = values.currency(
        price.get("currency") or modules["summaryDetail"].get("currency")
    )
    financial, _ = values.currency(modules["financialData"].get("financialCurrency"))
    last = values.number(price.get("regularMarketPrice"))
    quoted = {} if last is None or last <= 0 else {"last_price": last * unit}
    missing: tuple[Missing, ...] = ()
    if kind == "equity":
        figures, missing = _figures(modules, currency, financial)
        quoted |= figures | _dividend_yield(modules, unit)
    return Company(
        name=_name(price, kinds) or symbol,
        kind=kind,
        sector=values.text(profile.get("sector")),
        industry=values.text(profile.get("industry")),
        country=values.text(profile.get("country")),
        exchange=values.text(price.get("exchangeName") or price.get("exchange")),
        description=values.text(profile.get("longBusinessSummary")),
        currency=currency,
        financial_currency=financial,
        timezone=values.text(kinds.get("timeZoneFullName")) or NEW_YORK,
        quoted=quoted,
        most_recent_quarter=values.day(modules["defaultKeyStatistics"].get("mostRecentQuarter")),
        missing=missing,
    )


def _name(*modules: Mapping[str, Any]) -> str | None:
    names = (module.get(key) for key in ("longName", "shortName") for module in modules)
    return next((name for name in map(values.text, names) if name), None)


def _figures(
    modules: Mapping[str, Mapping[str, Any]], currency: str | None, financial: str | None
) -> tuple[dict[str, float], tuple[Missing, ...]]:
    found: dict[str, float] = {}
    for name, (module, key) in _FIGURES.items():
        value = values.number(modules[module].get(key))
        if value is None or (name in _MULTIPLES and value <= 0):
            continue
        if value == 0 and name in _ZERO_IS_ABSENT:
            continue
        found[name] = value
    if "debt_to_equity" in found:
        found["debt_to_equity"] /= 100  # Yahoo's is a percentage
    return found, (*_without_earnings(found), *_mixed(found, currency, financial), *_float(found))


def _without_earnings(found: dict[str, float]) -> tuple[Missing, ...]:
    eps = found.get("eps_ttm")
    if eps is None or eps > 0:
        return ()
    found.pop("pe_trailing", None)
    reason = f"a loss over the last twelve months (earnings per share {eps:g}) has no P/E"
    return (Missing(what="pe_trailing", reason=reason),)


def _mixed(
    found: dict[str, float], currency: str | None, financial: str | None
) -> tuple[Missing, ...]:
    """Drop the multiples that Yahoo makes from a price in one currency and statements in another."""
    if currency is None or financial is None or currency == financial:
        return ()
    reason = f"Yahoo's figure mixes a price in {currency} with statements in {financial}"
    return tuple(
        Missing(what=name, reason=reason) for name in _MIXED if found.pop(name, None) is not None
    )


def _float(found: dict[str, float]) -> tuple[Missing, ...]:
    """Drop a float that counts other shares than the quoted ones: ordinary shares behind an ADR."""
    quoted = [found[name] for name in ("shares_outstanding", "implied_shares") if name in found]
    if "float_shares" not in found or not quoted or found["float_shares"] <= 1.01 * max(quoted):
        return ()
    del found["float_shares"]
    reason = "Yahoo's figure is larger than the number of quoted shares: it counts ordinary shares"
    return (Missing(what="float_shares", reason=reason),)


def _dividend_yield(modules: Mapping[str, Mapping[str, Any]], unit: float) -> dict[str, float]:
    """Yearly dividend over price; zero only where Yahoo says that none was paid.

    Yahoo's own yield is a fraction here and a percentage elsewhere, so its rate is preferred. A price
    in pence has its rate in pounds or pence, so there the fraction is taken.
    """
    detail = modules["summaryDetail"]
    rate, price = (
        values.number(detail.get("dividendRate")),
        values.number(modules["price"].get("regularMarketPrice")),
    )
    if rate is not None and price and unit == 1.0:
        return {"dividend_yield": rate / price}
    own = values.number(detail.get("dividendYield"))
    if own is not None and own < 1:
        return {"dividend_yield": own}
    paid = values.number(detail.get("trailingAnnualDividendRate"))
    return {"dividend_yield": 0.0} if paid == 0 else {}
