"""A table of prices, read column by column into what `Bars` hold, or refused in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from .errors import BadBars

COLUMNS = ("open", "high", "low", "close", "volume")
_ALIASES = {"adj close": "adjclose", "adj_close": "adjclose", "adjusted close": "adjclose"}
_EVENTS = {"dividends": "dividends", "stock splits": "splits", "splits": "splits"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a table of prices holds.

    Attributes:
        columns: As `Bars.frame`.
        labels: The caller's own index, of the rows that stayed.
        dividends: As `Bars.dividends`.
        splits: As `Bars.splits`.
        dropped: Rows left out because open, high, low or close was not finite.
    """

    columns: pd.DataFrame
    labels: pd.Index
    dividends: pd.Series
    splits: pd.Series
    dropped: int


def read_frame(
    frame: pd.DataFrame, *, ticker: str, length: str, intraday: bool, timezone: str
) -> Parts:
    """Read a table of prices.

    Args:
        frame: As `Bars.from_frame` takes it.
        ticker: For messages.
        length: The bar's length, for messages.
        intraday: Whether the index holds times, not dates.
        timezone: The exchange's, for times without a zone.

    Raises:
        BadBars: The table is not one of bars, or holds prices that cannot be true.
    """
    table = _named(frame, ticker)
    index = _utc_index(table, ticker, length, intraday=intraday, timezone=timezone)
    unknown = np.full(len(table), np.nan)
    values = {
        name: _numbers(table, name, ticker) if name in table else unknown
        for name in (*COLUMNS, "adjclose")
    }
    prices = np.stack([values[name] for name in ("open", "high", "low", "close")])
    whole = np.isfinite(prices).all(axis=0)
    for name in ("volume", "adjclose"):
        values[name] = np.where(np.isfinite(values[name]), values[name], np.nan)
    columns = pd.DataFrame({name: column[whole] for name, column in values.items()}, index[whole])
    _refuse_impossible(columns, ticker)
    return Parts(
        columns=columns,
        labels=frame.index[whole],
        dividends=_events(table, "dividends", index, ticker),
        splits=_events(table, "splits", index, ticker),
        dropped=int((~whole).sum()),
    )


def _named(frame: pd.DataFrame, ticker: str) -> pd.DataFrame:
    if not isinstance(frame, pd.DataFrame):
        raise BadBars(
            f"The bars of {ticker} came as {type(frame).__name__}.",
            seen=type(frame).__name__,
            needed="a pandas DataFrame",
            cure="Pass a DataFrame with columns open, high, low, close, volume.",
        )
    if isinstance(frame.columns, pd.MultiIndex):
        raise BadBars(
            f"The bars of {ticker} have columns in {frame.columns.nlevels} levels.",
            seen=list(frame.columns[:3]),
            needed="one ticker with plain column names",
            cure="Select one ticker first, for example frame.xs(ticker, axis=1, level='Ticker').",
        )
    names = {}
    for column in frame.columns:
        key = str(column).strip().lower()
        names[column] = _EVENTS.get(key, _ALIASES.get(key, key))
    table = frame.rename(columns=names)
    repeated = table.columns[table.columns.duplicated()].unique()
    if len(repeated):
        raise BadBars(
            f"The bars of {ticker} have the column {repeated[0]!r} twice.",
            seen=list(frame.columns),
            needed="each column once",
            cure="Drop or rename one of them.",
        )
    absent = [name for name in ("open", "high", "low", "close") if name not in table]
    if absent:
        raise BadBars(
            f"The bars of {ticker} have no column {', '.join(absent)}.",
            seen=list(frame.columns),
            needed="columns open, high, low, close, volume in any case",
            cure="Rename the columns.",
        )
    return table


def _utc_index(
    table: pd.DataFrame, ticker: str, length: str, *, intraday: bool, timezone: str
) -> pd.DatetimeIndex:
    index = table.index
    if not isinstance(index, pd.DatetimeIndex):
        raise BadBars(
            f"The bars of {ticker} are indexed by {type(index).__name__}.",
            seen=list(index[:3]),
            needed="a DatetimeIndex",
            cure="Set the date column as index with pd.to_datetime.",
        )
    if index.hasnans:
        raise BadBars(
            f"The bars of {ticker} have rows without a date.",
            seen="NaT",
            needed="a date on every row",
            cure="Drop those rows.",
        )
    if intraday:
        index = index.tz_localize(timezone) if index.tz is None else index
        utc = index.tz_convert("UTC")
    else:
        if index.tz is not None and (index.asi8 != index.normalize().asi8).any():
            index = index.tz_convert(timezone)
        utc = index.tz_localize(None).normalize().tz_localize("UTC")
    utc = utc.as_unit("ns")
    if utc.is_unique and utc.is_monotonic_increasing:
        return utc
    where = int(np.flatnonzero(np.diff(utc.asi8) <= 0)[0]) + 1
    stamps = utc.asi8
    kind = "repeats" if stamps[where] == stamps[where - 1] else "comes before"
    raise BadBars(
        f"The bars of {ticker} are not in order: row {where} ({table.index[where]}) {kind} "
        f"row {where - 1} ({table.index[where - 1]}).",
        seen=table.index[where],
        needed=f"one row per {length} bar, oldest first",
        cure="Sort the index and drop duplicates, or name the right interval.",
    )


def _numbers(table: pd.DataFrame, name: str, ticker: str) -> np.ndarray:
    column = cast(pd.Series, table[name])
    try:
        return column.to_numpy(dtype="float64", na_value=np.nan)
    except (TypeError, ValueError):
        raise BadBars(
            f"The column {name} of {ticker} holds text.",
            seen=column.iloc[0],
            needed="numbers",
            cure="Convert it with pd.to_numeric.",
        ) from None


def _events(table: pd.DataFrame, name: str, index: pd.DatetimeIndex, ticker: str) -> pd.Series:
    if name not in table:
        return pd.Series(dtype="float64", index=index[:0])
    values = _numbers(table, name, ticker)
    there = np.isfinite(values) & (values != 0)
    return pd.Series(values[there], index=index[there])


def _refuse_impossible(frame: pd.DataFrame, ticker: str) -> None:
    tests: Mapping[str, np.ndarray] = {
        "a high below its low": (frame["high"] < frame["low"]).to_numpy(),
        "a negative volume": (frame["volume"] < 0).to_numpy(),
    }
    for what, bad in tests.items():
        if bad.any():
            row = frame.iloc[int(np.flatnonzero(bad)[0])]
            raise BadBars(
                f"{ticker} has {what} on {row.name}: {row[list(COLUMNS)].to_dict()}.",
                seen=row.to_dict(),
                needed="prices that can be true",
                cure="Correct or drop that row.",
            )
