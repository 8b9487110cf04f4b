"""Whose figure is shown: ours from statements, or the provider's own, and what stands beside it."""

from dataclasses import replace
from datetime import date

import pytest

from genie_nb.core.facts.health import NO_EQUITY
from genie_nb.core.facts.registry import compute_facts


def quoting(company, **figures):
    return company(quoted={**company().quoted, **figures})


def test_statements_of_the_newest_quarter_come_before_the_provider_s_own_figure(subject, company):
    fact = compute_facts(subject(fundamentals=quoting(company, debt_to_equity=0.41)))[
        "debt_to_equity"
    ]
    assert (fact.value, fact.source, fact.alternatives) == (0.4, "computed", ())


def test_both_are_shown_when_they_differ_by_more_than_a_twentieth(subject, company):
    fact = compute_facts(subject(fundamentals=quoting(company, debt_to_equity=0.43)))[
        "debt_to_equity"
    ]
    assert fact.value == 0.4
    assert [(other.source, other.value) for other in fact.alternatives] == [
        ("test (own figure)", 0.43)
    ]


def test_statements_older_than_the_provider_s_quarter_give_way(subject, company):
    newer = replace(quoting(company, debt_to_equity=1.45), most_recent_quarter=date(2025, 12, 31))
    fact = compute_facts(subject(fundamentals=newer))["debt_to_equity"]
    assert (fact.value, fact.source) == (1.45, "test (own figure)")
    assert [(other.source, other.value) for other in fact.alternatives] == [("statements", 0.4)]
    assert fact.inputs[0].name == "debt_to_equity as quoted"


def test_a_quarter_that_ends_on_a_saturday_is_not_older(subject, company):
    near = replace(quoting(company, debt_to_equity=9.0), most_recent_quarter=date(2025, 10, 4))
    assert compute_facts(subject(fundamentals=near))["debt_to_equity"].value == 0.4


def test_old_statements_serve_where_there_is_nothing_else(subject, company):
    facts = compute_facts(subject(fundamentals=company(most_recent_quarter=date(2025, 12, 31))))
    assert facts["debt_to_equity"].value == 0.4
    assert facts["debt_to_equity"].as_of == date(2025, 9, 30)


def test_a_quoted_pe_that_is_not_positive_is_a_loss(subject, company):
    facts = compute_facts(
        subject(fundamentals=replace(quoting(company, pe_trailing=-14.5), statements=()))
    )
    assert facts["pe_trailing"].value is None
    assert "loss" in (facts["pe_trailing"].reason or "")


def test_a_negative_forward_pe_is_an_expected_loss(subject, company):
    fact = compute_facts(subject(fundamentals=quoting(company, pe_forward=-14.5)))["pe_forward"]
    assert fact.value is None
    assert "expect a loss" in (fact.reason or "")


def test_any_fact_the_provider_quotes_serves_when_it_cannot_be_computed(subject, company):
    bare = replace(quoting(company, altman_z=2.2, average_volume_20d=5e5), statements=())
    facts = compute_facts(subject(fundamentals=bare, bars=None))
    assert (facts["altman_z"].value, facts["altman_z"].verdict) == (2.2, "grey zone")
    assert facts["average_volume_20d"].source == "test (own figure)"


def in_yuan(company):
    """A depositary receipt: statements in yuan, eight ordinary shares behind each quoted one."""
    base = company()
    statements = tuple(
        replace(
            statement,
            currency="CNY",
            periods=tuple(
                replace(period, rows={**period.rows, "shares": 320e6})
                if statement.topic == "balance"
                else period
                for period in statement.periods
            ),
        )
        for statement in base.statements
    )
    return replace(
        quoting(company, pe_trailing=20.9, price_to_sales=0.35, price_to_book=0.33),
        statements=statements,
        financial_currency="CNY",
    )


def test_price_never_meets_statements_in_another_currency(subject, company):
    facts = compute_facts(subject(fundamentals=in_yuan(company)))
    assert (facts["pe_trailing"].value, facts["pe_trailing"].source) == (20.9, "test (own figure)")
    for name in ("price_to_sales", "price_to_book", "ev_to_ebitda"):
        assert facts[name].value is None
        assert "USD" in (facts[name].reason or "")
        assert "CNY" in (facts[name].reason or "")


def test_money_of_the_statements_keeps_their_currency(subject, company):
    facts = compute_facts(subject(fundamentals=in_yuan(company)))
    units = {name: facts[name].unit for name in ("total_debt", "cash", "revenue_ttm", "market_cap")}
    assert units == {"total_debt": "CNY", "cash": "CNY", "revenue_ttm": "CNY", "market_cap": "USD"}
    assert facts["debt_to_equity"].value == 0.4


def test_an_adr_in_one_currency_still_does_not_meet_ordinary_shares(subject, company, changed):
    adr = changed(quoting(company, pe_trailing=25.0), "balance", shares=320e6)
    fact = compute_facts(subject(fundamentals=adr))["pe_trailing"]
    assert (fact.value, fact.source) == (25.0, "test (own figure)")


