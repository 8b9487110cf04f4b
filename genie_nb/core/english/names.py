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

_PEOPLE = frozenset({
    "i", "me", "my", "you", "your", "we", "us", "our", "he", "him", "she", "her", "someone",
    "anyone", "everyone", "people", "there", "what", "who", "why", "how", "which", "fed",
    "rates", "rate", "news", "cpi", "gdp", "sales", "debt", "eps", "yield", "earn", "market",
    "gold", "oil",
})  # fmt: skip
"""Words where a name could stand, and that are none."""

_BEFORE = frozenset({"if", "when", "for", "on", "of", "in", "watch", "monitor", "track", "that"})


def find_name(
    sentence: str, pieces: Sequence[Piece], known: Collection[str], meant: str | None
) -> tuple[str | None, list[Piece]]:
    """The ticker that is named, and the pieces with its name marked as one.

    Args:
        sentence: As it was written.
        pieces: Of it; frames are already taken away.
        known: Words of the tables, which are names only in capitals.
        meant: The ticker the sentence is already known to be about.

    Raises:
        RuleNotUnderstood: Two are named.
    """
    shouted = sentence.isupper()
    done: list[Piece] = []
    found: str | None = None
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else None
        written = sentence[piece.start : piece.end]
        named = piece.kind == "symbol" or (
            piece.kind == "word"
            and (
                _is_written_as_ticker(written, shouted=shouted)
                or _is_meant(written, meant, known)
                or _stands_as_name(piece, written, before, known)
            )
        )
        if not named:
            done.append(piece)
            continue
        name = read_name(written)
        if found not in (None, name):
            raise trouble(
                sentence,
                piece,
                f"This names two tickers, {found} and {name}. A rule watches one: write one for each.",
                needed="one ticker",
            )
        found = name
        done.append(replace(piece, kind="name", text=name))
    return found, done


def _is_written_as_ticker(written: str, *, shouted: bool) -> bool:
    return not shouted and len(written) > 1 and is_ticker(written) and written not in _ABBREVIATIONS


def _is_meant(written: str, meant: str | None, known: Collection[str]) -> bool:
    """Whether this is the ticker that is known already; a word of the tables only in capitals."""
    return written == meant or (written.upper() == meant and written.lower() not in known)


def _stands_as_name(
    piece: Piece, written: str, before: Piece | None, known: Collection[str]
) -> bool:
    """An unknown word where a name stands, such as the one after `if`; `F` and `X` only there."""
    place = before is None or before.kind in ("lead", "mark") or before.text in _BEFORE
    if len(written) == 1:
        return place and written.isupper() and written not in "AI"
    if piece.text in known or piece.text in _PEOPLE:
        return False
    return place and is_ticker(piece.text.upper())
