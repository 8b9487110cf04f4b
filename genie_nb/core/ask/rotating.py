"""Small companies against large ones.

"Is the small-cap rally broadening?" · "Are small caps beating large caps?" · "How long is the small-cap win streak?"
"""

import re

from ..verbs import Ask
from .request import LAST_MARK, Request

_SMALL = r"small(?:er)?[- ]?(?:caps?(?: (?:stocks?|companies|names|shares))?|companies|stocks?)"
_LARGE = (
    r"(?:large|big|mega)(?:ger)?[- ]?(?:caps?(?: (?:stocks?|companies|names))?|companies|stocks?)"
)
_RALLY = rf"(?:the |this |that )?(?:great )?(?:(?:{_SMALL}|russell(?: 2000)?)(?:'s|s')? )?(?:rally|rotation|run|move|lead)"
_STREAK = rf"(?:the |this )?(?:(?:{_SMALL})(?:'s|s')? )?(?:win(?:ning)? )?streak(?: of (?:the )?{_SMALL})?"
_AHEAD = r"(?:beat|lead|outperform|outpac|outrun)(?:ing|s|ed)?|(?:doing|done) better than|ahead of"
_SPREADS = r"(?:broad(?:ening|ened|er|en)?|narrow(?:ing|ed|er)?|spread(?:ing)?|widening)"
_YET = r"(?: (?:right )?now| today| still| yet| again| lately| this (?:week|month|year)| so far)*"

_FORMS = (
    (
        "breadth",
        rf"(?:is|has) {_RALLY} (?:still |really |now )*{_SPREADS}(?: out| up)?",
    ),
    ("breadth", rf"how (?:broad|wide|narrow) is {_RALLY}"),
    ("breadth", r"how is (?:the )?(?:market |small[- ]cap )?breadth(?: of small[- ]caps)?"),
    ("breadth", rf"(?:what is|what's|show(?: me)?|how about|how is|how's) (?:the )?(?:{_SMALL} )?rotation"),
    ("returns", rf"(?:how real is {_RALLY}|is {_RALLY} (?:still |really )*real)(?: or (?:fake|not|a head[- ]fake))?"),
    ("returns", r"is there (?:a |any )?(?:great )?rotation(?: into small[- ]caps)?"),
    ("breadth", rf"(?:are|is) {_SMALL} rall(?:y|ying) broad(?:ly|ening)"),
    (
        "returns",
        rf"(?:are|is|have|do|did|has) {_SMALL} (?:been |still |really )*(?:{_AHEAD})(?: (?:the )?{_LARGE})?",
    ),
    ("returns", rf"(?:how (?:are|is|do|have) )?{_SMALL} (?:doing |done |been doing )?(?:vs\.?|versus|against|compared (?:to|with)) {_LARGE}"),
    ("streak", rf"how (?:long|many (?:days|sessions)) (?:is|has) {_STREAK}(?: (?:lasted|been|going|now))*"),
    ("streak", rf"how long have {_SMALL} (?:been )?(?:{_AHEAD})(?: (?:the )?{_LARGE})?"),
    ("january", rf"(?:is|was) there (?:a |any )?january effect(?: (?:in|for) {_SMALL})?"),
    ("january", rf"(?:how is|how's|what is|what's) the january effect(?: (?:in|for) {_SMALL})?"),
    ("january", rf"(?:do|did) {_SMALL} (?:{_AHEAD})(?: (?:the )?{_LARGE})? in january"),
    ("valuation", rf"(?:are|is) {_SMALL} (?:still )?(?:cheap|cheaper|undervalued|expensive)(?: (?:than|compared (?:to|with)|against) {_LARGE})"),
    ("valuation", rf"(?:what is|what's|how (?:big|large|wide) is) the valuation gap(?: between (?:{_SMALL}|small) and {_LARGE}| of {_SMALL})?"),
)  # fmt: skip
_READ = tuple(
    (lead, re.compile(rf"(?:and |so |then )?{form}{_YET}{LAST_MARK}", re.IGNORECASE))
    for lead, form in _FORMS
)


def rotation(request: Request) -> Ask | None:
    """A question about small companies as a whole; what it asks for is said first."""
    for lead, form in _READ:
        if form.fullmatch(request.whole):
            return Ask(verb="rotation", options={} if lead == "breadth" else {"on": lead})
    return None
