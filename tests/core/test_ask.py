"""Plain words become the request that was meant, or are refused; nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.ask import read, read_words
from genie_nb.core.ask.conversation import Conversation
from genie_nb.core.ask.declining import UNBUILT
from genie_nb.core.errors import AskError
from genie_nb.core.verbs import VERBS, Ask

LAST = Ask(verb="analyze", tickers=("CRSR",), words="Is it profitable?")


@pytest.mark.parametrize(
    ("words", "ticker", "asked"),
    [
        ("Analyze ACME", "ACME", ""),
        ("analyse acme", "ACME", ""),
        ("Analyze ACME Corp for me", "ACME Corp", ""),
        ("Please analyze BRK.B for me, thanks", "BRK-B", ""),
        ("Can you tell me about ACME?", "ACME", ""),
        (
            "Analyze CRSR. Is it profitable? What's the debt situation?",
            "CRSR",
            "Is it profitable? What's the debt situation?",
        ),
        ("Analyze ACME Corp. Is it profitable?", "ACME Corp", "Is it profitable?"),
        ("Analyze ACME, is it profitable?", "ACME", "is it profitable?"),
        ("Analyze ACME's debt", "ACME", "debt"),
        ("Analyze the debt of ACME", "ACME", "the debt"),
        ("ACME", "ACME", ""),
        ("CRSR. Should I buy?", "CRSR", "Should I buy?"),
        ("“Analyze ACME. What’s the debt situation?”", "ACME", "What's the debt situation?"),
    ],
)
def test_an_analysis(words: str, ticker: str, asked: str) -> None:
    assert read_words(words) == Ask(verb="analyze", tickers=(ticker,), words=asked)


@pytest.mark.parametrize(
    ("question", "ticker"),
    [
        ("Should I buy ACME?", "ACME"),
        ("should i buy acme", "ACME"),
        ("Is now a good time to buy ACME?", "ACME"),
        ("What are the risks of ACME?", "ACME"),
        ("What are the risks of ACME Corp?", "ACME Corp"),
        ("What's the biggest risk of ACME?", "ACME"),
        ("Is ACME profitable?", "ACME"),
        ("What's ACME's debt situation?", "ACME"),
        ("How risky is ACME?", "ACME"),
        ("Does ACME pay a dividend?", "ACME"),
        ("How is $ACME doing?", "ACME"),
    ],
)
def test_a_question_about_a_company_is_an_analysis_that_answers_it(
    question: str, ticker: str
) -> None:
    assert read_words(question) == Ask(verb="analyze", tickers=(ticker,), words=question)


@pytest.mark.parametrize(
    "words",
    [
        "Compare CRSR to LOGI",
        "compare crsr with logi",
        "CRSR vs LOGI",
        "CRSR versus LOGI?",
        "How does CRSR compare to LOGI?",
        "How do CRSR and LOGI compare?",
        "What is the difference between CRSR and LOGI?",
    ],
)
def test_a_comparison(words: str) -> None:
    assert read_words(words) == Ask(verb="compare", tickers=("CRSR", "LOGI"))


@pytest.mark.parametrize(
    "words",
    [
        "Where does the P/E of ACME come from?",
        "Where does ACME's P/E come from?",
        "How is the P/E of ACME calculated?",
        "Why is the P/E of ACME 18?",
        "Explain the P/E of ACME",
    ],
)
def test_where_a_number_comes_from(words: str) -> None:
    assert read_words(words) == Ask(verb="why", word="pe_trailing", tickers=("ACME",))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (
            "What's the biggest risk here?",
            Ask(verb="analyze", tickers=("CRSR",), words="What's the biggest risk here?"),
        ),
        ("How does this compare to LOGI?", Ask(verb="compare", tickers=("CRSR", "LOGI"))),
        ("Compare it to LOGI", Ask(verb="compare", tickers=("CRSR", "LOGI"))),
        (
            "Where does the P/E come from?",
            Ask(verb="why", word="pe_trailing", tickers=("CRSR",)),
        ),
        ("Same for DOCN", Ask(verb="analyze", tickers=("DOCN",), words="Is it profitable?")),
    ],
)
def test_a_follow_up_refers_to_the_request_before(words: str, meant: Ask) -> None:
    assert read_words(words, LAST) == meant
    with pytest.raises(AskError):
        read_words(words)


@pytest.mark.parametrize(
    "words",
    [
        "What is the weather in Paris?",
        "tell me a joke",
        "hello",
        "Is the market risky?",
        "Should I buy ACME or BLTW?",
        "What are the risks of the US market?",
        "who is the CEO of ACME?",
    ],
)
def test_what_is_not_understood_is_refused_with_a_phrase_that_would_be(words: str) -> None:
    for last in (None, LAST):
        with pytest.raises(AskError, match=r"did not understand .* (Did you mean|genie help)"):
            read_words(words, last)


def test_the_suggestion_is_about_the_ticker_that_was_named() -> None:
    assert all("WNCH" in phrase for phrase in read("who founded WNCH").suggestions)


@pytest.mark.parametrize(
    "words",
    [
        "Find quality small caps",
        "What was the longest rally in history?",
    ],
)
def test_a_wish_that_cannot_be_granted_is_refused_as_such(words: str) -> None:
    with pytest.raises(AskError, match="this version of genie does not do"):
        read_words(words)


def test_two_tickers_to_analyze_are_answered_with_compare() -> None:
    with pytest.raises(AskError, match="compare ACME BLTW"):
        read_words("Analyze ACME and BLTW")


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "asks for nothing"), ("analyze", "needs a ticker"), ("analyze and", "needs a ticker")],
)
def test_what_is_missing_is_named(words: str, said: str) -> None:
    with pytest.raises(AskError, match=said):
        read_words(words)


@pytest.mark.parametrize(
    ("first", "then", "defaults"),
    [
        (
            "watch CRSR breaks above 25 with volume",
            "same for DOCN",
            '("with volume" means rvol(20) > 1.5).',
        ),
        ("preview CRSR volume spike", "and DOCN?", "(a volume spike is rvol(20) > 2)."),
        ("watch CRSR breaks above 25", "same for DOCN", "DOCN 1d: close crosses above 25."),
    ],
)
def test_a_rule_said_again_keeps_what_was_filled_in(first: str, then: str, defaults: str) -> None:
    _, talk = Conversation().read(first)
    said_back = talk.read(then)[0].said_back
    assert "DOCN" in said_back
    assert said_back.endswith(defaults)


def test_nothing_is_suggested_for_what_resembles_no_phrase() -> None:
    reading = read("cook me dinner")
    assert reading.suggestions == ()
    assert "genie help" in reading.said_back


def test_what_is_suggested_shares_a_word_with_what_was_said() -> None:
    assert read("stocks that went above something").suggestions[:1] == (
        "Watch ACME. Alert me if it breaks above $25 with volume.",
    )


def test_wishes_that_contradict_each_other_are_named_without_a_ticker_too() -> None:
    said = read("above 25 and below 20").said_back
    assert "'close > 25' and 'close < 20' cannot both be true" in said


@pytest.mark.parametrize("verb", [*UNBUILT])
def test_a_verb_of_another_version_is_said_not_to_exist(verb: str) -> None:
    reading = read(f"{verb} ACME")
    assert f"There is no verb {verb}" in reading.said_back
    assert "Compare" not in str(reading.suggestions)


def test_the_reading_is_said_back() -> None:
    reading = read("Analyze CRSR. Is it profitable? Who is the CEO?")
    assert reading.said_back == (
        "I read this as: analyze CRSR and answer on profitability; facts cannot answer 'Who is the CEO?'."
    )


def test_not_understanding_is_an_answer_of_read() -> None:
    reading = read("tell me a joke")
    assert not reading.understood
    assert reading.exit == 2
    assert reading.to_dict()["verb"] is None
    assert reading.to_dict()["suggestions"] == []


def test_the_json_of_a_reading() -> None:
    found = read("Should I buy ACME?").to_dict()
    assert found["verb"] == "analyze"
    assert found["tickers"] == ["ACME"]
    assert found["rule"] is None
    assert found["understood"] is True
    assert found["questions"] == [{"topic": "should_buy", "text": "Should I buy ACME?"}]


@pytest.mark.parametrize("phrase", [phrase for verb in VERBS.values() for phrase in verb.phrases])
def test_every_phrase_of_the_verb_table_means_its_verb(phrase: str) -> None:
    verb = next(verb for verb in VERBS.values() if phrase in verb.phrases)
    assert read_words(phrase).verb == verb.name


WORDS = [
    "analyze",
    "compare",
    "why",
    "ask",
    "ACME",
    "acme",
    "Corp",
    "Inc.",
    "BRK.B",
    "$X",
    "^GSPC",
    "is",
    "it",
    "profitable?",
    "What's",
    "the",
    "debt",
    "situation",
    "of",
    "for",
    "and",
    ",",
    "this",
    "here",
    "P/E",
    "where",
    "does",
    "come",
    "from",
    "should",
    "i",
    "buy",
    "vs",
    "to",
    "same",
    "🚀",
    "{",
    "}",
    "?",
    '"',
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_words_are_read_or_refused(words: str) -> None:
    for last in (None, LAST):
        reading = read(words, last)
        assert reading.said_back
        assert reading.to_dict()["understood"] == (reading.ask is not None)
        if reading.ask is not None:
            fewest, most = VERBS[reading.ask.verb].tickers
            assert fewest <= len(reading.tickers) <= most


@given(st.sampled_from(["ACME", "BRK-B", "^GSPC", "BTC-USD", "EURUSD=X", "VOD.L"]))
def test_the_phrases_take_every_kind_of_ticker(ticker: str) -> None:
    for words in (
        f"Analyze {ticker}",
        f"What are the risks of {ticker}?",
        f"Should I buy {ticker}?",
    ):
        assert read_words(words).tickers == (ticker,)


@pytest.mark.parametrize(
    ("words", "write"), [("acme debt", "ACME debt"), ("acme's debt", "ACME debt")]
)
def test_a_ticker_in_lower_case_before_a_question_is_answered_with_what_to_write(
    words: str, write: str
) -> None:
    said = read(words).said_back
    assert f"for example: {write}, if acme is its ticker" in said
    assert read(write).understood
