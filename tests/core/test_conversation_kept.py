"""Conversations are values: saved, resumed and replayed; they remember what was armed."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.ask.conversation import Conversation
from genie_nb.core.english import parse_rule
from genie_nb.core.errors import AskError
from genie_nb.core.verbs import Ask

SAID = [
    "Analyze CRSR. Is it profitable?",
    "What's the biggest risk here?",
    "How does this compare to LOGI?",
    "Analyze ACME Corp for me",
    "watch DOCN 5m: close touches vwap",
    "Let me know if CRSR drops below its 50-day moving average.",
    "How hard is it to sell 5,000 shares of CRSR?",
    "Show the breakout strategy on CRSR",
    "undo that",
    "gibberish",
    "same for BRK.B",
]
ARMED = Ask(verb="watch", tickers=("CRSR",), words="close > 25")
RULE = parse_rule("CRSR 1d: close > 25")


@given(st.lists(st.sampled_from(SAID), max_size=6))
def test_a_saved_conversation_goes_on_where_it_stopped(said: list[str]) -> None:
    talk = Conversation().replayed(said)
    resumed = Conversation.from_dict(json.loads(json.dumps(talk.to_dict())))
    assert resumed == talk
    for words in SAID:
        assert resumed.read(words)[0] == talk.read(words)[0]


def test_reading_and_replaying_end_in_the_same_talk() -> None:
    read = Conversation()
    for words in SAID:
        _, read = read.read(words)
    assert Conversation().replayed(SAID) == read


def test_where_alerts_go_and_what_signs_them_is_not_saved() -> None:
    options = {"sink": ("slack://token@channel",), "secret": "env:KEY", "home": "/somewhere"}
    saved = Conversation().after(
        Ask(verb="watch", tickers=("X",), words="close > 1", options=options)
    )
    assert "slack" not in json.dumps(saved.to_dict())
    assert saved.to_dict()["turns"][0]["options"] == {}


@pytest.mark.parametrize(
    "saved",
    [
        None,
        [],
        {},
        {"schema": "genie-conversation/2"},
        {"schema": "genie-conversation/1"},
        {"schema": "genie-conversation/1", "turns": [{"verb": "analyze"}], "armed": [], "fact": ""},
        {"schema": "genie-conversation/1", "turns": ["analyze ACME"], "armed": [], "fact": ""},
        {"schema": "genie-conversation/1", "turns": [], "armed": ["ACME"], "fact": ""},
        {"schema": "genie-conversation/1", "turns": [], "armed": {"a": 1}, "fact": ""},
        {"schema": "genie-conversation/1", "turns": [], "armed": [], "fact": "x; y"},
        {"schema": "genie-conversation/1", "turns": [{"verb": "rm", "tickers": [], "word": "", "words": "", "options": {}}], "armed": [], "fact": ""},
    ],
)  # fmt: skip
def test_what_is_no_saved_conversation_is_refused(saved: object) -> None:
    with pytest.raises(AskError):
        Conversation.from_dict(saved)


def test_only_what_was_newly_armed_is_undone() -> None:
    fresh = SimpleNamespace(arming=SimpleNamespace(rule=RULE, fresh=True))
    before = SimpleNamespace(arming=SimpleNamespace(rule=RULE, fresh=False))
    assert Conversation().after(ARMED, fresh).read("undo that")[0].ask == Ask(
        verb="unwatch", words=RULE.rule_id
    )
    assert not Conversation().after(ARMED, before).read("undo that")[0].understood


def test_a_set_up_is_undone_as_a_whole() -> None:
    other = parse_rule("CRSR 1d: close < 20")
    value = SimpleNamespace(
        armed=(SimpleNamespace(rule=RULE, fresh=True), SimpleNamespace(rule=other, fresh=True))
    )
    talk = Conversation().after(Ask(verb="setup", tickers=("CRSR",)), value)
    assert talk.read("undo that")[0].ask == Ask(
        verb="unwatch", words=f"{RULE.rule_id} {other.rule_id}"
    )


def test_why_is_asked_of_the_fact_behind_the_biggest_risk() -> None:
    risk = SimpleNamespace(severity=0.9, evidence=(SimpleNamespace(name="altman_z"),))
    ask = Ask(verb="analyze", tickers=("CRSR",), words="What's the biggest risk?")
    talk = Conversation().after(ask, SimpleNamespace(risks=(risk,)))
    assert talk.read("why?")[0].ask == Ask(verb="why", word="altman_z", tickers=("CRSR",))
