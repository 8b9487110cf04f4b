"""A condition beside its ticker, without a verb: a line of the watchlist.

"CRSR breaks above $25 with volume" -> watch CRSR, said back
"did CRSR break above 25?" -> no wish: how to look back is said
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AskError
from ..ticker import is_ticker, read_name
from ..verbs import Ask
from .request import Request, tickers_in
from .watching import watching

if TYPE_CHECKING:
    from ..rule import Rule

_HEADER = re.compile(r"^\S+\s+\d+[a-z]+(?:\s+@\S+)?\s*:\s", re.IGNORECASE)
_NAMED = re.compile(r"^\$?(?!\d)[\w^][\w.^=/\-]*:?(?=\s)")
_LEVEL = re.compile(r"\d|[<>=]")
_STATED = re.compile(r"^\S+ (?:is|are)\b", re.IGNORECASE)
_RELATION = re.compile(
    r"\b(?:cross\w*|breaks?|drops?|above|below|over|under|inside|outside|between|within|touches)\b|[<>]",
    re.IGNORECASE,
)
_AUXILIARY = r"did|does|do|has|have|had|is|are|was|were|will|would|can|could|should|might"
_ASKING = re.compile(
    rf"^(?:(?:when|why|how often|how many times|what happens if|what happened when|whether)\s+)?"
    rf"(?:(?:{_AUXILIARY})\s+)?(?:ever\s+)?",
    re.IGNORECASE,
)
_LOOK_BACK = re.compile(
    r"^(?:how often|how many times|what happened(?: after)? (?:when|whenever|after)|when (?=did|was|were|has|have)"
    r"|(?=(?:has|have|did) \S+ ever\b))\s*",
    re.IGNORECASE,
)
_LAST = re.compile(r"\s(?:last|ever|first|in the past)\s", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:broke|broken|fell|fallen|rose|risen|went|gone|sank|sunk|slid|lost|was|were|been|had|did|got|came"
    r"|held|kept|made|ran|grew|shot|already|now|today|yesterday|(?!confirmed|weighted|anchored|elevated|adjusted|exceed)\w{3,}ed)\b",
    re.IGNORECASE,
)


def watch_line(request: Request) -> Ask | None:
    """A line of the watchlist, or a ticker with a condition that names a level.

    Raises:
        RuleNotUnderstood: It begins as a line of the watchlist does, and goes on otherwise.
    """
    if _asks(request):
        return None
    if _HEADER.match(request.whole):
        from ..english import parse_rule

        return _said_back(parse_rule(request.whole))
    stated = _STATED.match(request.whole) or not _LEVEL.search(request.whole)
    return None if stated else bare_condition(request)


def bare_condition(request: Request) -> Ask | None:
    """A ticker, written as one, with what may come true of it; what was true is no such condition."""
    rule = None if _asks(request) or _PAST.search(request.whole) else _rule(request.whole)
    return None if rule is None else _said_back(rule)


def look_back(request: Request) -> Ask | None:
    """A question of how often something was so, or when: answered by looking back, which arms nothing."""
    found = _LOOK_BACK.match(request.whole)
    words = (
        _LAST.sub(" ", _ASKING.sub("", request.whole[found.end() :].rstrip("?.! ")))
        if found
        else ""
    )
    rule = _rule(words) if words else None
    if rule is None:
        return None
    ask = watching(replace(rule, said_back=""))
    return replace(ask, verb="preview", said_back="")


def refusal(request: Request) -> AskError | None:
    """Why words that name a ticker and a condition are no wish to watch it; None for other words."""
    words = _ASKING.sub("", request.whole.rstrip("?.! "))
    asked = _rule(words)
    if asked is not None:
        return AskError(
            f"This asks or tells how {asked.ticker} stands, and is no wish to be told of something.",
            seen=request.whole,
            needed="a condition to watch for, or a look back",
            cure=f'To see when it was so: preview {asked.ticker} "{asked.condition}"; '
            f"to be told when it comes true: watch {replace(asked, comment='')}",
        )
    return None if _asks(request) else _nearly(request.whole) or _in_lower_case(request)


def _in_lower_case(request: Request) -> AskError | None:
    """The refusal of a condition behind a word that may be a ticker, and is not written as one."""
    word, _, rest = request.whole.partition(" ")
    name = word.strip(":,").upper()
    if (
        not word.islower()
        or not is_ticker(name)
        or _PAST.search(rest)
        or not _RELATION.search(rest)
    ):
        return None
    rule = _rule(f"{name} {rest}")
    return rule and AskError(
        f"{word!r} may be a ticker, and is not written as one.",
        seen=word,
        needed="a ticker in capitals or after a $, or a wish to be told",
        cure=f"To be told: watch {replace(rule, comment='')}",
    )


def _asks(request: Request) -> bool:
    asking = _ASKING.match(request.whole)
    begun = asking.group() if asking else ""
    return request.whole.endswith("?") or bool(begun and not begun.strip().isupper())


def _said_back(rule: "Rule") -> Ask:
    words = (rule.said_back or f"I read this as: {rule}.").replace(": ", ": watch ", 1)
    return watching(replace(rule, said_back=words))


def _rule(words: str) -> "Rule | None":
    """The rule of words that begin with a ticker; None for others."""
    from ..english import parse_rule

    name = _name(words)
    try:
        rule = parse_rule(words) if name else None
    except AskError:
        return None
    return rule if rule and rule.ticker == read_name(name) else None


def _nearly(words: str) -> AskError | None:
    """The refusal, with its caret, of words that speak of a ticker and a level as conditions do."""
    from ..english import parse_rule

    conditional = _RELATION.search(words) and _LEVEL.search(words) and not _PAST.search(words)
    if not conditional or not _name(words):
        return None
    try:
        parse_rule(words)
    except AskError as error:
        return error
    return None


def _name(words: str) -> str:
    """The ticker at the beginning, written as one: in capitals, or after a dollar sign; empty for none."""
    named = _NAMED.match(words)
    written = named.group().rstrip(":") if named else ""
    if not written.startswith("$") and not tickers_in(written):
        return ""
    return written.lstrip("$").upper()
