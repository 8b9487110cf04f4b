"""Facts from statements: the figures worked out by hand for the plain company of conftest."""

from dataclasses import replace
from datetime import date

import pytest

from genie_nb.core.facts.registry import compute_facts
from genie_nb.core.facts.valuation import LOSS
from genie_nb.core.fundamentals import Missing, Period, Statement

BY_HAND = {
    "price": 18.0,
    "market_cap": 720e6,
    "pe_trailing": 18.0,  # 18 / (4 × 0.25)
    "peg_ratio": 0.72,  # 18 / (100 × 0.25)
    "price_to_sales": 720 / 442,
    "price_to_book": 3.6,  # 720 / 200
    "ev_to_ebitda": 750 / 66.3,  # (720 + 80 − 50) / (0.15 × 442)
    "debt_to_equity": 0.4,
    "current_ratio": 2.0,
    "total_debt": 80e6,
    "cash": 50e6,
    "revenue_ttm": 442e6,
    "revenue_growth_yoy": 0.12,  # 112 / 100
    "revenue_growth_consistency": 1.0,
    "eps_ttm": 1.0,
    "earnings_growth_yoy": 0.25,
    "gross_margin": 0.4,
    "operating_margin": 0.1,
    "profit_margin": 40 / 442,
    "free_cash_flow_ttm": 20e6,
    "return_on_equity": 0.2,
    "shares_outstanding": 40e6,
    "share_count_growth_yoy": 40 / 39 - 1,
    "altman_z": 3.83756,  # 6.56·75/400 + 3.26·100/400 + 6.72·44.2/400 + 1.05·200/200
}


@pytest.mark.parametrize(("name", "value"), BY_HAND.items())
def test_a_fact_is_what_its_formula_gives_by_hand(subject, name, value):
    assert compute_facts(subject())[name].value == pytest.approx(value, rel=1e-12)


def test_a_computed_fact_names_the_rows_it_was_made_from(subject):
    fact = compute_facts(subject())["debt_to_equity"]
    assert [(item.name, item.value, item.source, item.unit) for item in fact.inputs] == [
        ("total_debt (quarter to 2025-09-30)", 80e6, "test", "USD"),
        ("equity (quarter to 2025-09-30)", 200e6, "test", "USD"),
    ]
    assert fact.formula == "total debt / stockholders' equity"
    assert fact.as_of == date(2025, 9, 30)
    assert (fact.verdict, fact.tone) == ("low leverage", "good")


def test_a_loss_maker_has_no_pe_and_no_peg(subject, company, changed):
    facts = compute_facts(subject(fundamentals=changed(company(), "income", eps_diluted=-0.25)))
    assert facts["pe_trailing"].value is None
    assert facts["pe_trailing"].reason == LOSS
    assert not facts["pe_trailing"].failed
    assert facts["peg_ratio"].value is None


def test_negative_equity_has_no_debt_to_equity_nor_price_to_book(subject, company, changed):
    facts = compute_facts(subject(fundamentals=changed(company(), "balance", equity=-5e6)))
    assert facts["debt_to_equity"].value is None
    assert "not positive" in (facts["debt_to_equity"].reason or "")
    assert facts["price_to_book"].value is None
    assert facts["return_on_equity"].value is None


def test_shrinking_earnings_have_no_peg(subject, company):
    quarters = (0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25)
    income = company().statement("income", "quarterly")
    shrinking = replace(
        income,
        periods=tuple(
            replace(period, rows={**period.rows, "eps_diluted": eps})
            for period, eps in zip(income.periods, quarters, strict=True)
        ),
    )
    facts = compute_facts(
        subject(fundamentals=company(statements=(shrinking, *company().statements[1:])))
    )
    assert facts["earnings_growth_yoy"].value == pytest.approx(-0.5)
    assert facts["peg_ratio"].value is None
    assert facts["peg_ratio"].reason == "earnings do not grow"


def test_runway_is_cash_over_the_mean_burn_of_four_quarters(subject, company, changed):
    facts = compute_facts(subject(fundamentals=changed(company(), "cashflow", free_cash_flow=-5e6)))
    assert facts["cash_runway_quarters"].value == pytest.approx(10.0)


