"""What somebody typed: a line of the verb table first, plain words otherwise.

words -> line, or the first form that fits -> Ask
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from ..errors import AskError, UnknownName
from ..given import text_given
from ..ticker import is_ticker
from ..verbs import VERBS, Ask
from .command import read_argv
from .guide import Guide
from .memory import Memory
from .option import take_options
from .ordinal import named
from .quoting import split_words
from .reading import Reading, describe
from .request import REFERRING
from .several import refuse_another
from .titled import with_titles
from .words import meant, nearest, not_understood, read_words

_FILE = re.compile(r"\S+\.ipynb\Z")
_ID = re.compile(r"[0-9a-f]{4,12}")
_ONE_WORD = frozenset({"run", "rules", "unwatch"})
"""Verbs that are English words too: with several words after them they begin a sentence."""
LONGEST = 10_000
"""Characters of a request."""
_OF_SENTENCES = frozenset({"ask", "read", "watch", "preview"})
"""Verbs whose words may be several sentences of one wish."""
_LINE = 2
"""Words that are taken for a line with a misspelt verb rather than for a sentence."""


def read(words: str, last: Ask | Memory | None = None) -> Reading:
    """How words are understood; not understanding them is an answer here, not an error.

    Args:
        words: A line, or one request in plain words.
        last: The request before, or the whole talk, which "this" and "here" refer to.

    Example:
        >>> read("Compare CRSR to LOGI").said_back
        'I read this as: compare CRSR with LOGI.'
    """
    words = text_given(words, of="The request", example='read("Analyze ACME")')
    memory = Memory.of(last)
    try:
        ask = understood(split_words(words), memory)
        if isinstance(ask, Guide):
            raise AskError("This asks for help.", seen=words, cure="Say: genie help")
    except AskError as error:
        near = nearest(words, memory.last)
        return Reading(words=words, said_back=str(error), suggestions=near)
    said_back = ask.said_back or describe(ask)
    ask = replace(ask, said_back=said_back)
    return Reading(words=words, ask=ask, said_back=said_back, suggestions=_follow_ups(ask))


def understood(words: Sequence[str], memory: Memory, *, optioned: bool = True) -> Ask | Guide:
    """What the words ask for.

    Args:
        words: Of a line, cut; a word with a space in it was quoted.
        memory: What was said before.
        optioned: Whether options such as `--provider` may be among them.

    Raises:
        AskError: They are neither a line nor plain words that are understood.
    """
    words = named(_short_enough(words), memory)
    options = [word for word in words if word.startswith("--") and word != "--"]
    try:
        if not optioned and options:
            raise AskError(
                f"{options[0]} cannot be said in plain words.",
                seen=options[0],
                needed="words alone",
                cure="Give it as an option of the request itself.",
            )
        asked = _line(words)
    except AskError as error:
        asked = _plain(words, memory, error)
    if isinstance(asked, Guide):
        return asked
    return with_titles(possible(asked), " ".join(words), memory.last)


def _short_enough(words: Sequence[str]) -> list[str]:
    """The words, without what some editors put before a text.

    Raises:
        AskError: They are longer than a sentence can be; the values of options do not count.
    """
    spoken = [one for at, one in enumerate(words) if at == 0 or not words[at - 1].startswith("--")]
    length = sum(len(word) + 1 for word in spoken)
    if length > LONGEST + 1:
        raise AskError(
            f"This has about {length:,} characters.",
            seen=length,
            needed=f"at most {LONGEST:,} characters",
            cure=f"Say it in at most {LONGEST:,} characters.",
        )
    return [word.lstrip("\ufeff\u200b") if at == 0 else word for at, word in enumerate(words)]


def possible(ask: Ask) -> Ask:
    """The request, when it can be done and not only be read.

    Raises:
        AskError: Its verb is not in the verb table.
    """
    if ask.verb in VERBS:
        return ask
    raise AskError(
        f"{ask.said_back} This version of genie does not do that: it cannot {ask.verb}.",
        seen=ask.verb,
        needed=f"one of: {', '.join(VERBS)}",
        cure="It can analyze, compare and explain: Analyze ACME. What are the risks?",
    )


def _line(words: Sequence[str]) -> Ask | Guide:
    asked = read_argv(words)
    if isinstance(asked, Ask) and asked.verb not in _OF_SENTENCES:
        refuse_another(" ".join(words))
    if isinstance(asked, Ask) and asked.verb in _ONE_WORD:
        said = asked.words.split()
        if len(said) > 1 and not _FILE.search(asked.words) and not all(map(_ID.fullmatch, said)):
            raise UnknownName("verb", asked.words, VERBS)
    return asked


def _plain(words: Sequence[str], memory: Memory, error: AskError) -> Ask:
    """The same line as plain words; the first error stands when they are not understood either."""
    spoken = isinstance(error, UnknownName) and error.kind == "verb"
    misspelt = spoken and len(words) <= _LINE and _is_no_phrase(words)
    if not spoken and any(word.startswith("--") for word in words):
        raise error
    try:
        rest, options = _parted(words, memory)
        asked = meant(" ".join(rest), memory)
        if asked is None and misspelt:
            raise _lone(words, error)
        if asked is None:
            raise not_understood(" ".join(rest), memory)
        asked = possible(asked)
        return replace(asked, options={**asked.options, **options})
    except AskError as plain:
        refers = REFERRING.search(" ".join(words))
        raise (plain if spoken or refers else error) from None


def _lone(words: Sequence[str], error: AskError) -> AskError:
    """What to answer to one word that resembles no verb: it may be a ticker; else the error itself."""
    word = words[0].strip(".?!,")
    if len(words) > 1 or not is_ticker(word.upper()) or get_close_matches(word, VERBS, n=1):
        return error
    return AskError(
        f"{word!r} is no verb, and asks for nothing by itself.",
        seen=words[0],
        needed="a question or wish",
        cure=f"If it is a ticker: analyze {word.upper()}. For everything else: genie help",
    )


def _parted(words: Sequence[str], memory: Memory) -> tuple[list[str], dict[str, object]]:
    """The sentence and the options: those of any request, else those of the verb that it means."""
    try:
        return take_options(words, VERBS["ask"])
    except UnknownName:
        end = next(at for at, word in enumerate(words) if word.startswith("--"))
        meant = possible(read_words(" ".join(words[:end]), memory))
        return take_options(words, VERBS[meant.verb])


def _is_no_phrase(words: Sequence[str]) -> bool:
    """Whether this was meant for a verb: nearly one, or a word alone that resembles none."""
    word = words[0].casefold().strip(".?!,")
    if word in VERBS:
        return False
    return len(words) == 1 or bool(get_close_matches(word, VERBS, n=1, cutoff=0.75))


def _follow_ups(ask: Ask) -> tuple[str, ...]:
    """What may be asked next."""
    if ask.verb == "analyze":
        return ("What's the biggest risk here?", f"Compare {ask.tickers[0]} to another ticker")
    return ()
