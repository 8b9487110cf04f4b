"""The tables of phrasings: what people say, and exactly how it is read, or why it is refused."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from genie_nb.core.ask.conversation import Conversation
from genie_nb.core.ask.question import questions
from genie_nb.core.ask.reading import rule_line
from genie_nb.core.errors import AskError
from genie_nb.core.verbs import Ask

TABLES = Path(__file__).parent / "phrasings"
READ = (
    "seed",
    "analyze",
    "compare",
    "why",
    "strategies",
    "tending",
    "watch",
    "compound",
    "changes",
    "rotation",
)


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


PHRASES = {phrase: means for name in READ for phrase, means in table(name).items()}
REFUSED = table("refused")
TALKS = table("talks")["talk"]


def spelled(ask: Ask, phrase: str) -> str:
    """The whole Ask as the tables write it."""
    if rule := rule_line(ask):
        extra = [f"--{name}" for name in ask.options if name not in ("interval", "provider")]
        return " ".join((ask.verb, rule, *extra))
    names = [f"'{name}'" if " " in name else name for name in ask.tickers]
    flags = [
        f"--{name}" if value is True else f"--{name}={value}" for name, value in ask.options.items()
    ]
    topics = [str(one.topic) for one in questions(ask.words)] if ask.verb == "analyze" else []
    head = [ask.verb, ask.word, *names, *flags, f"[{' '.join(topics)}]" if topics else ""]
    words = "…" if ask.words == phrase else ask.words
    return " ".join(part for part in head if part) + (f": {words}" if words else "")


def asked(talk: Conversation, words: str) -> Ask:
    found = talk.request(words)
    assert isinstance(found, Ask), found
    return found


@pytest.mark.parametrize(("phrase", "means"), PHRASES.items(), ids=str)
def test_a_phrase_is_read_as_it_is_meant(phrase: str, means: str) -> None:
    ask = asked(Conversation(), phrase)
    assert spelled(ask, phrase) == means
    reading, _ = Conversation().read(phrase)
    assert reading.ask == ask
    assert reading.said_back


@pytest.mark.parametrize(("phrase", "why"), REFUSED.items(), ids=repr)
def test_what_must_be_refused_is_refused_in_words(phrase: str, why: str) -> None:
    reading, after = Conversation().read(phrase)
    assert not reading.understood
    assert why in reading.said_back
    assert after == Conversation()
    with pytest.raises(AskError, match=r"\S") as refused:
        Conversation().request(phrase)
    assert refused.value.cure


@pytest.mark.parametrize("phrase", REFUSED, ids=repr)
def test_what_must_be_refused_arms_nothing_in_a_talk_either(phrase: str) -> None:
    _, talk = Conversation().read("Analyze CRSR")
    try:
        found = talk.request(phrase)
    except AskError:
        return
    assert isinstance(found, Ask)
    assert found.verb in ("analyze", "compare", "why", "watch", "diff")
    if found.verb == "watch":
        assert "it" in phrase.split()


@pytest.mark.parametrize("one", TALKS, ids=lambda one: " / ".join(one["said"]))
def test_a_follow_up_is_read_in_its_talk(one: dict[str, Any]) -> None:
    talk = Conversation()
    for words in one["said"][:-1]:
        reading, talk = talk.read(words)
        assert reading.understood, reading.said_back
    last = one["said"][-1]
    if "refused" in one:
        reading, _ = talk.read(last)
        assert not reading.understood
        assert one["refused"] in reading.said_back
        return
    ask = asked(talk, last)
    assert spelled(ask, last) == one["means"]
    assert talk.read(last)[0].ask == ask


def test_the_tables_are_as_large_as_they_should_be() -> None:
    assert len(PHRASES) + len(TALKS) >= 300
    assert len(table("compound")) + len(TALKS) >= 60
    assert len(REFUSED) >= 60
