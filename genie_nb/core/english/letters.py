"""Letters that make a number larger.

volume above 2M -> 2000000    volume below 1.5m -> 1500000    on the 5m chart -> as it was

A lone `m` is minutes too: it is millions where it is written as a capital, follows a fraction, or says
how large the volume is.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from .piece import Piece, written
from .words import CLASSES

_SCALES = {"m": Decimal(1_000_000), "b": Decimal(1_000_000_000)}

_OF_CHARTS = frozenset({
    "bar", "bars", "basis", "candle", "candles", "chart", "charts", "interval", "timeframe",
})  # fmt: skip
_BEFORE_CHARTS = frozenset({"on", "in", "using", "every"})
_RELATING = frozenset({
    *CLASSES["ABOVE"], *CLASSES["BELOW"], *CLASSES["MORE"], *CLASSES["LESS"], *CLASSES["IS"],
    *CLASSES["CLIMB"], *CLASSES["SINK"], "a", "and", "at", "between", "crosses", "exceeds", "is", "least",
    "m", "most", "of", "than", ">", ">=", "<", "<=",
})  # fmt: skip
"""What may stand between the volume and how large it is."""

_AFTER_VOLUME = frozenset({"and", "or", "to", "shares", "on", "for", "with", "while", "but"})


def with_letters(sentence: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with the letters of millions and billions reckoned into their numbers.

    Example:
        >>> from .piece import cut
        >>> words = "volume over 2M, not on the 5m chart"
        >>> [piece.text for piece in with_letters(words, cut(words))][2]
        '2000000'
    """
    done: list[Piece] = []
    for place, piece in enumerate(pieces):
        if done and done[-1].end > piece.start:
            continue
        letter = pieces[place + 1] if place + 1 < len(pieces) else piece
        if piece.kind == "number" and _is_scale(sentence, pieces, place, letter):
            text = written(piece.number * _SCALES[letter.text])
            done.append(replace(piece, text=text, end=letter.end, parts=(letter,)))
        else:
            done.append(piece)
    return done


def _is_scale(sentence: str, pieces: Sequence[Piece], place: int, letter: Piece) -> bool:
    """Whether the letter after a number makes it larger."""
    number = pieces[place]
    if letter.text not in _SCALES or letter.start != number.end:
        return False
    after = next(iter(pieces[place + 2 : place + 3]), None)
    if letter.text == "b":
        return True
    if (after is not None and after.text in _OF_CHARTS) or _speaks_of_a_chart(pieces[:place]):
        return False
    return (
        sentence[letter.start] == "M"
        or "." in number.text
        or (_speaks_of_volume(pieces[:place]) and _ends(after))
    )


def _speaks_of_a_chart(before: Sequence[Piece]) -> bool:
    words = [piece.text for piece in before[-2:] if piece.text != "the"]
    return bool(words) and words[-1] in _BEFORE_CHARTS


def _speaks_of_volume(before: Sequence[Piece]) -> bool:
    between = takewhile(_relates, reversed(before))
    length = sum(1 for _ in between)
    return length < len(before) and before[len(before) - 1 - length].text == "volume"


def _relates(piece: Piece) -> bool:
    return piece.kind == "number" or piece.text in _RELATING


def _ends(after: Piece | None) -> bool:
    return after is None or after.kind == "mark" or after.text in _AFTER_VOLUME
