"""What changed: since the last look, or since a day.

"What changed with ACME since 2025-12-01?" -> diff ACME --since 2025-12-01
"""

import re
from datetime import date

from ..errors import AskError
from ..verbs import Ask
from .analyzing import as_name
from .question import topic_of
from .request import LAST_MARK, PRONOUN, Request

_NAME = (
    rf"(?:{PRONOUN}|here|\$?[\w^](?:[\w.&^=/\-]*\w)?(?: (?!since\b)[\w&](?:[\w.&\-]*\w)?){{0,3}}?)"
)
_OF = rf" (?:with|on|about|for|at|in|to) (?P<name>{_NAME})"
_SINCE = r"(?:,? since (?P<since>.+?))?"
_WHAT = (
    r"(?:(?:what|anything) (?:has |have )?changed|what(?:'s| is| has)(?: been)? (?:changed|new|different)"
    r"|what is different|(?:has|have|did) anything (?:changed?|happened|happen|new)|(?:is there |is )?anything (?:new|different|changed))"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^(?:and |so )?(?:(?:tell|show) me )?{_WHAT}{_SINCE}{_OF}{LAST_MARK}",
        rf"^(?:and |so )?(?:(?:tell|show) me )?{_WHAT}(?:{_OF})?{_SINCE}{LAST_MARK}",
        rf"^(?:and |so )?(?:(?:tell|show) me )?how (?:has|did) (?P<name>{_NAME}) changed?{_SINCE}{LAST_MARK}",
    )
)
_LOOK = re.compile(
    r"^(?:(?:the |my |our )?last (?:look|time|check|analysis)(?: (?:i|we) (?:looked|checked|asked|analy[sz]ed)(?: (?:at )?it)?)?"
    r"|(?:i|we) (?:last |have last )?(?:looked|checked|asked|analy[sz]ed)(?: (?:at )?it)?(?: last)?)$",
    re.IGNORECASE,
)
_EXAMPLE = "What changed with ACME since 2025-12-01?"


def changed(request: Request) -> Ask | None:
    """A question of what is not as it was.

    Raises:
        AskError: It does not say of which company, or says a time other than as a date.
    """
    match = next((found for form in _FORMS if (found := form.match(request.whole))), None)
    if match is None:
        return None
    name = match["name"] or ""
    tickers = _whom(request, name)
    if len(tickers) != 1:
        return None
    return Ask(verb="diff", tickers=tickers, options=_since(request, match["since"], tickers[0]))


def _whom(request: Request, name: str) -> tuple[str, ...]:
    """The company that is named, or meant; empty where the words name none."""
    if not name or name.casefold() == "here" or re.fullmatch(PRONOUN, name, re.IGNORECASE):
        return request.names(["it"], example=_EXAMPLE)
    found = () if topic_of(name) else as_name(name)
    return found if len(name.split()) == 1 or not name.rsplit(maxsplit=1)[-1].islower() else ()


def _since(request: Request, said: str | None, ticker: str) -> dict[str, object]:
    """The option `--since`, absent for the last look."""
    if said is None or _LOOK.match(said):
        return {}
    try:
        return {"since": date.fromisoformat(said).isoformat()}
    except ValueError:
        raise AskError(
            f"{said!r} is no date that I can read.",
            seen=request.whole,
            needed="a date such as 2025-12-01, or: since I last looked",
            cure=f"Say the day: {_EXAMPLE.replace('ACME', ticker)}",
        ) from None
