"""One rule reads bars of one length; what needs two of them is two rules."""

from collections.abc import Sequence

from ..market import Interval
from .piece import DAILY, INTRADAY, WEEKLY, Piece, trouble

_WANTS = {"1d": "daily bars", "1wk": "weekly bars", "intraday": "intraday bars"}


def check_needs(words: str, ticker: str | None, tests: Sequence[Piece], interval: str) -> None:
    """Refuse tests that cannot be computed on bars of the interval.

    Raises:
        RuleNotUnderstood: With the rules to write instead.
    """
    for test in tests:
        missing = [need for need in sorted(test.needs) if not _has(interval, need)]
        if not missing:
            continue
        wants = _WANTS[missing[0]]
        here = _WANTS.get(interval, f"{interval} bars")
        written = _separately(ticker, tests, interval)
        cure = (
            f"Write {'two rules' if len(written) > 1 else 'this rule'}: {' / '.join(written)}"
            if written
            else "Say it with lines of one length of bars."
        )
        raise trouble(
            words,
            test,
            f"This needs {wants}, and the rule reads {here}; one rule has one interval. {cure}",
            needed="one interval",
            stage="meaning",
        )


def _has(interval: str, need: str) -> bool:
    return Interval(interval).intraday if need == "intraday" else interval == need


def _separately(ticker: str | None, tests: Sequence[Piece], interval: str) -> list[str]:
    """The tests as one rule for each length of bars; none where a test needs two by itself."""
    groups: dict[str, list[str]] = {}
    for test in tests:
        halves = [(test, test.text)] if len(test.needs) < 2 else _halves(test)
        if not halves:
            return []
        for piece, text in halves:
            groups.setdefault(_best(piece, interval), []).append(text)
    name = ticker or "TICKER"
    return [f"{name} {length}: {' and '.join(texts)}" for length, texts in groups.items()]


_OTHER_WAY = {
    ">": "<", ">=": "<=", "<": ">", "<=": ">=",
    "crosses above": "crosses below", "crosses below": "crosses above",
}  # fmt: skip


def _halves(test: Piece) -> list[tuple[Piece, str]]:
    """One line above another, as two tests of the price that together mean it; none for other tests.

    The 50-day average is above VWAP wherever the price is below the one and above the other.
    """
    if len(test.parts) != 3:
        return []
    subject, relation, level = test.parts
    other = _OTHER_WAY.get(relation.text)
    if other is None or max(len(subject.needs), len(level.needs)) > 1:
        return []
    return [
        (subject, f"close {other} {subject.text}"),
        (level, f"close {relation.text} {level.text}"),
    ]


def _best(test: Piece, interval: str) -> str:
    if test.needs == INTRADAY:
        return interval if Interval(interval).intraday else "5m"
    if test.needs in (DAILY, WEEKLY):
        return next(iter(test.needs))
    return interval
