"""How it grows: revenue and earnings against a year before, and how steadily."""

import pandas as pd

from .outcome import Outcome, unknown
from .own import settled
from .ratio import amount, grown, money_of_statements, unreported
from .spec import FactSpec, below, rest, upto
from .statements import Figures, quarters, trailing, year_before
from .units import MONEY
from .workings import Workings

GROUP = "growth"


def _quarters(workings: Workings, row: str) -> list[Figures]:
    company = workings.subject.fundamentals
    return quarters(company, "income", row) if company else []


def _year_on_year(workings: Workings, row: str, *, named: str, loss: str) -> Outcome:
    found = _quarters(workings, row)
    now = found[-1] if found else None
    return grown(
        now,
        year_before(now, found) if now else None,
        row,
        missing=lambda: unreported(workings, named, "income"),
        loss=loss,
    )


def _revenue_ttm(workings: Workings) -> Outcome:
    company = workings.subject.fundamentals
    found = trailing(company, "income", "revenue") if company else None
    ours = amount(workings, found, "revenue", named="revenue", topic="income")
    return settled(workings, "revenue_ttm", ours, unit=money_of_statements(workings))


def _revenue_growth(workings: Workings) -> Outcome:
    ours = _year_on_year(
        workings,
        "revenue",
        named="quarterly revenue",
        loss="there was no revenue in the same quarter a year before",
    )
    return settled(workings, "revenue_growth_yoy", ours)


def _consistency(workings: Workings) -> Outcome:
    found = _quarters(workings, "revenue")
    if not found:
        return unreported(workings, "quarterly revenue", "income")
    pairs = [(now, year_before(now, found)) for now in found[-4:]]
    grew = [
        now["revenue"] > before["revenue"]
        for now, before in pairs
        if before is not None and before["revenue"] > 0
    ]
    inputs = tuple(
        item for now, before in pairs for one in (now, before) if one for item in one.inputs()
    )
    if len(grew) < 4:
        return unknown(
            f"only {len(grew)} of the last 4 quarters can be compared with the year before",
            inputs=inputs,
        )
    return Outcome(
        value=sum(grew) / 4,
        as_of=found[-1].end,
        inputs=inputs,
        verdict=f"{sum(grew)} of 4 quarters",
        tone="good" if sum(grew) == 4 else "warn" if sum(grew) < 3 else "calm",
    )


def _eps_ttm(workings: Workings) -> Outcome:
    company = workings.subject.fundamentals
    found = trailing(company, "income", "eps_diluted") if company else None
    ours = amount(workings, found, "eps_diluted", named="earnings per share", topic="income")
    return settled(workings, "eps_ttm", ours, unit=workings.subject.currency)


def _earnings_growth(workings: Workings) -> Outcome:
    """By the share, unless a split since then may have left older figures in old shares."""
    found = _quarters(workings, "eps_diluted")
    row = "net_income_common" if found and _split_since(workings, found[-1]) else "eps_diluted"
    if not found and _quarters(workings, "net_income_common"):
        row = "net_income_common"
    ours = _year_on_year(
        workings,
        row,
        named="quarterly earnings",
        loss="there were no earnings in the same quarter a year before",
    )
    return settled(workings, "earnings_growth_yoy", ours)


def _split_since(workings: Workings, newest: Figures) -> bool:
    bars = workings.subject.bars
    before = year_before(newest, _quarters(workings, "eps_diluted"))
    if bars is None or before is None or not len(bars.splits):
        return False
    return bool((pd.DatetimeIndex(bars.splits.index) > pd.Timestamp(before.end, tz="UTC")).any())


_PACE = (
    below(-0.10, "shrinking fast", "bad"),
    below(0.0, "shrinking", "warn"),
    below(0.03, "flat"),
    below(0.10, "modest"),
    below(0.25, "solid", "good"),
    rest("fast", "good"),
)

REVENUE_TTM = FactSpec(
    name="revenue_ttm",
    unit=MONEY,
    label="Revenue, 12 months",
    group=GROUP,
    formula="revenue of the last twelve months",
    compute=_revenue_ttm,
    words=("revenue", "sales", "turnover", "top line"),
    better="higher",
)

REVENUE_GROWTH_YOY = FactSpec(
    name="revenue_growth_yoy",
    unit="fraction",
    label="Revenue growth, YoY",
    group=GROUP,
    formula="revenue of the latest quarter / revenue of the same quarter a year before − 1",
    compute=_revenue_growth,
    words=("revenue growth", "sales growth", "growth", "top-line growth"),
    better="higher",
    cuts=_PACE,
)

REVENUE_GROWTH_CONSISTENCY = FactSpec(
    name="revenue_growth_consistency",
    unit="fraction",
    label="Quarters with growing revenue",
    group=GROUP,
    formula="the share of the last 4 quarters with more revenue than the same quarter a year before",
    compute=_consistency,
    words=("growth consistency", "consistency"),
    better="higher",
    cuts=(
        below(0.75, "uneven", "warn"),
        below(1.0, "mostly growing"),
        rest("every quarter", "good"),
    ),
)

EPS_TTM = FactSpec(
    name="eps_ttm",
    unit=MONEY,
    label="Earnings per share, 12 months",
    group=GROUP,
    formula="diluted earnings per share of the last twelve months",
    compute=_eps_ttm,
    words=("eps", "earnings per share"),
    better="higher",
    cuts=(
        below(0.0, "a loss", "bad"),
        upto(0.0, "neither profit nor loss"),
        rest("a profit", "good"),
    ),
)

EARNINGS_GROWTH_YOY = FactSpec(
    name="earnings_growth_yoy",
    unit="fraction",
    label="Earnings growth, YoY",
    group=GROUP,
    formula="diluted earnings per share of the latest quarter / those of the same quarter a year "
    "before − 1; net income in their place after a split",
    compute=_earnings_growth,
    words=("earnings growth", "profit growth", "eps growth"),
    better="higher",
    cuts=_PACE,
)
