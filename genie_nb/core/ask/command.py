"""A line, an argument list or a Python call, read by the verb table into an Ask.

"analyze ACME --as-of 2025-12-01 Is it profitable?" -> words -> verb, options, tickers, rest -> Ask
"""

import re
from collections.abc import Mapping, Sequence

from ..errors import AskError, UnknownName
from ..given import text_given
from ..ticker import read_names, respelt
from ..verbs import VERBS, Ask, Option, Verb, verb_called
from .canonical import canonical
from .comparing import cut_topic
from .counting import counted, missing
from .declining import unbuilt
from .fact_name import find_fact, read_fact
from .guide import Guide
from .option import check_options, take_options
from .quoting import split_words
from .subject import split_subject
from .tending import tended
from .titled import with_titles

_HELP = frozenset({"-h", "--help"})


def read_line(line: str) -> Ask | Guide:
    """What a line means, as typed after `%genie` or `genie`.

    Raises:
        AskError: It is not a line of the verb table; says what is missing or unknown.

    Example:
        >>> read_line("analyze acme --as-of 2025-12-01").options
        {'as_of': '2025-12-01'}
    """
    return read_argv(split_words(line))


def read_argv(words: Sequence[str]) -> Ask | Guide:
    """As `read_line`, of words already cut; a word with a space in it was quoted.

    Example:
        >>> read_argv(["compare", "crsr", "LOGI"]).tickers
        ('CRSR', 'LOGI')
    """
    place = _verb_at(words)
    first = words[place] if place is not None else ""
    if place is None or first.casefold() == "help":
        return Guide(verb=_topic_of_help(words, place))
    verb = verb_called(first)
    if verb is None:
        raise unbuilt(first) or UnknownName("verb", first, VERBS)
    others = [*words[:place], *words[place + 1 :]]
    if _HELP & set(others):
        return Guide(verb=verb.name)
    rest, options = take_options(others, verb)
    return _fill(verb, rest, options)


def make_ask(
    name: str,
    *,
    tickers: Sequence[str] = (),
    word: str = "",
    words: str | tuple[str, ...] = "",
    options: Mapping[str, object] | None = None,
) -> Ask:
    """The Ask of a Python call, the same that the line makes.

    Args:
        name: The verb.
        tickers: As the user wrote them, one each.
        word: As `Ask.word`.
        words: As `Ask.words`; several are joined.
        options: By name; None means left at its default.

    Raises:
        AskError: A ticker, option or number of tickers that the verb does not take.

    Example:
        >>> make_ask("analyze", tickers=["acme"]) == read_line("analyze ACME")
        True
    """
    verb = verb_called(name)
    if verb is None:
        raise UnknownName("verb", name, VERBS)
    example = verb.examples[0]
    tickers = [text_given(one, of="The ticker", example=example) for one in tickers]
    names = tuple(one for text in tickers for one in read_names([text], many=False))
    word = text_given(word, of=f"The {verb.word or 'word'}", example=example)
    parts = words if isinstance(words, tuple) else (words,)
    words = " ".join(text_given(part, of="The request", example=example) for part in parts)
    ask = tended(
        Ask(
            verb=verb.name,
            tickers=counted(verb, names),
            word=_read_word(verb, word) if verb.word else "",
            words=" ".join(words.split()),
            options=check_options(verb, options or {}),
            said_back=respelt(tickers),
        )
    )
    return with_titles(canonical(ask), " ".join(tickers))


def _verb_at(words: Sequence[str]) -> int | None:
    """Where the verb stands: the first word that is no option and no option's value."""
    known = {option.flag: option for verb in VERBS.values() for option in verb.all_options}
    place = 0
    while place < len(words):
        word = words[place]
        if not word.startswith("-") or word == "--":
            return place
        option: Option | None = known.get(word)
        place += 2 if option is not None and option.reads != "flag" else 1
    return None


def _topic_of_help(words: Sequence[str], place: int | None) -> str:
    """The verb that help was asked about; empty for all.

    Raises:
        AskError: There are options, no verb, and no wish for help.
    """
    if place is None:
        if words and not _HELP & set(words):
            raise AskError(
                f"{' '.join(words)} comes without a verb.",
                seen=" ".join(words),
                needed=f"a verb: {', '.join(VERBS)}",
                cure="For example: analyze ACME",
            )
        return ""
    after = words[place + 1 :]
    asked = _verb_at(after)
    if asked is None:
        return ""
    verb = verb_called(after[asked])
    if verb is None:
        raise UnknownName("verb", after[asked], VERBS)
    return verb.name


