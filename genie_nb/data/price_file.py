"""One file of prices, as Yahoo or yfinance write them, read into bars."""

import re
import zlib
from gzip import BadGzipFile
from pathlib import Path
from typing import Any

import pandas as pd

from ..core.errors import Malformed, NoData, Unavailable
from ..core.market import Bars, Interval
from .exchanges import timezone_of

SUFFIXES = (".csv", ".csv.gz", ".parquet")
_DATES = ("date", "datetime")
_LEVELS = ("price", "ticker")
"""What yfinance calls the two rows of its header, in either order."""
_OFFSET = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")


def read_prices(path: Path, *, ticker: str, interval: Interval, currency: str | None) -> Bars:
    """The bars in a CSV or parquet file.

    The header is one row, or one row each of columns and tickers as `yfinance.download` writes them;
    of several tickers only *ticker* is read. The dates are in a column (or, in parquet, an index)
    called Date or Datetime. A day is the date as
    it is written, whatever its offset; an intraday time with an offset is that moment, and one without
    is local to the exchange that *ticker* names.

    Raises:
        NoData: It has no rows, or none with a price.
        Malformed: The file is not a table of prices.
        Unavailable: The file cannot be read.
        BadBars: Its prices cannot be true.
    """
    table = _of_one(_table(path), ticker, path)
    column = next((name for name in table if str(name).strip().lower() in _DATES), None)
    if column is None:
        raise Malformed(
            f"{path} has no column Date or Datetime, but {', '.join(map(str, table.columns[:8]))}.",
            seen=[str(name) for name in table.columns],
            needed="columns Date or Datetime, Open, High, Low, Close, Volume",
            cure="Save one ticker's prices with a plain header, for example yfinance's "
            "Ticker(…).history(auto_adjust=False).to_csv(…).",
        )
    dates: Any = table[column]
    frame = table.drop(columns=column).set_axis(_times(dates, interval, path))
    bars = Bars.from_frame(
        frame,
        ticker=ticker,
        interval=interval,
        currency=currency,
        timezone=timezone_of(ticker),
        source=f"file {path.name}",
    )
    if not len(bars):
        raise _bare(path, bars.dropped)
    return bars


def _bare(path: Path, dropped: int) -> NoData:
    what = "rows, but no price in any of them" if dropped else "a header and no rows"
    return NoData(
        f"{path} has {what}.",
        seen=str(path),
        needed="at least one row with open, high, low and close",
        cure="Save the prices again, or remove the file.",
    )


def _table(path: Path) -> pd.DataFrame:
    try:
        if path.name.lower().endswith(".parquet"):
            table = pd.read_parquet(path)
            return table.reset_index() if table.index.name else table
        first = pd.read_csv(path, header=None, nrows=1, dtype="str").iat[0, 0]
        if str(first).strip().lower() not in _LEVELS:
            return pd.read_csv(path)
        return pd.read_csv(path, header=[0, 1], index_col=0).reset_index()
    except (ValueError, EOFError, BadGzipFile, zlib.error) as error:
        raise Malformed(
            f"{path} cannot be read as a table: {_first_line(error)}.",
            seen=str(path),
            needed="a CSV, gzipped CSV or parquet file",
            cure="Save it again, or remove it.",
        ) from None
    except OSError as error:
        raise Unavailable(
            f"{path} cannot be read: {error}.",
            seen=str(path),
            needed="a readable file",
            cure="Correct its permissions, or save it again.",
        ) from None


def _of_one(table: pd.DataFrame, ticker: str, path: Path) -> pd.DataFrame:
    """The columns of *ticker*, where a row of tickers stands above or below their names."""
    if table.columns.nlevels == 1:
        return table
    pairs = [tuple(str(level).strip() for level in column[:2]) for column in table.columns]
    date = next((n for n, pair in enumerate(pairs) if pair[0].lower() in _DATES), None)
    spelt = {ticker.upper(), ticker.replace("-", ".").upper(), ticker.replace(".", "-").upper()}
    for name, of in ((0, 1), (1, 0)):
        own = [n for n, pair in enumerate(pairs) if pair[of].upper() in spelt]
        if own and date is not None:
            names = ["Date", *(pairs[n][name] for n in own)]
            return table.iloc[:, [date, *own]].set_axis(names, axis="columns")
    raise Malformed(
        f"{path} has no dates and prices of {ticker} under its two rows of column names.",
        seen=[" ".join(pair) for pair in pairs[:8]],
        needed=f"a column Date or Datetime, and Open, High, Low, Close, Volume of {ticker}",
        cure="Save each ticker's prices in a file of its own name.",
    )


def _times(column: pd.Series, interval: Interval, path: Path) -> pd.DatetimeIndex:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        moments: Any = column if interval.intraday else column.dt.tz_localize(None)
        return pd.DatetimeIndex(moments)
    if pd.api.types.is_datetime64_any_dtype(column):
        return pd.DatetimeIndex(column)
    text = column.astype("str").str.strip()
    offsets = text.str.contains(_OFFSET)
    try:
        if not interval.intraday:
            return pd.DatetimeIndex(pd.to_datetime(text.str[:10], format="%Y-%m-%d"))
        if offsets.any() and not offsets.all():
            raise ValueError("some times have an offset and some have none")
        return pd.DatetimeIndex(pd.to_datetime(text, format="ISO8601", utc=bool(offsets.any())))
    except ValueError as error:
        raise Malformed(
            f"{path} has a {column.name} that cannot be read: {_first_line(error)}.",
            seen=None if text.empty else text.iloc[0],
            needed="dates such as 2026-01-09, or times such as 2026-01-09 09:30:00-05:00",
            cure="Write the dates in that form.",
        ) from None


def _first_line(error: Exception) -> str:
    """What pandas says before its advice to programmers."""
    said = str(error).strip().partition("\n")[0]
    return said.removesuffix(" You might want to try:").rstrip(".")
