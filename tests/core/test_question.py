"""Which questions are told apart, and that none is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.ask.question import TOPICS, questions, topic_of
from genie_nb.core.narrate import questions as narrated


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Is it profitable?", "profitability"),
        ("Does it make money?", "profitability"),
        ("What's the debt situation?", "debt"),
        ("What’s the debt situation?", "debt"),
        ("Is the balance sheet strong?", "debt"),
        ("How's revenue growth?", "growth"),
        ("Is it expensive?", "valuation"),
        ("What are the margins?", "margins"),
        ("What are the risks?", "risks"),
        ("Is it safe?", "risks"),
        ("What's the biggest risk here?", "biggest_risk"),
        ("What are the opportunities?", "opportunities"),
        ("Is it breaking out?", "trend"),
        ("Is it oversold?", "overbought"),
        ("Are insiders buying?", "insiders"),
        ("Is it liquid?", "liquidity"),
        ("How hard is it to sell 10,000 shares?", "liquidity"),
        ("How many analysts cover it?", "coverage"),
        ("When do they report earnings?", "earnings"),
        ("How fast do earnings grow?", "growth"),
        ("Does it pay a dividend?", "dividend"),
        ("Is it diluting shareholders?", "dilution"),
        ("How volatile is it?", "volatility"),
        ("How big is it?", "size"),
        ("Does it have a moat?", "advantage"),
        ("Should I buy?", "should_buy"),
        ("Is it a good investment?", "should_buy"),
        ("What would change this view?", "what_would_change"),
        ("How is it doing?", "overview"),
    ],
)
def test_a_question_has_its_topic(question: str, topic: str) -> None:
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    "question", ["Who is the CEO?", "What is the weather?", "Where is it based?"]
)
def test_a_question_that_facts_cannot_answer_has_no_topic(question: str) -> None:
    assert topic_of(question) is None


def test_each_sentence_is_a_question_of_its_own() -> None:
    asked = questions("Is it profitable? What's the debt situation? How's revenue growth?")
    assert [(q.topic, q.text) for q in asked] == [
        ("profitability", "Is it profitable?"),
        ("debt", "What's the debt situation?"),
        ("growth", "How's revenue growth?"),
    ]


def test_halves_around_and_are_questions_when_both_ask_something() -> None:
    assert [q.topic for q in questions("What are the risks and opportunities?")] == [
        "risks",
        "opportunities",
    ]
    assert [q.text for q in questions("What are the risks and side effects?")] == [
        "What are the risks and side effects?"
    ]


def test_a_question_without_a_topic_is_kept() -> None:
    assert [(q.topic, q.text) for q in questions("Who is the CEO? Is it profitable?")] == [
        (None, "Who is the CEO?"),
        ("profitability", "Is it profitable?"),
    ]


def test_every_topic_can_be_answered() -> None:
    assert set(TOPICS) == set(narrated.TOPICS)


@given(
    st.lists(st.sampled_from(["Is it profitable?", "Who runs it?", "And the debt?"]), max_size=5)
)
def test_no_sentence_is_lost(sentences: list[str]) -> None:
    assert [q.text for q in questions(" ".join(sentences))] == sentences
