"""The registry: every fact there is, in the order they are told.

Subject -> compute_facts -> every fact by name, unknown ones with the reason
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ..errors import UnknownName
from . import growth, health, liquidity, margins, ownership, price, shares, trend, valuation
from .fact import Fact
from .reckoning import reckon
from .spec import FactSpec
from .subject import Subject
from .workings import Workings

_SPECS = (
    price.PRICE,
    price.MARKET_CAP,
    valuation.PE_TRAILING,
    valuation.PE_FORWARD,
    valuation.PE_SECTOR_MEDIAN,
    valuation.PEG_RATIO,
    valuation.PRICE_TO_SALES,
    valuation.PRICE_TO_BOOK,
    valuation.EV_TO_EBITDA,
    health.DEBT_TO_EQUITY,
    health.CURRENT_RATIO,
    health.TOTAL_DEBT,
    health.CASH,
    health.CASH_RUNWAY_QUARTERS,
    growth.REVENUE_TTM,
    growth.REVENUE_GROWTH_YOY,
    growth.REVENUE_GROWTH_CONSISTENCY,
    growth.EPS_TTM,
    growth.EARNINGS_GROWTH_YOY,
    margins.GROSS_MARGIN,
    margins.OPERATING_MARGIN,
    margins.PROFIT_MARGIN,
    margins.FREE_CASH_FLOW_TTM,
    margins.RETURN_ON_EQUITY,
    price.DIVIDEND_YIELD,
    shares.SHARES_OUTSTANDING,
    shares.FLOAT_SHARES,
    shares.SHARE_COUNT_GROWTH_YOY,
    ownership.SHORT_PERCENT_OF_FLOAT,
    ownership.ANALYST_COUNT,
    ownership.INSIDER_NET_SHARES_6M,
    ownership.INSIDER_BUYS_6M,
    ownership.DAYS_TO_EARNINGS,
    liquidity.AVERAGE_VOLUME_20D,
    liquidity.AVERAGE_DOLLAR_VOLUME_20D,
    liquidity.RELATIVE_VOLUME,
    liquidity.SPREAD_ESTIMATE_BPS,
    liquidity.EXIT_COST_BPS,
    liquidity.DAYS_TO_EXIT,
    trend.VOLATILITY_1Y,
    trend.BETA_1Y,
    trend.RSI_14,
    trend.ATR_14_PCT,
    trend.SMA_20,
    trend.SMA_50,
    trend.SMA_200,
    trend.HIGH_52W,
    trend.LOW_52W,
    health.ALTMAN_Z,
)

REGISTRY: Mapping[str, FactSpec] = MappingProxyType({spec.name: spec for spec in _SPECS})
"""Every fact by name."""


def compute_facts(subject: Subject) -> dict[str, Fact]:
    """Every fact of the registry about one subject.

    Args:
        subject: What was found about the ticker, and why the rest was not.

    Returns:
        All facts by name, in the registry's order. Those that are unknown or do not apply have the
        value None and a reason.
    """
    return some_facts(subject, REGISTRY)


def some_facts(subject: Subject, names: Iterable[str]) -> dict[str, Fact]:
    """The same for some facts of the registry, and what they are made from."""
    workings = Workings(subject, lambda name, of: reckon(REGISTRY[name], of))
    return {name: workings.fact(name) for name in names}


def find(words: str) -> FactSpec:
    """The fact that people mean by *words*: its name, its label or another word for it.

    Raises:
        UnknownName: No fact is called so; the nearest names are in the message.

    Example:
        >>> find("P/E").name, find("debt to equity").name
        ('pe_trailing', 'debt_to_equity')
    """
    wanted = " ".join(words.lower().split())
    if wanted not in _BY_WORD:
        raise UnknownName("fact", words, REGISTRY)
    return REGISTRY[_BY_WORD[wanted]]


_BY_WORD = {
    word: spec.name
    for spec in reversed(_SPECS)
    for word in (*spec.words, spec.label.lower(), spec.name.replace("_", " "), spec.name)
}
