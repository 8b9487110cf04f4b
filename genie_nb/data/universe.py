"""A universe: the tickers to go through, from a list, a file of them, or a fund's holdings.

"ACME,WNCH" | tickers.txt | watch.csv | holdings.csv.gz | screen.parquet -> Universe
"""

import csv
import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import AskError
from ..core.ticker import is_ticker, read_name

HEADS = ("ticker", "symbol")
"""What the column of tickers is called, in any case."""
_CLASS = "asset class"
_SHARES = ("", "equity", "stock", "common stock", "etf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Universe:
    """Tickers, each once, in the order they were found.

    Attributes:
        tickers: In the spelling genie keeps.
        source: Where they are from, in words.
        refused: Rows that are no shares and words that are no tickers, each with the reason.
    """

    tickers: tuple[str, ...]
    source: str
    refused: tuple[tuple[str, str], ...] = ()


def read_universe(text: str) -> Universe:
    """The tickers that *text* names: a file's path, or tickers with commas between them.

    A file holds one ticker per line (`#` begins a comment), or is a table, CSV or Parquet, with a
    column `Ticker` or `Symbol`; lines before the head of a CSV, as funds write them, are passed over.
    Where there is a column `Asset Class`, cash and futures are left out.

    Raises:
        AskError: There is no such file, or nothing in it is a ticker.

    Example:
        >>> read_universe("acme, WNCH").tickers
        ('ACME', 'WNCH')
    """
    path = Path(text).expanduser()
    if path.is_file():
        return _whole(_rows(path), str(path))
    if "," not in text:
        raise AskError(
            f"There is no file {text!r}.",
            seen=text,
            needed="a file of tickers, or tickers with commas between them",
            cure="Write for example --universe russell.csv, or --universe ACME,WNCH",
        )
    return _whole(((word.strip(), "") for word in text.split(",")), "a list")


def _whole(rows: Iterable[tuple[str, str]], source: str) -> Universe:
    found: dict[str, None] = {}
    refused: list[tuple[str, str]] = []
    for word, kind in rows:
        if not word:
            continue
        if kind.casefold() not in _SHARES:
            refused.append((word, f"it is not a share but {kind}"))
            continue
        ticker = _ticker(word)
        if ticker is None:
            refused.append((word, "it does not have the form of a ticker"))
        else:
            found[ticker] = None
    if not found:
        raise AskError(
            f"No ticker was found in {source}.",
            seen=source,
            needed="one ticker per line, or a table with a column Ticker or Symbol",
            cure="Check the file, or name the tickers with commas between them.",
        )
    return Universe(tickers=tuple(found), source=source, refused=tuple(refused))


def _ticker(word: str) -> str | None:
    try:
        name = read_name(word)
    except AskError:
        return None
    return name if is_ticker(name) else None


def _rows(path: Path) -> Iterable[tuple[str, str]]:
    """Each ticker as written and its asset class, where there is one."""
    if path.suffix.casefold() in (".parquet", ".pq"):
        return _of_parquet(path)
    content = path.read_bytes()
    if path.suffix.casefold() == ".gz":
        content = gzip.decompress(content)
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = content.decode("latin-1").splitlines()
    return _of_table(list(csv.reader(lines))) or _of_lines(lines)


def _of_table(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """The rows under the first line that names a column of tickers; nothing without such a line."""
    for place, row in enumerate(rows):
        names = [cell.strip().casefold() for cell in row]
        column = next((names.index(head) for head in HEADS if head in names), None)
        if column is None:
            continue
        kind = names.index(_CLASS) if _CLASS in names else None
        return [
            (cells[column].strip(), cells[kind].strip() if kind is not None else "")
            for cells in rows[place + 1 :]
            if len(cells) == len(row)
        ]
    return []


def _of_lines(lines: Sequence[str]) -> list[tuple[str, str]]:
    bare = (line.partition("#")[0] for line in lines)
    return [(word.strip(), "") for line in bare for word in line.split(",")]


def _of_parquet(path: Path) -> list[tuple[str, str]]:
    from pyarrow.parquet import read_table

    table = read_table(path)
    names = {name.strip().casefold(): name for name in reversed(table.column_names)}
    column = next((names[head] for head in HEADS if head in names), None)
    if column is None:
        return []
    words = table.column(column).to_pylist()
    kinds = table.column(names[_CLASS]).to_pylist() if _CLASS in names else [""] * len(words)
    return [(str(word or ""), str(kind or "")) for word, kind in zip(words, kinds, strict=True)]
