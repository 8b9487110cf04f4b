"""Rules for companies given by name: looked up at the provider, said back, refused when unsure."""

from pathlib import Path

import pytest

import genie_nb as genie
from genie_nb.core.errors import AskError, UnknownTicker


def test_a_company_named_in_a_wish_is_looked_up_and_said_back(tmp_path: Path) -> None:
    armed = genie.ask("watch Acme Corp for a close under the 50 day", home=tmp_path)
    assert (tmp_path / "watchlist.txt").read_text() == "ACME 1d: close < sma(50)\n"
    assert "I read 'Acme Corp' as ACME Corp (ACME)." in str(armed)


def test_a_name_and_its_ticker_arm_the_same_rule(tmp_path: Path) -> None:
    for words in ("alert me if ACME breaks above 25", "alert me if acme corp breaks above 25"):
        genie.ask(words, home=tmp_path)
    assert (tmp_path / "watchlist.txt").read_text() == "ACME 1d: close crosses above 25\n"


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        ("alert me if Harbor breaks above 20", AskError, r"HFBX \(Harbor Fabrics\), HRBF"),
        (
            "alert me if Accme Corpp breaks above 25",
            UnknownTicker,
            r"Did you mean ACME \(ACME Corp\)",
        ),
        ("alert me if Winchestre Hollow breaks above 25", UnknownTicker, "WNCH"),
    ],
)
def test_a_name_that_is_unsure_arms_nothing(
    words: str, error: type[Exception], said: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=said):
        genie.ask(words, home=tmp_path)
    assert not (tmp_path / "watchlist.txt").exists()
