"""The six checks: what passes, what is held against a company, what cannot be told."""

from dataclasses import replace

import pytest

from genie_nb.core.facts.registry import compute_facts
from genie_nb.core.findings.checks import checks
from genie_nb.core.fundamentals import InsiderTrade, Period, Statement

NAMES = (
    "revenue_growth", "profitability", "balance_sheet", "insider_buying", "competitive_advantage",
    "valuation",
)  # fmt: skip


def check(subject, company, name):
    found = checks(compute_facts(subject(fundamentals=company)), company)
    assert tuple(one.name for one in found) == NAMES
    return next(one for one in found if one.name == name)


def with_quarters(company, topic, **rows):
    """Eight quarters of a row, oldest first."""
    statement = company.statement(topic, "quarterly")
    changed = replace(
        statement,
        periods=tuple(
            replace(period, rows={**period.rows, **{k: v[i] for k, v in rows.items()}})
            for i, period in enumerate(statement.periods)
        ),
    )
    others = tuple(s for s in company.statements if s is not statement)
    return replace(company, statements=(*others, changed))


def test_steady_growth_passes(subject, company):
    found = check(subject, company(), "revenue_growth")
    assert found.status == "pass"
    assert found.text == (
        "Revenue of the latest quarter is up 12 % on the year before, "
        "and it rose in 4 of the last 4 quarters."
    )
    assert [fact.name for fact in found.evidence][:2] == [
        "revenue_growth_yoy",
        "revenue_growth_consistency",
    ]


def test_one_spike_is_not_growth(subject, company):
    spike = with_quarters(company(), "income", revenue=[100e6] * 4 + [90e6, 90e6, 90e6, 150e6])
    found = check(subject, spike, "revenue_growth")
    assert found.status == "warn"
    assert "only 1 of the last 4 quarters" in found.text


def test_shrinking_revenue_fails(subject, company):
    shrinking = with_quarters(company(), "income", revenue=[100e6] * 4 + [90e6] * 4)
    assert check(subject, shrinking, "revenue_growth").status == "fail"


def test_no_revenue_at_all_fails(subject, company, changed):
    assert (
        check(subject, changed(company(), "income", revenue=0.0), "revenue_growth").status == "fail"
    )


def few_quarters(company, *annual):
    income = company().statement("income", "quarterly")
    yearly = Statement(
        topic="income",
        frequency="annual",
        currency="USD",
        periods=tuple(
            Period(end=income.periods[3].end.replace(year=2022 + i), rows={"revenue": revenue})
            for i, revenue in enumerate(annual)
        ),
    )
    short = replace(income, periods=income.periods[-5:])
    return company(statements=(short, yearly, *company().statements[1:]))


def test_too_few_quarters_are_helped_out_by_fiscal_years(subject, company):
    found = check(subject, few_quarters(company, 300e6, 330e6, 360e6), "revenue_growth")
    assert found.status == "pass"
    assert "2 of the last 2 fiscal years" in found.text


def test_growth_of_unknown_steadiness_never_passes(subject, company):
    found = check(subject, few_quarters(company), "revenue_growth")
    assert found.status == "unknown"


def test_a_profit_passes(subject, company):
    found = check(subject, company(), "profitability")
    assert (found.status, found.text) == (
        "pass",
        "It is profitable: it keeps 9.0 % of revenue over twelve months.",
    )


@pytest.mark.parametrize(
    ("margins", "flow", "status"),
    [
        ([-0.30] * 4 + [-0.10] * 4, -5e6, "pass"),  # improving, 10 quarters of cash
        ([-0.30] * 4 + [-0.10] * 4, -10e6, "warn"),  # improving, 5 quarters
        ([-0.10] * 4 + [-0.30] * 4, -5e6, "warn"),
        ([-0.10] * 4 + [-0.30] * 4, -10e6, "fail"),
    ],
)
def test_a_path_to_profit_is_better_margins_and_eight_quarters_of_cash(
    subject, company, changed, margins, flow, status
):
    base = changed(company(), "income", net_income=-5e6, revenue=100e6)
    losing = with_quarters(base, "income", operating_income=[m * 100e6 for m in margins])
    found = check(subject, changed(losing, "cashflow", free_cash_flow=flow), "profitability")
    assert found.status == status
    assert "loses money" in found.text


@pytest.mark.parametrize(("debt", "status"), [(80e6, "pass"), (400e6, "pass"), (401e6, "fail")])
def test_debt_above_twice_equity_fails(subject, company, changed, debt, status):
    owing = changed(company(), "balance", total_debt=debt)
    assert check(subject, owing, "balance_sheet").status == status


