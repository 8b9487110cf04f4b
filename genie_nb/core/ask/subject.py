"""Whom a sentence is about, apart from what it asks."""

import re
from collections.abc import Sequence

from ..ticker import is_legal_form, is_ticker
from .question import topic_of
from .quoting import split_words

_STARTERS = frozenset({
    "about", "am", "any", "are", "can", "could", "describe", "did", "do", "does", "especially",
    "explain", "focus", "focusing", "give", "had", "has", "have", "how", "how's", "hows", "i",
    "i'd", "including", "is", "it's", "its", "list", "may", "might", "regarding", "should",
    "show", "tell", "was", "were", "what", "what's", "whats", "when", "when's", "where",
    "where's", "which", "who", "who's", "why", "will", "with", "would",
})  # fmt: skip
_COURTESY = re.compile(
    r"[\s,]*\b(?:for me|please|pls|plz|thanks|thx|cheers|thank you|right now|now|if you can)\s*(?=[.!?,]|$)",
    re.IGNORECASE,
)
_WORDS_TO_A_TOPIC = 24
"""A question says what it is about in its first words; the rest need not be searched again and again."""
_TOPIC_OF = re.compile(
    r"^(?P<what>(?:the|its) .+?) (?:of|for|in|with|about|at) (?P<name>\S+(?: \S+){0,3}?)[.?!]*$",
    re.IGNORECASE,
)
"""`the debt of ACME`; a name such as The Trade Desk has no topic."""
_END = re.compile(r"[.?!:;—]+[\"'”’)]*$")


def split_subject(words: Sequence[str]) -> tuple[list[str], str]:
    """The words that name the subject, and the rest as it was written.

    The subject goes on until a sentence ends or a question begins. A first element with a space in
    it was quoted: it is the subject when more follows, and otherwise the whole sentence.

    Example:
        >>> split_subject("ACME Corp. Is it profitable? What's the debt situation?".split())
        (['ACME', 'Corp.'], "Is it profitable? What's the debt situation?")
        >>> split_subject("ACME's debt".split())
        (['ACME'], 'debt')
        >>> split_subject("the debt of ACME".split())
        (['ACME'], 'the debt')
    """
    if len(words) == 1 and " " in words[0]:
        words = split_words(words[0])
    if words and " " in words[0]:
        return [words[0]], " ".join(words[1:])
    words = without_courtesy(" ".join(words)).split()
    of = _TOPIC_OF.match(" ".join(words))
    if of and topic_of(of["what"]):
        return [of["name"]], of["what"]
    end = _subject_end(words)
    subject, rest = words[:end], words[end:]
    if subject and subject[-1].casefold().strip(",") == "and":
        subject = subject[:-1]
    if rest and rest[0].casefold() in ("and", "—", "-", "–"):
        rest = rest[1:]
    return [re.sub(r"['’]s$", "", word) for word in subject], " ".join(rest)


def without_courtesy(text: str) -> str:
    """The text without `please`, `for me`, `thanks`."""
    return _COURTESY.sub("", text).strip()


def _subject_end(words: Sequence[str]) -> int:
    for place in range(1, len(words)):
        before, word = words[place - 1], words[place]
        if re.search(r"\w['’]s$", before) or _ends_sentence(before, word):
            return place
        if word.casefold().replace("’", "'").strip(",") in _STARTERS or word in ("—", "–", "-"):
            return place
        if (
            word.islower()
            and is_ticker(words[0].upper().strip(",.$"))
            and _asks(words[place : place + _WORDS_TO_A_TOPIC])
        ):
            return place
    return len(words)


def _ends_sentence(word: str, following: str) -> bool:
    """`ACME.` ends one; `Inc.` only before a word that begins a question."""
    if not _END.search(word):
        return False
    return not (is_legal_form(word) and following[:1].islower() and not word.endswith(("?", "!")))


def _asks(words: Sequence[str]) -> bool:
    return words[0].casefold() not in ("and", "or", "of") and topic_of(" ".join(words)) is not None
