"""Requests about one company: to analyze it, or questions that its facts answer.

"Analyze CRSR. Is it profitable?" · "Should I buy ACME?" · "CRSR?" · "and its margins?"
"""

import re

from ..errors import AskError
from ..ticker import is_legal_form, is_ticker, read_names
from ..verbs import VERBS, Ask
from .comparing import of_several
from .counting import counted
from .question import questions, topic_of
from .quoting import split_words
from .request import LAST_MARK, NAME, PRONOUN, Request, tickers_in, written_tickers
from .subject import split_subject

_ANALYZE = re.compile(
    r"^(?:analy[sz]e|research|examine|review|evaluate|study|size up|break down|dig into|check(?= \S+'s )|look (?:at|into)"
    r"|(?:take|have) a (?:\w+ )?look (?:at|into)|check out|what about|how about"
    r"|(?:tell me|what do you know|what can you tell me) (?:all |everything |more |something )?about"
    r"|(?:so )?(?:what(?:'s| is|s) (?:up|going on|happening|the (?:story|deal|situation|latest)) (?:with|at|on|for))"
    r"|(?:give me |gimme |do |run |show me |get me )?(?:(?:an?|the) )?(?:\w+ )?(?:analysis|report|rundown|overview|deep dive|picture) (?:of|on|for|into))"
    r"(?:\s+(?P<rest>.+))?$",
    re.IGNORECASE,
)
_LATELY = re.compile(r"[\s,]+(?:today|lately|these days|at the moment)[.?! ]*$", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"^(?:what|how) about\b", re.IGNORECASE)
_OF = re.compile(
    rf"^(?P<what>.+?)\s+(?:of|for|in|with|about|on|at|does|facing|behind)\s+{NAME}{LAST_MARK}",
    re.IGNORECASE,
)
_SHARES = re.compile(rf"^(?P<what>.+\bshares)\s+(?:of|in)\s+{NAME}{LAST_MARK}", re.IGNORECASE)
_BUY = re.compile(
    r"^(?:(?:should|shall) (?:i|we|one|you) (?:\w+ )?|is (?:now|this|it) a good (?:time|moment) to )"
    rf"(?:buy|sell|own|hold|get|add|short|keep|dump|invest in)\s+(?:(?:my|some|more) )*{NAME}"
    rf"(?P<more>\s+(?:now|today|or not|stock|shares?))*{LAST_MARK}",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"^(?:is|are|does|do|has|have|did|can|could|will|would|how is|how's|what is|what's|what are|how (?:risky|volatile|liquid|big|"
    rf"expensive|profitable|cheap|safe|leveraged) is|when does|who covers)\s+{NAME}(?:\s+(?P<more>.+?))?{LAST_MARK}",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:the|this|us|stock) (?:\w+ )?(?:markets?|economy|rally|index)\b|\b(?:small|large|mega).caps\b",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset({
    "a", "an", "and", "any", "are", "be", "best", "buy", "company", "debt", "do", "earnings",
    "everyone", "for", "going", "good", "growth", "has", "have", "he", "how", "i", "in", "is", "it's", "its",
    "market", "me", "my", "now", "of", "on", "one", "or", "our", "profit", "risk", "risks",
    "sector", "she", "stock", "stocks", "that", "the", "their", "them", "there", "these",
    "they", "those", "today", "us", "we", "weather", "what", "who", "why", "world", "you",
    "your",
})  # fmt: skip


def analyze(request: Request) -> Ask | None:
    """A wish to analyze one company, with or without questions behind its name.

    Raises:
        AskError: It names no company, or several.
    """
    match = _ANALYZE.match(request.whole)
    if match is None:
        return None
    said = _LATELY.sub("", match["rest"] or "")
    if _WHAT_ABOUT.match(request.whole) and topic_of(said):
        return None
    subject, asked = split_subject(split_words(said))
    names = request.names(subject)
    return Ask(verb="analyze", tickers=counted(VERBS["analyze"], names), words=asked)


