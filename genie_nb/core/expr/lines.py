"""The lines of the rule language, each declared once.

name + parameters -> LineKind -> values, its spelling, its help, its warm-up
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from .. import indicators as ind
from ..market import Bars

Takes = Literal["bars", "factor", "value", "date"]
Dimension = Literal["price", "shares", "fraction", "ratio", "index", "bars"]

type Compute = Callable[..., pd.Series | np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a line.

    Attributes:
        name: As in the line's spelling.
        takes: A whole number of bars, a positive factor, a value per bar, or a date.
        least: Smallest number of bars.
        default: The line taken when a value is left out.
    """

    name: str
    takes: Takes
    least: int = 1
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineKind:
    """One line of the language.

    Attributes:
        name: As it is written.
        summary: What it says, in a few words.
        compute: From bars and the arguments, values already as arrays.
        unit: What it is counted in; None for that of its value parameter.
        parameters: In the order they are written.
        warm_up: From the arguments, the bars at the start that have no value.
        call: Whether it is written with brackets even without arguments.
        restarts: Whether it starts anew each session.
        recursive: Whether it depends on every bar since the first.
        needs: Beside prices.
    """

    name: str
    summary: str
    compute: Compute
    unit: Dimension | None = "price"
    parameters: tuple[Parameter, ...] = ()
    warm_up: Callable[..., int] = lambda *_: 0
    call: bool = True
    restarts: bool = False
    recursive: bool = False
    needs: tuple[Literal["volume", "adjclose", "intraday", "calendar"], ...] = ()

    @property
    def spelling(self) -> str:
        """How it is written, optional parameters in square brackets."""
        if not self.call:
            return self.name
        first, *others = [*self.parameters, None]
        text = first.name if first else ""
        for parameter in others:
            if parameter:
                text += f"[, {parameter.name}]" if parameter.default else f", {parameter.name}"
        return f"{self.name}({text})"


def _n(least: int = 1) -> Parameter:
    return Parameter(name="n", takes="bars", least=least)


def _x(default: str | None = None) -> Parameter:
    return Parameter(name="x", takes="value", default=default)


_K = Parameter(name="k", takes="factor")
_DATE = Parameter(name="DATE", takes="date")


def _column(name: str) -> Compute:
    return lambda bars: bars.frame[name]


def _bars_left(bars: Bars) -> np.ndarray:
    if not bars.interval.intraday:
        return np.zeros(len(bars))
    if bars.session_ends is None:
        return np.full(len(bars), np.nan)
    left = (bars.session_ends - bars.index) / bars.interval.length
    return np.maximum(np.ceil(left.to_numpy(dtype="float64")) - 1, 0)


def _anchored(bars: Bars, anchor: date) -> pd.Series:
    return ind.anchored_vwap(bars, anchor)


