"""Errors of the rule language: the sentence, a caret under what could not be read, what would fit."""

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from ..errors import RuleNotUnderstood
from ..expr.lines import LINES

if TYPE_CHECKING:
    from lark.exceptions import UnexpectedInput

KEYWORDS = (
    "and", "or", "not", "for", "within", "then", "crosses", "above", "below", "touches", "inside",
    "outside", "enters", "leaves", "rises", "falls", "by", "in", "bars", "pattern", "bullish", "bearish",
    "fact", "of", "rearm", "once", "cooldown", "expires", "paused",
)  # fmt: skip
"""Words of the language that are not names."""

_TESTING = frozenset({
    "and", "or", "not", "for", "within", "then", "crosses", "touches", "inside", "outside", "enters",
    "leaves", "rises", "falls", "pattern", ">", ">=", "<", "<=", "==", "!=", "=", "=>", "=<", "<>",
})  # fmt: skip
"""Words that only conditions have."""

_SIGNS = {"=": "==", "=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", "<>": "!=", "≠": "!="}

_FITS = (
    ({"NAME", "NUMBER"}, "A value should stand here, such as close, 25 or sma(50)."),
    ({"OPERATOR"}, "A comparison should follow here, such as '> 25' or 'crosses above sma(50)'."),
    ({"BARS"}, "The word 'bars' should follow here."),
    ({"NUMBER", "PERCENT"}, "An amount should stand here, such as 5 or 5%."),
    ({"NUMBER"}, "A number of bars should stand here, such as '3 bars'."),
    ({"TICKER"}, "A ticker should stand here, such as IWM."),
    ({"PATTERN_NAME"}, "The name of a candlestick pattern should stand here, such as hammer."),
    ({"DATE"}, "A date should stand here, such as 2026-01-02."),
    ({"AND", "OR", "$END"}, "The sentence should end here, or go on with 'and' or 'or'."),
    ({"AND", "OR", "RPAR"}, "A closing bracket should stand here, or 'and' or 'or'."),
    ({"RPAR"}, "A closing bracket should stand here."),
    ({"TO"}, "The other end of the range should follow here, as in 40..60."),
    ({"OR"}, "The sentence should end here, or go on with 'and' or 'or'."),
    ({"WITHIN"}, "'then' needs a span here, such as 'within 5 bars'."),
)


def at(
    text: str,
    position: int,
    *,
    seen: object,
    needed: str | None,
    cure: str,
    stage: Literal["words", "meaning", "options"] = "words",
) -> RuleNotUnderstood:
    """The error that points at *position* of *text*, counted from 0."""
    line = " ".join(text.splitlines())
    shown = line.lstrip()
    indent = len(line) - len(shown)
    column = min(max(position - indent, 0), len(shown.rstrip()) + 1)
    return RuleNotUnderstood(
        f"Could not read this rule from column {column + 1}:\n    {shown.rstrip()}\n    {' ' * column}^",
        seen=seen,
        needed=needed,
        cure=cure,
        position=indent + column,
        stage=stage,
    )


def explain(text: str, error: "UnexpectedInput") -> RuleNotUnderstood:
    """What a failed parse means for the writer."""
    ends = getattr(getattr(error, "token", None), "type", None) == "$END"
    position = len(text.rstrip()) + 1 if ends else error.pos_in_stream or 0
    misspelt = _misspelt_before(text, position)
    if misspelt:
        start, written, meant = misspelt
        return at(text, start, seen=written, needed=meant, cure=f"Did you mean {meant!r}?")
    word = "" if ends else _word(text, position)
    expected = _expected(error)
    fits = next((fit for wanted, fit in _FITS if wanted <= expected), _listed(expected))
    if word.lower() == "then":
        fits = "'then' joins single tests; put brackets around a longer one."
    near = _near(word, expected)
    return at(
        text,
        position,
        seen=word or "the end of the sentence",
        needed=fits,
        cure=f"Did you mean {near!r}? {fits}" if near else fits,
    )


def not_a_line(text: str, error: RuleNotUnderstood, *, whole: bool) -> RuleNotUnderstood | None:
    """What to say of a condition where a line belongs; None where none was begun.

    Args:
        text: What should have been a line.
        error: Why it is none.
        whole: Whether all of it is a condition.
    """
    position = error.position or 0
    word = _word(text, position)
    if not whole and word.lower() not in _TESTING:
        return None
    return at(
        text,
        position,
        seen=word,
        needed="a line: a number per bar, such as rsi(14)",
        cure="A line is a number per bar, and here a condition was begun, a truth per bar. "
        "Read conditions with parse_rule.",
        stage="meaning",
    )


def _expected(error: "UnexpectedInput") -> frozenset[str]:
    """The terminals that could have stood there."""
    for name in ("accepts", "allowed", "expected"):
        found = getattr(error, name, None)
        if found:
            return frozenset(found)
    return frozenset()


def _word(text: str, position: int) -> str:
    found = re.match(r"[\w.]+|[=<>]+|\S", text[position:])
    return found.group() if found else ""


def _misspelt_before(text: str, position: int) -> tuple[int, str, str] | None:
    """A misspelt keyword that was taken for a line, so that only what follows it could not be read."""
    before = re.search(r"(?<![\w.])([a-z_]+)\s+$", text[:position], re.IGNORECASE)
    if before is None or before[1].lower() in LINES:
        return None
    near = get_close_matches(before[1].lower(), KEYWORDS, n=1, cutoff=0.75)
    return (before.start(1), before[1], near[0]) if near and near[0] != before[1].lower() else None


def _near(word: str, expected: frozenset[str]) -> str | None:
    """The word of the language that was probably meant."""
    if "OPERATOR" in expected and word in _SIGNS:
        return _SIGNS[word]
    known = [keyword for keyword in KEYWORDS if keyword.upper() in expected]
    if "NAME" in expected:
        known += LINES
    found = get_close_matches(word.lower(), known, n=1, cutoff=0.7)
    return found[0] if found and found[0] != word.lower() else None


def _listed(expected: frozenset[str]) -> str:
    words = sorted(keyword for keyword in KEYWORDS if keyword.upper() in expected)
    return f"One of these should stand here: {', '.join(words)}." if words else "Nothing fits here."
