"""Completion of `%genie` lines and `%%genie` cells.

Nothing here builds a market or asks a provider: completing must be instant.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from IPython.core.completer import context_matcher

if TYPE_CHECKING:
    from pathlib import Path

    from IPython.core.completer import CompletionContext
    from IPython.core.interactiveshell import InteractiveShell

_LINE = re.compile(r"^\s*(?:[\w.\[\]'\", ]+=\s*)?%{1,2}genie\s+(?P<said>.*)$")
_CELL = re.compile(r"^\s*%%genie\b(?P<said>[^\n]*)\n")


def load(shell: "InteractiveShell") -> None:
    """Let the shell complete requests to genie."""
    matchers = _matchers(shell)
    if complete_genie not in matchers:
        matchers.append(complete_genie)


def unload(shell: "InteractiveShell") -> None:
    """Take completion away."""
    matchers = _matchers(shell)
    if complete_genie in matchers:
        matchers.remove(complete_genie)


@context_matcher(identifier="genie_nb")
def complete_genie(context: "CompletionContext") -> Any:
    """What IPython asks; other lines are left to the other matchers."""
    from IPython.core.completer import SimpleCompletion

    from ..core.ask.completing import complete

    said = said_before(context.full_text, context.cursor_line, context.cursor_position)
    if said is None:
        return {"completions": [], "suppress": False}
    fragment, found = complete(said, SOURCES)
    return {
        "completions": [SimpleCompletion(text=one.text, type=one.kind) for one in found],
        "matched_fragment": fragment,
        "suppress": bool(found),
        "ordered": True,
    }


def said_before(text: str, row: int, column: int) -> str | None:
    r"""What was said to genie before the cursor; None when the cursor is in no request to it.

    Example:
        >>> said_before("x = %genie analyze AC", 0, 21)
        'analyze AC'
        >>> said_before("%%genie --provider yahoo\nanalyze A", 1, 9)
        ' --provider yahoo analyze A'
    """
    lines = text.split("\n")
    before = lines[row][:column] if row < len(lines) else ""
    line = _LINE.match(before)
    if line:
        return line["said"]
    cell = _CELL.match(text)
    return f"{cell['said']} {before}" if cell and row > 0 else None


def tickers_at_hand() -> list[str]:
    """Tickers that can be offered without asking anyone: watched, cached, or of the demo market."""
    from ..config import home
    from ..data.demo.company import tickers as companies
    from ..data.demo.index import INDICES

    place = home()
    watched, cached = _watched(place / "watchlist.txt"), _cached(place / "cache")
    return sorted({*watched, *cached, *companies(), *INDICES})


def _watched(path: "Path") -> set[str]:
    """Tickers at the start of the watchlist's lines."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return set()
    return {line.split()[0] for line in lines if line.strip() and not line.lstrip().startswith("#")}


def _cached(folder: "Path") -> set[str]:
    """Tickers whose prices are stored, whichever provider they came from."""
    if not folder.is_dir():
        return set()
    from ..data.cache.shelf import cached_tickers

    return {ticker for source in folder.iterdir() for ticker in cached_tickers(source)}


def _providers() -> list[str]:
    from ..plugins import names

    return [f"{name}:" if name in ("files", "cassette") else name for name in names()]


def _settings() -> Iterable[str]:
    from ..config import describe

    return [key for key, *_ in describe()]


def _strategies() -> Iterable[str]:
    from ..plugins import STRATEGIES, names

    return names(STRATEGIES)


def _lines() -> Iterable[str]:
    """The lines of the rule language, with a bracket where parameters follow."""
    from ..core.expr import LINES

    return [f"{name}(" if kind.parameters else name for name, kind in sorted(LINES.items())]


SOURCES = {
    "ticker": tickers_at_hand,
    "provider": _providers,
    "strategy": _strategies,
    "setting": _settings,
    "line": _lines,
}
"""What the verb table does not hold."""


def _matchers(shell: "InteractiveShell") -> list[Any]:
    completer = getattr(shell, "Completer", None)
    return [] if completer is None else completer.custom_matchers
