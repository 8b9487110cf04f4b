"""Numbers and what they count.

twenty five dollars -> money 25     2 million shares -> shares 2000000     15% -> percent 15
March 1st, 2026 -> date 2026-03-01  50-day -> span 50 day
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice, takewhile

from ..expr.value import LONGEST
from .piece import SHARES, Piece, written
from .table import Found, Row, Table
from .words import MONTHS, SCALES, TENS, UNITS

WORDS = frozenset({*UNITS, *TENS, *SCALES, "and", "a", "an"})
"""Words that numbers are made of."""


def spoken(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, numbers in words and scales such as `million` put into figures.

    Example:
        >>> from .piece import cut
        >>> [piece.text for piece in spoken(cut("fifty two, one hundred and five, 2.5 million"))]
        ['52', ',', '105', ',', '2500000']
    """
    done: list[Piece] = []
    place = 0
    while place < len(pieces):
        number, length = _number_at(pieces, place)
        done.append(pieces[place] if number is None else number)
        place += length
    return done


_AVERAGES = frozenset({
    "moving", "average", "averages", "avg", "ma", "sma", "ema", "dma", "simple", "exponential",
})  # fmt: skip


def share_averages(pieces: Sequence[Piece]) -> list[Piece]:
    """`50 and 200 day averages` said in full: `50 day averages and 200 day averages`.

    Example:
        >>> from .piece import cut
        >>> said = share_averages(AMOUNTS.rewrite(cut("its 50 and 200-day ema")))
        >>> [piece.text for piece in said]
        ['its', '50', 'ema', 'and', '200', 'ema']
    """
    done: list[Piece] = []
    for place, piece in enumerate(pieces):
        names = _shared(pieces, place)
        if names:
            done.append(replace(piece, kind="length", unit=pieces[place + 2].unit))
            done += [replace(name, start=piece.start, end=piece.end) for name in names]
        else:
            done.append(piece)
    return done


def _shared(pieces: Sequence[Piece], place: int) -> list[Piece]:
    """The words after `50 and 200 day` that belong to both numbers; none where a new test begins."""
    first, other = pieces[place], pieces[place + 2] if place + 2 < len(pieces) else None
    joined = (
        _text(pieces, place + 1) in ("and", "or", "&") and _text(pieces, place - 1) != "between"
    )
    if (
        first.kind not in ("number", "length")
        or other is None
        or other.kind != "length"
        or not joined
    ):
        return []
    names = list(takewhile(lambda one: one.text in _AVERAGES, islice(pieces, place + 3, None)))
    after = place + 3 + len(names)
    ends = after == len(pieces) or pieces[after].kind == "mark" or pieces[after].text in _ENDS
    return names if ends else []


_ENDS = frozenset({"and", "or", "but", "while", "with", "on", "for", "until", "within"})


def _number_at(pieces: Sequence[Piece], place: int) -> tuple[Piece | None, int]:
    first = pieces[place]
    figure = first.kind in ("number", "money")
    total, part, end = Decimal(0), Decimal(0), place
    if figure:
        part, end = first.number, place + 1
    elif first.text in ("a", "an") and _text(pieces, place + 1) in SCALES.keys() - {"k", "mm"}:
        part, end = Decimal(1), place + 1
    while end < len(pieces):
        step = _step(pieces, end, part)
        if step is None or (figure and _text(pieces, end) not in SCALES):
            break
        total, part, end = (total + step[0], *step[1:])
    if end == place or (figure and end == place + 1):
        return None, 1
    kind = "money" if first.kind == "money" else "number"
    text = written(total + part)
    scales = tuple(one for one in pieces[place:end] if SCALES.get(one.text, 0) > 100)
    made = replace(first, kind=kind, text=text, end=pieces[end - 1].end, parts=scales)
    return made, end - place


def _step(
    pieces: Sequence[Piece], place: int, part: Decimal
) -> tuple[Decimal, Decimal, int] | None:
    """What the word here adds: to the total, the part so far, and where to go on."""
    word = _text(pieces, place)
    ends = _text(pieces, place + 2) not in SCALES
    if (
        word == "and"
        and ends
        and part
        and part % 100 == 0
        and _text(pieces, place + 1) in {*UNITS, *TENS}
    ):
        return Decimal(0), part, place + 1
    if word in SCALES and part:
        if SCALES[word] == 100:
            return Decimal(0), part * 100, place + 1
        return part * SCALES[word], Decimal(0), place + 1
    if word in TENS and part % 100 == 0:
        return Decimal(0), part + TENS[word], place + 1
    if word in UNITS and (
        part % 100 == 0 or (part % 10 == 0 and part % 100 >= 20 and UNITS[word] < 10)
    ):
        return Decimal(0), part + UNITS[word], place + 1
    return None


