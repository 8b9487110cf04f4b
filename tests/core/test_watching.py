"""A wish to be told becomes a request to watch, with its rule in canonical text."""

import pytest

from genie_nb.core.ask import read, read_words
from genie_nb.core.ask.conversation import Conversation
from genie_nb.core.errors import AskError
from genie_nb.core.verbs import Ask

BELOW_50 = "close crosses below sma(50)"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (
            "Watch CRSR. Alert me if it breaks above $25 with volume.",
            "CRSR 1d: close crosses above 25 and rvol(20) > 1.5",
        ),
        ("Let me know if CRSR drops below its 50-day moving average.", f"CRSR 1d: {BELOW_50}"),
        ("let me know if X drops below its 50-day moving average", f"X 1d: {BELOW_50}"),
        ("watch CRSR breaks above $25 with volume", "CRSR 1d: close crosses above 25 and rvol(20) > 1.5"),
        ("Could you tell me when CRSR is oversold, please?", "CRSR 1d: rsi(14) < 30"),
        ("If CRSR drops below 20, let me know", "CRSR 1d: close crosses below 20"),
        ("set up an alert for CRSR above 25", "CRSR 1d: close > 25"),
        ("Keep an eye on CRSR for a golden cross", "CRSR 1d: sma(50) crosses above sma(200)"),
        ("ping me whenever CRSR touches VWAP", "CRSR 5m: close touches vwap"),
        ("watch CRSR 5m @yahoo: close touches vwap once", "CRSR 5m @yahoo: close touches vwap once"),
        ("“Let me know if CRSR’s RSI drops below 30”", "CRSR 1d: rsi(14) crosses below 30"),
    ],
)  # fmt: skip
def test_a_wish_to_be_told(words: str, rule: str) -> None:
    found = read(words).to_dict()
    assert (found["verb"], found["rule"]) == ("watch", rule)
    assert found["tickers"] == [rule.split(maxsplit=1)[0]]
    assert found["understood"]
    assert found["questions"] == []
    assert found["said_back"].startswith(f"I read this as: {rule}")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("CRSR close crosses above 25", "CRSR 1d: close crosses above 25"),
        ("CRSR 1d: close crosses above 25", "CRSR 1d: close crosses above 25"),
        ("crsr 5m @yahoo: close > 3 once", "CRSR 5m @yahoo: close > 3 once"),
        ("CRSR breaks above $25 with volume", "CRSR 1d: close crosses above 25 and rvol(20) > 1.5"),
        ("CRSR drops below its 50-day moving average", f"CRSR 1d: {BELOW_50}"),
        ("$crsr volume spike", "CRSR 1d: rvol(20) > 2"),
        ("BRK.B breaks above 500", "BRK-B 1d: close crosses above 500"),
        ("SAP.DE drops below 200", "SAP.DE 1d: close crosses below 200"),
        ("HAS breaks above 80", "HAS 1d: close crosses above 80"),
    ],
)
def test_a_condition_beside_its_ticker_is_a_line_of_the_watchlist(words: str, rule: str) -> None:
    found = read(words).to_dict()
    assert (found["verb"], found["rule"]) == ("watch", rule)
    assert found["said_back"].startswith(f"I read this as: watch {rule}")


@pytest.mark.parametrize(
    "words",
    [
        "did CRSR break above 25?",
        "did CRSR break above 25",
        "CRSR breaks above 25?",
        "will CRSR break above 25",
        "what happens if CRSR breaks above 25",
        "CRSR dropped below 25",
        "CRSR fell below 25",
    ],
)
def test_a_question_or_report_is_no_wish_to_watch(words: str) -> None:
    reading = read(words)
    assert not reading.understood
    assert 'preview CRSR "close ' in reading.said_back


@pytest.mark.parametrize(
    "words",
    ["CRSR is oversold", "Is CRSR overbought?", "CRSR broke above its average", "CRSR. Is it profitable?", "CRSR"],
)  # fmt: skip
def test_what_facts_answer_arms_nothing(words: str) -> None:
    assert read(words).verb == "analyze"


