"""Universes are read from what people have: lists, text files, tables, a fund's holdings."""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from genie_nb.core.errors import AskError
from genie_nb.data.universe import read_universe


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_list_has_commas() -> None:
    universe = read_universe("acme, $wnch ,ACME,brk.b,")
    assert universe.tickers == ("ACME", "WNCH", "BRK-B")


def test_a_text_file_has_a_ticker_per_line(tmp_path: Path) -> None:
    file = written(tmp_path / "mine.txt", "# my list\nACME  # a comment\n\nwnch\nACME\n")
    assert read_universe(file).tickers == ("ACME", "WNCH")


@pytest.mark.parametrize("head", ["Ticker", "SYMBOL", " symbol "])
def test_a_table_has_a_column_of_tickers(head: str, tmp_path: Path) -> None:
    file = written(tmp_path / "t.csv", f"Name,{head},Cap\nAcme,ACME,1\nWinch,WNCH,2\n")
    assert read_universe(file).tickers == ("ACME", "WNCH")


def test_a_fund_writes_lines_before_and_after_its_table(tmp_path: Path) -> None:
    file = tmp_path / "holdings.csv.gz"
    text = (
        '\ufeffA Small-Cap Fund\nFund Holdings as of,"Jan 09, 2026"\nShares Outstanding,"1,000,000.00"\n\xa0\n'
        'Ticker,Name,Asset Class,Market Value\n"ACME","ACME CORP","Equity","663,821,685.41"\n'
        '"-","AN ESCROW","Equity","1.31"\n"USD","US DOLLAR","Cash","2,000.00"\n\xa0\n'
        '"The content is owned by somebody, and so on."\n'
    )
    file.write_bytes(gzip.compress(text.encode()))
    universe = read_universe(str(file))
    assert universe.tickers == ("ACME",)
    assert [word for word, _ in universe.refused] == ["-", "USD"]
    assert universe.refused[1][1] == "it is not a share but Cash"


def test_parquet_is_a_table_too(tmp_path: Path) -> None:
    file = tmp_path / "screen.parquet"
    pd.DataFrame({"score": [2.0, 1.0, 0.0], "Symbol": ["ACME", "WNCH", None]}).to_parquet(file)
    assert read_universe(str(file)).tickers == ("ACME", "WNCH")


@pytest.mark.recorded
def test_the_holdings_of_a_russell_2000_fund(recorded: Path) -> None:
    universe = read_universe(str(recorded / "universe" / "IWM_holdings_ishares_2026.csv.gz"))
    assert 1_900 < len(universe.tickers) < 2_100
    assert universe.tickers[:3] == ("BE", "CRDO", "FN")
    assert not {"CAD", "RTYZ5", "USD"} & set(universe.tickers)
    assert {"CAD", "RTYZ5", "-"} <= {word for word, _ in universe.refused}


@pytest.mark.parametrize("text", ["nowhere.csv", "IWM"])
def test_one_word_that_is_no_file_is_refused(text: str) -> None:
    with pytest.raises(AskError, match="There is no file"):
        read_universe(text)


def test_a_file_without_tickers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="No ticker was found"):
        read_universe(written(tmp_path / "empty.txt", "# nothing\n123\n"))
