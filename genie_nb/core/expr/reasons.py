"""Why a condition is UNKNOWN at the newest bar, in words."""

from collections.abc import Iterator

import numpy as np

from .condition import Condition, walk_conditions
from .elsewhere import FactValue, Other
from .tape import Tape
from .truth import UNKNOWN
from .value import Arithmetic, Lag, Line, Value


def why_unknown(condition: Condition, tape: Tape) -> tuple[str, ...]:
    """What is missing, one clause each; nothing when the condition is known at the newest bar."""
    if not len(tape.bars):
        return (f"there are no bars of {tape.bars.ticker}",)
    if tape.truth(condition)[-1] != UNKNOWN:
        return ()
    read = (value for part in walk_conditions(condition) for value in part.reads())
    found = dict.fromkeys(reason for value in read for reason in _missing(value, tape))
    before = f"something is missing in the {len(tape.bars)} bars there are, where it looks back"
    return tuple(found) or (before,)


def _missing(value: Value, tape: Tape) -> Iterator[str]:
    if np.isfinite(tape.numbers(value)[-1]):
        return
    deeper = () if isinstance(value, Other | Lag) else value.parts()
    below = [reason for part in deeper for reason in _missing(part, tape)]
    if below:
        yield from below
    else:
        yield _reason(value, tape)


def _reason(value: Value, tape: Tape) -> str:
    match value:
        case Line():
            return _of_line(value, tape)
        case Lag() if len(tape.bars) <= value.bars:
            return f"{value} needs more than {value.bars} bars and there are {len(tape.bars)}"
        case Other():
            return _of_other(value, tape)
        case FactValue():
            return f"{value} is not known"
        case Arithmetic(sign="/"):
            return f"{value.right} is 0 and nothing can be divided by it"
        case _:
            return f"{value} is missing"


def _of_line(line: Line, tape: Tape) -> str:
    bars, needs = tape.bars, line.kind.needs
    if "intraday" in needs and not bars.interval.intraday:
        return (
            f"{line.name} exists only on intraday bars and these are {bars.interval}; "
            "write the rule on 5m, or use vwma(20)"
        )
    if "calendar" in needs and bars.session_ends is None:
        return f"{line.name} needs the exchange calendar"
    warm_up = line.kind.warm_up(*line.args)
    if len(bars) <= warm_up:
        return f"{line} needs {warm_up + 1} bars and there are {len(bars)}"
    if "volume" in needs and bars.volume.isna().any():
        return f"{line} needs a volume that is not known"
    return _WHY.get(line.name, "{} is missing").format(line)


_WHY = {
    "adjclose": "the source gives no {}",
    "rsi": "{} has no direction, as the price did not move",
    "rvol": "{} has no usual volume to compare with, as nothing was traded",
}


def _of_other(value: Other, tape: Tape) -> str:
    other = tape.other(value.ticker)
    if other is None:
        return f"there are no bars of {value.ticker}"
    if other.bars.interval != tape.bars.interval:
        return f"the bars of {value.ticker} are {other.bars.interval}, not {tape.bars.interval}"
    if tape.bars.index[-1] not in other.bars.index:
        return f"{value.ticker} has no bar at {tape.bars.index[-1]:%Y-%m-%d %H:%M} UTC"
    return next(_missing(value.value, other), f"{value} is missing")
