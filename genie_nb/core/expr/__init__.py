"""Lines and conditions: the values that chart, backtest, alert and sentence share."""

from .catalogue import Ta
from .condition import And, Condition, For, Not, Or, Then, Within, walk_conditions
from .lines import LINES, LineKind
from .pattern import Pattern, pattern_names
from .tape import NOTHING_ELSE, Tape, World
from .tests import Compare, Cross, Enter, Inside, Move, Touch
from .value import Arithmetic, FactValue, Lag, Line, Negative, Number, Other, Value, walk

__all__ = [
    "LINES",
    "NOTHING_ELSE",
    "And",
    "Arithmetic",
    "Compare",
    "Condition",
    "Cross",
    "Enter",
    "FactValue",
    "For",
    "Inside",
    "Lag",
    "Line",
    "LineKind",
    "Move",
    "Negative",
    "Not",
    "Number",
    "Or",
    "Other",
    "Pattern",
    "Ta",
    "Tape",
    "Then",
    "Touch",
    "Value",
    "Within",
    "World",
    "pattern_names",
    "walk",
    "walk_conditions",
]
