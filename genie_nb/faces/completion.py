"""Completion of `%genie` lines: verbs, tickers, facts, options and their values.

    text before the cursor -> words -> what may stand here -> candidates

Nothing here builds a market or asks a provider: completing must be instant.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from IPython.core.completer import context_matcher

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext
    from IPython.core.interactiveshell import InteractiveShell

    from ..core.verbs import Option, Verb

_LINE = re.compile(r"^\s*(?:[\w.\[\]'\", ]+=\s*)?%{1,2}genie\s+(?P<said>.*)$")
_CELL = re.compile(r"^\s*%%genie\b(?P<said>[^\n]*)\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One way to go on.

    Attributes:
        text: What would stand in place of the fragment.
        kind: `verb`, `ticker`, `fact`, `option` or `value`.
    """

    text: str
    kind: str


def load(shell: "InteractiveShell") -> None:
    """Let the shell complete `%genie` lines."""
    matchers = _matchers(shell)
    if matchers is not None and complete_genie not in matchers:
        matchers.append(complete_genie)


def unload(shell: "InteractiveShell") -> None:
    """Take completion away."""
    matchers = _matchers(shell)
    if matchers is not None and complete_genie in matchers:
        matchers.remove(complete_genie)


@context_matcher(identifier="genie_nb")
def complete_genie(context: "CompletionContext") -> Any:
    """What IPython asks; other lines are left to the other matchers."""
    from IPython.core.completer import SimpleCompletion

    said = said_before(context.full_text, context.cursor_line, context.cursor_position)
    if said is None:
        return {"completions": [], "suppress": False}
    fragment, found = complete(said)
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


def complete(said: str, *, tickers: Iterable[str] | None = None) -> tuple[str, list[Candidate]]:
    """The word being written, and how it may go on.

    Args:
        said: The request up to the cursor.
        tickers: Those to offer; None for the ones at hand: watchlist, cache, demo market.

    Example:
        >>> complete("ana")
        ('ana', [Candidate(text='analyze', kind='verb')])
    """
    words = said.split()
    fragment = "" if not said or said[-1].isspace() else words.pop()
    flag, has_value, value = fragment.partition("=")
    if fragment.startswith("--") and has_value:
        words, fragment = [*words, flag], value
    known = at_hand() if tickers is None else tickers
    offered = _what_may_follow(words, fragment, known)
    return fragment, [one for one in offered if _begins(one.text, fragment)]


def at_hand() -> list[str]:
    """Tickers that can be offered without asking anyone: watched, cached, or of the demo market."""
    from ..config import home
    from ..data.demo.company import tickers as demo
    from ..data.demo.index import INDICES

    return sorted(
        {*_watched(home() / "watchlist.txt"), *_cached(home() / "cache"), *demo(), *INDICES}
    )


def _what_may_follow(words: list[str], fragment: str, tickers: Iterable[str]) -> list[Candidate]:
    from ..core.verbs import VERBS, verb_called

    place = next((i for i, word in enumerate(words) if verb_called(word)), None)
    verb = None if place is None else verb_called(words[place])
    option = _option_awaiting_value(words, verb)
    if option is not None:
        return _values(option)
    if fragment.startswith("-"):
        return _options(words, verb)
    if verb is None or place is None:
        said = [word for word in words if not word.startswith("-")]
        if said[:1] == ["help"] or not said:
            return _of("verb", [*VERBS, *(() if said else ("help",))])
        return _of("ticker", tickers)
    return _arguments(
        verb, [word for word in words[place + 1 :] if not word.startswith("-")], tickers
    )


def _arguments(verb: "Verb", given: list[str], tickers: Iterable[str]) -> list[Candidate]:
    if verb.word and not given:
        return _of(verb.word, _WORDS[verb.word]())
    if verb.name == "config":
        return _of(
            "value", _settings() if not given else _providers() if given == ["provider"] else ()
        )
    if verb.tickers[1] or verb.must:
        return _of("ticker", (ticker for ticker in tickers if ticker not in given))
    return []


def _options(words: list[str], verb: "Verb | None") -> list[Candidate]:
    from ..core.verbs import DATA, EVERYWHERE

    options = verb.all_options if verb else (*DATA, *EVERYWHERE)
    return _of("option", (one.flag for one in options if one.flag not in words))


def _option_awaiting_value(words: list[str], verb: "Verb | None") -> "Option | None":
    from ..core.verbs import DATA, EVERYWHERE

    options = verb.all_options if verb else (*DATA, *EVERYWHERE)
    last = words[-1] if words else ""
    return next((one for one in options if one.flag == last and one.reads != "flag"), None)


def _values(option: "Option") -> list[Candidate]:
    if option.name == "provider":
        return _of("value", _providers())
    return _of("value", option.choices)


def _of(kind: str, texts: Iterable[str]) -> list[Candidate]:
    return [Candidate(text=text, kind=kind) for text in texts]


def _begins(text: str, fragment: str) -> bool:
    return text.casefold().startswith(fragment.removeprefix("$").casefold())


def _facts() -> Iterable[str]:
    from ..core.fact_name import fact_names

    return fact_names()


_WORDS: Mapping[str, Callable[[], Iterable[str]]] = {"fact": _facts}


def _providers() -> list[str]:
    from ..plugins import names

    return [f"{name}:" if name in ("files", "cassette") else name for name in names()]


def _settings() -> list[str]:
    from ..config import describe

    return [key for key, _, _ in describe()]


def _watched(path: Any) -> set[str]:
    """Tickers at the start of the watchlist's lines."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return set()
    return {line.split()[0] for line in lines if line.strip() and not line.lstrip().startswith("#")}


def _cached(folder: Any) -> set[str]:
    """Tickers whose answers are stored, by the names of their files."""
    return {path.name for path in folder.glob("*/*") if path.is_dir()}


def _matchers(shell: "InteractiveShell") -> list[Any] | None:
    completer = getattr(shell, "Completer", None)
    return None if completer is None else completer.custom_matchers
