"""A talk remembers the company it is about, and nothing else."""

import pytest

from genie_nb.core.ask.conversation import Conversation
from genie_nb.core.errors import AskError, UnknownName
from genie_nb.core.verbs import Ask

ACME = Ask(verb="analyze", tickers=("ACME",))


def test_a_talk_remembers_the_last_company() -> None:
    talk = Conversation().after(ACME)
    assert talk.meaning(Ask(verb="ask", words="How does this compare to LOGI?")) == Ask(
        verb="compare", tickers=("ACME", "LOGI")
    )


def test_a_talk_forgets_nothing_by_a_visit_to_the_doctor() -> None:
    assert Conversation().after(ACME).after(Ask(verb="doctor")).last == ACME


def test_reading_moves_the_talk_on_only_when_it_understood() -> None:
    reading, talk = Conversation().read("analyze ACME")
    assert talk.last == reading.ask
    assert talk.read("tell me a joke")[1] == talk


def test_a_line_may_be_plain_words() -> None:
    assert Conversation().request("Should I buy ACME?") == Ask(
        verb="analyze", tickers=("ACME",), words="Should I buy ACME?"
    )


def test_plain_words_take_options() -> None:
    ask = Conversation().request("Should I buy ACME? --provider yahoo")
    assert isinstance(ask, Ask)
    assert (ask.tickers, ask.options) == (("ACME",), {"provider": "yahoo"})


def test_the_options_of_ask_are_those_of_what_it_means() -> None:
    ask = Conversation().request('ask "Is ACME profitable?" --as-of 2025-12-01')
    assert isinstance(ask, Ask)
    assert (ask.verb, ask.options) == ("analyze", {"as_of": "2025-12-01"})


def test_a_verb_with_a_pronoun_is_read_in_the_talk() -> None:
    talk = Conversation().after(ACME)
    assert talk.request("compare this to LOGI") == Ask(verb="compare", tickers=("ACME", "LOGI"))


@pytest.mark.parametrize("line", ["analize ACME", "frobnicate"])
def test_a_misspelt_verb_is_not_taken_for_plain_words(line: str) -> None:
    with pytest.raises(UnknownName, match="No verb"):
        Conversation().request(line)


def test_a_verb_with_wrong_arguments_says_what_it_needs() -> None:
    with pytest.raises(AskError, match="analyze needs a ticker"):
        Conversation().request("analyze")
