"""A word such as `Ford` may be a ticker or a company: rules are armed only where that is clear."""

import json
from pathlib import Path

import pandas as pd
import pytest

import genie_nb as genie
from genie_nb.core.errors import AskError, UnknownTicker

NAMES = {
    "F": "Ford Motor Company",
    "FORD": "Forward Industries",
    "AAPL": "Apple Inc.",
    "META": "Meta Platforms",
    "TWA": "Twin Acres",
    "TWB": "Twin Bridges",
}


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("market")
    (folder / "fundamentals").mkdir()
    days = pd.bdate_range("2025-01-01", periods=60)
    prices = [10 + place % 3 for place in range(60)]
    frame = pd.DataFrame(
        {
            "Date": days,
            "Open": prices,
            "High": prices,
            "Low": prices,
            "Close": prices,
            "Volume": 100,
        }
    )
    for ticker, name in NAMES.items():
        frame.to_csv(folder / f"{ticker}.csv", index=False)
        company = {"name": name, "currency": "USD", "as_of": "2025-03-20", "facts": {}}
        (folder / "fundamentals" / f"{ticker}.json").write_text(json.dumps(company))
    return f"files:{folder}"


def armed(words: str, market: str, home: Path) -> str:
    genie.ask(words, provider=market, home=home)
    return (home / "watchlist.txt").read_text().split()[0]


@pytest.mark.parametrize(
    ("words", "ticker"),
    [
        ("alert me if Apple breaks above 12", "AAPL"),
        ("alert me if Meta breaks above 12", "META"),
        ("alert me if FORD breaks above 12", "FORD"),
        ("alert me if F breaks above 12", "F"),
    ],
)
def test_one_clear_company_is_watched(words: str, ticker: str, market: str, tmp_path: Path) -> None:
    assert armed(words, market, tmp_path) == ticker


def test_a_ticker_and_another_company_of_that_name_arm_nothing(market: str, tmp_path: Path) -> None:
    with pytest.raises(
        AskError, match=r"Forward Industries \(FORD\).*F \(Ford Motor Company\)"
    ) as refused:
        genie.ask("alert me if Ford breaks above 12", provider=market, home=tmp_path)
    assert refused.value.cure == "Write the ticker in capitals: FORD or F."
    assert not (tmp_path / "watchlist.txt").exists()


def test_python_takes_the_same_care(market: str, tmp_path: Path) -> None:
    with pytest.raises(AskError, match="may be the ticker"):
        genie.watch("Ford", "breaks above 12", provider=market, home=tmp_path)


def test_it_means_the_company_that_was_written_before(market: str, tmp_path: Path) -> None:
    talk = genie.Conversation()
    talk.ask("analyze Ford", provider=market, home=tmp_path)
    with pytest.raises(AskError, match="may be the ticker"):
        talk.ask("alert me if it breaks above 12", provider=market, home=tmp_path)


def test_an_analysis_takes_the_company_and_says_so(market: str) -> None:
    report = genie.analyze("Ford", provider=market)
    assert report.profile.name == "Ford Motor Company"
    assert "FORD is the ticker of Forward Industries" in str(report)


def test_a_name_of_several_companies_and_no_ticker_is_refused(market: str) -> None:
    with pytest.raises((AskError, UnknownTicker), match="fits 2 companies"):
        genie.analyze("Twin", provider=market)
