"""Companies side by side.

"Compare CRSR to LOGI" · "How does this compare to LOGI?" · "which is cheaper, ACME or CRSR?"
"""

import re

from ..verbs import VERBS, Ask
from .counting import counted
from .quoting import split_words
from .request import Request

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
        r"^(?i:which)\b[^,:]*[,:]\s*(?P<names>\$?[A-Z]\S*(?: [A-Z]\S*)?(?:, \S+)* or \S.*)$"
    ),
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
        words = parts.get("names") or f"{parts['a']} with {parts['b']}"
        names = request.names(split_words(words), many=True, example="Compare ACME to WNCH")
        if (
            len(names) == 1
            and request.last
            and len(request.last.tickers) == 1
            and names != request.last.tickers
        ):
            names = (*request.last.tickers, *names)
        return Ask(verb="compare", tickers=counted(VERBS["compare"], names))
    return None
