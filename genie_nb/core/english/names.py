"""Which ticker a sentence is about."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from ..ticker import is_ticker, read_name
from .piece import Piece, trouble

_ABBREVIATIONS = frozenset({
    "ADX", "ATR", "BB", "CPI", "DMA", "EMA", "EPS", "FED", "GDP", "MA", "MACD", "OBV", "PE",
    "RSI", "RVOL", "SMA", "USD", "VWAP", "VWMA", "AND", "OR", "NOT", "IF", "WHEN", "THEN",
    "UNLESS", "WITH", "ONCE", "ABOVE", "BELOW", "OVER", "UNDER", "FOR", "IN", "IS", "MY",
    "ME",
})  # fmt: skip
"""Words written in capitals that name no company."""

NO_NAMES = frozenset({
    "i", "me", "my", "you", "your", "we", "us", "our", "he", "him", "she", "her", "someone",
    "anyone", "everyone", "people", "there", "what", "who", "why", "how", "which", "fed",
    "rates", "rate", "news", "cpi", "gdp", "sales", "debt", "eps", "yield", "earn", "market",
    "gold", "oil", "next", "opens",
})  # fmt: skip
"""Words where a name could stand, and that are none."""

_BEFORE = frozenset({"if", "when", "for", "on", "of", "in", "watch", "monitor", "track", "that"})


def find_name(
    sentence: str,
    pieces: Sequence[Piece],
    known: Collection[str],
    ticker: str | None,
    last: str | None = None,
) -> tuple[str | None, list[Piece]]:
    """The ticker that is named, and the pieces with its name marked as one.

    A name is written as one: in capitals, with a $, or as the ticker that is meant already. Where
    none is, and none is settled, a word that stands where a name does is taken for one.

    Args:
        sentence: As it was written.
        pieces: Of it; frames are already taken away.
        known: Words of the tables, which are names only in capitals.
        ticker: The one the sentence is settled to be about.
        last: The one it may be about.

    Raises:
        RuleNotUnderstood: Two are named.
    """
    shouted = sentence.isupper()
    named: dict[int, str] = {}
    for place, piece in enumerate(pieces):
        written = sentence[piece.start : piece.end]
        word = piece.kind == "word" and (
            _is_written_as_ticker(written, shouted=shouted)
            or any(_is_meant(written, one, known) for one in (ticker, last))
        )
        if piece.kind == "symbol" or word or _is_letter_named(pieces, place, written):
            named[place] = read_name(written)
    if not named and ticker is None:
        place = next((p for p in range(len(pieces)) if _stands_as_name(pieces, p, known)), None)
        if place is not None:
            piece = pieces[place]
            named[place] = read_name(sentence[piece.start : piece.end])
    names = list(dict.fromkeys(named.values()))
    if len(names) > 1:
        second = next(place for place, name in named.items() if name == names[1])
        raise trouble(
            sentence,
            pieces[second],
            f"This names two tickers, {names[0]} and {names[1]}. A rule watches one: write one for each.",
            needed="one ticker",
        )
    marked = [
        replace(piece, kind="name", text=named[place]) if place in named else piece
        for place, piece in enumerate(pieces)
    ]
    return (names[0] if names else None), marked


def _is_written_as_ticker(written: str, *, shouted: bool) -> bool:
    return not shouted and len(written) > 1 and is_ticker(written) and written not in _ABBREVIATIONS


def _is_meant(written: str, meant: str | None, known: Collection[str]) -> bool:
    """Whether this is the ticker that is known already; a word of the tables only in capitals."""
    return written == meant or (written.upper() == meant and written.lower() not in known)


def _is_letter_named(pieces: Sequence[Piece], place: int, written: str) -> bool:
    """Whether this is a single capital where a name stands, such as `F` after `if`."""
    single = pieces[place].kind == "word" and len(written) == 1 and written.isupper()
    return single and written not in "AI" and _is_place(pieces, place)


def _stands_as_name(pieces: Sequence[Piece], place: int, known: Collection[str]) -> bool:
    """An unknown word where a name stands, such as the one after `if`."""
    piece = pieces[place]
    if piece.kind != "word" or piece.text in known or piece.text in NO_NAMES or len(piece.text) < 2:
        return False
    return _is_place(pieces, place) and is_ticker(piece.text.upper())


def _is_place(pieces: Sequence[Piece], place: int) -> bool:
    if place == 0:
        return True
    before = pieces[place - 1]
    return before.kind in ("lead", "mark") or before.text in _BEFORE
