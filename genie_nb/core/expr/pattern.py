"""Candlestick patterns, as TA-Lib recognises them.

    pattern hammer    pattern bullish engulfing

TA-Lib says 0 for no pattern and while it cannot know yet; the latter is UNKNOWN here.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, override

import numpy as np
import talib

from ..errors import UnknownName
from ..indicators.runs import floats
from .condition import Condition
from .tape import Tape
from .truth import Truth, truth

Mood = Literal["any", "bullish", "bearish"]


@cache
def pattern_names() -> tuple[str, ...]:
    """Every pattern by name, such as `hammer` or `3blackcrows`."""
    group = talib.get_function_groups()["Pattern Recognition"]
    return tuple(name.removeprefix("CDL").lower() for name in group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Condition):
    """A candlestick pattern completes on this bar.

    Attributes:
        name: As TA-Lib names it, lower case and without CDL.
        mood: Whether it must be a bullish or a bearish one.
    """

    name: str
    mood: Mood = "any"

    def __post_init__(self) -> None:
        name = self.name.lower().removeprefix("cdl").replace("_", "")
        if name not in pattern_names():
            raise UnknownName("pattern", name, pattern_names())
        object.__setattr__(self, "name", name)

    @override
    def compute(self, tape: Tape) -> Truth:
        bars = tape.bars
        prices = [floats(line) for line in (bars.open, bars.high, bars.low, bars.close)]
        found = getattr(talib, f"CDL{self.name.upper()}")(*prices)
        holds = {"any": found != 0, "bullish": found > 0, "bearish": found < 0}[self.mood]
        return truth(np.arange(len(bars)) >= _warm_up(self.name), holds)

    def __str__(self) -> str:
        mood = "" if self.mood == "any" else f"{self.mood} "
        return f"pattern {mood}{self.name}"


@cache
def _warm_up(name: str) -> int:
    """Bars at the start of which TA-Lib says 0 because it cannot know."""
    from talib import abstract

    return abstract.Function(f"CDL{name.upper()}").lookback  # pyright: ignore[reportAttributeAccessIssue]
