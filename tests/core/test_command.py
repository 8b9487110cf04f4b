"""A line says what is asked, or what is wrong with it."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.ask.command import make_ask, read_argv, read_line
from genie_nb.core.ask.guide import Guide
from genie_nb.core.errors import AskError, UnknownName
from genie_nb.core.verbs import VERBS, Ask


@pytest.mark.parametrize(
    ("line", "ask"),
    [
        ("analyze ACME", Ask(verb="analyze", tickers=("ACME",))),
        ("Analyze acme", Ask(verb="analyze", tickers=("ACME",))),
        ("analyse ACME", Ask(verb="analyze", tickers=("ACME",))),
        (
            "analyze ACME Is it profitable? What's the debt situation?",
            Ask(
                verb="analyze",
                tickers=("ACME",),
                words="Is it profitable? What's the debt situation?",
            ),
        ),
        (
            "analyze ACME debt and growth",
            Ask(verb="analyze", tickers=("ACME",), words="debt and growth"),
        ),
        ("analyze Two Rivers", Ask(verb="analyze", tickers=("Two Rivers",))),
        (
            'analyze "Two Rivers" Is it safe above $25 {now}?',
            Ask(verb="analyze", tickers=("Two Rivers",), words="Is it safe above $25 {now}?"),
        ),
        ("compare crsr LOGI", Ask(verb="compare", tickers=("CRSR", "LOGI"))),
        ("compare CRSR to LOGI", Ask(verb="compare", tickers=("CRSR", "LOGI"))),
        ("why debt_to_equity ACME", Ask(verb="why", word="debt_to_equity", tickers=("ACME",))),
        ("why debt to equity acme", Ask(verb="why", word="debt_to_equity", tickers=("ACME",))),
        ("why P/E ACME", Ask(verb="why", word="pe_trailing", tickers=("ACME",))),
        ('read "Should I buy ACME?"', Ask(verb="read", words="Should I buy ACME?")),
        ("read Should I buy ACME?", Ask(verb="read", words="Should I buy ACME?")),
        ("config provider yahoo", Ask(verb="config", words="provider yahoo")),
        ("config", Ask(verb="config")),
        ("doctor", Ask(verb="doctor")),
    ],
)
def test_a_line_is_read(line: str, ask: Ask) -> None:
    assert read_line(line) == ask


@pytest.mark.parametrize(
    "line",
    [
        "analyze ACME Is it safe? --provider yahoo --shares 10,000",
        "analyze --provider=yahoo ACME --shares=10_000 Is it safe?",
        "--provider yahoo analyze --shares 10000 ACME Is it safe?",
    ],
)
def test_options_may_stand_anywhere(line: str) -> None:
    ask = read_line(line)
    assert isinstance(ask, Ask)
    assert (ask.tickers, ask.words) == (("ACME",), "Is it safe?")
    assert ask.options == {"provider": "yahoo", "shares": 10_000}


def test_quotation_marks_keep_a_value_together() -> None:
    ask = read_line('doctor --home "My Notes"')
    assert isinstance(ask, Ask)
    assert ask.options == {"home": "My Notes"}


def test_two_dashes_end_the_options() -> None:
    assert read_line("read -- what does --as-of mean") == Ask(
        verb="read", words="what does --as-of mean"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("analyze", r"needs a ticker\. For example: analyze ACME"),
        ("compare ACME", "needs 2 to 8 tickers, and only ACME was given"),
        ("compare ACME acme", "named twice"),
        ("compare A B C D E F G H I", "9 tickers were given, and compare takes 8"),
        ("analyze ACME BLTW", "compare ACME BLTW"),
        ("analyze 🚀", "not a ticker or a company name"),
        ("why ACME", "needs a fact and a ticker"),
        ("why ACME debt_to_equity", "Write: why debt_to_equity ACME"),
        ("strategy ACME breakout", "Write: strategy breakout ACME"),
        ("strategy acme Mean Reversion", "Write: strategy mean_reversion acme"),
        ("read", "needs the words"),
        ("doctor ACME", "takes no further words"),
        ("--format json", "comes without a verb"),
        ("analyze ACME --provider", "--provider has no value"),
        ("analyze ACME --provider --shares 5", "--provider has no value"),
        ("analyze ACME --shares 5 --shares 6", "given twice"),
        ("analyze ACME --shares lots", "a whole number above 0"),
        ("analyze ACME --shares -5", "a whole number above 0"),
        ("analyze ACME --shares 1.5", "a whole number above 0"),
        ("analyze ACME --deadline nan", "a number above 0"),
        ("analyze ACME --as-of yesterday", "a date or a time with its zone"),
        ("analyze ACME --as-of 2025-12-01T10:00", "a time with its zone"),
        ("analyze ACME --as-of 2025-13-01", "a date or a time with its zone"),
        ("analyze ACME --format pdf", "'pdf'"),
    ],
)
def test_what_is_wrong_is_said(line: str, said: str) -> None:
    with pytest.raises(AskError, match=said):
        read_line(line)


def test_forty_tickers_are_counted() -> None:
    line = "analyze " + " ".join(f"T{n}X" for n in range(40))
    with pytest.raises(AskError, match=r"40 tickers were given.*takes one.*compare up to 8"):
        read_line(line)
    with pytest.raises(AskError, match="40 tickers"):
        read_line(line.lower())


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("analize ACME", "'analyze'"),
        ("analyze ACME --asof 2025-12-01", "'--as-of'"),
        ("why debt_to_equty ACME", "'debt_to_equity'"),
        ("analyze ACME --format jsn", "'json'"),
    ],
)
def test_a_misspelt_word_is_answered_with_the_near_one(line: str, near: str) -> None:
    with pytest.raises(UnknownName, match=f"Did you mean .*{near}"):
        read_line(line)


@pytest.mark.parametrize(
    ("line", "verb"),
    [
        ("", ""),
        ("help", ""),
        ("--help", ""),
        ("help why", "why"),
        ("help --home DIR", ""),
        ("help --format text why", "why"),
        ("--help --home DIR", ""),
        ("why --help", "why"),
        ("-h", ""),
    ],
)
def test_help_is_a_wish_too(line: str, verb: str) -> None:
    assert read_line(line) == Guide(verb=verb)


def test_help_names_every_verb_and_every_option() -> None:
    assert all(verb in str(Guide()) for verb in VERBS)
    for verb in VERBS.values():
        told = str(Guide(verb=verb.name, program="genie"))
        assert all(option.flag in told for option in verb.all_options)
        assert all(f"genie {example}" in told for example in verb.examples)


@pytest.mark.parametrize("example", [line for verb in VERBS.values() for line in verb.examples])
def test_every_example_of_the_verb_table_is_a_line(example: str) -> None:
    assert isinstance(read_line(example), Ask)


def test_words_of_a_terminal_are_already_cut() -> None:
    assert read_argv(["analyze", "Two Rivers", "Is it safe?"]) == Ask(
        verb="analyze", tickers=("Two Rivers",), words="Is it safe?"
    )


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2025-12-01", "2025-12-01"),
        (date(2025, 12, 1), "2025-12-01"),
        ("2025-12-01T15:30-05:00", "2025-12-01T15:30:00-05:00"),
        (
            datetime(2025, 12, 1, 15, 30, tzinfo=timezone(timedelta(hours=-5))),
            "2025-12-01T15:30:00-05:00",
        ),
    ],
)
def test_a_moment_is_a_date_or_has_a_zone(moment: object, text: str) -> None:
    ask = make_ask("analyze", tickers=["ACME"], options={"as_of": moment})
    assert ask.options == {"as_of": text}


def test_a_naive_time_is_refused_from_python_too() -> None:
    naive = datetime(2025, 12, 1, 10)  # noqa: DTZ001 - naive on purpose
    with pytest.raises(AskError, match="a time with its zone"):
        make_ask("analyze", tickers=["ACME"], options={"as_of": naive})


def test_an_option_left_at_none_is_absent() -> None:
    assert make_ask("doctor", options={"provider": None}).options == {}


def test_python_knows_no_other_options_either() -> None:
    with pytest.raises(UnknownName, match="--as-of"):
        make_ask("analyze", tickers=["ACME"], options={"asof": "2025-12-01"})


@given(st.text(max_size=80))
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        found = read_line(line)
    except AskError:
        return
    assert isinstance(found, Ask | Guide)
