"""How many bars a span of time is.

3 days on 1d -> 3        2 weeks on 1d -> 10        30 minutes on 5m -> 6
"""

from ..market import Interval
from .piece import DAILY, WEEKLY, Piece

_SESSIONS = {"day": 1, "week": 5, "month": 21, "year": 252}
_WEEKS = {"week": 1, "year": 52}
_MINUTES = {"minute": 1, "hour": 60}


def bars_of(span: Piece, interval: str) -> Piece | None:
    """The span as a number of bars; None where it is not a whole number of them.

    Example:
        >>> from .piece import Piece
        >>> bars_of(Piece(kind="span", text="2", start=0, end=0, unit="week"), "1d").text
        '10'
    """
    count, unit = int(span.text), span.unit
    if unit == "bar":
        return _bars(count)
    if unit in _MINUTES:
        if not Interval(interval).intraday:
            return None
        minutes = Interval(interval).length.total_seconds() / 60
        bars, over = divmod(count * _MINUTES[unit], minutes)
        return _bars(int(bars)) if bars and not over else None
    if interval == Interval.W1 and unit in _WEEKS:
        return _bars(count * _WEEKS[unit], needs=WEEKLY)
    if (unit, count) == ("week", 52):
        return _bars(252, needs=DAILY, notes=("52 weeks are 252 sessions",))
    sessions = _SESSIONS[unit]
    note = () if unit == "day" else (f"a {unit} is {sessions} sessions",)
    return _bars(count * sessions, needs=DAILY, notes=note)


def _bars(count: int, *, needs: frozenset[str] = frozenset(), notes: tuple[str, ...] = ()) -> Piece:
    return Piece(kind="bars", text=str(count), start=0, end=0, needs=needs, notes=notes)