@pytest.mark.parametrize(
    ("words", "under"),
    [
        ("CRSR breaks above $25 unless the fed meets", "fed"),
        ("CRSR close crosess above 25", "crosess"),
        ("CRSR 1d: close crosess above 25", "crosess"),
        ("CRSR above 25 or LOGI", "LOGI"),
    ],
)
def test_what_begins_as_a_condition_is_refused_with_a_caret(words: str, under: str) -> None:
    _, shown, caret, *_ = read(words).said_back.split("\n")
    assert shown[caret.index("^") :].startswith(under)


def test_the_request_is_the_same_however_it_was_said() -> None:
    meant = Ask(verb="watch", tickers=("CRSR",), words=BELOW_50)
    for words in (
        "Let me know if CRSR drops below its 50-day moving average.",
        "watch CRSR 1d: close crosses below sma(50)",
        "alert me when $crsr falls under the fifty day MA",
        "CRSR drops below its 50-day moving average",
    ):
        assert read_words(words) == meant


def test_bars_that_are_not_daily_are_an_option() -> None:
    assert read_words("alert me if CRSR touches VWAP").options == {"interval": "5m"}


@pytest.mark.parametrize(
    "words",
    [
        "watch CRSR",
        "let me know if it drops below 20",
        "alert me if CRSR breaks above 25 unless the fed meets",
        "alert me if CRSR is above 25 and below 20",
        "tell me when to buy CRSR",
        "don't alert me if CRSR drops below 20",
        "watch CRSR and DOCN for a golden cross",
    ],
)
def test_what_is_not_understood_has_no_rule(words: str) -> None:
    found = read(words).to_dict()
    assert (found["verb"], found["rule"], found["understood"]) == (None, None, False)
    assert found["said_back"]


def test_a_talk_knows_what_to_watch() -> None:
    _, talk = Conversation().read("analyze CRSR")
    reading, talk = talk.read("watch it for a close under the 50 day")
    assert reading.to_dict()["rule"] == "CRSR 1d: close < sma(50)"
    reading, talk = talk.read("same for DOCN")
    assert reading.to_dict()["rule"] == "DOCN 1d: close < sma(50)"
    assert reading.said_back == (
        "I read this as: DOCN 1d: close < sma(50) (the 50-day is its simple moving average)."
    )
    reading, _ = talk.read("alert me if LOGI drops below 80")
    assert reading.to_dict()["rule"] == "LOGI 1d: close crosses below 80"


def test_a_talk_about_two_companies_does_not_know_which_to_watch() -> None:
    _, talk = Conversation().read("compare CRSR to LOGI")
    with pytest.raises(AskError, match="which company"):
        talk.meaning(Ask(verb="ask", words="watch it for a close under the 50 day"))


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("close crosses above 25", "1d: close crosses above 25"),
        ("close > 25 once", "1d: close > 25 once"),
        ("rsi(14) below 30", "1d: rsi(14) < 30"),
        ("breaks above $25 with volume", "1d: close crosses above 25 and rvol(20) > 1.5"),
        ("touches VWAP", "5m: close touches vwap"),
    ],
)
def test_a_condition_without_a_ticker_lacks_only_that(words: str, rule: str) -> None:
    found = read(words)
    condition = rule.partition(": ")[2].removesuffix(" once")
    assert not found.understood
    assert found.said_back == (
        f"Only the ticker is missing. I read the condition as: {condition}."
        f" For example: watch ACME {rule}"
    )
    assert read(f"watch CRSR {rule}").to_dict()["rule"] == f"CRSR {rule}"


@pytest.mark.parametrize("words", ["oversold?", "who founded ACME", "NOBODY knows", "volume"])
def test_words_that_are_no_condition_lack_more_than_a_ticker(words: str) -> None:
    assert "Only the ticker" not in read(words).said_back


@pytest.mark.parametrize(("before", "example"), [("CRSR", "CRSR"), ("Corsair Gaming", "ACME")])
def test_the_ticker_spoken_of_stands_in_the_example(before: str, example: str) -> None:
    found = read("close crosses above 25", Ask(verb="analyze", tickers=(before,)))
    assert found.said_back.endswith(f"watch {example} 1d: close crosses above 25")
