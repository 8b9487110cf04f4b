"""What it costs: the price, the whole company, and what it pays back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd

from ..bands import band
from .fact import Alternative, Input
from .outcome import Outcome
from .own import EVERYTHING, settled
from .spec import FactSpec
from .tape import daily, from_bars, last_session
from .units import MONEY, UNNAMED
from .workings import Workings, apart, as_input, beside, lacking

GROUP = "price"

FLAGGED = 0.02
"""A market value further than this from price times shares is shown with both figures."""

REFUSED = 0.25
"""A market value further than this from price times shares is given no band."""


def _price(workings: Workings) -> Outcome:
    bars, own = daily(workings, 1), workings.own("last_price")
    unit = workings.subject.currency
    if isinstance(bars, Outcome):
        return bars if own is None else workings.quoted("last_price", own, unit)
    close = float(bars.close.iloc[-1])
    quote = () if own is None else (Alternative(source=workings.own_source, value=own),)
    return replace(
        from_bars(close, bars, used=1), source=bars.source, alternatives=beside(close, *quote)
    )


def _market_cap(workings: Workings) -> Outcome:
    own, products = workings.own("market_cap"), _products(workings)
    if own is None:
        return _banded(workings, _price_times_shares(workings))
    cap = workings.quoted("market_cap", own, workings.subject.currency)
    if not products:
        return _banded(workings, cap)
    nearest = min(products, key=lambda product: abs(product.value - own))
    check = Input(
        name=nearest.source, value=nearest.value, source="computed", as_of=cap.as_of, unit=cap.unit
    )
    cap = replace(cap, inputs=(*cap.inputs, check))
    if apart(own, nearest.value, by=FLAGGED):
        cap = replace(cap, alternatives=(nearest,), tone="warn")
    return cap if apart(own, nearest.value, by=REFUSED) else _banded(workings, cap)


def _products(workings: Workings) -> Sequence[Alternative]:
    """Price times shares, by each price and each share count that the provider goes by."""
    prices = {"price": workings.fact("price").value, "last quote": workings.own("last_price")}
    counts = {name: workings.own(name) for name in ("shares_outstanding", "implied_shares")}
    return [
        Alternative(source=f"{price} × {name}", value=each * count)
        for name, count in counts.items()
        for price, each in prices.items()
        if each and count
    ]


def _price_times_shares(workings: Workings) -> Outcome:
    """Only with shares that the provider quotes: those of a balance sheet may not be the traded ones."""
    price = workings.fact("price")
    counts = {name: workings.own(name) or 0.0 for name in ("shares_outstanding", "implied_shares")}
    name, count = max(counts.items(), key=lambda item: item[1])
    if not count:
        return workings.without(
            "market_cap",
            "shares_outstanding",
            *EVERYTHING,
            otherwise="the provider gives neither a market value nor the shares outstanding",
        )
    shares = workings.quoted(name, count, "shares")
    return lacking(price) or Outcome(
        value=(price.value or 0.0) * count,
        as_of=price.as_of,
        inputs=(as_input(price), *shares.inputs),
        unit=workings.subject.currency,
    )


def _banded(workings: Workings, cap: Outcome) -> Outcome:
    """With the word for its size; the limits are in US dollars, and other money gets no word."""
    if cap.value is None or workings.subject.currency not in ("USD", UNNAMED):
        return replace(cap, tone=cap.tone or "calm")
    name = band(cap.value, workings.subject.limits)
    return replace(cap, verdict=name, tone=cap.tone or ("bad" if name == "nano" else "calm"))


def _dividend_yield(workings: Workings) -> Outcome:
    return settled(workings, "dividend_yield", _paid_in_a_year(workings))


def _paid_in_a_year(workings: Workings) -> Outcome:
    bars = daily(workings, 1)
    if isinstance(bars, Outcome):
        return bars
    if not len(bars.dividends):
        return workings.without("dividend_yield", *EVERYTHING, otherwise="no dividend is on record")
    since = bars.index[-1] - timedelta(days=365)
    paid = float(bars.dividends[pd.DatetimeIndex(bars.dividends.index) > since].sum())
    close = float(bars.close.iloc[-1])
    return from_bars(
        paid / close,
        bars,
        Input(
            name="dividends of the last 365 days, per share",
            value=paid,
            source=bars.source,
            as_of=last_session(bars),
            unit=workings.subject.currency,
        ),
        as_input(workings.fact("price")),
        used=1,
    )


PRICE = FactSpec(
    name="price",
    unit=MONEY,
    label="Price",
    group=GROUP,
    formula="the last close, adjusted for splits only",
    compute=_price,
    words=("share price", "stock price", "quote", "last price", "close"),
    about="price",
)

MARKET_CAP = FactSpec(
    name="market_cap",
    unit=MONEY,
    label="Market cap",
    group=GROUP,
    formula="the market value the provider quotes, checked against price × shares",
    compute=_market_cap,
    words=("market capitalization", "market capitalisation", "market value", "cap", "size"),
)

DIVIDEND_YIELD = FactSpec(
    name="dividend_yield",
    unit="fraction",
    label="Dividend yield",
    group=GROUP,
    formula="dividends of the last 365 days / last close",
    compute=_dividend_yield,
    words=("dividend", "yield", "payout"),
    better="higher",
    about="traded",
)
