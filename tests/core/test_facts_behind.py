"""The facts behind an answer are named, so that each can be asked for."""

import pytest

import genie_nb as genie
from genie_nb.core.ask.question import TOPICS
from genie_nb.core.facts.about import ABOUT
from genie_nb.core.facts.registry import REGISTRY

QUESTIONS = {
    "Is it profitable?": "profit_margin",
    "What's the debt situation?": "debt_to_equity",
    "Is it overbought?": "rsi_14",
    "What's the biggest risk?": "average_dollar_volume_20d",
    "Any opportunities?": "revenue_growth_yoy",
    "Should I buy?": "pe_trailing",
    "What would change this?": "sma_50",
}


def test_the_table_names_facts_and_topics_that_exist() -> None:
    assert set(ABOUT) <= set(TOPICS)
    for about in ABOUT.values():
        assert set(about.told) <= set(REGISTRY)
        assert about.first is None or about.first in about.told


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[str, ...]]:
    report = genie.analyze("ACME", *QUESTIONS, "Who is the CEO?", provider="demo")
    return {one.question: one.facts for one in report.answers}


@pytest.mark.parametrize(("question", "fact"), QUESTIONS.items())
def test_an_answer_names_its_facts(
    question: str, fact: str, answers: dict[str, tuple[str, ...]]
) -> None:
    assert fact in answers[question]
    assert set(answers[question]) <= set(REGISTRY)


def test_a_question_that_no_fact_answers_rests_on_none(answers: dict[str, tuple[str, ...]]) -> None:
    assert answers["Who is the CEO?"] == ()


def test_the_cost_of_leaving_is_told_for_the_position_that_was_named() -> None:
    report = genie.analyze("ACME", "What would selling 25,000 shares cost?", provider="demo")
    assert "25,000 shares" in report.answers[0].text
    assert report.facts["days_to_exit_10000_shares"].value == pytest.approx(
        25_000 / 9_000, rel=0.01
    )


def test_a_misspelt_name_is_answered_with_near_ones() -> None:
    with pytest.raises(genie.GenieError, match="ACME"):
        genie.ask("Analyze Acme Crop", provider="demo")
