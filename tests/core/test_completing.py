"""What is offered where."""

from collections.abc import Iterable

import pytest

from genie_nb.core.ask.completing import complete

SOURCES = {
    "ticker": lambda: ["ACME", "ADLN", "BLTW"],
    "provider": lambda: ["demo", "yahoo"],
    "strategy": lambda: ["breakout", "trend"],
    "setting": lambda: ["provider", "deadline"],
}


def offered(said: str) -> list[str]:
    return [candidate.text for candidate in complete(said, SOURCES)[1]]


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        ("an", ["analyze"]),
        ("AN", ["analyze"]),
        ("co", ["compare", "config"]),
        ("help wh", ["why"]),
        ("analyze A", ["ACME", "ADLN"]),
        ("analyze $a", ["ACME", "ADLN"]),
        ("compare ACME A", ["ADLN"]),
        ("why debt_to", ["debt_to_equity"]),
        ("strategy ", ["breakout", "trend"]),
        ("strategy breakout AD", ["ADLN"]),
        ("why debt_to_equity B", ["BLTW"]),
        ("Should I buy B", ["BLTW"]),
        ("analyze ACME --pro", ["--provider"]),
        ("analyze ACME --provider ", ["demo", "yahoo"]),
        ("analyze ACME --provider=y", ["yahoo"]),
        ("analyze ACME --format ", ["text", "json", "html", "md"]),
        ("analyze --provider demo B", ["BLTW"]),
        ("config d", ["deadline"]),
        ("config provider ", ["demo", "yahoo"]),
        ("doctor ", []),
        ("analyze ACME --as-of ", []),
    ],
)
def test_what_may_stand_there_is_offered(said: str, texts: list[str]) -> None:
    assert offered(said) == texts


def test_an_option_is_offered_once() -> None:
    assert "--provider" not in offered("analyze ACME --provider demo --")


def test_every_verb_is_offered_at_the_beginning() -> None:
    assert offered("")[:3] == ["analyze", "compare", "why"]


def test_the_fragment_is_what_would_be_replaced() -> None:
    assert complete("analyze AC", SOURCES)[0] == "AC"
    assert complete("analyze ", SOURCES)[0] == ""
    assert complete("analyze --format=js", SOURCES)[0] == "js"


def test_a_source_is_asked_only_for_what_may_stand_there() -> None:
    def asked() -> Iterable[str]:
        raise AssertionError

    assert complete("an", {"ticker": asked, "provider": asked, "setting": asked})[1]