def test_burn_of_old_quarters_gives_way_to_the_provider_s_own(subject, company, changed):
    burning = replace(
        changed(company(), "cashflow", free_cash_flow=-50e6),
        quoted={"free_cash_flow_ttm": -40e6},
        most_recent_quarter=date(2025, 12, 31),
    )
    fact = compute_facts(subject(fundamentals=burning))["cash_runway_quarters"]
    assert fact.value == pytest.approx(5.0)  # 50 million / (40 million / 4)


def test_no_burn_has_no_runway(subject):
    fact = compute_facts(subject())["cash_runway_quarters"]
    assert fact.value is None
    assert "burns no cash" in (fact.reason or "")
    assert not fact.failed


def test_quarters_with_a_hole_do_not_make_a_year(subject, company):
    income = company().statement("income", "quarterly")
    holed = replace(income, periods=income.periods[:5] + income.periods[6:])
    facts = compute_facts(
        subject(fundamentals=company(statements=(holed, *company().statements[1:])))
    )
    assert facts["revenue_ttm"].value is None
    assert facts["revenue_growth_yoy"].value == pytest.approx(0.12)


def test_a_newer_fiscal_year_comes_before_older_quarters(subject, company):
    annual = Statement(
        topic="income",
        frequency="annual",
        currency="USD",
        periods=(Period(end=date(2025, 12, 31), rows={"revenue": 500e6}),),
    )
    facts = compute_facts(subject(fundamentals=company(statements=(*company().statements, annual))))
    assert facts["revenue_ttm"].value == 500e6
    assert facts["revenue_ttm"].as_of == date(2025, 12, 31)


def test_a_provider_s_own_year_serves_where_quarters_are_too_few(subject, company):
    income = company().statement("income", "quarterly")
    short = replace(income, periods=income.periods[-3:])
    ttm = Statement(
        topic="income",
        frequency="ttm",
        currency="USD",
        periods=(Period(end=date(2025, 9, 30), rows={"revenue": 440e6}),),
    )
    facts = compute_facts(
        subject(fundamentals=company(statements=(short, ttm, *company().statements[1:])))
    )
    assert facts["revenue_ttm"].value == 440e6


def test_consistency_is_unknown_with_fewer_than_four_comparable_quarters(subject, company):
    income = company().statement("income", "quarterly")
    five = replace(income, periods=income.periods[-5:])
    facts = compute_facts(
        subject(fundamentals=company(statements=(five, *company().statements[1:])))
    )
    fact = facts["revenue_growth_consistency"]
    assert fact.value is None
    assert fact.reason == "only 1 of the last 4 quarters can be compared with the year before"
    assert facts["revenue_growth_yoy"].value == pytest.approx(0.12)


def test_a_two_for_one_split_is_not_dilution(subject, company, bars):
    balance = company().statement("balance", "quarterly")
    doubled = replace(
        balance,
        periods=tuple(
            replace(period, rows={**period.rows, "shares": 20e6 if i < 4 else 40e6})
            for i, period in enumerate(balance.periods)
        ),
    )
    tape = bars([18.0] * 300)
    split = replace(tape, splits=tape.close.iloc[100:101] * 0 + 2.0)
    assert date(2024, 9, 30) < split.splits.index[0].date() <= date(2025, 9, 30)
    others = tuple(s for s in company().statements if s.topic != "balance")
    facts = compute_facts(subject(fundamentals=company(statements=(*others, doubled)), bars=split))
    fact = facts["share_count_growth_yoy"]
    assert fact.value == pytest.approx(0.0)
    assert "2 for 1 split" in fact.formula


def test_a_bank_has_no_altman_z(subject, company):
    facts = compute_facts(subject(fundamentals=company(industry="Banks - Regional")))
    assert facts["altman_z"].value is None
    assert "banks" in (facts["altman_z"].reason or "")


def test_an_unreported_row_is_said(subject, company, unreported):
    facts = compute_facts(subject(fundamentals=unreported(company(), "gross_profit")))
    assert facts["gross_margin"].value is None
    assert facts["gross_margin"].reason == "gross profit is not reported"


def test_statements_that_failed_to_come_are_a_failure_with_its_words(subject, company):
    said = "Yahoo answered 429: Too Many Requests."
    missing = Missing(what="quarterly_statements", reason=said, failed=True)
    facts = compute_facts(subject(fundamentals=company(statements=(), missing=(missing,))))
    for name in ("debt_to_equity", "revenue_ttm", "gross_margin", "pe_trailing"):
        assert (facts[name].value, facts[name].reason, facts[name].failed) == (None, said, True)
    assert facts["market_cap"].value == 720e6
