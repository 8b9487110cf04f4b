"""Why some words were not understood, and what to say instead."""

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain, pairwise, takewhile

from ..errors import RuleNotUnderstood
from .piece import Piece, trouble
from .words import CLASSES

_LEVEL = "A level is missing: a price such as $25, or a line such as its 50-day average."
_WAYS = (
    ({"ma", "sma", "ema", "vwma", "average", "moving", "averages"},
     "Say over how many bars: its 50-day moving average, for one."),
    ({"atr"}, "Say over how many bars: ATR(14), for one."),
    ({"new", "highs", "lows", "ath", "record"}, "Say over how long: a new 52-week high, for one."),
    ({"breakout", "breakdown"}, "Say of what: a 20-day breakout, or breaks above $25."),
    ({"support", "resistance", "level", "target"}, "Say which price or line is meant: $25, its 50-day average."),
    ({"dries", "dry", "low", "light", "quiet", "thin"},
     "Say it in numbers: volume below half its average, for one."),
    ({"today", "tomorrow", "soon", "later", "tonight", "monday", "friday", "week", "month"},
     "A rule watches until it is ended: 'until 2026-03-01', or leave this out."),
    ({"until", "till", "expires"}, "Give the whole date, such as 2026-03-01."),
    ({"then"}, "Say within how many days: 'A then B within 5 days', for one."),
    ({"unless", "earnings", "fed", "news", "report", "meets", "announces", "upgrade", "dividend"},
     "Rules read prices and volume, and cannot know this. Leave it out."),
    ({"market", "economy", "everything"}, "Name one ticker, such as SPY."),
)  # fmt: skip
"""Words that were left over, and what they lack."""

_ADVICE = frozenset({
    "buy", "sell", "short", "dump", "invest", "purchase", "accumulate", "exit",
    "buying", "selling",
})  # fmt: skip


_BEFORE_NAMES = frozenset({"if", "when", "once", "whenever", "that"})
_NEGATIONS = frozenset({*CLASSES["NOT"], "dont", "never", "no", "stop", "cancel", "unless"})
_TELLING = frozenset({*CLASSES["TELL"], "watch", "monitor", "track", "let", "set", "alarm"})


def refuse_advice(sentence: str, pieces: Iterable[Piece]) -> None:
    """Raises where the sentence asks when to trade."""
    for piece in pieces:
        if piece.kind == "word" and piece.text in _ADVICE:
            raise trouble(
                sentence,
                piece,
                "Genie does not say when to trade. Say what to watch for, such as"
                " 'closes above 25' or 'RSI below 30'.",
                needed="a condition of prices or volume",
            )


def refuse_silence(sentence: str, pieces: Sequence[Piece]) -> None:
    """Raises where the sentence says when not to be told: a rule says when to."""
    for before, piece in pairwise(pieces):
        if before.text in _NEGATIONS and piece.text in _TELLING:
            raise trouble(
                sentence,
                before,
                "A rule says when to tell you. Say that, or end it with 'once' or 'until 2026-03-01'.",
            )


_JOINED = {"between": ("and", "to"), "from": ("to",), "": ("..", "-")}
"""What stands between the ends of a range, by what stands before them."""


def refuse_half_scaled(sentence: str, pieces: Sequence[Piece]) -> None:
    """Raises where one end of a range is said in thousands or millions and the other is not."""
    for place in range(len(pieces) - 2):
        low, joined, high = pieces[place : place + 3]
        before = pieces[place - 1].text if place else ""
        words = (*_JOINED.get(before, ()), *_JOINED[""])
        ends = ("number", "money")
        if low.kind not in ends or high.kind not in ends or joined.text not in words:
            continue
        if _is_scaled(pieces, place) != _is_scaled(pieces, place + 2):
            raise trouble(
                sentence,
                high,
                f"One end is said in thousands or millions, and the other is not. Write both in full:"
                f" between {min(low.number, high.number):,f} and {max(low.number, high.number):,f}, if that is meant.",
                needed="both ends in full",
            )


