"""How far a price is from where its rule fires."""

from dataclasses import dataclass
from math import isfinite

from ..expr import Condition, Tape, walk_conditions
from ..expr.comparisons import Compare, Cross, Touch
from ..expr.dimension import dimension
from ..expr.value import Line, Number, Value

_ATR = Line(name="atr", args=(14,))
_CLOSE = Line(name="close")
_PRICE = "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """The way that a price has to go.

    Attributes:
        value: The price that is compared, such as the close.
        level: What it is compared with.
        fraction: The way from the one to the other, as a fraction of the price: 0.04 where it has to
            rise by 4 %.
        atr: The same way in average true ranges of 14 bars; None where that is not known.
    """

    value: float
    level: float
    fraction: float
    atr: float | None

    def to_dict(self) -> dict[str, float | None]:
        """Plain values that JSON can hold."""
        return {
            "value": self.value,
            "level": self.level,
            "fraction": self.fraction,
            "atr": self.atr,
        }


def distance(condition: Condition, tape: Tape) -> Distance | None:
    """The way to go at the newest bar, for the first test that compares a price with a level.

    Args:
        condition: As it reads now, in today's shares.
        tape: At least one bar.

    Returns:
        None where no price is compared, or one of both is not known.

    Example:
        >>> import pandas as pd
        >>> from ..grammar import parse_condition
        >>> from ..market import Bars
        >>> prices = {name: [24.0, 20.0] for name in ("open", "high", "low", "close")}
        >>> days = pd.to_datetime(["2026-01-08", "2026-01-09"])
        >>> frame = pd.DataFrame({**prices, "volume": [1, 1]}, index=days)
        >>> tape = Tape(bars=Bars.from_frame(frame, ticker="X"))
        >>> distance(parse_condition("close crosses above 25 and rvol(20) > 1.5", ), tape).fraction
        0.25
    """
    for part in walk_conditions(condition):
        pair = _compared(part)
        if pair is not None:
            return _measured(*pair, tape)
    return None


def _compared(part: Condition) -> tuple[Value, Value] | None:
    """The price and its level."""
    match part:
        case Touch():
            return _CLOSE, part.right
        case Compare() | Cross():
            left, right = part.left, part.right
        case _:
            return None
    if isinstance(left, Number):
        left, right = right, left
    return (left, right) if dimension(left) == _PRICE else None


def _measured(price: Value, level: Value, tape: Tape) -> Distance | None:
    here, there = float(tape.numbers(price)[-1]), float(tape.numbers(level)[-1])
    if not isfinite(here) or not isfinite(there) or here == 0:
        return None
    atr = float(tape.numbers(_ATR)[-1])
    return Distance(
        value=here,
        level=there,
        fraction=(there - here) / abs(here),
        atr=(there - here) / atr if isfinite(atr) and atr > 0 else None,
    )
