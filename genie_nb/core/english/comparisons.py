"""How one thing stands to another, and the tests that this makes.

breaks above -> crosses above    is at least -> >=    hits -> touches
RSI drops below 30 -> rsi(14) crosses below 30
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from .lines import RELATIVE
from .piece import PRICE, SHARES, TRADED, Piece, united, written
from .table import Found, Row, Table
from .values import LEVEL, as_value, away

VERB, CLOSING, PLAIN, AMOUNT = "verb", "closing", "plain", "amount"
"""How a relation is said: by a move, a close, a state, or with an amount as in `more than`."""


def _says(phrase: str, text: str, how: str = PLAIN) -> Row:
    return Row(phrase, text, kind="relation", unit=how)


RELATIONS = Table(
    _says("AUX? NOT AUX? IS? CLOSES? at or? ABOVE", "not >="),
    _says("AUX? NOT IS|CLOSES|STAYS? ABOVE", "not >"),
    _says("AUX? NOT IS|CLOSES|STAYS? BELOW", "not <"),
    _says("IS|STAYS|CLOSES? at or ABOVE", ">="),
    _says("IS|STAYS|CLOSES? at or BELOW", "<="),
    _says("IS|STAYS|CLOSES? of? at least", ">=", AMOUNT),
    _says("IS|STAYS|CLOSES? of? at most", "<=", AMOUNT),
    _says("IS|STAYS|CLOSES? of? no|not MORE than", "<=", AMOUNT),
    _says("IS|STAYS|CLOSES? of? no|not LESS than", ">=", AMOUNT),
    _says("IS|STAYS|CLOSES? ABOVE or equal to?", ">="),
    _says("IS|STAYS|CLOSES? BELOW or equal to?", "<="),
    _says("AUX? CLIMB back? up? out? ABOVE", "crosses above", VERB),
    _says("AUX? SINK back? down? out? BELOW", "crosses below", VERB),
    _says("AUX? CROSS back|up|out? back|up|out? ABOVE", "crosses above", VERB),
    _says("AUX? CROSS back|down|out? back|down|out? BELOW", "crosses below", VERB),
    _says("AUX? CROSS up through", "crosses above", VERB),
    _says("AUX? CROSS down through", "crosses below", VERB),
    _says(
        "cross|crossover|cross-over|break|breakout|move|push|rally ABOVE of?", "crosses above", VERB
    ),
    _says("cross|drop|dip|break|breakdown|move|fall BELOW of?", "crosses below", VERB),
    _says("breakout|breakdown of? ABOVE", "crosses above", VERB),
    _says("AUX? tops|clears|surpasses|passes|reclaims|top|clear|reclaim", "crosses above", VERB),
    _says("AUX? loses|undercuts|undercut", "crosses below", VERB),
    _says("AUX? cross|crosses|crossed|crossing", "crosses", VERB),
    _says("AUX? CLOSES back? ABOVE", ">", CLOSING),
    _says("AUX? CLOSES back? BELOW", "<", CLOSING),
    _says("AUX? CLOSES MORE than", ">", AMOUNT),
    _says("AUX? CLOSES LESS than", "<", AMOUNT),
    _says("AUX? IS|STAYS? of? ABOVE", ">"),
    _says("AUX? IS|STAYS? of? BELOW", "<"),
    _says("AUX? IS|STAYS? of? MORE than", ">", AMOUNT),
    _says("AUX? IS|STAYS? of? LESS than", "<", AMOUNT),
    _says("IS back ABOVE", ">"),
    _says("IS back BELOW", "<"),
    _says("IS? north of", ">"),
    _says("IS? south of", "<"),
    _says("exceeds|exceed|exceeding", ">"),
    _says("IS? exactly|equal|equals|== to?", "=="),
    _says(">= ", ">="),
    _says("<= ", "<="),
    _says("=> ", ">="),
    _says("=< ", "<="),
    _says(">", ">"),
    _says("<", "<"),
    _says("AUX? TOUCH", "touches", VERB),
    _says("AUX? CROSS|SINK|CLIMB back? to", "touches", VERB),
    _says("target of|is|at|reached?", "touches", VERB),
)
"""What is said between two values."""


def _compare(found: Found, interval: str) -> Piece | None:
    """A test of what was said: `X relation Y`, where X is the price unless it is named."""
    relation, level = found["relation"], as_value(found["value"], interval)
    subject = found.get("subject") or found.get("name")
    return compared(as_value(subject, interval) if subject else None, relation, level)


def _closes(found: Found, interval: str) -> Piece | None:
    """`3 consecutive closes above 25`."""
    test = _compare(found, interval) if found["relation"].unit == CLOSING else None
    count = found["n"].text
    if test is None or not count.isdigit():
        return None
    return replace(test, text=f"{test.text} for {count} bars", parts=())


def compared(subject: Piece | None, relation: Piece, level: Piece) -> Piece | None:
    """The test that a subject, a relation and a level make; None when they cannot be compared."""
    left = _left(subject, relation, level)
    if left is None or left.text == level.text or not _comparable(left, level):
        return None
    if relation.unit == AMOUNT and level.kind == "offset":
        return None
    if level.kind == "times":
        left = replace(left, text="rvol(20)", notes=(RELATIVE,))
    sign = relation.text.removeprefix("not ")
    shown = written(level.number / 100) if level.kind == "percent" else level.text
    text = f"{left.text} {sign} {shown}"
    needs, notes = united((left, level))
    return Piece(
        kind="test",
        text=f"not {text}" if sign != relation.text else text,
        start=0,
        end=0,
        unit=left.unit,
        needs=needs,
        notes=notes,
        parts=(subject or _nobody(level), relation, level),
    )


def _nobody(level: Piece) -> Piece:
    return Piece(kind="implied", text="", start=level.start, end=level.start)


def _left(subject: Piece | None, relation: Piece, level: Piece) -> Piece | None:
    """What is compared: what was named, else what is counted as the level is."""
    if subject is not None and subject.kind == "value":
        return subject
    if subject is None and level.unit == SHARES and relation.unit in (PLAIN, AMOUNT):
        return replace(level, text="volume", unit=SHARES, needs=frozenset(), notes=())
    if level.kind == "value" and level.unit not in (PRICE, SHARES):
        return None
    return replace(relation, text="close", unit=PRICE, needs=frozenset(), notes=())


_COUNTED: Mapping[str, tuple[str, ...]] = {
    "money": (PRICE, TRADED),
    "shares": (SHARES,),
    "percent": ("fraction",),
    "times": (SHARES, "ratio"),
}
"""What each kind of number can be compared with; plain numbers with everything."""


def _comparable(left: Piece, level: Piece) -> bool:
    if level.kind in _COUNTED:
        return left.unit in _COUNTED[level.kind]
    return level.kind == "number" or left.unit == level.unit


def _range(word: str) -> Callable[[Found, str], Piece]:
    """A test of a value, the price unless another is named, and a range."""

    def made(found: Found, _: str) -> Piece:
        subject, limits = found.get("subject"), found["range"]
        left, unit = (subject.text, subject.unit) if subject else ("close", PRICE)
        return Piece(
            kind="test", text=f"{left} {word} {limits.text}", start=0, end=0, unit=unit,
            parts=(subject or _nobody(limits),),
        )  # fmt: skip

    return made


def _beyond(sign: str | Mapping[str, str]) -> Callable[[Found, str], Piece | None]:
    """`drops 10% below its high`: the verb says the way, the level how far; else the level says both."""

    def made(found: Found, _: str) -> Piece | None:
        offset = found["offset"]
        text = sign if isinstance(sign, str) else sign[offset.parts[0].text]
        relation = replace(offset, kind="relation", text=text, unit=VERB, parts=())
        return compared(found.get("subject") or found.get("name"), relation, offset)

    return made


def _from(sign: int) -> Callable[[Found, str], Piece | None]:
    """`falls 10% from its 52-week high`: to so far below it, or above."""

    def made(found: Found, interval: str) -> Piece | None:
        far = away(sign)(found, interval)
        if far is None:
            return None
        relation = replace(far, kind="relation", text="<=" if sign < 0 else ">=", unit=VERB)
        return compared(found.get("subject") or found.get("name"), relation, far)

    return made


def _at(found: Found, _: str) -> Piece | None:
    """`an alert at $30`: when the price is there."""
    level = found["value"]
    return compared(None, replace(level, kind="relation", text="touches", unit=VERB), level)


_CROSSING = {"above": "crosses above", "below": "crosses below"}
_BEYOND = {"above": ">", "below": "<"}
_AT_LEAST = {"above": ">=", "below": "<="}
_SUBJECT = "<name>? <value|length:subject>?"
_LEVELS = LEVEL.replace("<", "<percent|times|")
_RANGE = "<name:of>? <range>"

BEYOND = Table(
    Row(f"{_SUBJECT} AUX? SINK by? <percent:by> from <name:of>? {LEVEL}", _from(-1)),
    Row(f"{_SUBJECT} AUX? CLIMB by? <percent:by> from <name:of>? {LEVEL}", _from(1)),
    Row(f"{_SUBJECT} IS? down <percent:by> from <name:of>? {LEVEL}", _from(-1)),
    Row(f"{_SUBJECT} IS? up <percent:by> from <name:of>? {LEVEL}", _from(1)),
    Row(f"{_SUBJECT} AUX? SINK to? MORE|at? than|least? <offset>", _beyond("crosses below")),
    Row(f"{_SUBJECT} AUX? CLIMB to? MORE|at? than|least? <offset>", _beyond("crosses above")),
    Row(f"{_SUBJECT} AUX? CROSS to? MORE|at? than|least? <offset>", _beyond(_CROSSING)),
    Row(f"{_SUBJECT} IS|STAYS|CLOSES? at least <offset>", _beyond(_AT_LEAST)),
    Row(f"{_SUBJECT} IS|STAYS|CLOSES? MORE than <offset>", _beyond(_BEYOND)),
)
"""Moves to so far above or below a value; read before the words between two values."""

TESTS = Table(
    Row(f"<number:n> RUN? <relation> <name:of>? {_LEVELS}", _closes),
    Row(f"{_SUBJECT} AUX? leaves|leave|leaving|exits|exit {_RANGE}", _range("leaves")),
    Row(f"{_SUBJECT} AUX? CROSS|SINK out of {_RANGE}", _range("leaves")),
    Row(f"{_SUBJECT} AUX? enters|enter|entering {_RANGE}", _range("enters")),
    Row(f"{_SUBJECT} AUX? CROSS|SINK back? into|inside {_RANGE}", _range("enters")),
    Row(f"{_SUBJECT} IS|STAYS|CLOSES? outside of? {_RANGE}", _range("outside")),
    Row(f"{_SUBJECT} AUX? IS|STAYS|CLOSES|CROSS? inside|in|within? {_RANGE}", _range("inside")),
    Row(f"{_SUBJECT} <relation> <name:of>? {_LEVELS}", _compare),
    Row(f"{_SUBJECT} IS|STAYS|CLOSES? <offset>", _beyond(_BEYOND)),
    Row("<name>? at <money:value>", _at),
)
"""Two values and what is between them."""
