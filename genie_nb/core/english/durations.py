"""How long a test holds, how long ago it may have been, and what follows what.

for 3 days -> for 3 bars    in the last 5 days -> within 5 bars    A then B within 5 days
"""

from collections.abc import Callable
from dataclasses import replace

from .piece import Piece, united
from .spans import bars_of
from .table import Found, Row, Table


def _lasting(word: str) -> Callable[[Found, str], Piece | None]:
    def made(found: Found, interval: str) -> Piece | None:
        test, bars = found["test"], bars_of(found["span"], interval)
        if bars is None:
            return None
        text = f"({test.text})" if test.text.startswith("not ") else test.text
        needs, notes = united((test, bars))
        return replace(test, text=f"{text} {word} {bars.text} bars", needs=needs, notes=notes)

    return made


def _sequence(found: Found, interval: str) -> Piece | None:
    first, second, bars = found["first"], found["second"], bars_of(found["span"], interval)
    if bars is None:
        return None
    text = f"({first.text}) then ({second.text}) within {bars.text} bars"
    needs, notes = united((first, second, bars))
    return replace(second, text=text, needs=needs, notes=notes, parts=())


_SPAN = "<span|length|run:span>"

DURATIONS = Table(
    Row(f"<test:first> and? then <test:second> within|in {_SPAN}", _sequence),
    Row(f"<test:first> followed by <test:second> within|in {_SPAN}", _sequence),
    Row(f"<test> for at? least? LAST? {_SPAN}", _lasting("for")),
    Row("<test> <run:span>", _lasting("for")),
    Row(f"<test> within|in|during LAST? {_SPAN}", _lasting("within")),
)
"""Each binds to the test before it."""
