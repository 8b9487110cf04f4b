"""Tests joined by and, or and not.

close > 25 [and] rvol(20) > 1.5    RSI below 30 [and] above 20    below its 50-day [or] 200-day
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from ..errors import RuleNotUnderstood
from .comparisons import AMOUNT, CLOSING, PLAIN, compared
from .piece import Piece, trouble
from .refusals import blamed, left_over
from .table import Row, Table
from .values import as_value

JOINS = Table(
    Row("and|but|plus|&|while if|when? not|without", "and not", kind="join"),
    Row("without|unless", "and not", kind="join"),
    Row("or if|when? not|without", "or not", kind="join"),
    Row("as long as", "and", kind="join"),
    Row("at same time as?", "and", kind="join"),
    Row("and|but|plus|&|while|provided also? if|when|with|on|that?", "and", kind="join"),
    Row("or also? if|when|on|else?", "or", kind="join"),
    Row("if|when|with|on|as", "and", kind="join"),
    Row("not", "not", kind="join"),
    Row("(", "(", kind="join"),
    Row(")", ")", kind="join"),
    Row("either|both"),
)
"""The words between tests."""

MOST = 24
"""Tests that a rule may join."""

_LEVELS = frozenset({"value", "number", "money", "shares", "length", "offset"})


@dataclass(slots=True)
class Sentence:
    """The condition as far as it has been read.

    Attributes:
        written: As the user wrote it.
        interval: The length of the bars.
        known: Words of the tables.
        words: Canonical tests and what is between them.
        tests: The tests, in their order.
        joins: For each open bracket, the words that join its tests.
        topic: What the last test was about, when it was named.
        waits: Whether a test must follow.
    """

    written: str
    interval: str
    known: Collection[str]
    words: list[str] = field(default_factory=list)
    tests: list[Piece] = field(default_factory=list)
    joins: list[str] = field(default_factory=lambda: [""])
    topic: Piece | None = None
    waits: bool = True

    def take(self, piece: Piece) -> None:
        """Read the next piece.

        Raises:
            RuleNotUnderstood: It cannot stand here.
        """
        if piece.kind == "join":
            self._join(piece)
        elif piece.kind == "also":
            if not self.waits:
                self._between(piece, "and")
            self._test(piece)
        elif piece.kind == "test":
            self._test(self._about(piece))
        else:
            self._test(self._same_again(piece))

    def _test(self, piece: Piece) -> None:
        if not self.waits:
            raise trouble(self.written, piece, "Say 'and' or 'or' before this, or write two rules.")
        if len(self.tests) >= MOST:
            raise trouble(self.written, piece, f"A rule joins at most {MOST} tests. Write several.")
        self.tests.append(piece)
        self.words.append(piece.text)
        self.waits = False

    def _join(self, piece: Piece) -> None:
        text = piece.text
        if text in ("(", "not"):
            self._open(piece)
        elif text == ")":
            self._close(piece)
        elif self.waits and not self.words and text == "and":
            return
        elif self.waits:
            raise trouble(self.written, piece, "Something to watch for should stand here.")
        else:
            self._between(piece, text)

    def _open(self, piece: Piece) -> None:
        if not self.waits:
            raise trouble(self.written, piece, "Say 'and' or 'or' before this.")
        self.words.append(piece.text)
        if piece.text == "(":
            self.joins.append("")

    def _close(self, piece: Piece) -> None:
        if self.waits or len(self.joins) < 2:
            raise trouble(self.written, piece, "This bracket closes nothing.")
        self.joins.pop()
        self.words.append(")")

    def _between(self, piece: Piece, text: str) -> None:
        word = text.split(maxsplit=1)[0]
        if self.joins[-1] not in ("", word):
            raise trouble(
                self.written,
                piece,
                "'and' and 'or' together can be read in two ways. Put brackets around what belongs"
                " together, or write two rules.",
            )
        self.joins[-1] = word
        self.words.append(text)
        self.waits = True

    def _about(self, test: Piece) -> Piece:
        """The test, about what the one before was about where it names nothing itself."""
        subject = test.parts[0] if test.parts else None
        if subject is None or subject.kind != "implied" or len(test.parts) < 3:
            self.topic = subject if subject and subject.kind == "value" else None
            return test
        _, relation, level = test.parts
        topic = self.topic
        if topic is None or topic.text == "close" or relation.unit == CLOSING:
            return test
        again = compared(topic, relation, level)
        if again is None or level.kind == "money":
            return test
        if relation.unit not in (PLAIN, AMOUNT):
            raise trouble(
                self.written,
                test,
                f"Say what: {topic.text}, or the price? Both could be meant here.",
            )
        return _placed(again, test)

    def _same_again(self, piece: Piece) -> Piece:
        """`… or its 200-day average`: the last test with another level."""
        last = self.tests[-1] if self.tests else None
        if piece.kind in _LEVELS and self.waits and last and len(last.parts) == 3:
            subject, relation, _ = last.parts
            again = compared(
                None if subject.kind == "implied" else subject,
                relation,
                as_value(piece, self.interval),
            )
            if again is not None:
                return _placed(again, piece)
        raise left_over(self.written, piece, self.known)

    def text(self) -> str:
        """The whole condition.

        Raises:
            RuleNotUnderstood: It is not complete.
        """
        end = Piece(kind="end", text="", start=len(self.written), end=len(self.written))
        if self.waits:
            cure = "Say what to watch for, such as 'closes above 25' or 'drops below its 50-day average'."
            raise trouble(self.written, end, cure)
        if len(self.joins) > 1:
            raise trouble(self.written, end, "A bracket is not closed.")
        return " ".join(self.words)


def join(written: str, pieces: Sequence[Piece], interval: str, known: Collection[str]) -> Sentence:
    """All tests of the sentence as one condition.

    Raises:
        RuleNotUnderstood: A piece is no test, or they are not joined.
    """
    sentence = Sentence(written=written, interval=interval, known=known)
    for place, piece in enumerate(pieces):
        _check_read(sentence, pieces, place)
        sentence.take(piece)
    return sentence


def _check_read(sentence: Sentence, pieces: Sequence[Piece], place: int) -> None:
    """Point at the word that kept the pieces here from becoming a test."""
    piece = pieces[place]
    following = pieces[place + 1].kind if place + 1 < len(pieces) else ""
    if piece.kind == "word":
        raise left_over(sentence.written, blamed(pieces[place:], sentence.known), sentence.known)
    if piece.kind in ("value", "relation") and following == "word":
        unread = blamed(pieces[place + 1 :], sentence.known)
        raise left_over(sentence.written, unread, sentence.known)
    if piece.kind == "value" and following in ("relation", "test"):
        raise _no_test(sentence, piece, pieces[place + 1], pieces[place + 2 :])


def _no_test(
    sentence: Sentence, value: Piece, relation: Piece, rest: Sequence[Piece]
) -> RuleNotUnderstood:
    """Why a value and the relation after it make no test with what follows."""
    written, known = sentence.written, sentence.known
    if relation.kind == "relation" and (not rest or rest[0].kind == "join"):
        return left_over(written, relation, known)
    if relation.kind == "relation" and rest[0].kind == "word":
        return left_over(written, blamed(rest, known), known)
    return trouble(
        written,
        relation,
        f"{value.text} and this level are not counted alike: write a level in the unit of"
        f" {value.text}.",
    )


def _placed(test: Piece, at: Piece) -> Piece:
    return replace(test, start=at.start, end=at.end)
