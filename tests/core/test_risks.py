"""The eight risks: ranked worst first, unknown last, each severity one way in its figure."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genie_nb.core.facts.fact import Fact
from genie_nb.core.facts.registry import REGISTRY, compute_facts
from genie_nb.core.findings import risks as module
from genie_nb.core.findings.risks import risks
from genie_nb.core.findings.scale import Scale, worst
from genie_nb.core.fundamentals import EarningsReport

NAMES = {
    "liquidity", "coverage", "bankruptcy", "concentration", "volatility", "leverage", "dilution",
    "valuation",
}  # fmt: skip

SCALES = [scale for scale in vars(module).values() if isinstance(scale, Scale)]

THIN = {
    "market_cap": 850e6,
    "average_volume_20d": 90_000.0,
    "average_dollar_volume_20d": 1.9e6,
    "spread_estimate_bps": 80.0,
    "exit_cost_bps_10000_shares": 132.0,
    "days_to_exit_10000_shares": 1.11,
    "analyst_count": 2.0,
    "debt_to_equity": 0.4,
    "volatility_1y": 0.44,
    "pe_trailing": 18.0,
    "pe_sector_median": 16.9,
    "peg_ratio": 1.4,
    "altman_z": 6.3,
    "share_count_growth_yoy": 0.01,
}
"""A thinly traded small company in good health, in numbers."""


def facts_of(values: dict[str, float]) -> dict[str, Fact]:
    def fact(name: str) -> Fact:
        value = values.get(name)
        spec = REGISTRY[name]
        unit = "USD" if spec.unit == "money" else spec.unit
        if value is None:
            return Fact(name=name, value=None, unit=unit, reason="not in this test")
        verdict, tone = spec.judged(value, unit)
        return Fact(name=name, value=value, unit=unit, source="test", verdict=verdict, tone=tone)

    return {name: fact(name) for name in REGISTRY}


def named(found, name):
    return next(risk for risk in found if risk.name == name)


def test_the_biggest_risk_of_a_thin_stock_is_getting_out():
    found = risks(facts_of(THIN), None)
    assert {risk.name for risk in found} == NAMES
    assert [risk.name for risk in found[:3]] == ["liquidity", "coverage", "volatility"]
    assert found[0].text == (
        "Low trading volume: 90,000 shares, worth $1.9M, trade on a usual day. "
        "The bid-ask spread is wide, about 80 bps. "
        "Selling 10,000 shares takes about 1.1 days and costs about 1.3 %. "
        "A few large orders can push its price around."
    )


def test_risks_are_ranked_worst_first_and_unknown_ones_last():
    severities = [risk.severity for risk in risks(facts_of(THIN), None)]
    known = [severity for severity in severities if severity is not None]
    assert known == sorted(known, reverse=True)
    assert severities[len(known) :] == [None] * (len(severities) - len(known))


def test_concentration_is_unknown_without_filings():
    found = named(risks(facts_of(THIN), None), "concentration")
    assert found.severity is None
    assert "filings" in found.text


def test_of_nothing_no_risk_can_be_rated():
    found = risks(facts_of({}), None)
    assert {risk.severity for risk in found} == {None}
    assert all(risk.text for risk in found)


def test_the_position_is_the_one_asked_for():
    found = named(risks(facts_of(THIN), None, shares=2_500), "liquidity")
    assert "Selling 2,500 shares" in found.text


def test_a_nano_cap_carries_its_warning():
    facts = facts_of({**THIN, "market_cap": 30e6})
    facts["market_cap"] = replace(facts["market_cap"], verdict="nano")
    assert "extremely risky, often illiquid" in named(risks(facts, None), "liquidity").text


def test_trading_in_another_currency_is_not_rated_in_dollars():
    facts = facts_of({"average_volume_20d": 1e6, "average_dollar_volume_20d": 2e6})
    facts["average_dollar_volume_20d"] = replace(facts["average_dollar_volume_20d"], unit="JPY")
    assert named(risks(facts, None), "liquidity").severity is None


def test_missed_estimates_add_to_thin_coverage(company):
    surprises = (-0.08, -0.02, -0.30, -0.01, 0.5)
    past = tuple(
        EarningsReport(day=date(2025, 12 - i, 1), estimate=1.0, actual=1.0 + s, surprise=s)
        for i, s in enumerate(surprises)
    )
    found = named(risks(facts_of({"analyst_count": 12.0}), company(earnings=past)), "coverage")
    assert found.severity == 0.7
    assert "missed the estimates in 4 of the last 4 releases, at worst by 30 %" in found.text


def test_negative_equity_is_heavy_leverage(subject, company, changed):
    broke = changed(company(), "balance", equity=-1e6)
    found = named(risks(compute_facts(subject(fundamentals=broke)), broke), "leverage")
    assert found.severity == 0.9


def test_a_bank_s_debt_is_not_rated(subject, company):
    bank = company(industry="Banks - Regional")
    found = named(risks(compute_facts(subject(fundamentals=bank)), bank), "leverage")
    assert found.severity is None


def test_interest_that_is_not_earned_threatens_who_owes_more_than_its_cash(
    subject, company, changed
):
    losing = changed(company(), "income", ebit=-5e6)
    owing = named(risks(compute_facts(subject(fundamentals=losing)), losing), "bankruptcy")
    assert owing.severity == 0.9
    assert "earns none of the interest" in owing.text
    rich = changed(losing, "balance", cash=90e6)
    assert (
        named(risks(compute_facts(subject(fundamentals=rich)), rich), "bankruptcy").severity or 0
    ) < 0.9


def test_interest_cover_is_evidence_with_its_own_inputs(subject, company):
    found = named(risks(compute_facts(subject()), company()), "bankruptcy")
    cover = next(fact for fact in found.evidence if fact.name == "interest_cover")
    assert cover.value == pytest.approx(
        44.2 / 4
    )  # EBIT of 44.2 million, a million of interest a quarter
    assert len(cover.inputs) == 2


def test_a_loss_maker_is_rated_by_its_sales():
    found = named(risks(facts_of({"price_to_sales": 20.0}), None), "valuation")
    assert found.severity == 0.9
    assert "times sales" in found.text


def test_a_fund_has_only_the_risks_of_its_tape(subject, company):
    fund = company(kind="etf")
    found = risks(compute_facts(subject(fundamentals=fund)), fund)
    assert {risk.name for risk in found if risk.severity is not None} <= {"liquidity", "volatility"}
    assert named(found, "bankruptcy").text == "Bankruptcy does not apply to a fund."


@pytest.mark.parametrize("scale", SCALES)
@settings(deadline=None)
@given(values=st.tuples(st.floats(-1e3, 1e9), st.floats(-1e3, 1e9)))
def test_every_scale_goes_one_way_from_0_to_1(scale, values):
    low, high = sorted(values)
    first, last = scale.points[0][1], scale.points[-1][1]
    assert 0 <= scale(low) <= 1
    assert scale(low) <= scale(high) if first <= last else scale(low) >= scale(high)


def test_a_scale_that_turns_is_refused():
    with pytest.raises(ValueError, match="one way"):
        Scale(((0, 0.0), (1, 0.9), (2, 0.4)))


def test_the_worst_of_what_is_known_counts():
    assert worst((0.2, None, 0.7)) == 0.7
    assert worst((None, None)) is None