def _text(pieces: Sequence[Piece], place: int) -> str:
    return pieces[place].text if place < len(pieces) and pieces[place].kind == "word" else ""


def _date(found: Found, _: str) -> Piece | None:
    parts = (found["year"], found["month"], found["day"])
    year, month, day = (MONTHS.get(part.text) or int(part.number) for part in parts)
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return Piece(kind="date", text=made.isoformat(), start=0, end=0)


def _times(factor: str, kind: str | None = None) -> Callable[[Found, str], Piece]:
    """The number, so many times as large."""

    def made(found: Found, _: str) -> Piece:
        number = found["number"]
        text = written(number.number * Decimal(factor))
        return replace(number, kind=kind or number.kind, text=text)

    return made


def _span(unit: str, kind: str) -> Callable[[Found, str], Piece | None]:
    """So many days or bars; only whole ones."""

    def made(found: Found, _: str) -> Piece | None:
        text = found["number"].text if "number" in found else "1"
        whole = text.isdigit() and 0 < int(text) <= LONGEST
        return Piece(kind=kind, text=text, start=0, end=0, unit=unit) if whole else None

    return made


def _spans(unit: str, one: str, many: str) -> tuple[Row, ...]:
    return (
        Row(f"<number> RUN trading|daily? {many}|{one}", _span(unit, "run")),
        Row(f"<number> trading|business|full? {many}|{one} in a row", _span(unit, "run")),
        Row(f"<number> trading|business|full? {many} straight|running", _span(unit, "run")),
        Row(f"<number> trading|business|full? {many}", _span(unit, "span")),
        Row(f"<number> trading? {one}", _span(unit, "length")),
        Row(f"EACH trading|single|full? {one}", _span(unit, "span")),
    )


DATES = Table(
    Row("MONTH_NAME:month <number:day> st|nd|rd|th? ,? <number:year>", _date),
    Row("<number:day> st|nd|rd|th? of? MONTH_NAME:month ,? <number:year>", _date),
)

AMOUNTS = Table(
    Row("<money:number> m|mn|mln", _times("1000000")),
    Row("<money:number> b", _times("1000000000")),
    Row("<number> m|mn|mln shares", _times("1000000", "shares")),
    Row("<number> b shares", _times("1000000000", "shares")),
    Row("<number> shares IS traded", "{number}", kind="shares", unit=SHARES),
    Row("<number> shares traded|trade|trading?", "{number}", kind="shares", unit=SHARES),
    Row("<number|money:number> bucks|dollars|dollar|usd|$", "{number}", kind="money"),
    Row("<number> cents|cent", _times("0.01", "money")),
    Row("-|minus|negative <number> %|percent|pct", "-{number}", kind="percent"),
    Row("<number> %|percent|pct", "{number}", kind="percent"),
    Row("<number> per cent", "{number}", kind="percent"),
    Row("<number> x|times|fold|×", "{number}", kind="times"),
    Row("twice|double|doubled", "2", kind="times"),
    Row("triple|thrice", "3", kind="times"),
    Row("half", "0.5", kind="times"),
    *_spans("bar", "bar|candle|period|candlestick", "bars|candles|periods|candlesticks"),
    *_spans("day", "day|d|session", "days|sessions"),
    *_spans("week", "week|wk|w", "weeks|wks"),
    *_spans("month", "month|mo", "months"),
    *_spans("year", "year|yr|y", "years|yrs"),
    *_spans("minute", "minute|min|m", "minutes|mins"),
    *_spans("hour", "hour|hr|h", "hours|hrs"),
)

PER_SHARE = Table(
    Row("<money:number> per|each? share", "{number}", kind="money"),
    Row("<money:number> level|mark|line|price", "{number}", kind="money"),
    Row("<number> level|mark", "{number}", kind="number"),
    Row("<number=0> line", "0", kind="number"),
)
"""Numbers in other clothes, before and after articles are taken away."""