def test_an_adr_without_an_own_figure_says_why(subject, company, changed):
    fact = compute_facts(subject(fundamentals=changed(company(), "balance", shares=320e6)))[
        "pe_trailing"
    ]
    assert fact.value is None
    assert "ordinary share" in (fact.reason or "")


def test_all_share_classes_count_as_the_same_shares(subject, company, changed):
    two_classes = changed(quoting(company, implied_shares=80e6), "balance", shares=80e6)
    assert compute_facts(subject(fundamentals=two_classes))["pe_trailing"].value == 18.0


@pytest.mark.parametrize(
    ("cap", "verdict", "flagged"),
    [
        (720e6, "small", False),
        (734e6, "small", False),  # 1.9 % above 40 million × $18
        (740e6, "small", True),
        (893e6, "small", True),  # 24 % above
        (907e6, None, True),  # 26 % above
        (581e6, "small", True),  # 24 % of the smaller figure below
        (571e6, None, True),  # 26 % of it
    ],
)
def test_a_market_cap_is_checked_against_price_times_shares(
    subject, company, cap, verdict, flagged
):
    fact = compute_facts(subject(fundamentals=quoting(company, market_cap=cap)))["market_cap"]
    assert fact.value == cap
    assert fact.verdict == verdict
    assert bool(fact.alternatives) == flagged
    assert fact.tone == ("warn" if flagged else "calm")


def test_agreement_with_implied_shares_is_enough(subject, company):
    fact = compute_facts(
        subject(fundamentals=quoting(company, market_cap=1440e6, implied_shares=80e6))
    )["market_cap"]
    assert (fact.verdict, fact.alternatives) == ("small", ())


def test_without_a_quoted_value_it_is_price_times_all_quoted_shares(subject, company):
    fact = compute_facts(subject(fundamentals=company(quoted={"shares_outstanding": 40e6})))[
        "market_cap"
    ]
    assert (fact.value, fact.source, fact.verdict) == (720e6, "computed", "small")


def test_shares_of_a_balance_sheet_alone_make_no_market_cap(subject, company):
    fact = compute_facts(subject(fundamentals=company(quoted={})))["market_cap"]
    assert fact.value is None


def test_a_market_cap_in_another_currency_has_no_band(subject, company, bars):
    tape = replace(bars([18.0] * 300), currency="JPY")
    fact = compute_facts(subject(fundamentals=company(currency="JPY"), bars=tape))["market_cap"]
    assert (fact.value, fact.unit, fact.verdict) == (720e6, "JPY", None)


def only_quoted(company, **figures):
    """A company without statements, as a file of facts describes it."""
    return company(statements=(), quoted=figures)


def test_a_negative_debt_to_equity_is_not_low_leverage(subject, company):
    fact = compute_facts(subject(fundamentals=only_quoted(company, debt_to_equity=-1.5)))[
        "debt_to_equity"
    ]
    assert (fact.value, fact.reason) == (None, NO_EQUITY)


@pytest.mark.parametrize("own", [0.0, -0.75])
def test_a_peg_that_is_not_positive_means_nothing(subject, company, own):
    fact = compute_facts(subject(fundamentals=only_quoted(company, peg_ratio=own)))["peg_ratio"]
    assert fact.value is None
    assert "not positive" in (fact.reason or "")


def test_earnings_per_share_that_are_only_quoted_make_a_pe(subject, company):
    facts = compute_facts(
        subject(fundamentals=only_quoted(company, eps_ttm=1.5, earnings_growth_yoy=0.24))
    )
    assert facts["pe_trailing"].value == 12.0  # $18 / $1.50
    assert facts["pe_trailing"].source == "computed"
    assert facts["peg_ratio"].value == 0.5


def test_a_quoted_loss_per_share_makes_none(subject, company):
    fact = compute_facts(subject(fundamentals=only_quoted(company, eps_ttm=-1.5)))["pe_trailing"]
    assert fact.value is None


def test_a_market_cap_and_revenue_that_are_only_quoted_make_a_price_to_sales(subject, company):
    fact = compute_facts(
        subject(fundamentals=only_quoted(company, market_cap=720e6, revenue_ttm=480e6))
    )["price_to_sales"]
    assert (fact.value, fact.source) == (1.5, "computed")
    assert [one.name for one in fact.inputs] == ["market_cap", "revenue_ttm as quoted"]


def test_a_quoted_company_without_revenue_has_no_price_to_sales(subject, company):
    fact = compute_facts(
        subject(fundamentals=only_quoted(company, market_cap=720e6, revenue_ttm=0.0))
    )["price_to_sales"]
    assert (fact.value, fact.reason) == (None, "revenue over twelve months is not positive")


def test_a_quoted_revenue_in_another_currency_makes_no_price_to_sales(subject, company):
    abroad = replace(
        only_quoted(company, market_cap=720e6, revenue_ttm=480e6), financial_currency="CNY"
    )
    fact = compute_facts(subject(fundamentals=abroad))["price_to_sales"]
    assert (fact.value, fact.failed) == (None, False)
    assert "statements are in CNY" in (fact.reason or "")