def test_short_term_liabilities_above_short_term_assets_warn(subject, company, changed):
    tight = changed(company(), "balance", current_assets=60e6)
    assert check(subject, tight, "balance_sheet").status == "warn"


def test_negative_equity_fails_the_balance_sheet(subject, company, changed):
    assert (
        check(subject, changed(company(), "balance", equity=-1e6), "balance_sheet").status == "fail"
    )


def test_the_balance_sheet_of_a_bank_is_not_judged(subject, company):
    bank = company(industry="Banks—Regional")
    assert check(subject, bank, "balance_sheet").status == "not_applicable"


@pytest.mark.parametrize(
    ("made", "status", "words"),
    [
        ((("purchase", 100.0),), "pass", "bought"),
        ((("purchase", 100.0), ("sale", 500.0)), "warn", "worth a look"),
        ((("sale", 500.0),), "warn", "worth a look"),
        ((("award", 500.0),), "warn", "neither bought nor sold"),
    ],
)
def test_buying_is_good_and_selling_worth_a_look(subject, company, made, status, words):
    day = company().as_of.date()
    list_of = tuple(
        InsiderTrade(day=day, name="A", position="CEO", kind=kind, shares=shares)
        for kind, shares in made
    )
    found = check(subject, company(insider_trades=list_of), "insider_buying")
    assert found.status == status
    assert words in found.text


def test_insiders_nobody_reports_on_are_unknown(subject, company):
    found = check(subject, company(insider_trades=None), "insider_buying")
    assert found.status == "unknown"


@pytest.mark.parametrize(
    ("margins", "status"),
    [
        ([0.55] * 8, "pass"),
        ([0.55, 0.40] * 4, "warn"),
        ([0.30] * 8, "warn"),
        ([0.15] * 8, "fail"),
    ],
)
def test_a_high_and_steady_gross_margin_stands_for_an_advantage(
    subject, company, changed, margins, status
):
    even = changed(company(), "income", revenue=100e6)
    made = with_quarters(even, "income", gross_profit=[m * 100e6 for m in margins])
    found = check(subject, made, "competitive_advantage")
    assert found.status == status
    assert "proxy" in found.text


def test_no_gross_margin_is_no_verdict_on_an_advantage(subject, company, unreported):
    found = check(subject, unreported(company(), "gross_profit"), "competitive_advantage")
    assert found.status == "unknown"


@pytest.mark.parametrize(
    ("price", "status", "verdict"),
    [
        (24.99, "pass", "below 1.0"),
        (25.0, "warn", "at 1.0"),
        (25.01, "warn", "above 1.0"),
        (50.0, "warn", "above 1.0"),
        (51.0, "fail", "well above 1.0"),
    ],
)
def test_a_peg_below_one_is_attractive(subject, company, bars, price, status, verdict):
    # earnings of $1.00 a share grow 25 %: a PEG of 1.0 is a price of $25
    facts = compute_facts(subject(bars=bars([price] * 300)))
    found = {one.name: one for one in checks(facts, company())}
    assert found["valuation"].status == status
    assert facts["peg_ratio"].verdict == verdict


def test_a_loss_maker_s_price_is_not_judged_by_its_growth(subject, company, changed):
    found = check(subject, changed(company(), "income", eps_diluted=-1.0), "valuation")
    assert found.status == "unknown"
    assert "loss" in found.text


def test_earnings_of_exactly_zero_are_neither_profit_nor_loss(subject, company, changed):
    even = changed(company(), "income", eps_diluted=0.0, net_income=0.0, net_income_common=0.0)
    facts = compute_facts(subject(fundamentals=even))
    assert (facts["eps_ttm"].verdict, facts["eps_ttm"].tone) == ("neither profit nor loss", "calm")
    assert facts["pe_trailing"].value is None
    assert "it earned nothing" in (facts["pe_trailing"].reason or "")
    found = {one.name: one.text for one in checks(facts, even)}
    assert found["profitability"].startswith("It neither earns nor loses money")
    assert "it earned nothing" in found["valuation"]
    assert "loss" not in found["valuation"]


def test_nothing_is_checked_of_a_fund(subject, company):
    fund = company(kind="etf")
    found = checks(compute_facts(subject(fundamentals=fund)), fund)
    assert {one.status for one in found} == {"not_applicable"}


def test_what_is_unknown_never_passes(subject):
    found = checks(compute_facts(subject(fundamentals=None, bars=None)), None)
    assert tuple(one.name for one in found) == NAMES
    assert {one.status for one in found} == {"unknown"}
