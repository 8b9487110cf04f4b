"""Whatever is typed is read or refused in words, and never executed."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genie_nb.core.ask import read
from genie_nb.core.ask.conversation import Conversation
from genie_nb.core.ask.guide import Guide
from genie_nb.core.errors import AskError
from genie_nb.core.verbs import VERBS

MEGABYTE = 1_000_000
LONG = {
    "a megabyte of one letter": "a" * MEGABYTE,
    "a megabyte of words": "profitable " * (MEGABYTE // 11),
    "a megabyte of a wish": "alert me if CRSR breaks above 25 and " * (MEGABYTE // 37),
    "a megabyte of brackets": "(" * MEGABYTE,
    "a megabyte of quotation marks": '"' * MEGABYTE,
    "a megabyte of blanks": " " * MEGABYTE,
    "10,000 characters of a wish": ("alert me if it breaks above 25 and " * 300)[:10_000],
    "10,000 characters of questions": ("Is ACME profitable? What's the debt? " * 300)[:10_000],
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_longest_words_end_in_an_answer_of_ordinary_length(text: str) -> None:
    reading = read(text)
    assert reading.said_back
    assert reading.understood or len(reading.said_back) < 25_000


@pytest.mark.parametrize(
    "text",
    [
        "Analyze ACME. Is it profitable? \U0001f680",
        "Is ACME profitable?\n\n\t",
        "\ufeffAnalyze ACME",
    ],
)
def test_ornaments_do_not_change_what_is_asked(text: str) -> None:
    assert read(text).tickers == ("ACME",)


def test_braces_and_dollars_arrive_as_they_were_typed() -> None:
    with pytest.raises(AskError, match=r"\{ticker\}"):
        Conversation().request("analyze {ticker}")
    assert (
        read("watch CRSR breaks above $25").to_dict()["rule"] == "CRSR 1d: close crosses above 25"
    )


PARTS = st.sampled_from([*"abcXYZ 0189.,;:?!'\"$%^&*(){}[]<>|/\\`~@#-_=+\n\t", "ACME", "watch ", "alert me if ",
                         " above 25", "undo that", "it ", "--all", "--home=/", "é", "中", "\u202e", "\x00", "🚀"])  # fmt: skip


@settings(deadline=None)
@given(st.lists(PARTS, max_size=25).map("".join))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(AskError):
        found = Conversation().request(text)
        assert isinstance(found, Guide) or found.verb in VERBS
    assert read(text).said_back
