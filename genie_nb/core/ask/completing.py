"""How a request may go on: verbs, tickers, facts, options and their values.

what was said up to the cursor -> words -> what may stand here -> candidates
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..verbs import DATA, EVERYWHERE, VERBS, Option, Verb, verb_called
from .fact_name import fact_names

type Sources = Mapping[str, Callable[[], Iterable[str]]]
"""Where words come from that the verb table does not hold: `ticker`, `provider`, `strategy`,
`setting` and `line`, of the rule language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One way to go on.

    Attributes:
        text: What would stand in place of the fragment.
        kind: `verb`, `ticker`, `fact`, `strategy`, `line`, `option`, `setting` or `value`.
    """

    text: str
    kind: str


def complete(said: str, sources: Sources) -> tuple[str, list[Candidate]]:
    """The word being written, and how it may go on.

    Args:
        said: The request up to the cursor.
        sources: Called only for what may stand there.

    Example:
        >>> complete("analyze B", {"ticker": lambda: ["ACME", "BLTW"]})
        ('B', [Candidate(text='BLTW', kind='ticker')])
    """
    words = said.split()
    fragment = "" if not said or said[-1].isspace() else words.pop()
    flag, has_value, value = fragment.partition("=")
    if fragment.startswith("--") and has_value:
        words, fragment = [*words, flag], value
    kind, texts = _what_may_follow(words, fragment, sources)
    wanted = fragment.removeprefix("$").casefold()
    return fragment, [
        Candidate(text=text, kind=kind) for text in texts if text.casefold().startswith(wanted)
    ]


def _what_may_follow(
    words: list[str], fragment: str, sources: Sources
) -> tuple[str, Iterable[str]]:
    place = next((i for i, word in enumerate(words) if verb_called(word)), len(words))
    verb = verb_called(words[place]) if place < len(words) else None
    options = verb.all_options if verb else (*DATA, *EVERYWHERE)
    awaiting = _awaiting_value(words, options)
    if awaiting is not None:
        return "value", sources["provider"]() if awaiting.name == "provider" else awaiting.choices
    if fragment.startswith("-"):
        return "option", (option.flag for option in options if option.flag not in words)
    if verb is not None:
        return _argument(verb, _without_options(words[place + 1 :], options), sources)
    spoken = _without_options(words, options)
    if not spoken:
        return "verb", (*VERBS, "help")
    return ("verb", VERBS) if spoken == ["help"] else ("ticker", sources["ticker"]())


def _argument(verb: Verb, given: list[str], sources: Sources) -> tuple[str, Iterable[str]]:
    if verb.word and len(given) == int(verb.word_last):
        return verb.word, fact_names() if verb.word == "fact" else sources[verb.word]()
    if verb.name == "config":
        return _setting(given, sources)
    if verb.takes == "rule" and given:
        return "line", sources["line"]()
    if verb.tickers[1] or verb.must:
        return "ticker", (ticker for ticker in sources["ticker"]() if ticker not in given)
    return "value", ()


def _setting(given: list[str], sources: Sources) -> tuple[str, Iterable[str]]:
    if not given:
        return "setting", sources["setting"]()
    return "value", sources["provider"]() if given == ["provider"] else ()


def _awaiting_value(words: list[str], options: Iterable[Option]) -> Option | None:
    last = words[-1] if words else ""
    return next((one for one in options if one.flag == last and one.reads != "flag"), None)


def _without_options(words: list[str], options: Iterable[Option]) -> list[str]:
    """The words that are neither options nor their values."""
    takes_value = {option.flag for option in options if option.reads != "flag"}
    return [
        word
        for before, word in zip(["", *words], words, strict=False)
        if not word.startswith("-") and before not in takes_value
    ]
