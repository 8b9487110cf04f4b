"""Lines and conditions: the values that chart, backtest, alert and sentence share."""

from .catalogue import Ta
from .comparisons import Compare, Cross, Enter, Inside, Move, Touch
from .condition import And, Condition, For, Not, Or, Then, Within, walk_conditions
from .elsewhere import FactValue, Other
from .lines import LINES, LineKind
from .pattern import Pattern, pattern_names
from .tape import NOTHING_ELSE, Tape, World
from .value import Arithmetic, Lag, Line, Negative, Number, Value, walk

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