def _is_scaled(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a number was said in thousands or millions."""
    after = pieces[place + 1].text if place + 1 < len(pieces) else ""
    return bool(pieces[place].parts) or after in ("m", "mn", "mln", "b")


_SIGNS = frozenset({">", "<", ">=", "<=", "=>", "=<", "=", "==", "is", "crosses", "exceeds"})


def refuse_lone_letter(sentence: str, pieces: Sequence[Piece]) -> None:
    """Raises where `a` stands for a line or a ticker: nothing is called so, and it is no article there."""
    for piece, after in pairwise(pieces):
        if piece.text in ("a", "an") and piece.kind == "word" and after.text in _SIGNS:
            raise trouble(
                sentence,
                piece,
                f"Nothing is called {sentence[piece.start : piece.end]!r}. Write a line, such as close, or a"
                " ticker of one letter as $A.",
                needed="a line or a ticker",
            )


def blamed(pieces: Sequence[Piece], known: Collection[str]) -> Piece:
    """Of the pieces from the first unread one to the next join, the one that says most about why."""
    clause = list(takewhile(lambda piece: piece.kind not in ("join", "test"), pieces))
    words = [piece for piece in clause if piece.kind == "word"]
    telling = {word for words, _ in _WAYS for word in words}
    unknown = (
        word
        for word in words
        if word.text.isalpha() and word.text not in known and word.text not in telling
    )
    lacking = (word for word in words if word.text in telling)
    percents = (piece for piece in clause if piece.kind == "percent")
    return next(chain(unknown, lacking, percents, pieces))


_NEGATIVE = "How near or far is said without a minus: 'within 2% of 25', '2% below 25', 'falls 2%'."
_PERCENT = "Say of what or over how long: '5% below its 52-week high', 'rises 5% in 3 days'."


def left_over(sentence: str, piece: Piece, known: Collection[str]) -> RuleNotUnderstood:
    """The refusal of a piece that nothing accounted for."""
    if piece.kind == "relation":
        return trouble(sentence, _end_of(piece), _LEVEL)
    if piece.kind == "percent":
        return trouble(sentence, piece, _NEGATIVE if piece.number < 0 else _PERCENT)
    if piece.kind in ("number", "money", "shares", "times"):
        return trouble(
            sentence, piece, "Say what stands how to this number: 'closes above 25', for one."
        )
    if piece.kind in ("span", "length", "run"):
        return trouble(
            sentence,
            piece,
            "This span cannot be used here: it fits no test, or not the length of the bars.",
        )
    if piece.kind in ("value", "range", "offset"):
        return trouble(
            sentence, piece, "Say what it does: 'crosses above', 'is below', 'touches', for one."
        )
    return trouble(sentence, piece, _word(sentence, piece, known))


def _word(sentence: str, piece: Piece, known: Collection[str]) -> str:
    for words, cure in _WAYS:
        if piece.text in words:
            return cure
    if piece.text in {*CLASSES["CROSS"], *CLASSES["CLIMB"], *CLASSES["SINK"]}:
        return "Say which way and to where: 'breaks above 25', 'drops below its 50-day average'."
    if piece.kind == "word" and piece.text.isalpha() and 3 < len(piece.text) < 20:
        near = _nearest(piece.text, frozenset(known))
        if near and near != piece.text:
            return f"Did you mean {near!r}?"
        written = sentence[piece.start : piece.end]
        if written[0].isupper():
            return f"Nothing is known by the name {written!r} here. Write a company by its ticker, such as CRSR."
        before = sentence[: piece.start].casefold().split()[-1:]
        if before and before[0] in _BEFORE_NAMES:
            named = sentence[: piece.start] + written.capitalize() + sentence[piece.end :]
            return (
                f"If this is a company, write: {named.strip()}. Or write its ticker, such as CRSR."
            )
    return (
        "Nothing here accounts for this word. Leave it out, or say it with prices, averages,"
        " volume or RSI."
    )


@lru_cache(maxsize=256)
def _nearest(word: str, known: frozenset[str]) -> str | None:
    """The word of the tables that resembles it most; None when none does."""
    near = get_close_matches(word, sorted(one for one in known if len(one) > 2), n=1, cutoff=0.75)
    return near[0] if near else None


def _end_of(piece: Piece) -> Piece:
    return Piece(kind="end", text="", start=piece.end + 1, end=piece.end + 1)
