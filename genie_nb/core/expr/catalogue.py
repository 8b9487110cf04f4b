"""The pandas-ta catalogue: `ta.NAME(k=v, column="…")` reaches each of its indicators.

An indicator that changes its past when bars are added is refused by name, found out by trying it.
"""

import inspect
from bisect import bisect_left
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache, partial
from io import StringIO
from typing import Any, ClassVar, override
from warnings import catch_warnings, simplefilter

import numpy as np
import pandas as pd

from ..errors import AskError, UnknownName
from ..market import Bars
from .future import check_no_future, trial_bars
from .tape import Tape
from .value import Value, written

INPUTS = {"open_": "open", "high": "high", "low": "low", "close": "close", "volume": "volume"}
"""What an indicator calls a column, and what we call it."""

TRIAL_CUTS = (599, 560, 431, 300)

type Option = int | float | str | bool
type Options = tuple[tuple[str, Option], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ta(Value):
    """An indicator of pandas-ta.

    Attributes:
        name: As pandas-ta has it.
        options: Its own parameters by name, in alphabetical order.
        column: Which of its columns; empty when it has one.

    Raises:
        AskError: No such indicator, option or column; or it looks into the future.
    """

    name: str
    options: Options = ()
    column: str = ""
    is_line: ClassVar[bool] = True

    def __post_init__(self) -> None:
        options = tuple(sorted((key, _plain(option)) for key, option in self.options))
        object.__setattr__(self, "options", options)
        _admit(self.name, options, self.column)

    @override
    def compute(self, tape: Tape) -> np.ndarray:
        return _compute(self.name, self.options, self.column, tape.bars)

    def __str__(self) -> str:
        shown = [f"{key}={_shown(option)}" for key, option in self.options]
        shown += [f'column="{self.column}"'] if self.column else []
        return f"ta.{self.name}({', '.join(shown)})"


@cache
def indicator_names() -> tuple[str, ...]:
    """Every indicator of pandas-ta."""
    return tuple(sorted(name for names in _pandas_ta().Category.values() for name in names))


@cache
def _admit(name: str, options: Options, column: str) -> None:
    """Refuse what cannot be computed without guessing, or only with a look ahead."""
    if name not in indicator_names():
        raise UnknownName("pandas-ta indicator", name, indicator_names())
    if name == "vwap":
        raise AskError(
            "ta.vwap would be made up on daily bars.",
            seen="ta.vwap",
            needed="the session's own VWAP, or an average over bars",
            cure="Write vwap on an intraday interval, or vwma(20).",
        )
    known = _parameters(_indicator(name))
    for key, _ in options:
        if key not in known:
            raise UnknownName(f"parameter of ta.{name}", key, known)
    shown = f"ta.{name}, column {column}," if column else f"ta.{name}"
    check_no_future(
        shown, lambda bars: _compute(name, options, column, bars), trial_bars(), TRIAL_CUTS
    )


def _compute(name: str, options: Options, column: str, bars: Bars) -> np.ndarray:
    table = _table(name, options, bars)
    if table is None:
        return np.full(len(bars), np.nan)
    if column and column not in table:
        raise UnknownName(f"column of ta.{name}", column, map(str, table.columns))
    if not column and len(table.columns) > 1:
        columns = ", ".join(map(str, table.columns))
        raise AskError(
            f"ta.{name} has {len(table.columns)} columns.",
            seen=f"ta.{name}",
            needed=f"one of: {columns}",
            cure=f'Choose one, such as column="{table.columns[0]}". There are: {columns}.',
        )
    chosen = table[column] if column else table.iloc[:, 0]
    line = np.array(pd.to_numeric(chosen, errors="coerce"), dtype=np.float64)
    line[: _fewest(name, options) - 1] = np.nan
    return line


@cache
def _fewest(name: str, options: Options) -> int:
    """The fewest bars an indicator takes.

    Given fewer it says nothing of any of them, so what it says of the first ones later was not known
    when they closed.
    """
    trial = trial_bars()
    counts = range(1, len(trial) + 1)
    taken = partial(_takes, name, options, trial)
    return counts[0] + bisect_left(counts, 1, key=taken)


def _takes(name: str, options: Options, trial: Bars, count: int) -> bool:
    return _table(name, options, trial.head(count)) is not None


def _table(name: str, options: Options, bars: Bars) -> pd.DataFrame | None:
    """What the indicator says of the bars, one row per bar; None when they are too few."""
    indicator = _indicator(name)
    wanted = inspect.signature(indicator).parameters
    clock = bars.index.tz_convert(bars.timezone) if bars.interval.intraday else bars.index
    frame = bars.frame.set_axis(clock.tz_localize(None))
    columns = {key: frame[column] for key, column in INPUTS.items() if key in wanted}
    try:
        with catch_warnings(), redirect_stdout(StringIO()):
            simplefilter("ignore")
            result = indicator(**columns, **dict(options))
    except Exception as error:
        if len(bars) < len(trial_bars()):
            return None
        raise AskError(
            f"ta.{name} could not be computed: {error}.",
            seen=f"ta.{name}",
            needed="parameters it can work with",
            cure="Change its parameters, or use another indicator.",
        ) from error
    result = result[0] if isinstance(result, tuple) else result
    if result is None:
        return None
    table = result.to_frame() if isinstance(result, pd.Series) else result
    return table.reindex(frame.index)


@cache
def _indicator(name: str) -> Callable[..., pd.Series | pd.DataFrame | tuple | None]:
    return getattr(_pandas_ta(), name)


@cache
def _pandas_ta() -> Any:
    """The package; it takes a second to import and warns about the pandas it finds."""
    with catch_warnings():
        simplefilter("ignore")
        import pandas_ta
    return pandas_ta


@cache
def _parameters(indicator: Callable) -> tuple[str, ...]:
    named = inspect.signature(indicator).parameters.values()
    return tuple(p.name for p in named if p.kind is not p.VAR_KEYWORD and p.name not in INPUTS)


def _plain(option: Option) -> Option:
    """Whole numbers as integers, as indicators want their lengths."""
    return int(option) if isinstance(option, float) and option.is_integer() else option


def _shown(option: Option) -> str:
    if isinstance(option, bool):
        return str(option).lower()
    return f'"{option}"' if isinstance(option, str) else written(option)
