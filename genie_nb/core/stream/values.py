"""Values of the language as primitives.

What it offers for convenience is spelled out, in the very operations that `core.indicators` takes:
`rvol(n)` is a division, `highest(n)` a maximum one bar before.
"""

from collections.abc import Callable, Mapping

from ..expr.value import Arithmetic, Lag, Line, Negative, Number, Value
from .kinds import COLUMNS
from .wiring import NotStreamed, Wiring


def wire_value(wiring: Wiring, value: Value) -> int:
    """The place of the node whose number is the value's.

    Raises:
        NotStreamed: It reads what is not kept from bar to bar.
    """
    place = wiring.known.get(value)
    if place is None:
        place = wiring.known[value] = _wired(wiring, value)
    return place


def _wired(wiring: Wiring, value: Value) -> int:
    match value:
        case Number():
            return wiring.number(value.number)
        case Negative():
            return wiring.node("negative", wire_value(wiring, value.value))
        case Arithmetic():
            left, right = wire_value(wiring, value.left), wire_value(wiring, value.right)
            return wiring.node(value.sign, left, right)
        case Lag():
            inner = wire_value(wiring, value.value)
            return wiring.node("lag", inner, n=value.bars) if value.bars else inner
        case Line() if value.name in _LINES:
            args = (wire_value(wiring, a) if isinstance(a, Value) else a for a in value.args)
            return _LINES[value.name](wiring, *args)
    raise NotStreamed


def _share(wiring: Wiring, name: str) -> int:
    """A column over the close before, less one."""
    share = wiring.node("/", wiring.column(name), wiring.before("close"))
    return wiring.node("-", share, wiring.number(1))


def _average(wiring: Wiring, x: int, n: int) -> int:
    return wiring.node("lag", wiring.node("sma", x, n=n), n=1)


def _rvol(wiring: Wiring, n: int) -> int:
    volume = wiring.column("volume")
    return wiring.node("/", volume, _average(wiring, volume, n))


def _vwma(wiring: Wiring, n: int) -> int:
    high, low, close, volume = map(wiring.column, ("high", "low", "close", "volume"))
    three = wiring.node("+", wiring.node("+", high, low), close)
    traded = wiring.node("*", wiring.node("/", three, wiring.number(3)), volume)
    return wiring.node("/", wiring.node("sma", traded, n=n), wiring.node("sma", volume, n=n))


def _extreme(kind: str) -> Callable[[Wiring, int, int], int]:
    return lambda wiring, n, x: wiring.node("lag", wiring.node(kind, x, n=n) if n > 1 else x, n=1)


def _macd(wiring: Wiring) -> tuple[int, int]:
    """The difference of two means, the fast one seeded to begin with the slow one, and its own mean."""
    close = wiring.column("close")
    slow = wiring.node("ema", close, n=26)
    apart = wiring.node("-", wiring.node("ema", close, n=12, k=14), slow)
    return apart, wiring.node("ema", apart, n=9)


def _band(sign: str) -> Callable[[Wiring, int, float], int]:
    def wire(wiring: Wiring, n: int, k: float) -> int:
        close = wiring.column("close")
        width = wiring.node("*", wiring.node("stdev", close, n=n), wiring.number(k))
        return wiring.node(sign, wiring.node("sma", close, n=n), width)

    return wire


def _ranged(wiring: Wiring) -> tuple[int, ...]:
    return (*map(wiring.column, ("high", "low", "close")), wiring.before("close"))


_LINES: Mapping[str, Callable[..., int]] = {
    **{name: lambda wiring, name=name: wiring.column(name) for name in COLUMNS},
    "prev_close": lambda wiring: wiring.before("close"),
    "gap": lambda wiring: _share(wiring, "open"),
    "change": lambda wiring: _share(wiring, "close"),
    "bars_left": lambda wiring: wiring.number(0),
    "sma": lambda wiring, n, x: wiring.node("sma", x, n=n),
    "ema": lambda wiring, n, x: wiring.node("ema", x, n=n),
    "stdev": lambda wiring, n, x: wiring.node("stdev", x, n=n),
    "average": _average,
    "rvol": _rvol,
    "vwma": _vwma,
    "highest": _extreme("max"),
    "lowest": _extreme("min"),
    "macd": lambda wiring: wiring.node("where_known", *_macd(wiring)),
    "macd_signal": lambda wiring: _macd(wiring)[1],
    "macd_hist": lambda wiring: wiring.node("-", *_macd(wiring)),
    "bb_upper": _band("+"),
    "bb_lower": _band("-"),
    "rsi": lambda w, n: w.node("rsi", w.column("close"), w.before("close"), n=n),
    "atr": lambda wiring, n: wiring.node("atr", *_ranged(wiring), n=n),
    "adx": lambda w, n: w.node("adx", *_ranged(w), w.before("high"), w.before("low"), n=n),
    "obv": lambda w: w.node("obv", w.column("close"), w.column("volume"), w.before("close")),
}
"""Lines of daily and weekly bars. Not among them: `supertrend`, which turns by comparisons of its own, and
`adjclose`, whose past changes with each dividend."""
