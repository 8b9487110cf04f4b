"""Follow-ups that refer to what was asked or done before.

why? · and DOCN? · same for DOCN · add DOCN · undo that · watch that · how often would that have fired?
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..errors import AskError
from ..ticker import is_ticker, read_names
from ..verbs import VERBS, Ask
from .counting import counted
from .question import topic_of
from .quoting import split_words
from .reading import describe_again
from .request import PRONOUN, Request

_END = r"\s*(?:please|too|as well|instead|again|then|,)*\s*[.?!]*$"
_NAME = r"(?P<name>\$?[\w^][\w.&^=/\-]*(?:\s+(?!and\b|or\b)[\w.&\-]+){0,3}?)"
_SAME = re.compile(
    rf"^(?:and )?(?:(?:do |now )?(?:the )?same|repeat (?:that|this|it))(?: thing| question)?(?: again)? (?:for|with|on) {_NAME}{_END}",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"^(?:and what about |and how about |what about |how about |and ){_NAME}{_END}", re.IGNORECASE
)
_ADD = re.compile(
    rf"^(?:add|include|put in|throw in)\s+(?P<name>.+?)(?:\s+(?:to|in|into) (?:it|that|this|the (?:comparison|table|list)))?{_END}",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"^(?:but |and |ok(?:ay)?,? )?(?:why(?: is (?:that|this|it)(?: so)?| so)?|how so|how come|says who|based on what|explain (?:that|this|it)"
    rf"|where (?:does|do|did) (?:that|this|it)(?: number| figure)? come from|how do you know(?: that| this)?){_END}",
    re.IGNORECASE,
)
_UNDO = re.compile(
    r"^(?:(?:no|oh|oops|wait|never ?mind|nvm|sorry|actually|scratch that)[\s,.!]+)*"
    r"(?:(?:undo|revert|take back|roll back|cancel|remove|delete|scrap|drop|disarm)(?: (?:that|this|it|the last one"
    rf"|(?:that|this|the|the last) (?:alert|rule|watch|alarm|one)))?|never ?mind|scratch that|take (?:that|it) back|forget (?:that|it)){_END}",
    re.IGNORECASE,
)
_WATCH_THAT = re.compile(
    rf"^(?:watch|arm|track|monitor|alert me (?:on|of)|set) (?:that|this|it|that rule|this rule|that condition)(?: for me)?{_END}",
    re.IGNORECASE,
)
_FIRED = re.compile(
    r"^(?:how (?:often|many times) (?:would|did|has|have) (?:that|this|it|the (?:rule|alert))(?: have)? (?:fired?|triggered?|happened?|been true|come true|gone off)"
    r"|(?:preview|test|backtest) (?:that|this|it|the rule|that rule)(?: first)?"
    rf"|what would (?:that|this|it|the rule) have done){_END}",
    re.IGNORECASE,
)
_SIZE = re.compile(
    rf"^(?:and )?(?:(?:what|how) about |for |with |if i (?:sold|sell) )?(?P<size>[\d.,]+ ?(?:k|m|thousand|million)?)(?: shares)?{_END}",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({
    "again", "also", "else", "how", "it", "more", "next", "no", "nope", "now", "ok", "okay", "other",
    "so", "thanks", "that", "the", "then", "there", "this", "today", "us", "what", "when", "where",
    "which", "who", "why", "yes", "you",
})  # fmt: skip
"""Words after `and` that are tickers only in capitals."""
_REPEATED = frozenset({"analyze", "why", "strategy", "preview", "diff"})
"""Verbs that `and DOCN?` repeats; what arms a rule is repeated only by `same for DOCN`."""


def follow(request: Request) -> Ask | None:
    """A wish that only means something after another.

    Raises:
        AskError: What it refers to was never said; says so.
    """
    for form in (_why, _undo, _fired, _watch_that, _same, _other, _add, _size):
        ask = form(request)
        if ask is not None:
            return ask
    return None


def _why(request: Request) -> Ask | None:
    if not _WHY.match(request.whole):
        return None
    subject = request.memory.subject
    if request.memory.last is None:
        raise _nothing(
            request,
            "There is nothing before this to explain.",
            "Where does the P/E of ACME come from?",
        )
    if not request.memory.fact or subject is None:
        example = f"Where does the P/E of {subject or request.memory.last.tickers[0]} come from?"
        raise _nothing(
            request,
            "Several facts are behind that answer: name the number to be explained.",
            example,
        )
    return Ask(verb="why", word=request.memory.fact, tickers=(subject,))


def _undo(request: Request) -> Ask | None:
    if not _UNDO.match(request.whole):
        return None
    armed = request.memory.armed
    if not armed:
        raise _nothing(
            request,
            "There is nothing to undo: no rule was armed just before.",
            "Stop watching ACME",
        )
    return Ask(
        verb="unwatch",
        words=" ".join(armed),
        said_back=f"I read this as: disarm what was armed last ({', '.join(armed)}).",
    )


def _fired(request: Request) -> Ask | None:
    return (
        _on_the_rule(request, "preview", "preview ACME breaks above $25")
        if _FIRED.match(request.whole)
        else None
    )


def _watch_that(request: Request) -> Ask | None:
    if not _WATCH_THAT.match(request.whole) or request.memory.rule is None:
        return None
    return _on_the_rule(request, "watch", "watch ACME breaks above $25")


def _on_the_rule(request: Request, verb: str, example: str) -> Ask:
    rule = request.memory.rule
    if rule is None:
        raise _nothing(request, "There is no rule before this.", example)
    known = {option.name for option in VERBS[verb].all_options}
    kept = {name: value for name, value in rule.options.items() if name in known}
    asked = replace(rule, verb=verb, options=kept)
    return replace(asked, said_back=describe_again(asked, rule))


def _same(request: Request) -> Ask | None:
    match = _SAME.match(request.whole)
    if match is None:
        return None
    last = request.last
    if last is None or len(last.tickers) != 1:
        raise _nothing(
            request, "There is no request of one ticker before this to repeat.", "Analyze ACME"
        )
    return _repeated(last, match["name"])


def _other(request: Request) -> Ask | None:
    match = _OTHER.match(request.whole)
    last = request.last
    name = match["name"] if match else ""
    if last is None or not _is_name(name):
        return None
    if last.verb == "compare":
        return _added(last, [name])
    if last.verb not in _REPEATED:
        raise AskError(
            f"This could mean to {last.verb} {name} too, or only to look at it.",
            seen=request.whole,
            needed="which of them",
            cure=f"Say: same for {name}. Or: Analyze {name}",
        )
    return _repeated(last, name)


def _add(request: Request) -> Ask | None:
    match = _ADD.match(request.whole)
    if match is None:
        return None
    names = split_words(match["name"])
    if not all(_is_name(name.strip(",")) or name in ("and", "&") for name in names):
        return None
    last = request.last
    if last is None or last.verb != "compare":
        if match["name"].islower():
            return None
        raise _nothing(
            request, "There is no comparison before this to add to.", "Compare ACME to WNCH"
        )
    return _added(last, names)


def _added(last: Ask, names: Sequence[str]) -> Ask:
    more = [name for name in read_names(list(names), many=True) if name not in last.tickers]
    return replace(last, tickers=counted(VERBS["compare"], (*last.tickers, *more)), said_back="")


def _repeated(last: Ask, name: str) -> Ask | None:
    """The same request of another ticker, which stands in its words too."""
    names = read_names(split_words(name), many=False)
    if len(names) != 1:
        return None
    written = rf"\$?(?<![\w.]){re.escape(last.tickers[0])}(?![\w])"
    words = re.sub(written, lambda _: names[0], last.words, flags=re.IGNORECASE)
    asked = replace(last, tickers=names, words=words)
    return replace(asked, said_back=describe_again(asked, last))


def _size(request: Request) -> Ask | None:
    """Another size of the position that was just asked about."""
    match, last = _SIZE.match(request.whole), request.last
    if match is None or last is None or last.verb != "analyze" or "shares" not in last.options:
        return None
    words = f"What would selling {match['size'].strip()} shares cost?"
    kept = {name: value for name, value in last.options.items() if name != "shares"}
    return replace(last, words=words, options=kept, said_back="")


def _is_name(text: str) -> bool:
    """Whether this is written as a ticker or name, or is a word that can be nothing else here."""
    if not text or re.fullmatch(PRONOUN, text) or topic_of(text):
        return False
    if text.islower() and text.isalpha():
        return len(text) > 1 and is_ticker(text.upper()) and text not in _NO_NAMES
    return text.startswith("$") or (text[0].isupper() and (" " in text or is_ticker(text.upper())))


def _nothing(request: Request, message: str, example: str) -> AskError:
    subject = request.memory.subject
    return AskError(
        message,
        seen=request.whole,
        needed="a request before this",
        cure=f"For example: {example.replace('ACME', subject) if subject else example}",
    )
