"""What grew or shrank: each such word against the sign of the growth it speaks of."""

import re

from .draft import GONE, Draft
from .words import phrases

_UP = (
    "grew", "grow", "grows", "growing", "grown", "rose", "rise", "rises", "rising", "risen", "increased", "increases",
    "increase", "increasing", "expanded", "expands", "expanding", "expansion", "climbed", "climbs", "climbing", "gained",
    "advanced", "(?:is|are|was|were|been) up", "went up", "higher",
)  # fmt: skip
_DOWN = (
    "fell", r"falls?(?! (?:in|into|within|under|outside|on|to) (?:the|a)\b)", "falling", "fallen", "shrank", "shrink", "shrinks", "shrinking", "shrunk", "declined",
    "declines", "decline", "declining", "decreased", "decreases", "decrease", "decreasing", "dropped", "drops", "drop",
    "dropping", "contracted", "contracts", "contracting", "contraction", "slipped", "slips", "dipped", "eroded",
    "(?:is|are|was|were|been) down", "went down", "backwards", "lower",
)  # fmt: skip
_MOVE = phrases(*_UP[:-1], *_DOWN[:-1])
_IS_UP = phrases(*_UP)
_GROWTH = phrases(r"(?P<way>(?:negative|no|zero|without|lack of|lacks|absent|shrinking) )?(?:(?P<praise>steady|strong|solid|healthy|robust|fast|rapid|consistent|good|modest|moderate|high|impressive|stable|sustained) |\w+ )?growth")  # fmt: skip
_UNKNOWABLE = phrases(
    r"soar\w*", r"surg(?:e|ed|es|ing)", r"plung\w*", r"plummet\w*", r"tumbl\w*", r"rall(?:y|ied|ies|ying)", r"spik(?:ed|es|ing)", r"jump\w*",
    r"slid(?:e|es|ing)?", r"slump\w*", r"crash\w*", r"collaps\w*", r"sank", r"sinking", r"rebound\w*", r"recover(?:ed|s|ing|y)?", r"explod\w*",
    r"accelerat\w*", r"decelerat\w*", r"improv\w*", r"deteriorat\w*", r"worsen\w*", r"strengthen\w*", r"weaken\w*", r"(?:re)?bounc\w*", r"stagnat\w*",
    r"(?:is|are|has|have) (?:been )?(?:slowing|slowed|widen\w*|narrow(?:ed|ing))", r"stall\w*", r"slow(?:ed|ing|s)(?! and)", r"halt\w*", r"ceas\w*", r"stopped", r"fad(?:e|es|ed|ing)", r"evaporat\w*", r"vanish\w*", "dried up", "turned around", "turnaround", "reversed",
)  # fmt: skip
_COMPANY = "company"
_SIZE = re.compile(r"gr[eo]w|expan|shr[aiu]nk|contract", re.IGNORECASE)
"""What a whole company does; only its stock rises or falls."""
_DENIED = re.compile(r"(?:\b(?:not|never|without)|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)
_HEDGED = re.compile(
    r"\b(?:fail(?:s|ed)?|unable|struggl\w+|refus\w+|yet|unlikely|hardly|barely|scarcely|no longer)\s+(?:to\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_FACTS = {
    "revenue_ttm": "revenue_growth_yoy",
    "revenue_growth_yoy": "revenue_growth_yoy",
    "revenue_growth_consistency": "revenue_growth_yoy",
    "eps_ttm": "earnings_growth_yoy",
    "earnings_growth_yoy": "earnings_growth_yoy",
    "shares_outstanding": "share_count_growth_yoy",
    "share_count_growth_yoy": "share_count_growth_yoy",
}
_SUBJECT = {
    "revenue_growth_yoy": phrases("revenues?", "sales", "top line", "operations"),
    _COMPANY: phrases("company", "business", "firm", "group", "it", "bank", "maker", "manufacturer", "producer", "developer", "operator", "utility", "retailer", "earner", "enterprise", "lender"),
    "earnings_growth_yoy": phrases("earnings", "profits?", "net income", "bottom line", "eps"),
    "share_count_growth_yoy": phrases("share count", "number of shares", "shares in issue"),
    "": phrases("shares", "stock", "price", "debt", "margins?", "cash", "dividends?", "volumes?", "volatility", "leverage", "valuation",
                "multiples?", "short interest", "spreads?", "liquidity", "risks?", "costs?", "equity", "cash flow", "insiders?", "float"),
}  # fmt: skip


def moves(draft: Draft) -> str:
    """Account for each word of growth that the facts bear out; why another is refused."""
    unknowable = _UNKNOWABLE.search(draft.rest)
    if unknowable:
        return f"{unknowable[0]!r} is a movement that no fact of the report tells"
    for found in _MOVE.finditer(draft.prose):
        if not _told(draft, found):
            return f"{found[0]!r} is not borne out by a growth among the facts"
        draft.settle(*found.span())
    return _growth(draft)


def _growth(draft: Draft) -> str:
    """Why growth that is spoken of is none."""
    for found in _GROWTH.finditer(draft.prose):
        value = draft.fact(_of_growth(draft, found)).value
        shrinks = bool(found["way"])
        if value is None and found["praise"]:
            return f"{found[0]!r} is not known"
        if (shrinks and (value is None or value > 0)) or (
            not shrinks and value is not None and value < 0
        ):
            return f"{found[0]!r} is not borne out by the facts"
    return ""


def _told(draft: Draft, found: re.Match[str]) -> bool:
    growth = _subject(draft, found)
    if growth == _COMPANY:
        growth = "revenue_growth_yoy" if _SIZE.match(found[0]) else ""
    value = draft.fact(growth).value if growth else None
    near = draft.prose[draft.clause(found.start())[0] : found.start()]
    if not value or _HEDGED.search(near):
        return False
    rising = _IS_UP.fullmatch(found[0]) is not None
    return (value > 0) == (rising != (_DENIED.search(near) is not None))


def _subject(draft: Draft, found: re.Match[str]) -> str:
    """The growth of what is said to move: the nearest thing before it, or the one it stands before."""
    start, end = draft.clause(found.start())
    ahead = [
        (said.start(), growth)
        for growth, words in _SUBJECT.items()
        for said in words.finditer(draft.prose, found.end(), min(end, found.end() + 24))
        if not re.search(r"[,:]", draft.prose[found.end() : said.start()])
    ]
    if re.match(r"\s+(?:in|of)\s", draft.prose[found.end() :]) or found[0].casefold().endswith(
        "ing"
    ):
        nearest = min(ahead, default=None)
        if nearest:
            return nearest[1]
    behind = [
        (said.start(), growth)
        for growth, words in _SUBJECT.items()
        for said in words.finditer(draft.prose, start, found.start())
    ]
    behind += [
        (one.start, _FACTS.get(one.fact, ""))
        for one in draft.found
        if start <= one.start
        and one.end <= found.start()
        and GONE in draft.prose[one.start : one.end]
    ]
    named = re.escape(draft.report.profile.name.split()[0])
    behind += [
        (said.start(), _COMPANY)
        for said in re.compile(rf"(?<!\w){named}(?!\w)").finditer(draft.text, start, found.start())
    ]
    return max(behind, default=(0, ""))[1]


def _of_growth(draft: Draft, found: re.Match[str]) -> str:
    """Which growth the noun speaks of: what stands directly before or after it, else revenue's."""
    around = draft.text[max(found.start() - 12, 0) : found.end() + 16].casefold()
    if re.search(
        r"(?:earnings|profit|eps)[\s-]+growth|growth (?:in|of) (?:earnings|profit)", around
    ):
        return "earnings_growth_yoy"
    if re.search(r"(?:share count|share)[\s-]+growth", around):
        return "share_count_growth_yoy"
    return "revenue_growth_yoy"
