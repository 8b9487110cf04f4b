"""Facts to sentences: balanced, sourced, and silent about what is unknown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from genie_nb.core.facts.fact import Alternative, Fact, Input
from genie_nb.core.facts.registry import REGISTRY
from genie_nb.core.findings.finding import Check, Opportunity, Risk, Signal
from genie_nb.core.narrate import comparison
from genie_nb.core.narrate.comparison import differences
from genie_nb.core.narrate.explanation import explain
from genie_nb.core.narrate.questions import TOPICS, answer
from genie_nb.core.narrate.sentence import listed, lowered
from genie_nb.core.narrate.summary import summary, together
from genie_nb.core.report import Profile, Report
from genie_nb.core.verbs import ON

NOW = datetime(2026, 1, 12, 21, 30, tzinfo=UTC)
ADVICE = ("you should", "recommend", "undervalued", "overvalued", "a buy", "a sell", "bargain")


def report(ticker: str = "X", **values: float | None) -> Report:
    """A report whose facts are *values*; the others are unknown."""
    facts = {
        name: Fact(
            name=name,
            value=values.get(name),
            unit="USD" if spec.unit == "money" else spec.unit,
            as_of=NOW,
            source="fake",
            formula=spec.formula,
            reason=None if values.get(name) is not None else "nobody says",
        )
        for name, spec in REGISTRY.items()
    }
    profile = Profile(ticker=ticker, name=f"{ticker} Works", sector="Industrials", band="small")
    return Report(profile=profile, provider="fake", as_of=NOW, facts=facts)


GROWING = {
    "market_cap": 850e6,
    "revenue_growth_yoy": 0.12,
    "profit_margin": 0.09,
    "debt_to_equity": 0.4,
    "pe_trailing": 18.0,
    "pe_sector_median": 16.9,
}


def test_a_summary_says_size_growth_debt_and_price_from_facts():
    told = summary(report(**GROWING))
    for part in ("$850M small cap", "grew 12 %", "0.40 times equity", "18.0 times", "16.9"):
        assert part in told
    assert "slightly above" in told


def test_a_shrinking_loss_maker_is_told_without_a_minus_sign():
    told = summary(report(**{**GROWING, "revenue_growth_yoy": -0.06, "profit_margin": -0.39}))
    assert "shrank 6.0 %" in told
    assert "losses are 39 % of revenue" in told
    assert "-" not in told.replace("X Works", "")


def test_what_a_summary_does_not_know_it_names():
    told = summary(report(market_cap=850e6))
    assert "Not known or not meaningful here:" in told
    for name in ("pe_trailing", "debt_to_equity", "revenue_growth_yoy", "profit_margin"):
        assert REGISTRY[name].label in told


def test_the_worst_risk_and_the_news_of_the_tape_are_told():
    told = summary(
        replace(
            report(**GROWING),
            risks=(Risk(name="liquidity", severity=0.7, text="Few shares trade. It is thin."),),
            signals=(
                Signal(name="uptrend", active=True, bars_ago=9, with_volume=None, text="Uptrend: it rises."),
                Signal(
                    name="broke_above_sma_50", active=True, bars_ago=0, with_volume=True,
                    text="Closed above its 50-day average.",
                ),
            ),
        )
    )  # fmt: skip
    assert "stands out most is liquidity. Few shares trade." in told
    assert told.index("It closed above its 50-day average.") < told.index("Uptrend: it rises.")


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("values", [{}, GROWING], ids=["nothing known", "much known"])
def test_every_question_has_an_answer_without_advice(topic, values):
    told = answer(topic, report(**values))
    assert told.strip()
    assert not [word for word in ADVICE if word in told.lower()]


@pytest.mark.parametrize(
    ("margin", "head"),
    [(0.09, "Yes, it is profitable"), (-0.1, "No, it lost money"), (None, "is not known")],
)
def test_profitable_is_answered_from_the_margin(margin, head):
    assert head in answer("profitability", report(profit_margin=margin))


@pytest.mark.parametrize(
    ("topic", "values", "head"),
    [
        ("growth", {"revenue_growth_yoy": -0.06}, "Revenue shrank 6.0 % over the same quarter"),
        ("dilution", {"share_count_growth_yoy": 0.14}, "The share count grew 14 % in a year."),
        ("earnings", {"days_to_earnings": 23.0}, "Its next earnings release is in 23 days."),
        ("cash", {"cash": 58e6, "total_debt": 176e6}, "Cash $58M."),
        (
            "trend",
            {"price": 21.0, "sma_50": 20.0, "sma_200": 22.0},
            "The price is above its 50-day average and below its 200-day average.",
        ),
    ],
)
def test_an_answer_begins_with_what_was_asked(topic, values, head):
    assert answer(topic, report(**values)).startswith(head)


def test_what_was_asked_and_is_unknown_is_said_first():
    told = answer("valuation", report(price_to_book=3.8))
    assert told.startswith(f"{REGISTRY['pe_trailing'].label} is unknown")
    assert "3.80" in told


def test_an_answer_does_not_tell_the_same_fact_twice():
    assert answer("debt", report(debt_to_equity=0.4)).count("0.40") == 1
    assert answer("growth", report(revenue_growth_yoy=0.12)).count("12 %") == 1


def test_should_i_buy_has_four_sides_and_tells_nothing_twice():
    growth = Fact(name="revenue_growth_yoy", value=0.12, unit="fraction")
    told = answer(
        "should_buy",
        replace(
            report(**GROWING),
            opportunities=(Opportunity(name="growth", text="Revenue is up.", evidence=(growth,)),),
            checks=(
                Check(name="revenue_growth", status="pass", text="It grows.", evidence=(growth,)),
                Check(name="valuation", status="fail", text="PEG is high."),
                Check(name="competitive_advantage", status="unknown", text="No filings."),
            ),
            risks=(
                Risk(name="liquidity", severity=0.9, text="It is thin."),
                Risk(name="volatility", severity=0.1, text="It is calm."),
            ),
        ),
    )
    side = dict(line.split(": ", 1) for line in told.splitlines()[1:])
    assert side["For"] == "Revenue is up."
    assert side["Against"] == "It is thin. PEG is high."
    assert side["Unknown"] == "No filings."
    assert side["What would change this"]


def test_differences_are_ranked_by_factor_and_distance():
    found = differences(
        [
            report("A", pe_trailing=10.0, profit_margin=0.10, analyst_count=4.0),
            report("B", pe_trailing=40.0, profit_margin=0.12, analyst_count=4.0),
        ]
    )
    assert [one.fact for one in found] == ["pe_trailing", "profit_margin"]
    assert found[0].text.startswith(f"{REGISTRY['pe_trailing'].label}: B 40.0, A 10.0")


def test_a_fact_that_only_one_company_has_is_no_difference():
    assert differences([report("A", pe_trailing=10.0), report("B")]) == ()


def test_money_in_two_currencies_is_not_compared():
    other = report("B", market_cap=2e9)
    foreign = replace(other.facts["market_cap"], unit="EUR")
    other = replace(other, facts={**other.facts, "market_cap": foreign})
    assert differences([report("A", market_cap=1e9), other]) == ()


def test_a_comparison_on_one_thing_says_first_who_comes_lowest_in_it():
    told = comparison.answer(
        "valuation", [report("A", pe_trailing=10.0), report("B", pe_trailing=40.0), report("C")]
    )
    assert told.startswith("By P/E, A comes lowest and B highest. P/E: B 40.0, A 10.0 (C unknown).")
    assert "PEG is unknown for A, B and C." in told


def test_a_comparison_on_money_of_two_currencies_ranks_nothing():
    other = report("B", market_cap=2e9)
    foreign = replace(other.facts["market_cap"], unit="EUR")
    other = replace(other, facts={**other.facts, "market_cap": foreign})
    told = comparison.answer("size", [report("A", market_cap=1e9), other])
    assert told.startswith("Market cap, not of one currency: A $1B, B €2B.")


def test_every_topic_of_a_comparison_is_answered():
    for topic in ON.choices:
        assert comparison.answer(topic, [report("A"), report("B")])


def test_an_explanation_has_formula_inputs_and_what_others_say():
    fact = Fact(
        name="debt_to_equity", value=0.4, unit="ratio", as_of=NOW, source="computed",
        formula="total debt / stockholders' equity",
        inputs=(Input(name="total_debt", value=176e6, source="fake", unit="USD"),),
        alternatives=(Alternative(source="other", value=0.5),),
    )  # fmt: skip
    told = explain(fact, "X")
    for part in ("is 0.40", "total debt / stockholders' equity", "$176M", "other says 0.50"):
        assert part in told


def test_an_unknown_fact_is_explained_by_its_reason():
    fact = Fact(
        name="pe_trailing", value=None, unit="ratio", reason="it made a loss", formula="price / EPS"
    )
    assert explain(fact, "X") == "P/E of X is unknown: it made a loss. It would be price / EPS."


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_items_are_listed_as_a_sentence_does(items, text):
    assert listed(items) == text


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("Closed above", "closed above"),
        ("RSI is 70", "RSI is 70"),
        ("$5 a share", "$5 a share"),
        ("P/E 18", "P/E 18"),
    ],
)
def test_a_sentence_continues_in_small_letters_unless_it_begins_with_a_name(text, within):
    assert lowered(text) == within


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (
            "Closed above its 50-day average on the last day, on 2.0 times its usual volume.",
            "Closed above $21.11, its highest price of the 20 days before, on the last day, on 2.0 times its usual volume.",
            "Closed above its 50-day average and $21.11, its highest price of the 20 days before, on the last day, on 2.0 times its usual volume.",
        ),
        (
            "Opened 4.1 % below the previous close 2 days ago, on 2.6 times its usual volume.",
            "Closed below its 50-day average 2 days ago, on 2.6 times its usual volume.",
            "Opened 4.1 % below the previous close and closed below its 50-day average 2 days ago, on 2.6 times its usual volume.",
        ),
        ("Closed above $20 2 days ago.", "Closed above its 50-day average 1 day ago.", ""),
        ("Uptrend: it rises.", "Closed above $20 1 day ago.", ""),
    ],
)
def test_what_happened_on_one_day_is_one_sentence(first, second, both):
    assert together(first, second) == both


def test_news_and_risk_come_before_the_business():
    told = summary(
        replace(
            report(**GROWING),
            risks=(Risk(name="liquidity", severity=0.7, text="90 shares trade. It is thin."),),
            signals=(
                Signal(name="gap_up", active=True, bars_ago=0, with_volume=True, text="Gapped up on the last day."),
            ),
        )
    )  # fmt: skip
    places = [told.index(part) for part in ("$850M", "It gapped up", "liquidity. 90", "grew 12 %")]
    assert places == sorted(places)
    assert "It is thin" not in told


@pytest.mark.parametrize(
    ("risk", "absent"), [("valuation", "times trailing earnings"), ("leverage", "Debt is")]
)
def test_what_the_worst_risk_tells_is_not_told_twice(risk, absent):
    told = summary(
        replace(report(**GROWING), risks=(Risk(name=risk, severity=0.7, text="It is 3.00."),))
    )
    assert absent not in told


def test_the_volume_of_a_day_is_told_once_and_a_possession_as_it_is():
    def told(*signals):
        return summary(replace(report(**GROWING), signals=signals))

    def signal(name, text):
        return Signal(name=name, active=True, bars_ago=2, with_volume=True, text=text)

    spike = signal("volume_spike", "Traded 2.1 times its usual volume 2 days ago.")
    gap = signal(
        "gap_up", "Opened 4.0 % above the previous close 2 days ago, on 2.1 times its usual volume."
    )
    cross = signal(
        "death_cross", "Its 50-day average crossed below its 200-day average 2 days ago."
    )
    assert told(gap, spike).count("2.1 times") == 1
    assert "It traded 2.1 times" in told(spike)
    assert " Its 50-day average crossed" in told(cross)