def _fill(verb: Verb, words: list[str], options: dict[str, object]) -> Ask:
    """Give the words that are left to what the verb takes."""
    if verb.word == "fact":
        return _fact_of(verb, words, options)
    if verb.word_last:
        return _ticker_first(verb, words, options)
    if verb.word:
        return _strategy_of(verb, words, options)
    if verb.tickers == (0, 0):
        return canonical(tended(Ask(verb=verb.name, words=_rest(verb, words), options=options)))
    if verb.must:
        words = split_words(words[0]) if len(words) == 1 else words
        subject, rest = words[:1], _rest(verb, words[1:])
    elif verb.rest:
        subject, rest = split_subject(words)
    else:
        subject, rest = words, ""
        said, on = cut_topic(" ".join(words))
        if on and "on" in {option.name for option in verb.options}:
            subject, options = split_words(said), {"on": on, **options}
    return _about(verb, subject, words=rest, options=options)


def _about(
    verb: Verb,
    subject: Sequence[str],
    *,
    options: Mapping[str, object],
    word: str = "",
    words: str = "",
) -> Ask:
    """The Ask about whom *subject* names."""
    names = read_names(subject, many=verb.tickers[1] > 1)
    ask = Ask(
        verb=verb.name,
        tickers=counted(verb, names),
        word=word,
        words=words,
        options=options,
        said_back=respelt(subject),
    )
    return canonical(ask, written=" ".join(subject))


def _fact_of(verb: Verb, words: list[str], options: dict[str, object]) -> Ask:
    """`why FACT TICKER`, where the fact may be several words."""
    if len(words) < 2:
        raise missing(verb, f"{verb.name} needs a {verb.word} and a ticker.", " ".join(words))
    said, name = " ".join(words[:-1]), words[-1]
    if find_fact(said) is None and find_fact(name) is not None:
        raise AskError(
            f"{said!r} stands where the {verb.word} belongs.",
            seen=" ".join(words),
            needed=verb.usage,
            cure=f"Write: {verb.name} {name} {said}",
        )
    return _about(verb, [name], word=read_fact(said), options=options)


def _strategy_of(verb: Verb, words: list[str], options: dict[str, object]) -> Ask:
    """`strategy NAME TICKER`, where the name may be two words and `on` may stand between."""
    if len(words) < 2:
        raise missing(verb, f"{verb.name} needs a {verb.word} and a ticker.", " ".join(words))
    if verb.name == "strategy":
        _refuse_swapped(verb, words[0], " ".join(words[1:]))
    *said, name = words
    if len(said) > 1 and said[-1].casefold() in ("on", "for", "of"):
        said.pop()
    return _about(verb, [name], word=_read_word(verb, " ".join(said)), options=options)


def _refuse_swapped(verb: Verb, said: str, name: str) -> None:
    """Raises where the ticker stands before the strategy; what is in capitals is a ticker for certain."""
    from ..strategies import BUILT_IN

    strategy = _read_word(verb, name)
    if not name.isupper() and strategy in BUILT_IN and _read_word(verb, said) not in BUILT_IN:
        raise AskError(
            f"{said!r} stands where the {verb.word} belongs.",
            seen=f"{said} {name}",
            needed=verb.usage,
            cure=f"Write: {verb.name} {strategy} {said}",
        )


def _ticker_first(verb: Verb, words: list[str], options: dict[str, object]) -> Ask:
    """`tune TICKER [NAME]`, where the name may be two words and `with` may stand between."""
    name, said = words[:1], words[1:]
    if name and (name[0] in ("the", "a", "an") or {"on", "for"} & set(said)):
        raise missing(verb, f"{name[0]!r} is not a ticker.", " ".join(words))
    _refuse_strategy_alone(verb, words)
    if said and said[0].casefold() == "with":
        said = said[1:]
    return _about(verb, name, word=_read_word(verb, " ".join(said)), options=options)


def _refuse_strategy_alone(verb: Verb, words: list[str]) -> None:
    """Raises where a strategy is all that was given; what is in capitals is a ticker for certain."""
    from ..strategies import BUILT_IN

    said = " ".join(words)
    if not said.isupper() and _read_word(verb, said) in BUILT_IN:
        raise missing(verb, f"{verb.name} needs a ticker, and {said!r} is a strategy.", said)


def _read_word(verb: Verb, said: str) -> str:
    """The name of a fact, checked; of a strategy as such names are written, for the desk to find."""
    if verb.word == "fact":
        return read_fact(said)
    return "_".join(re.findall(r"\w+", said.casefold()))


def _rest(verb: Verb, words: list[str]) -> str:
    text = " ".join(words)
    if text and not verb.rest:
        raise AskError(
            f"{verb.name} takes no further words, and {text!r} was given.",
            seen=text,
            needed=verb.usage,
            cure=f"Write: {verb.name}",
        )
    if verb.must and not text:
        raise missing(verb, f"{verb.name} needs {verb.rest}.", "")
    return text
