"""The length of the bars a sentence speaks of.

on the 5 minute chart -> 5m      intraday -> 5m      weekly -> 1wk      daily close -> 1d
"""

from collections.abc import Sequence
from itertools import pairwise

from ..market import Interval
from .piece import INTRADAY, Piece, trouble
from .table import Found, Row, Table

_NAMES = {
    ("minute", 1): "1m",
    ("minute", 5): "5m",
    ("minute", 15): "15m",
    ("minute", 60): "1h",
    ("hour", 1): "1h",
    ("day", 1): "1d",
    ("week", 1): "1wk",
}
FIVE_MINUTES = "intraday means 5m bars, as no other length was given"


def _chart(found: Found, _: str) -> Piece | None:
    span = found["span"]
    name = _NAMES.get((span.unit, int(span.text)))
    if name is None and span.unit in ("bar", "day", "week", "month", "year"):
        return None
    return Piece(kind="chart", text=name or "", start=0, end=0)


_NOUN = "chart|charts|bars|bar|candles|candle|timeframe|basis|interval"

CHARTS = Table(
    Row(f"on|in|using? <span|length:span> {_NOUN}", _chart),
    Row(f"on|in|using? daily {_NOUN}?", "1d", kind="chart"),
    Row(f"on|in|using? weekly {_NOUN}?", "1wk", kind="chart"),
    Row(f"on|in|using? hourly {_NOUN}?", "1h", kind="chart"),
    Row(f"on|in|using? intraday {_NOUN}?", "5m", kind="chart", note=FIVE_MINUTES),
)


def chart_of(
    sentence: str, pieces: Sequence[Piece], given: str | None
) -> tuple[str, tuple[str, ...]]:
    """The interval of the sentence, and the default that was used for it.

    Raises:
        RuleNotUnderstood: Two are named, or one that does not exist.
    """
    named = [piece for piece in pieces if piece.kind == "chart"]
    for piece in named:
        if not piece.text:
            known = ", ".join(Interval)
            raise trouble(sentence, piece, f"Bars of this length do not exist. There are: {known}.")
    chosen = given or next((piece.text for piece in named), None)
    for piece in named:
        if piece.text != chosen and not _agree(piece, chosen):
            raise trouble(
                sentence, piece, f"A rule has one interval, and {chosen} is given. Write two rules."
            )
    if chosen is not None:
        return chosen, () if given else next(piece.notes for piece in named)
    if any(_is_short(piece, before) for before, piece in pairwise((None, *pieces))):
        return "5m", (FIVE_MINUTES,)
    if _speaks_of_week_averages(pieces):
        return "1wk", ()
    return "1d", ()


def _agree(piece: Piece, chosen: str | None) -> bool:
    """`intraday` agrees with any intraday interval."""
    return bool(piece.notes) and chosen is not None and Interval(chosen).intraday


def _is_short(piece: Piece | None, before: Piece | None) -> bool:
    """Whether the piece can only be had from intraday bars; an anchored VWAP can be had from any."""
    if piece is None:
        return False
    if piece.kind in ("span", "length", "run"):
        return piece.unit in ("minute", "hour")
    anchored = before is not None and before.text == "anchored"
    return (piece.text == "vwap" and not anchored) or bool(INTRADAY & piece.needs)


def _speaks_of_week_averages(pieces: Sequence[Piece]) -> bool:
    averages = ("ma", "sma", "ema", "average", "moving", "simple", "exponential")
    return any(
        piece.kind == "length" and piece.unit == "week" and after.text in averages
        for piece, after in pairwise(pieces)
    )
