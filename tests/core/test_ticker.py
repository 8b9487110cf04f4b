"""What counts as a ticker, and what as a company's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.errors import AskError
from genie_nb.core.ticker import is_ticker, read_name, read_names


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ACME", "ACME"),
        ("acme", "ACME"),
        ("$acme", "ACME"),
        ("ACME,", "ACME"),
        ("ACME's", "ACME"),
        ("BRK.B", "BRK-B"),
        ("brk-b", "BRK-B"),
        ("BRK/B", "BRK-B"),
        ("VOD.L", "VOD.L"),
        ("7203.T", "7203.T"),
        ("^gspc", "^GSPC"),
        ("eurusd=x", "EURUSD=X"),
        ("btc-usd", "BTC-USD"),
        ("ES=F", "ES=F"),
    ],
)
def test_a_ticker_is_kept_in_one_spelling(written: str, kept: str) -> None:
    assert read_name(written) == kept
    assert is_ticker(kept)


@pytest.mark.parametrize("name", ["ACME Corp", "Berkshire Hathaway", "Corsair", "AT&T", "Nestlé"])
def test_a_company_name_stays_as_it_was_written(name: str) -> None:
    assert read_name(name) == name
    assert not is_ticker(name)


def test_the_point_after_inc_is_not_part_of_the_name() -> None:
    assert read_name("Acme Inc.") == "Acme Inc"


@pytest.mark.parametrize(
    "written", ["🚀", "苹果", "Газпром", "25", "", "?", "<script>", "this", "It"]
)
def test_what_cannot_be_a_name_is_refused_in_words(written: str) -> None:
    with pytest.raises(AskError, match="is not a ticker or a company name"):
        read_name(written)


def test_a_capital_it_is_a_ticker() -> None:
    assert read_name("IT") == "IT"


def test_braces_are_answered_with_the_python_call() -> None:
    with pytest.raises(AskError, match=r"genie\.analyze\(ticker\)"):
        read_name("{ticker}")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("ACME Corp", ("ACME Corp",)),
        ("ACME, Inc.", ("ACME, Inc",)),
        ("ACME BLTW", ("ACME", "BLTW")),
        ("acme, bltw", ("ACME", "BLTW")),
        ("ACME and BLTW", ("ACME", "BLTW")),
        ("Procter and Gamble", ("Procter and Gamble",)),
        ("Two Rivers", ("Two Rivers",)),
    ],
)
def test_where_one_name_is_expected(words: str, names: tuple[str, ...]) -> None:
    assert read_names(words.split(), many=False) == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("crsr logi", ("CRSR", "LOGI")),
        ("CRSR to LOGI", ("CRSR", "LOGI")),
        ("CRSR vs. LOGI", ("CRSR", "LOGI")),
        ("ACME, BLTW and WNCH", ("ACME", "BLTW", "WNCH")),
        ("Acme Corp with BLTW", ("Acme Corp", "BLTW")),
    ],
)
def test_where_several_names_are_expected(words: str, names: tuple[str, ...]) -> None:
    assert read_names(words.split(), many=True) == names


def test_a_quoted_name_is_one_name() -> None:
    assert read_names(["Two Rivers", "BLTW"], many=True) == ("Two Rivers", "BLTW")


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        name = read_name(text)
    except AskError:
        return
    assert name
    assert read_name(name) == name
