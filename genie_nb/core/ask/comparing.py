"""Companies side by side.

"Compare CRSR to LOGI" · "How does this compare to LOGI?" · "which is cheaper, ACME or CRSR?"
"""

import re

from ..errors import AskError
from ..verbs import ON, VERBS, Ask
from .counting import counted
from .question import questions, topic_of
from .quoting import split_words
from .request import REFERRING, Request, written_tickers

_COMPARE = (
    re.compile(
        r"^(?:compare|(?:show (?:me )?|give me )?(?:a |the )?comparison (?:of|between)|(?:what is |what's )?(?:the )?differences? between)"
        r"\s+(?P<names>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^how do\s+(?P<names>.+?)\s+compare$", re.IGNORECASE),
    re.compile(
        r"^how (?:does|do|is|would)\s+(?P<a>.+?)\s+(?:compare|stack up|measure up|compared)\s*(?:to|with|against)\s+(?P<b>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^(?P<a>\S+(?:\s+\S+)?)\s+(?:vs\.?|versus)\s+(?P<b>.+)$", re.IGNORECASE),
    re.compile(r"^(?:and )?(?:vs\.?|versus|against)\s+(?P<names>.+)$", re.IGNORECASE),
    re.compile(
        r"^put\s+(?P<a>\S+(?: (?!and )\S+){0,2}?)\s+(?:next to|beside|alongside|up against|against)\s+(?P<b>.+?)(?:\s+side by side)?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:put|show|see|look at)(?: me)?\s+(?P<names>.+?)\s+side[- ]by[- ]side$", re.IGNORECASE
    ),
    re.compile(
        r"^(?i:is|are|does|do|has|have)\s+(?P<a>\$?[A-Z]\S*(?: [A-Z]\S*){0,2})\s+(?:(?:have|has|a|any) )*"
        r"(?:(?i:more|less|fewer|better|worse|\w+er))\b(?: [a-z-]+){0,3} than\s+(?P<b>\$?[A-Z].*)$"
    ),
    re.compile(
        r"^(?P<names>\$?[A-Z]\S* or \$?[A-Z][^\s,]*|[a-z]{2,5} or [a-z]{2,5})[,:;] (?i:which|who)\b(?P<on>.*)$"
    ),
    re.compile(
        r"^(?i:which|who|what)\b(?P<on>[^,:]*)[,:]\s*"
        r"(?P<names>\$?[A-Z]\S*(?: [A-Z]\S*)?(?:, \S+)* or \S.*|[a-z]{2,5}(?:, [a-z]{2,5})*,? or [a-z]{2,5})$"
    ),
)
_ASKING = _COMPARE[-3:]
"""Those that ask in what the companies differ."""
_ON = re.compile(
    r"^(?P<names>.+?)\s+(?:on|by|in terms of|regarding|for)\s+(?P<on>[a-z][\w /&-]{0,40})$"
)
_ITS = re.compile(r"\bits\b", re.IGNORECASE)
"""Asks about one of them, and does not say which."""
_OF_SEVERAL = re.compile(
    r"^(?:and |so |then |ok(?:ay)?,? )*which (?:(?:one|company|stock|of (?:them|these|those|the \w+)) )?"
    r"(?:is|has|looks|seems|grows|earns|makes|owes|pays|trades|moves)\b",
    re.IGNORECASE,
)
"""Asks about the companies of a comparison, even when one of them was spoken of since."""
_TOPIC_OF = re.compile(
    r"^(?:the )?(?P<on>[a-z][\w /&-]{0,40}?) (?:of|for|at|between) (?P<names>[^?]+)$"
    r"|^(?P<a>\S+)'s (?P<its>[a-zA-Z/ -]{1,40}?) (?:and|to|with|vs\.?|versus|against) (?P<b>[^\s']+)(?:'s(?: [a-zA-Z/ -]{1,40})?)?$"
)
_WHICH = re.compile(
    r"^(?:and |so |then |ok(?:ay)?,? )*(?:which|who|what)(?: (?:one|company|stock|of (?:them|these|those|the \w+)))?"
    r"(?: (?:is|has|looks|seems))? (?:the |a )?(?:better|best|stronger|strongest|nicer|winner)(?: (?:one|buy|stock|company|pick))?$",
    re.IGNORECASE,
)


def compare(request: Request) -> Ask | None:
    """A wish to compare; a company alone is compared with the one spoken of before.

    Raises:
        AskError: It names too few companies, or too many.
    """
    text = re.sub(r"[.?!]+$", "", request.whole)
    for form in _COMPARE:
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        words, on = cut_topic(parts.get("names") or f"{parts['a']} with {parts['b']}")
        if form in _ASKING:
            on = compared_on(text if parts.get("on") is None else parts["on"])
        names = request.names(split_words(words), many=True, example="Compare ACME to WNCH")
        last = request.last
        if len(names) == 1 and last and len(last.tickers) == 1 and names != last.tickers:
            names = (*last.tickers, *names)
        return _comparison(names, on)
    return None


def compare_on(request: Request) -> Ask | None:
    """A question about the companies that were compared just before, such as which is cheaper.

    Raises:
        AskError: It asks for the better one, which no fact tells, or for several things at once.
    """
    last = request.memory.comparison if of_several(request.whole) else request.last
    if last is None or last.verb != "compare":
        return None
    if _WHICH.match(request.whole.rstrip("?.! ")):
        raise AskError(
            "Which one is better is for you to say; genie tells in what they differ.",
            seen=request.whole,
            needed="what to compare them on",
            cure="For example: Which is cheaper? Which has less debt? Which is growing faster?",
        )
    asked = questions(request.whole)
    topics = dict.fromkeys(compared_on(one.text) for one in asked)
    one = REFERRING.search(request.whole) or _ITS.search(request.whole)
    if not topics or None in topics or one or written_tickers(request.whole):
        return None
    if len(topics) > 1:
        raise AskError(
            "A comparison answers one question at a time.",
            seen=request.whole,
            needed="one question",
            cure=f"Ask first: {asked[0].text}",
        )
    return _comparison(last.tickers, next(iter(topics)))


def of_several(words: str) -> bool:
    """Whether the words ask which of several companies it is.

    Example:
        >>> of_several("Which one is cheaper?"), of_several("Which risks stand out?")
        (True, False)
    """
    return _OF_SEVERAL.match(words) is not None


def compared_on(words: str) -> str | None:
    """The topic of a question that companies can be compared on; None for another."""
    topic = topic_of(words)
    topic = "risks" if topic == "biggest_risk" else topic
    return topic if topic in ON.choices else None


def cut_topic(names: str) -> tuple[str, str | None]:
    """The names, and the topic behind them.

    Example:
        >>> cut_topic("ACME to WNCH on debt"), cut_topic("the debt of ACME and WNCH")
        (('ACME to WNCH', 'debt'), ('ACME and WNCH', 'debt'))
        >>> cut_topic("ACME's debt to WNCH's"), cut_topic("ACME and WNCH")
        (('ACME and WNCH', 'debt'), ('ACME and WNCH', None))
    """
    said = names.rstrip(".?! ")
    for form in (_ON, _TOPIC_OF):
        match = form.match(said)
        found = match.groupdict() if match else {}
        topic = compared_on(found.get("on") or found.get("its") or "")
        if topic:
            return found.get("names") or f"{found['a']} and {found['b']}", topic
    return names, None


def _comparison(names: tuple[str, ...], on: str | None) -> Ask:
    options = {"on": on} if on else {}
    return Ask(verb="compare", tickers=counted(VERBS["compare"], names), options=options)
