"""A report with every part filled in, made by hand, and the same one written by a hostile stranger."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.facts.fact import Alternative, Fact, Input
from genie_nb.core.facts.registry import REGISTRY
from genie_nb.core.findings.finding import Check, Opportunity, Risk, Signal, Standing
from genie_nb.core.fundamentals import EarningsReport, Missing, Period, Statement
from genie_nb.core.market import Bars
from genie_nb.core.report import (
    Comparison,
    Difference,
    Explanation,
    Profile,
    QuestionAnswer,
    Report,
    Timing,
)

AS_OF = datetime(2026, 1, 12, 21, 30, tzinfo=UTC)
QUARTER = date(2025, 9, 30)

VALUES: Mapping[str, tuple[float, str, str | None, str]] = {
    "price": (21.25, "USD", None, "calm"),
    "market_cap": (850e6, "USD", "small", "calm"),
    "pe_trailing": (18.0, "ratio", "slightly above its sector's median", "calm"),
    "pe_forward": (16.1, "ratio", None, "calm"),
    "pe_sector_median": (16.9, "ratio", None, "calm"),
    "peg_ratio": (1.4, "ratio", "above 1.0", "warn"),
    "price_to_sales": (1.71, "ratio", None, "calm"),
    "price_to_book": (2.63, "ratio", None, "calm"),
    "ev_to_ebitda": (9.8, "ratio", None, "calm"),
    "debt_to_equity": (0.4, "ratio", "low leverage", "good"),
    "current_ratio": (2.1, "ratio", "comfortable", "good"),
    "total_debt": (129.4e6, "USD", None, "calm"),
    "cash": (74.2e6, "USD", None, "calm"),
    "altman_z": (6.3, "ratio", "far from distress", "good"),
    "revenue_ttm": (498.3e6, "USD", None, "calm"),
    "revenue_growth_yoy": (0.12, "fraction", "solid", "good"),
    "revenue_growth_consistency": (1.0, "fraction", "every quarter", "good"),
    "eps_ttm": (1.18, "USD", None, "calm"),
    "earnings_growth_yoy": (0.129, "fraction", None, "good"),
    "gross_margin": (0.38, "fraction", "stable", "calm"),
    "operating_margin": (0.137, "fraction", None, "calm"),
    "profit_margin": (0.0947, "fraction", "profitable", "good"),
    "free_cash_flow_ttm": (31.4e6, "USD", "positive", "good"),
    "return_on_equity": (0.146, "fraction", None, "calm"),
    "dividend_yield": (0.0113, "fraction", None, "calm"),
    "shares_outstanding": (40e6, "shares", None, "calm"),
    "float_shares": (27.5e6, "shares", None, "calm"),
    "share_count_growth_yoy": (-0.008, "fraction", "shrinking", "good"),
    "short_percent_of_float": (0.061, "fraction", None, "calm"),
    "analyst_count": (2, "count", "thin coverage", "warn"),
    "insider_net_shares_6m": (42_000, "shares", "net buying", "good"),
    "insider_buys_6m": (3, "count", None, "calm"),
    "days_to_earnings": (23, "days", None, "calm"),
    "average_volume_20d": (91_240, "shares", "thin", "warn"),
    "average_dollar_volume_20d": (1.92e6, "USD", "thin", "bad"),
    "relative_volume": (2.14, "ratio", "twice the usual", "calm"),
    "spread_estimate_bps": (85.3, "bps", "wide", "bad"),
    "exit_cost_bps_10000_shares": (118.0, "bps", "costly", "bad"),
    "days_to_exit_10000_shares": (1.1, "days", None, "calm"),
    "volatility_1y": (0.44, "fraction", "high", "warn"),
    "beta_1y": (1.21, "ratio", None, "calm"),
    "rsi_14": (63.2, "index", None, "calm"),
    "atr_14_pct": (0.031, "fraction", None, "calm"),
    "sma_20": (20.11, "USD", None, "calm"),
    "sma_50": (20.63, "USD", None, "calm"),
    "sma_200": (18.94, "USD", None, "calm"),
    "high_52w": (23.08, "USD", None, "calm"),
    "low_52w": (13.72, "USD", None, "calm"),
}


def fact(name: str) -> Fact:
    if name not in VALUES:
        return Fact(name=name, value=None, unit="ratio", reason="no cash is being burnt")
    value, unit, verdict, tone = VALUES[name]
    return Fact(
        name=name,
        value=value,
        unit=unit,
        as_of=QUARTER,
        source="demo",
        formula=REGISTRY[name].formula,
        verdict=verdict,
        tone=tone,
    )


def walk(
    count: int = 600,
    *,
    last: float = 21.25,
    seed: int = 5,
    drift: float = 0.0014,
    ticker: str = "ACME",
) -> Bars:
    """A random walk over the business days to 2026-01-12, three holidays left out."""
    days = pd.bdate_range(end="2026-01-12", periods=count + 3)
    days = days.drop([days[-9], days[-13], days[-40]])
    random = np.random.default_rng(seed)
    close = np.exp(np.cumsum(random.normal(0.0, 0.022, count) + drift))
    close *= last / close[-1]
    opened = np.roll(close, 1) * (1 + random.normal(0, 0.006, count))
    opened[0] = close[0]
    high = np.maximum(opened, close) * (1 + np.abs(random.normal(0, 0.008, count)))
    low = np.minimum(opened, close) * (1 - np.abs(random.normal(0, 0.008, count)))
    volume = np.round(90_000 * np.exp(random.normal(0, 0.4, count)))
    volume[-1] = 195_000
    frame = pd.DataFrame(
        {"open": opened, "high": high, "low": low, "close": close, "volume": volume}, index=days
    )
    frame["Dividends"] = 0.0
    frame.loc[days[-60], "Dividends"] = 0.06
    return Bars.from_frame(frame, ticker=ticker, currency="USD", source="demo")


def statements() -> tuple[Statement, ...]:
    ends = [date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), QUARTER]
    revenue = [114.2e6, 118.9e6, 121.4e6, 128.1e6, 129.9e6]
    income = [10.1e6, -2.4e6, 11.2e6, 12.2e6, 13.1e6]
    return (
        Statement(
            topic="income",
            frequency="quarterly",
            currency="USD",
            periods=tuple(
                Period(end=end, rows={"revenue": sales, "net_income": net})
                for end, sales, net in zip(ends, revenue, income, strict=True)
            ),
        ),
    )


@pytest.fixture
def report() -> Report:
    facts = {name: fact(name) for name in REGISTRY}
    facts["debt_to_equity"] = replace(
        facts["debt_to_equity"],
        inputs=(
            Input(name="total_debt (quarter to 2025-09-30)", value=129.4e6, source="demo", as_of=QUARTER, unit="USD"),
            Input(name="equity (quarter to 2025-09-30)", value=323.5e6, source="demo", as_of=QUARTER, unit="USD"),
        ),
        alternatives=(Alternative(source="demo (its own figure)", value=0.46),),
    )  # fmt: skip
    return Report(
        profile=Profile(
            ticker="ACME",
            name="ACME Corp",
            sector="Industrials",
            industry="Specialty machinery",
            currency="USD",
            band="small",
            band_limits={"nano": 50e6, "micro": 300e6, "small": 2e9, "mid": 10e9, "large": 200e9},
            fictional=True,
            description="ACME makes anvils, rockets and portable holes for the discerning coyote.",
        ),
        provider="demo",
        as_of=AS_OF,
        facts=facts,
        signals=(
            Signal(name="broke_above_sma_50", active=True, bars_ago=0, with_volume=True, text="Closed above its 50-day average at the newest bar, with volume (2.14 times the usual)."),
            Signal(name="uptrend", active=True, bars_ago=31, with_volume=None, text="In an uptrend for 31 bars: the 50-day average is above the 200-day one."),
            Signal(name="golden_cross", active=False, bars_ago=None, with_volume=None, text="No golden cross in the last 3 bars."),
            Signal(name="new_high_52w", active=False, bars_ago=None, with_volume=None, text="No new 52-week high in the last 3 bars."),
            Signal(name="gap_up", active=None, bars_ago=None, with_volume=None, text="Cannot be told: the open is unknown."),
        ),
        checks=(
            Check(name="revenue_growth", status="pass", text="Revenue grew in each of the last four quarters; +12 % in the newest."),
            Check(name="profitability", status="pass", text="Net margin 9.5 %, and the operating margin is improving."),
            Check(name="balance_sheet", status="pass", text="Debt is 0.40 times equity."),
            Check(name="insider_buying", status="warn", text="Three open-market purchases and two sales in six months: worth a look."),
            Check(name="competitive_advantage", status="unknown", text="Filings are needed to tell."),
            Check(name="valuation", status="fail", text="PEG 1.40; below 1.0 would be attractive."),
        ),
        risks=(
            Risk(name="liquidity", severity=0.78, text="10,000 shares take 1.1 days to sell and cost about 118 bps; the spread is wide (85 bps)."),
            Risk(name="coverage", severity=0.46, text="2 analysts follow it."),
            Risk(name="volatility", severity=0.35, text="44 % a year."),
            Risk(name="leverage", severity=0.1, text="Debt is 0.40 times equity."),
            Risk(name="concentration", severity=None, text="Filings are needed to tell how few customers it depends on."),
        ),
        opportunities=(Opportunity(name="insider_buying", text="Insiders bought 42,000 shares net in six months."),),
        standings=(
            Standing(fact="pe_trailing", median=16.9, n=11, members=("BOLT", "GEAR"), excluded=(("RUST", "loss maker"),), percentile=0.636, basis="sector Industrials", source="demo"),
            Standing(fact="price_to_sales", median=None, n=5, members=("BOLT",), excluded=(), percentile=None, basis="sector Industrials", source="demo", reason="fewer than 8 peers"),
        ),
        answers=(
            QuestionAnswer(question="Is it profitable?", text="Yes: the net margin is 9.5 % over the last four quarters."),
            QuestionAnswer(question="What's the debt situation?", text="Debt is 0.40 times equity, low leverage."),
        ),
        summary="ACME Corp is a small-cap Industrials company worth $850M. Revenue grows 12 % a year and debt is low. It closed above its 50-day average on twice its usual volume. The main risk is getting out: about $1.92M trades on a normal day and the spread is wide.",
        missing=(
            Missing(what="cash_runway_quarters", reason="no cash is being burnt"),
            Missing(what="news", reason="the source did not answer within 10 s", failed=True),
        ),
        earnings=(
            EarningsReport(day=date(2025, 11, 4), estimate=0.30, actual=0.33, surprise=0.1),
            EarningsReport(day=date(2025, 8, 5), estimate=0.31, actual=0.3, surprise=-0.0323),
        ),
        next_earnings=(date(2026, 2, 4),),
        statements=statements(),
        bars=walk(),
        bars_to=datetime(2026, 1, 12, 21, 0, tzinfo=UTC),
        timing=Timing(seconds=0.214, calls=3, cache_hits=2, fetched_at=AS_OF),
    )  # fmt: skip


HOSTILE = (
    "<script>alert('x')</script> [click](http://evil.example) ![i](x.png) | `code` # <img src=x "
    'onerror="alert(1)"> www.evil.example me@evil.example $a$ **b**\n\n# heading\u202e\x1b[31m'
)
"""What a stranger may put into any text a provider passes on."""


@pytest.fixture
def hostile(report: Report) -> Report:
    """The report with hostile text wherever text comes from outside."""
    return replace(
        report,
        profile=replace(
            report.profile, name=HOSTILE, sector=HOSTILE, industry=HOSTILE, description=HOSTILE * 3
        ),
        provider=HOSTILE,
        summary=HOSTILE,
        answers=(QuestionAnswer(question=HOSTILE, text=HOSTILE),),
        signals=(replace(report.signals[0], text=HOSTILE),),
        checks=(replace(report.checks[0], text=HOSTILE),),
        risks=(replace(report.risks[0], text=HOSTILE),),
        missing=(Missing(what=HOSTILE, reason=HOSTILE), Missing(what="news", reason=HOSTILE, failed=True)),
        standings=(replace(report.standings[0], basis=HOSTILE, source=HOSTILE, members=(HOSTILE,)),),
        facts=report.facts
        | {"pe_trailing": replace(report.facts["pe_trailing"], source=HOSTILE, verdict=HOSTILE, formula=HOSTILE)},
    )  # fmt: skip


@pytest.fixture
def comparison(report: Report) -> Comparison:
    other = replace(
        report,
        profile=replace(report.profile, ticker="BOLT", name="Bolt Works", band="mid"),
        bars=walk(500, last=64.0, seed=11, ticker="BOLT"),
        facts=report.facts
        | {"debt_to_equity": replace(report.facts["debt_to_equity"], value=1.9, alternatives=())},
    )
    return Comparison(
        reports=(report, other),
        provider="demo",
        as_of=AS_OF,
        differences=(
            Difference(fact="debt_to_equity", values={"ACME": 0.4, "BOLT": 1.9}, text="Debt / equity: BOLT 1.90, ACME 0.40.", size=1.4),
        ),
        summary="They differ most in debt.",
        aligned_to=(datetime(2024, 3, 1, tzinfo=UTC), datetime(2026, 1, 12, tzinfo=UTC)),
    )  # fmt: skip


@pytest.fixture
def explanation(report: Report) -> Explanation:
    fact = report.facts["debt_to_equity"]
    return Explanation(
        ticker="ACME",
        fact=fact,
        text="Debt / equity of ACME is 0.40 as of 2025-09-30, from demo.",
        provider="demo",
        as_of=AS_OF,
        alternatives=fact.alternatives,
    )
