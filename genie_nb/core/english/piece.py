"""A sentence cut into pieces, each of which knows where it stands.

    "breaks above $25" -> word breaks, word above, money 25

Tables turn pieces into larger ones: words into values, values into tests.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from ..errors import AskError, RuleNotUnderstood
from ..expr.lines import LINES
from ..expr.value import Line
from ..grammar import line
from ..grammar.caret import at

PRICE, SHARES, FRACTION, RATIO, INDEX = "price", "shares", "fraction", "ratio", "index"
TRADED = "traded"
"""Money that changed hands."""
INTRADAY = frozenset({"intraday"})
DAILY = frozenset({"1d"})
WEEKLY = frozenset({"1wk"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words that stand together, and what they mean so far.

    Attributes:
        kind: What it is: a word, a number, a span, a value, a relation, a test, ….
        text: The word in lower case, or the canonical text.
        start: Where it begins in the sentence.
        end: Where it ends.
        unit: What a value or number counts, such as price or shares; for a span, day or bar.
        needs: Intervals that it can only be computed on; empty for any.
        notes: Defaults that were filled in, as sentences.
        parts: The pieces it was made of, where later ones may leave them out.
    """

    kind: str
    text: str
    start: int
    end: int
    unit: str = ""
    needs: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    parts: tuple["Piece", ...] = field(default=(), repr=False)

    @property
    def number(self) -> Decimal:
        """The amount of a number, money, percent or span."""
        return Decimal(self.text)


def written(number: Decimal) -> str:
    """A number as the rule language writes it.

    Example:
        >>> written(Decimal("1250.50"))
        '1250.5'
    """
    return f"{number.normalize():f}"


def cut(sentence: str) -> list[Piece]:
    """The words, numbers and signs of a sentence.

    Raises:
        RuleNotUnderstood: A number is written so that it could mean two.

    Example:
        >>> [piece.text for piece in cut("above its 50-day MA by 1,250")]
        ['above', 'its', '50', 'day', 'ma', 'by', '1250']
    """
    plain = sentence.translate(_QUOTES)
    return [
        piece
        for found in _pattern().finditer(plain)
        if (piece := _piece(found, sentence)) is not None
    ]


def trouble(
    sentence: str,
    piece: Piece,
    cure: str,
    *,
    needed: str | None = None,
    stage: Literal["words", "meaning"] = "words",
) -> RuleNotUnderstood:
    """The refusal that points at a piece."""
    seen = sentence[piece.start : piece.end] or "the end of the sentence"
    return at(sentence, piece.start, seen=seen, needed=needed or cure, cure=cure, stage=stage)


def united(pieces: Iterable[Piece]) -> tuple[frozenset[str], tuple[str, ...]]:
    """What several pieces need together, and their notes without repetition."""
    found = tuple(pieces)
    needs = frozenset[str]().union(*(piece.needs for piece in found))
    notes = dict.fromkeys(note for piece in found for note in piece.notes)
    return needs, tuple(notes)


_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": ",", "\u00a0": " "})


@cache
def _pattern() -> re.Pattern[str]:
    calls = "|".join(name for name, kind in LINES.items() if kind.call)
    return re.compile(
        rf"""
          (?P<call>\b(?i:{calls})\([^()]{{0,60}}\))
        | (?P<date>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
        | (?P<symbol>
            (?<!\w)[A-Z][A-Z0-9]{{0,9}}[.\-=][A-Z]{{1,5}}\b   # BRK.B, BTC-USD
          | \^[A-Z0-9]{{1,12}}\b                             # ^GSPC
          | \$[A-Za-z]{{1,10}}(?:[.\-][A-Za-z]{{1,4}})?\b)     # $CRSR
        | (?P<number>(?:[$€£][ ]?)?(?:\d+(?:,\d+)*(?:\.\d+)?|\.\d+))
        | (?P<word>[^\W\d_]+(?:_[^\W\d_]+)*(?:'t\b)?)
        | (?P<possession>'(?:s|d|ll|re|ve|m)\b)
        | (?P<sign>>=|<=|=>|=<|==|\.\.|[<>=%()$~+*/\-])
        | (?P<mark>[,.;:!?"'])
        | (?P<other>\S)
        """,
        re.VERBOSE,
    )


def _piece(found: re.Match[str], sentence: str) -> Piece | None:
    kind, text = found.lastgroup or "", found.group()
    start, end = found.span()
    if kind == "number":
        start += len(text) - len(text.lstrip())
        return _number(text.strip(), start, sentence)
    if kind == "call":
        return _call(text, start, sentence)
    if kind == "possession" or (text == "-" and not _is_minus(sentence, start)):
        return None
    kind = {"sign": "word", "other": "word"}.get(kind, kind)
    return Piece(kind=kind, text=text.lower(), start=start, end=end)


def _number(text: str, start: int, sentence: str) -> Piece:
    digits = text.lstrip("$€£ ")
    piece = Piece(
        kind="number" if digits == text else "money",
        text=digits.replace(",", ""),
        start=start,
        end=start + len(text),
    )
    if "," in digits and not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        raise trouble(
            sentence,
            piece,
            f"{digits} could be two numbers. Write thousands as 1,250 and decimals as 1.25.",
        )
    return replace(piece, text=written(Decimal(piece.text)))


def _call(text: str, start: int, sentence: str) -> Piece:
    """A line written as in the rule language, such as `sma(50)`."""
    piece = Piece(kind="value", text=text, start=start, end=start + len(text))
    try:
        value = line(text)
    except AskError as error:
        raise trouble(sentence, piece, str(error.cure or error)) from None
    assert isinstance(value, Line)
    needs = INTRADAY if "intraday" in value.kind.needs else frozenset()
    return replace(piece, text=str(value), unit=value.kind.unit or PRICE, needs=needs)


def _is_minus(sentence: str, place: int) -> bool:
    """Whether a dash is a minus sign, or stands between two numbers, rather than in a word."""
    following = sentence[place + 1 : place + 2]
    after = following.isdigit() or following in ("$", "€", "£")
    before = sentence[max(place - 1, 0) : place]
    return after and (before in ("", " ", "(") or before.isdigit())
