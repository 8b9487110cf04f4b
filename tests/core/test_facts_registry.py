"""The registry: every fact, always, each with a value or a reason."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from math import isfinite

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genie_nb.core.errors import UnknownName
from genie_nb.core.facts.registry import REGISTRY, compute_facts, find
from genie_nb.core.facts.subject import Subject
from genie_nb.core.fundamentals import ROWS, Fundamentals, Missing, Period, Statement

IN_ORDER = [
    "price",
    "market_cap",
    "pe_trailing",
    "pe_forward",
    "pe_sector_median",
    "peg_ratio",
    "price_to_sales",
    "price_to_book",
    "ev_to_ebitda",
    "debt_to_equity",
    "current_ratio",
    "total_debt",
    "cash",
    "cash_runway_quarters",
    "revenue_ttm",
    "revenue_growth_yoy",
    "revenue_growth_consistency",
    "eps_ttm",
    "earnings_growth_yoy",
    "gross_margin",
    "operating_margin",
    "profit_margin",
    "free_cash_flow_ttm",
    "return_on_equity",
    "dividend_yield",
    "shares_outstanding",
    "float_shares",
    "share_count_growth_yoy",
    "short_percent_of_float",
    "analyst_count",
    "insider_net_shares_6m",
    "insider_buys_6m",
    "days_to_earnings",
    "average_volume_20d",
    "average_dollar_volume_20d",
    "relative_volume",
    "spread_estimate_bps",
    "exit_cost_bps_10000_shares",
    "days_to_exit_10000_shares",
    "volatility_1y",
    "beta_1y",
    "rsi_14",
    "atr_14_pct",
    "sma_20",
    "sma_50",
    "sma_200",
    "high_52w",
    "low_52w",
    "altman_z",
]

AS_OF = datetime(2026, 1, 12, 21, 30, tzinfo=UTC)


def test_the_facts_are_those_of_the_contract_in_its_order():
    assert list(REGISTRY) == IN_ORDER
    assert list(compute_facts(Subject(as_of=AS_OF))) == IN_ORDER


def test_every_fact_of_nothing_is_unknown_and_says_why():
    for fact in compute_facts(Subject(as_of=AS_OF)).values():
        assert fact.value is None
        assert fact.reason
        assert fact.verdict is None
        assert fact.formula


def test_parts_that_failed_make_their_facts_failures():
    said = "Yahoo answered 429: Too Many Requests."
    missing = tuple(
        Missing(what=part, reason=said, failed=True) for part in ("bars", "fundamentals", "peers")
    )
    facts = compute_facts(Subject(as_of=AS_OF, missing=missing))
    assert {name for name, fact in facts.items() if not fact.failed} == set()
    assert all(said in (fact.reason or "") for fact in facts.values())


def test_figures_of_today_are_not_leaked_into_the_past(subject, company):
    said = "Yahoo tells today's figures only, not those known on 2025-01-02"
    parts = ("quoted_figures", "quarterly_statements", "insider_trades", "next_earnings")
    past = company(
        quoted={},
        statements=(),
        insider_trades=None,
        missing=tuple(Missing(what=part, reason=said) for part in parts),
    )
    facts = compute_facts(subject(fundamentals=past))
    for name in (
        "market_cap",
        "pe_trailing",
        "analyst_count",
        "insider_buys_6m",
        "days_to_earnings",
    ):
        assert (facts[name].value, facts[name].reason) == (None, said)
    assert facts["sma_200"].value == pytest.approx(18.0)


@pytest.mark.parametrize(
    ("kind", "noun"), [("etf", "a fund"), ("index", "an index"), ("currency", "a currency")]
)
def test_company_facts_do_not_apply_to_what_is_not_a_company(subject, company, kind, noun):
    facts = compute_facts(subject(fundamentals=company(kind=kind)))
    for name in ("pe_trailing", "debt_to_equity", "analyst_count", "market_cap", "altman_z"):
        fact = facts[name]
        assert (fact.value, fact.reason, fact.failed) == (None, f"does not apply to {noun}", False)
    assert facts["price"].value == 18.0
    assert facts["sma_50"].value == pytest.approx(18.0)


def test_volume_of_an_index_does_not_apply(subject, company):
    facts = compute_facts(subject(fundamentals=company(kind="index")))
    assert facts["exit_cost_bps_10000_shares"].reason == "does not apply to an index"
    assert compute_facts(subject(fundamentals=company(kind="etf")))["average_volume_20d"].value


def test_a_fund_pays_dividends_too(subject, company, bars):
    paying = bars([20.0] * 260)
    paying = replace(paying, dividends=pd.Series([0.5], index=paying.index[-10:-9]))
    facts = compute_facts(subject(fundamentals=company(kind="etf", quoted={}), bars=paying))
    assert facts["dividend_yield"].value == pytest.approx(0.5 / 20)


def test_a_word_means_one_fact_only():
    counted = Counter(
        word for spec in REGISTRY.values() for word in {*spec.words, spec.label.lower()}
    )
    assert [word for word, times in counted.items() if times > 1] == []


def test_every_spec_is_declared_whole():
    for name, spec in REGISTRY.items():
        assert spec.name == name
        assert spec.label
        assert spec.formula
        assert spec.group
        assert [cut.to for cut in spec.cuts] == sorted(cut.to for cut in spec.cuts)
        assert all(word == word.lower() for word in spec.words)


@pytest.mark.parametrize("words", ["P/E", "pe_trailing", "PE trailing", " p/e  ratio "])
def test_a_fact_is_found_by_any_of_its_names(words):
    assert find(words).name == "pe_trailing"


def test_a_word_that_means_no_fact_is_refused():
    with pytest.raises(UnknownName):
        find("horoscope")


def test_peers_give_the_sector_s_median_and_the_verdict(subject, peer_group):
    group = peer_group({f"P{i}": 12.9 + i for i in range(9)})
    facts = compute_facts(subject(peers=group))
    assert facts["pe_sector_median"].value == pytest.approx(16.9)
    assert facts["pe_trailing"].verdict == "slightly above its sector's median"


_NUMBERS = st.one_of(
    st.sampled_from([0.0, -1.0, 1.0, 1e-300, 1e300, float("inf"), float("nan")]),
    st.floats(min_value=-1e12, max_value=1e12),
)


@st.composite
def odd_companies(draw: st.DrawFn) -> Fundamentals:
    """Statements with holes and numbers that nobody would report."""
    ends = [datetime(2023 + q // 4, 3 * (q % 4) + 3, 28, tzinfo=UTC).date() for q in range(9)]
    statements = []
    for topic, rows in ROWS.items():
        count = draw(st.integers(0, 9))
        statements.append(
            Statement(
                topic=topic,
                frequency=draw(st.sampled_from(["quarterly", "annual", "ttm"])),
                currency=draw(st.sampled_from(["USD", "CNY", None])),
                periods=tuple(
                    Period(
                        end=end,
                        rows=draw(st.dictionaries(st.sampled_from(rows), _NUMBERS, max_size=6)),
                    )
                    for end in ends[:count]
                ),
            )
        )
    return Fundamentals(
        ticker="ODD",
        name="Odd",
        source="test",
        as_of=AS_OF,
        currency=draw(st.sampled_from(["USD", "CNY", None])),
        financial_currency=draw(st.sampled_from(["USD", "CNY", None])),
        quoted=draw(
            st.dictionaries(
                st.sampled_from([*REGISTRY, "implied_shares", "last_price"]), _NUMBERS, max_size=8
            )
        ),
        statements=tuple(statements),
    )


@settings(deadline=None)
@given(odd_companies())
def test_whatever_is_reported_each_fact_has_a_finite_value_or_a_reason(company):
    for fact in compute_facts(Subject(as_of=AS_OF, fundamentals=company)).values():
        if fact.value is None:
            assert fact.reason
            assert fact.verdict is None
        else:
            assert isfinite(fact.value)
            assert fact.reason is None
            assert fact.source


def test_a_fact_is_the_same_whichever_is_asked_first(subject):
    whole = compute_facts(subject())
    again = compute_facts(replace(subject(), shares=10_000))
    assert whole == again