# fmt: off
_ALL: tuple[LineKind, ...] = (
    LineKind(name="open", summary="first price of the bar", compute=_column("open"), call=False),
    LineKind(name="high", summary="highest price of the bar", compute=_column("high"), call=False),
    LineKind(name="low", summary="lowest price of the bar", compute=_column("low"), call=False),
    LineKind(name="close", summary="last price of the bar", compute=_column("close"), call=False),
    LineKind(name="volume", summary="shares traded in the bar", compute=_column("volume"),
        unit="shares", call=False, needs=("volume",)),
    LineKind(name="adjclose", summary="close adjusted for dividends", compute=_column("adjclose"),
        call=False, needs=("adjclose",)),
    LineKind(name="vwap", summary="the session's volume-weighted price so far", compute=ind.vwap,
        call=False, restarts=True, needs=("intraday", "volume")),
    LineKind(name="prev_close", summary="last close of the session before", compute=ind.prev_close,
        call=False, warm_up=lambda: 1),
    LineKind(name="gap", summary="session open against the close before it", compute=ind.gap,
        unit="fraction", call=False, restarts=True, warm_up=lambda: 1),
    LineKind(name="change", summary="close against the previous session's close",
        compute=ind.change, unit="fraction", call=False, warm_up=lambda: 1),
    LineKind(name="bars_left", summary="bars still to come in the session", compute=_bars_left,
        unit="bars", call=False, needs=("calendar",)),
    LineKind(name="sma", summary="simple moving average", compute=lambda _, n, x: ind.sma(x, n),
        unit=None, parameters=(_n(), _x("close")), warm_up=lambda n, _: n - 1),
    LineKind(name="ema", summary="exponential moving average",
        compute=lambda _, n, x: ind.ema(x, n), unit=None, parameters=(_n(), _x("close")),
        warm_up=lambda n, _: n - 1, recursive=True),
    LineKind(name="vwma", summary="volume-weighted moving average",
        compute=lambda b, n: ind.vwma(b.high, b.low, b.close, b.volume, n), parameters=(_n(),),
        warm_up=lambda n: n - 1, needs=("volume",)),
    LineKind(name="rsi", summary="relative strength index, 0 to 100",
        compute=lambda b, n: ind.rsi(b.close, n), unit="index", parameters=(_n(2),),
        warm_up=lambda n: n, recursive=True),
    LineKind(name="atr", summary="average true range",
        compute=lambda b, n: ind.atr(b.high, b.low, b.close, n), parameters=(_n(),),
        warm_up=lambda n: n, recursive=True),
    LineKind(name="macd", summary="12-bar minus 26-bar exponential average",
        compute=lambda b: ind.macd(b.close).line, warm_up=lambda: 33, recursive=True),
    LineKind(name="macd_signal", summary="9-bar exponential average of macd()",
        compute=lambda b: ind.macd(b.close).signal, warm_up=lambda: 33, recursive=True),
    LineKind(name="macd_hist", summary="macd() minus macd_signal()",
        compute=lambda b: ind.macd(b.close).hist, warm_up=lambda: 33, recursive=True),
    LineKind(name="bb_upper", summary="upper Bollinger band",
        compute=lambda b, n, k: ind.bollinger(b.close, n, k).upper, parameters=(_n(2), _K),
        warm_up=lambda n, _: n - 1),
    LineKind(name="bb_lower", summary="lower Bollinger band",
        compute=lambda b, n, k: ind.bollinger(b.close, n, k).lower, parameters=(_n(2), _K),
        warm_up=lambda n, _: n - 1),
    LineKind(name="highest", summary="largest of the n bars before",
        compute=lambda _, n, x: ind.highest(x, n), unit=None, parameters=(_n(), _x("high")),
        warm_up=lambda n, _: n),
    LineKind(name="lowest", summary="smallest of the n bars before",
        compute=lambda _, n, x: ind.lowest(x, n), unit=None, parameters=(_n(), _x("low")),
        warm_up=lambda n, _: n),
    LineKind(name="average", summary="mean of the n bars before",
        compute=lambda _, x, n: ind.average(x, n), unit=None, parameters=(_x(), _n()),
        warm_up=lambda _, n: n),
    LineKind(name="rvol", summary="volume against what is usual", compute=ind.rvol, unit="ratio",
        parameters=(_n(),), warm_up=lambda n: n, needs=("volume",)),
    LineKind(name="stdev", summary="population standard deviation",
        compute=lambda _, n, x: ind.stdev(x, n), unit=None, parameters=(_n(2), _x("close")),
        warm_up=lambda n, _: n - 1),
    LineKind(name="adx", summary="strength of the trend, 0 to 100",
        compute=lambda b, n: ind.adx(b.high, b.low, b.close, n), unit="index", parameters=(_n(2),),
        warm_up=lambda n: 2 * n - 1, recursive=True),
    LineKind(name="obv", summary="on-balance volume", compute=lambda b: ind.obv(b.close, b.volume),
        unit="shares", recursive=True, needs=("volume",)),
    LineKind(name="supertrend", summary="trailing line that turns with the trend",
        compute=lambda b, n, k: ind.supertrend(b.high, b.low, b.close, n, k),
        parameters=(_n(), _K), warm_up=lambda n, _: n, recursive=True),
    LineKind(name="anchored_vwap", summary="volume-weighted price since a date", compute=_anchored,
        parameters=(_DATE,), needs=("volume",)),
)
# fmt: on

LINES: Mapping[str, LineKind] = {kind.name: kind for kind in _ALL}
"""Every line by name."""
