"""Values made of others: so far above or below one, so many times one, between two.

10% below its 52-week high -> highest(252) * 0.9      twice its average volume -> average(volume, 20) * 2
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from .lines import AVERAGE_VOLUME
from .piece import SHARES, Piece, united, written
from .spans import bars_of
from .table import Found, Row, Table

LITERAL = ("number", "money", "shares")
LEVEL = "<value|number|money|shares|length|offset:value>"
"""What a line can be compared with."""


def as_value(piece: Piece, interval: str) -> Piece:
    """The piece as a value; `the 50-day` alone is its simple average."""
    if piece.kind != "length":
        return piece
    bars = bars_of(piece, interval)
    if bars is None or piece.unit not in ("day", "week"):
        return piece
    note = f"the {piece.text}-{piece.unit} is its simple moving average"
    return replace(
        piece,
        kind="value",
        text=f"sma({bars.text})",
        unit="price",
        needs=bars.needs,
        notes=(note,),
    )


def scaled(value: Piece, factor: Decimal) -> str:
    """So many times a value; reckoned where it is a plain number."""
    return written(value.number * factor) if value.kind in LITERAL else times(value, factor)


def times(value: Piece, factor: Decimal) -> str:
    """So many times a value, as it is said."""
    sum_of = " + " in value.text or " - " in value.text
    return f"{f'({value.text})' if sum_of else value.text} * {written(factor)}"


def shifted(value: Piece, by: Decimal) -> str:
    """A value plus so much; reckoned where it is a plain number."""
    if value.kind in LITERAL:
        return written(value.number + by)
    return f"{value.text} {'+' if by > 0 else '-'} {written(abs(by))}"


_OF_THE_BAR = frozenset({"high", "low"})


def away(sign: int) -> Callable[[Found, str], Piece | None]:
    """So far above (+1) or below (-1) a value, in percent or money.

    Not from a high or low without a span: the bar's own is seldom meant.
    """

    def made(found: Found, interval: str) -> Piece | None:
        by, value = found["by"], as_value(found["value"], interval)
        if value.text in _OF_THE_BAR:
            return None
        if by.kind == "percent":
            text = scaled(value, 1 + sign * by.number / 100)
        else:
            text = shifted(value, sign * by.number)
        return _of(value, text, kind="offset", side="above" if sign > 0 else "below")

    return made


def _of(value: Piece, text: str, *, kind: str, side: str = "") -> Piece:
    """A piece made from a value; *side* says whether it lies above or below it."""
    where = Piece(kind="side", text=side, start=0, end=0)
    return replace(value, kind=kind, text=text, parts=(where,))


def _off(found: Found, interval: str) -> Piece | None:
    """So far off a high is below it, so far off a low above it."""
    low = as_value(found["value"], interval).text.startswith("lowest(")
    return away(1 if low else -1)(found, interval)


def _within(found: Found, interval: str) -> Piece | None:
    """So near a value, on both sides; never a negative share of it, whose ends would be the wrong way round."""
    by, value = found["by"], as_value(found["value"], interval)
    if value.text in _OF_THE_BAR or by.number < 0:
        return None
    if by.kind == "percent":
        share = by.number / 100
        low, high = times(value, 1 - share), times(value, 1 + share)
    else:
        low, high = shifted(value, -by.number), shifted(value, by.number)
    return _of(value, f"{low}..{high}", kind="range")


def _between(found: Found, interval: str) -> Piece:
    low, high = as_value(found["value"], interval), as_value(found["other"], interval)
    if low.kind in LITERAL and high.kind in LITERAL and low.number > high.number:
        low, high = high, low
    needs, notes = united((low, high))
    made = _of(low, f"{low.text}..{high.text}", kind="range")
    return replace(made, needs=needs, notes=notes)


def _times(found: Found, _: str) -> Piece:
    return _of(found["value"], scaled(found["value"], found["times"].number), kind="value")


def _lag(found: Found, interval: str) -> Piece | None:
    bars = bars_of(found["span"], interval)
    if bars is None:
        return None
    value = found["value"]
    return replace(value, text=f"{value.text}[{bars.text}]", needs=value.needs | bars.needs)


_OTHER = "<value|number|money|shares|length|offset:other>"
_BY = "<percent|money:by>"

LAGS = Table(Row("<value> <span|length:span> ago|earlier|before", _lag))
"""What stood some bars before."""

VALUES = Table(
    Row("<name> <value>", lambda found, _: found["value"]),
    Row("<name> <range>", lambda found, _: found["range"]),
    Row(
        "<times> <name>? AVERAGE",
        lambda found, _: Piece(
            kind="value",
            text=f"average(volume, 20) * {found['times'].text}",
            start=0,
            end=0,
            unit=SHARES,
            notes=(AVERAGE_VOLUME,),
        ),
    ),
    Row("<times> as? much? as? <name>? <value>", _times),
)

OFFSETS = Table(
    Row(f"within|inside <percent|money|number:by> of|from|to <name>? {LEVEL}", _within),
    Row(f"{_BY} ABOVE|higher than? <name>? {LEVEL}", away(1)),
    Row(f"{_BY} MORE than <name>? {LEVEL}", away(1)),
    Row(f"{_BY} BELOW <name>? {LEVEL}", away(-1)),
    Row(f"{_BY} off <name>? {LEVEL}", _off),
    Row(f"{_BY} LESS than <name>? {LEVEL}", away(-1)),
    Row(f"between {LEVEL} and|to <name>? {_OTHER}", _between),
    Row("<number|money:value> ..|- <number|money:other> range?", _between),
    Row("from? <number|money:value> to <number|money:other> range", _between),
)
"""Read once the values in them are known."""