def bare_name(request: Request) -> Ask | None:
    """A ticker alone, written as one, with or without questions: `CRSR. Is it profitable?`, for one."""
    subject, asked = split_subject(split_words(request.whole))
    if len(subject) != 1 or written_tickers(subject[0]) == []:
        return None
    known = all(question.topic for question in questions(asked))
    return (
        Ask(verb="analyze", tickers=read_names(subject, many=False), words=asked) if known else None
    )


def question_about_a_name(request: Request) -> Ask | None:
    """`Should I buy ACME?`, `What are the risks of ACME?`, `Is ACME profitable?`, and the like."""
    for form in (_BUY, _SHARES, _OF, _ABOUT):
        match = form.match(request.first)
        if match is None:
            continue
        name = re.sub(r"'s$", "", match["name"])
        rest = (match.groupdict().get("what") or match.groupdict().get("more") or "").strip()
        asked = rest if form is not _ABOUT else request.first
        if form is not _BUY and topic_of(asked) is None:
            continue
        legal = re.match(r"[\w.]+", rest) if form is _ABOUT else None
        found = as_name(
            f"{name} {legal.group()}" if legal and is_legal_form(legal.group()) else name
        )
        if found:
            return Ask(verb="analyze", tickers=found, words=request.whole)
    return _questions_with_a_ticker(request)


def _questions_with_a_ticker(request: Request) -> Ask | None:
    """Questions that facts can answer, with one ticker somewhere among them: `How much debt does ACME have?`."""
    named = dict.fromkeys(
        read_names([word], many=False)[0] for word in written_tickers(request.whole)
    )
    asked = questions(request.whole)
    if len(named) != 1 or not asked or any(one.topic is None for one in asked):
        return None
    if _OTHER_SUBJECT.search(request.whole):
        return None
    return Ask(verb="analyze", tickers=tuple(named), words=request.whole)


def as_name(name: str) -> tuple[str, ...]:
    """The name in a question, when it is one: written as a ticker, or with a capital letter."""
    words = name.split()
    if not any(letter.isalpha() for letter in name) or (len(name) == 1 and name.islower()):
        return ()
    written = [word for word in words if written_tickers(word)]
    if len(written) == 1 and all(word.islower() for word in words if word not in written):
        words, name = written, written[0]
    if re.fullmatch(PRONOUN, name, re.IGNORECASE) and not name.isupper():
        return ()
    if words[0].casefold() in _NOT_NAMES and not (words[0].isupper() and len(words[0]) > 1):
        return ()
    capital = any(letter.isupper() for letter in name) or name.startswith(("$", "^"))
    alone = len(words) == 1 and is_ticker(name.upper()) and topic_of(name) is None
    if not capital and not alone:
        return ()
    names = read_names(words, many=False)
    return names if len(names) == 1 else ()


def follow_up(request: Request) -> Ask | None:
    """Questions about the company of the request before: as in "What's the biggest risk here?".

    Raises:
        AskError: No company, or no two to choose between, were spoken of before.
    """
    asked = questions(request.whole)
    others = [
        word
        for word in tickers_in(request.whole)
        if not (request.last and word in request.last.tickers)
    ]
    if not asked or any(question.topic is None for question in asked):
        return None
    if others or _OTHER_SUBJECT.search(request.whole):
        return None
    if of_several(request.whole):
        raise AskError(
            "Nothing was compared before this.",
            seen=request.whole,
            needed="two tickers or more",
            cure="Name them, for example: Which is cheaper, ACME or WNCH?",
        )
    names = request.names(["it"], example=_with_its_ticker(request.whole))
    return Ask(verb="analyze", tickers=names, words=request.whole)


def _with_its_ticker(words: str) -> str:
    """How a question is asked of a company: its first word as a ticker, where that is no part of the question."""
    first, _, rest = words.partition(" ")
    name = first.removesuffix("'s")
    if rest and is_ticker(name.upper()) and topic_of(rest) and topic_of(first) is None:
        return f"{name.upper()} {rest}, if {name} is its ticker"
    return "What are the risks of ACME?"
