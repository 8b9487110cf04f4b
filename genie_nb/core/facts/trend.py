"""How the price moves: how far, with what, and where it stands in its own past."""

from collections.abc import Callable
from dataclasses import replace
from math import isnan

from ..figures import written
from ..indicators.averages import sma
from ..indicators.momentum import rsi
from ..indicators.relation import beta
from ..indicators.volatility import atr, volatility
from ..market import Bars
from .fact import Tone
from .outcome import Outcome, unknown
from .spec import FactSpec, below, rest, upto
from .tape import daily, from_bars
from .units import MONEY
from .workings import Workings

GROUP = "trend"

YEAR = 252
"""Daily bars in a year."""


def _volatility(workings: Workings) -> Outcome:
    bars = daily(workings, YEAR + 1)
    if isinstance(bars, Outcome):
        return bars
    return from_bars(volatility(bars.close, YEAR), bars, used=YEAR + 1)


def _beta(workings: Workings) -> Outcome:
    bars, index = daily(workings, YEAR + 1), workings.subject.index
    if isinstance(bars, Outcome):
        return bars
    if index is None:
        return workings.without("index", otherwise="there is no large-cap index to set it against")
    value = beta(bars.close, index.close, YEAR)
    if isnan(value):
        return unknown(
            f"it shares fewer than {YEAR + 1} days with {index.ticker}, or the index did not move"
        )
    return from_bars(value, bars, used=YEAR + 1)


def _rsi(workings: Workings) -> Outcome:
    bars = daily(workings, 15)
    if isinstance(bars, Outcome):
        return bars
    value = float(rsi(bars.close, 14).iloc[-1])
    return (
        unknown("the price has not moved")
        if isnan(value)
        else from_bars(value, bars, used=len(bars))
    )


def _atr(workings: Workings) -> Outcome:
    bars = daily(workings, 15)
    if isinstance(bars, Outcome):
        return bars
    swing = float(atr(bars.high, bars.low, bars.close, 14).iloc[-1])
    return from_bars(swing / float(bars.close.iloc[-1]), bars, used=len(bars))


def _sma(length: int) -> Callable[[Workings], Outcome]:
    def compute(workings: Workings) -> Outcome:
        bars = daily(workings, length)
        if isinstance(bars, Outcome):
            return bars
        mean = float(sma(bars.close.to_numpy()[-length:], length)[-1])
        side, tone = _side(float(bars.close.iloc[-1]), mean)
        found = from_bars(mean, bars, used=length, unit=workings.subject.currency)
        return replace(found, verdict=f"price {side} it", tone=tone)

    return compute


def _side(price: float, line: float) -> tuple[str, Tone]:
    return (
        ("above", "good") if price > line else ("below", "warn") if price < line else ("at", "calm")
    )


def _extreme(line: Callable[[Bars], float]) -> Callable[[Workings], Outcome]:
    def compute(workings: Workings) -> Outcome:
        bars = daily(workings, YEAR)
        if isinstance(bars, Outcome):
            return bars
        level = line(bars.tail(YEAR))
        gap = float(bars.close.iloc[-1]) / level - 1
        found = from_bars(level, bars, used=YEAR, unit=workings.subject.currency)
        side = "above" if gap > 0 else "below"
        said = f"price {written(abs(gap), 'fraction')} {side} it" if gap else "price at it"
        return replace(found, verdict=said)

    return compute


def _average(length: int) -> FactSpec:
    return FactSpec(
        name=f"sma_{length}",
        unit=MONEY,
        label=f"{length}-day average",
        group=GROUP,
        formula=f"the mean of the last {length} closes",
        compute=_sma(length),
        words=(
            f"{length}-day moving average",
            f"{length} day average",
            f"{length}-day ma",
            f"ma{length}",
        ),
        about="price",
    )


VOLATILITY_1Y = FactSpec(
    name="volatility_1y",
    unit="fraction",
    label="Volatility, 1 year",
    group=GROUP,
    formula="standard deviation (ddof 1) of the last 252 daily returns × √252",
    compute=_volatility,
    words=("volatility", "vol", "risk of swings"),
    better="lower",
    about="price",
    cuts=(
        below(0.20, "calm", "good"),
        below(0.40, "moderate"),
        below(0.60, "high", "warn"),
        rest("very high", "bad"),
    ),
)

BETA_1Y = FactSpec(
    name="beta_1y",
    unit="ratio",
    label="Beta, 1 year",
    group=GROUP,
    formula="covariance of the last 252 daily returns with the large-cap index's / variance of the index's",
    compute=_beta,
    words=("beta", "market sensitivity"),
    about="price",
    cuts=(
        below(0.8, "moves less than the market"),
        upto(1.2, "moves with the market"),
        rest("moves more than the market"),
    ),
)

RSI_14 = FactSpec(
    name="rsi_14",
    unit="index",
    label="RSI, 14 days",
    group=GROUP,
    formula="Wilder's relative strength index of 14 daily closes",
    compute=_rsi,
    words=("rsi", "relative strength index"),
    about="price",
    cuts=(below(30, "oversold"), upto(70, "neither overbought nor oversold"), rest("overbought")),
)

ATR_14_PCT = FactSpec(
    name="atr_14_pct",
    unit="fraction",
    label="Usual daily swing",
    group=GROUP,
    formula="Wilder's average true range of 14 days / last close",
    compute=_atr,
    words=("atr", "average true range", "daily range"),
    about="price",
)

SMA_20, SMA_50, SMA_200 = (_average(length) for length in (20, 50, 200))

HIGH_52W = FactSpec(
    name="high_52w",
    unit=MONEY,
    label="52-week high",
    group=GROUP,
    formula="the highest price of the last 252 days",
    compute=_extreme(lambda year: float(year.high.max())),
    words=("52-week high", "52 week high", "year high", "yearly high"),
    about="price",
)

LOW_52W = FactSpec(
    name="low_52w",
    unit=MONEY,
    label="52-week low",
    group=GROUP,
    formula="the lowest price of the last 252 days",
    compute=_extreme(lambda year: float(year.low.min())),
    words=("52-week low", "52 week low", "year low", "yearly low"),
    about="price",
)
