"""Wishes about rules that are watched already: what they are, ending them, resting them, checking.

"Stop watching CRSR" -> unwatch CRSR        "Snooze CRSR for 2 days" -> snooze CRSR 2d
"""

import re
from dataclasses import replace

from ..errors import AskError
from ..verbs import Ask
from .quoting import split_words
from .request import Request

_END = r"\s*(?:please)?\s*[.?!]*$"
_MINE = r"(?:(?:the|my|our|all|any) )*"
_THINGS = r"(?:rules?|alerts?|alarms?|watches|watchlist|watch list)"
_ON = r"(?:on|for|of|about|from)"
_ID = re.compile(r"[0-9a-f]{12}|(?=[a-f]*\d)[0-9a-f]{4,11}")

_RULES = re.compile(
    r"^(?:what(?: all)? (?:am i|are we|are you|is being|is) (?:watching|watched|monitoring|tracking)(?: for me)?(?: (?:right )?now)?"
    rf"|(?:show|list|display|see)(?: me)? {_MINE}(?:alerts and )?(?:rules|watches|watchlist|watch list)"
    rf"|(?:which|what|how many) {_MINE}(?:rules|alerts|watches) (?:are (?:armed|active|set(?: up)?|on)|do i have|have i set(?: up)?)"
    rf"|what(?:'s| is) (?:on )?my (?:watchlist|watch list)|my (?:watchlist|watch list|rules)){_END}",
    re.IGNORECASE,
)
_RULES_OF = re.compile(
    rf"^(?:what (?:am i|are you) (?:watching|monitoring|tracking) (?:on|for|of)|(?:show|list|see)(?: me)? {_MINE}(?:rules|watches) {_ON}"
    rf"|(?:what|which) {_MINE}(?:rules|alerts) (?:do i have|are (?:there|set|armed|on)) {_ON})\s+(?P<what>\S+?){_END}",
    re.IGNORECASE,
)
_UNWATCH = re.compile(
    r"^(?:(?:stop|quit) (?:watching|monitoring|tracking|following|alerting me (?:on|about|for)|(?:the )?alerts? (?:on|for|about))"
    r"|don't watch|no longer watch|unwatch|disarm|no more alerts? (?:on|for|about)"
    rf"|(?:remove|delete|cancel|drop|end|turn off|switch off|get rid of) {_MINE}(?:{_THINGS} {_ON} |(?:rule|alert) )?)"
    rf"\s*(?P<what>\S+?)(?: (?:anymore|any more|any longer))?{_END}"
    rf"|^(?:remove|delete|cancel|drop|end|stop|turn off|switch off|get rid of) {_MINE}(?P<whose>\S+) (?:rules?|alerts?|watches){_END}",
    re.IGNORECASE,
)
_SNOOZE = re.compile(
    rf"^(?:snooze|mute|silence|rest|pause) {_MINE}(?:{_THINGS} {_ON} |(?:rule|alert) )?(?P<what>\S+?)"
    rf"(?: for)? (?P<number>\d+|[a-z]+) ?(?P<unit>minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w){_END}",
    re.IGNORECASE,
)
_WAKE = re.compile(
    rf"^(?:wake|un-?snooze|un-?mute|resume) {_MINE}(?:{_THINGS} {_ON} |(?:rule|alert) )?(?P<what>\S+?)(?: up)?{_END}"
    rf"|^snooze (?P<off>\S+) off{_END}",
    re.IGNORECASE,
)
_CHECK = re.compile(
    rf"^(?:check|run|evaluate) {_MINE}(?:{_THINGS}|checks?)(?: (?:right )?now)?{_END}"
    rf"|^(?:is|are) (?:anything|any (?:of )?{_MINE}{_THINGS}) (?:due|firing|triggered)(?: now)?{_END}",
    re.IGNORECASE,
)
_ALERTS = re.compile(
    rf"^(?:show|list|display|see)(?: me)? (?:(?:the|my|our|all|any|recent|latest|last) )*alerts?(?: log| history)?{_END}"
    rf"|^any (?:new |recent )?alerts?(?: (?:today|lately|recently|yet))?{_END}"
    rf"|^(?:what|which)(?: (?:rules|alerts))? (?:has |have )?(?:fired|triggered|been sent|went off)(?: (?:today|lately|recently))?{_END}"
    rf"|^(?:has|have|did) (?:anything|any (?:of )?{_MINE}{_THINGS}) (?:fired?|triggered?|gone off|go off)(?: (?:today|lately|recently|yet))?{_END}"
    rf"|^(?:the |my )?(?:alert log|log of alerts){_END}",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({
    "alarms", "alert", "alerts", "all", "any", "everything", "it all", "my", "mine", "nothing", "rule",
    "rules", "stocks", "them", "watches", "watching", "watchlist",
})  # fmt: skip


def tend(request: Request) -> Ask | None:
    """A wish about what is watched already.

    Raises:
        AskError: It says "it", and nothing was spoken of before.
    """
    for verb, form in (("rules", _RULES), ("check", _CHECK), ("alerts", _ALERTS)):
        if form.match(request.whole):
            return Ask(verb=verb)
    of = _RULES_OF.match(request.whole)
    if of:
        return Ask(verb="rules", words=_named(request, of["what"]))
    return _snooze(request) or _unwatch(request)


def tended(ask: Ask) -> Ask:
    """The same request with the words of `unwatch` and `snooze` as plain words would have them.

    Words that are no ticker stay as they are: they may be how the id of a rule begins.

    Example:
        >>> tended(Ask(verb="snooze", words="brk.b for 2 days")).words
        'BRK-B 2d'
    """
    if ask.verb not in ("unwatch", "snooze") or not ask.words:
        return ask
    try:
        found = tend(Request.of(f"{ask.verb} {ask.words}"))
    except AskError:
        return ask
    return replace(ask, words=found.words) if found and found.verb == ask.verb else ask


def _unwatch(request: Request) -> Ask | None:
    match = _UNWATCH.match(request.whole)
    return (
        Ask(verb="unwatch", words=_named(request, match["what"] or match["whose"]))
        if match
        else None
    )


def _snooze(request: Request) -> Ask | None:
    wake = _WAKE.match(request.whole)
    if wake:
        return Ask(verb="snooze", words=f"{_named(request, wake['what'] or wake['off'])} off")
    match = _SNOOZE.match(request.whole)
    number = _count(match["number"].casefold()) if match else None
    if match is None or number is None:
        return None
    unit = match["unit"][0].casefold()
    number, unit = (number * 7, "d") if unit == "w" else (number, unit)
    return Ask(verb="snooze", words=f"{_named(request, match['what'])} {number}{unit}")


def _count(said: str) -> int | None:
    """The number, in figures or as a word; None for another word."""
    from ..english.words import TENS, UNITS

    if said.isdecimal():
        return int(said)
    return 1 if said in ("a", "an") else UNITS.get(said) or TENS.get(said)


def _named(request: Request, said: str) -> str:
    """The id of a rule as it is, or a ticker.

    Raises:
        AskError: It is neither.
    """
    if _ID.fullmatch(said):
        return said
    if said.casefold() in _NO_NAMES:
        raise AskError(
            f"{said!r} names no rule. Each is ended by its ticker or its id.",
            seen=said,
            needed="a ticker, or the id of a rule",
            cure="See what is watched: genie rules. Then, for example: Stop watching ACME",
        )
    names = request.names(split_words(said), example="Stop watching ACME")
    if len(names) != 1:
        raise AskError(
            f"{said!r} is not one ticker.",
            seen=said,
            needed="a ticker, or the id of a rule",
            cure="For example: Stop watching ACME",
        )
    return names[0]
