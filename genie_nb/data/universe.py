"""A universe: the tickers to go through, from a list, a file of them, or a fund's holdings.

"ACME,WNCH" | tickers.txt | watch.csv | holdings.csv.gz | screen.parquet -> Universe
"""

import csv
import gzip
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..core.errors import AskError
from ..core.ticker import read_name

HEADS = ("ticker", "symbol")
"""What the column of tickers is called, in any case."""
_CLASS, _NAMES = "asset class", ("name", "company", "security")
_SYMBOL = re.compile(r"\^?(?=.*[A-Z])[A-Z0-9][A-Z0-9.\-=]{0,11}")
"""Wider than what words in a sentence may be: the provider knows best."""
_SHARES = ("", "equity", "stock", "common stock", "etf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Universe:
    """Tickers, each once, in the order they were found.

    Attributes:
        tickers: In the spelling genie keeps.
        source: Where they are from, in words.
        names: Of the companies, by ticker, where the source says; outside text.
        refused: Rows that are no shares and words that are no tickers, each with the reason.
    """

    tickers: tuple[str, ...]
    source: str
    names: Mapping[str, str] = field(default_factory=dict)
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
    path = _file(text)
    if path is not None:
        return _whole(_rows(path), str(path))
    if "," not in text:
        raise AskError(
            f"There is no file {text!r}.",
            seen=text,
            needed="a file of tickers, or tickers with commas between them",
            cure="Write for example --universe russell.csv, or --universe ACME,WNCH",
        )
    return _whole((_Row(word.strip()) for word in text.split(",")), "a list")


def _file(text: str) -> Path | None:
    """The file of that name; None when there is none, or a long list of tickers cannot be a name."""
    try:
        path = Path(text).expanduser()
        return path if path.is_file() else None
    except (OSError, RuntimeError):
        return None


class _Row(NamedTuple):
    word: str
    kind: str = ""
    name: str = ""


def _whole(rows: Iterable[_Row], source: str) -> Universe:
    found: dict[str, str] = {}
    refused: list[tuple[str, str]] = []
    for row in rows:
        ticker = _ticker(row.word)
        if not row.word:
            continue
        if row.kind.casefold() not in _SHARES:
            refused.append((row.word, f"it is not a share but {row.kind}"))
        elif ticker is None:
            refused.append((row.word, "it does not have the form of a ticker"))
        else:
            found.setdefault(ticker, row.name)
    if not found:
        raise AskError(
            f"No ticker was found in {source}.",
            seen=source,
            needed="one ticker per line, or a table with a column Ticker or Symbol",
            cure="Check the file, or name the tickers with commas between them.",
        )
    named = {ticker: name for ticker, name in found.items() if name}
    return Universe(tickers=tuple(found), source=source, names=named, refused=tuple(refused))


def _ticker(word: str) -> str | None:
    try:
        symbol = read_name(word).upper()
    except AskError:
        return None
    return symbol if _SYMBOL.fullmatch(symbol) else None


def _rows(path: Path) -> Iterable[_Row]:
    """Each ticker as written, with its asset class and name where there are any."""
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


def _of_table(rows: Sequence[Sequence[str]]) -> list[_Row]:
    """The rows under the first line that names a column of tickers; nothing without such a line."""
    for place, row in enumerate(rows):
        columns = _columns(row)
        if columns[0] is not None:
            below = (cells for cells in rows[place + 1 :] if len(cells) == len(row))
            return [
                _Row(*("" if at is None else cells[at].strip() for at in columns))
                for cells in below
            ]
    return []


def _columns(heads: Sequence[str]) -> tuple[int | None, ...]:
    """Where the tickers, the asset classes and the names stand."""
    found = [head.strip().casefold() for head in heads]

    def first(wanted: Sequence[str]) -> int | None:
        return next((found.index(head) for head in wanted if head in found), None)

    return first(HEADS), first((_CLASS,)), first(_NAMES)


def _of_lines(lines: Sequence[str]) -> list[_Row]:
    bare = (line.partition("#")[0] for line in lines)
    return [_Row(word.strip()) for line in bare for word in line.split(",")]


def _of_parquet(path: Path) -> list[_Row]:
    from pyarrow.parquet import read_table

    table = read_table(path)
    columns = _columns(table.column_names)
    if columns[0] is None:
        return []
    blank = [None] * table.num_rows
    read = [blank if at is None else table.column(at).to_pylist() for at in columns]
    return [_Row(*(str(cell or "") for cell in cells)) for cells in zip(*read, strict=True)]
