"""Plain words to the canonical text of the rule they mean.

    words -> pieces -> numbers -> frames, names -> interval -> lines -> tests -> joins -> condition

Each table is read once over the pieces, so the work grows with the length of the sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..errors import AskError, RuleNotUnderstood
from ..expr.condition import Condition
from ..grammar import parse_condition
from . import (
    charts,
    comparisons,
    durations,
    events,
    frames,
    joins,
    letters,
    lines,
    numbers,
    options,
    values,
)
from .contradiction import contradiction
from .names import find_name
from .needs import check_needs
from .piece import Piece, cut, trouble, united
from .refusals import refuse_advice, refuse_half_scaled, refuse_lone_letter, refuse_silence
from .table import Table

LONGEST = 10_000
"""The most characters a rule may have."""

_AMOUNTS = (numbers.DATES, numbers.AMOUNTS)
_BEFORE_NAMES = (frames.ARTICLES, frames.FRAMES)
_READ = (
    events.NAMED,
    lines.SYNONYMS,
    lines.LINES_IN_WORDS,
    events.VOLUME,
    values.LAGS,
    values.VALUES,
    events.MOVES,
    values.OFFSETS,
    frames.BESIDE,
    comparisons.BEYOND,
    comparisons.RELATIONS,
    comparisons.TESTS,
    durations.DURATIONS,
    events.SPIKES,
    events.CONFIRMED,
    durations.DURATIONS,
    joins.JOINS,
)
_AFTER_NAMES = (frames.NAMES, numbers.PER_SHARE, charts.CHARTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """What plain words mean.

    Attributes:
        condition: In canonical text.
        options: `once`, `cooldown`, `expires`, `paused`, in canonical text; empty when there are none.
        interval: The length of the bars.
        ticker: Whose bars; None when the words name none.
        defaults: What was filled in, as sentences.
    """

    condition: str
    options: str
    interval: str
    ticker: str | None
    defaults: tuple[str, ...]


def rewrite(
    words: str,
    *,
    ticker: str | None = None,
    interval: str | None = None,
    last: str | None = None,
) -> Rewritten:
    """Rewrite plain words to the rule language.

    Args:
        words: A wish such as "let me know if it drops below its 50-day moving average".
        ticker: Whose bars, when that is settled.
        interval: The length of the bars, when that is settled.
        last: The ticker "it" means where the words name none.

    Raises:
        RuleNotUnderstood: Some of it was not understood, is missing or contradicts itself; a caret
            points at the place.

    Example:
        >>> rewrite("breaks above $25 with volume", ticker="CRSR").condition
        'close crosses above 25 and rvol(20) > 1.5'
    """
    if len(words) > LONGEST:
        raise RuleNotUnderstood(
            f"This has {len(words):,} characters.",
            seen=len(words),
            needed=f"at most {LONGEST:,} characters",
            cure=f"Say it in at most {LONGEST:,} characters.",
        )
    pieces = numbers.spoken(letters.with_letters(words, cut(words)))
    refuse_silence(words, pieces)
    refuse_half_scaled(words, pieces)
    refuse_lone_letter(words, pieces)
    pieces = numbers.share_averages(_through(_AMOUNTS, pieces))
    pieces = _through(_BEFORE_NAMES, pieces)
    refuse_advice(words, pieces)
    named, pieces = find_name(words, pieces, vocabulary(), ticker, last)
    about = _agreed(words, pieces, named, ticker) or last
    pieces = frames.PRONOUNS.rewrite(pieces)
    _refuse_nobody(words, pieces, about)
    pieces = _through(_AFTER_NAMES, pieces)
    bars, notes = charts.chart_of(words, pieces, interval)
    pieces = options.OPTIONS.rewrite([p for p in pieces if p.kind != "chart"], bars)
    chosen = [piece for piece in pieces if piece.kind == "option"]
    pieces = [piece for piece in pieces if piece.kind != "option"]
    for table in _READ:
        pieces = table.rewrite(pieces, bars)
    pieces = [piece for piece in pieces if piece.kind not in ("mark", "name")]
    sentence = joins.join(words, pieces, bars, vocabulary())
    condition_text = sentence.text()
    check_needs(words, about, sentence.tests, bars)
    condition = _parsed(words, condition_text, sentence.tests)
    _, defaults = united((*sentence.tests, *chosen))
    return Rewritten(
        condition=str(condition),
        options=_options(words, chosen),
        interval=bars,
        ticker=about,
        defaults=(*notes, *defaults),
    )


@cache
def vocabulary() -> frozenset[str]:
    """Every word of the tables."""
    return frozenset(word for table in _tables() for word in table.words()) | numbers.WORDS


def _tables() -> Iterator[Table]:
    yield from (*_AMOUNTS, *_BEFORE_NAMES, *_AFTER_NAMES, *_READ, frames.PRONOUNS, options.OPTIONS)


def _through(tables: Sequence[Table], pieces: list[Piece]) -> list[Piece]:
    for table in tables:
        pieces = table.rewrite(pieces)
    return pieces


def _agreed(
    words: str, pieces: Sequence[Piece], named: str | None, ticker: str | None
) -> str | None:
    if named is None or ticker is None or named == ticker:
        return named or ticker
    piece = next(piece for piece in pieces if piece.kind == "name")
    raise trouble(
        words,
        piece,
        f"This names {named}, and the rule is for {ticker}. A rule watches one ticker.",
        needed="one ticker",
    )


def _refuse_nobody(words: str, pieces: Sequence[Piece], about: str | None) -> None:
    pronoun = next((piece for piece in pieces if piece.kind == "name"), None)
    if about is None and pronoun is not None:
        raise trouble(
            words,
            pronoun,
            "This does not say which company is meant. Name its ticker, such as CRSR.",
            needed="a ticker",
        )


def _options(words: str, chosen: Sequence[Piece]) -> str:
    seen: dict[str, Piece] = {}
    for piece in chosen:
        first = seen.setdefault(piece.text.split()[0], piece)
        if first.text != piece.text:
            raise trouble(words, piece, f"This was said before, as '{first.text}'. Keep one.")
    return " ".join(piece.text for piece in seen.values())


def _parsed(words: str, text: str, tests: Sequence[Piece]) -> Condition:
    try:
        condition = parse_condition(text)
    except AskError as error:
        raise trouble(words, tests[0], str(error.cure or error)) from None
    clash = contradiction(condition)
    if clash is not None:
        first, second = clash
        place = next((test for test in tests if test.text == str(second)), tests[-1])
        raise trouble(
            words,
            place,
            f"'{first}' and '{second}' cannot both be true. Say 'or', or leave one out.",
            needed="tests that can be true together",
            stage="meaning",
        )
    return condition
