"""Where a number comes from.

"Where does the P/E of ACME come from?" -> why pe_trailing ACME
"""

import re

from ..verbs import Ask
from .fact_name import find_fact
from .request import LAST_MARK, Request

_WHY = (
    r"where (?:does|do|did|is|are) (?P<what>.+?) (?:come|coming|taken) from",
    r"(?:what is|what's) the (?:source|formula|origin) (?:of|for|behind) (?P<what>.+?)",
    r"how (?:is|are|was|do you|did you) (?P<what>.+?) (?:calculated|computed|worked out|derived|made|measured)",
    r"how (?:do|did) you (?:get|calculate|compute|work out) (?P<what>.+?)",
    r"(?:show|tell) me how (?P<what>.+?) (?:is|are|was) (?:calculated|computed|worked out|derived|made|measured)",
    r"(?:what is|what's) behind (?P<what>.+?)",
    r"where (?:do|did) you (?:get|take|have) (?P<what>.+?)(?: from)?",
    r"(?:explain|why is|why are|why) (?P<what>.+?)",
)


def why(request: Request) -> Ask | None:
    """A question of where a fact of the registry comes from.

    Raises:
        AskError: It does not say of which company.
    """
    for form in _WHY:
        match = re.match(rf"^{form}{LAST_MARK}", request.whole, re.IGNORECASE)
        if match is None:
            continue
        fact, name = _fact_and_name(match["what"])
        if fact is None:
            continue
        tickers = request.names(
            [name] if name else ["it"], example="Where does the P/E of ACME come from?"
        )
        if len(tickers) == 1:
            return Ask(verb="why", word=fact, tickers=tickers)
    return None


def _fact_and_name(what: str) -> tuple[str | None, str]:
    """`the P/E of ACME`, `ACME's P/E`, `ACME P/E` or `the P/E`, taken apart."""
    what = re.sub(
        r"\s+(?:of\s+)?(?:so\s+)?(?:high|low|\$?[\d.,]+%?)$", "", what.strip(), flags=re.IGNORECASE
    )
    for form in (
        r"(?P<fact>.+?) (?:of|for|in|at) (?P<name>.+)",
        r"(?P<name>\S+?)'s (?P<fact>.+)",
        r"(?P<name>[A-Z.^\-]{1,8}) (?P<fact>.+)",
        r"(?P<fact>.+)",
    ):
        match = re.fullmatch(form, what)
        fact = find_fact(match["fact"]) if match else None
        if match and fact:
            return fact, match.groupdict().get("name") or ""
    return None, ""
