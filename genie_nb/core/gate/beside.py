"""What stands beside a fact and makes another one of it: a rate, a bound, a denial, another fact's label."""

import re

from .draft import GONE, Draft
from .words import phrases

_NAMING = re.compile(
    r"(?:\s+(?:ratio|score|multiple|is|are|was|were|has|have|been|of|at|to|stands|stood|now|currently|the|its|a|an))*[\s:=,(]*"
)
_OBJECT = re.compile(r"\s+(?:it|this|that|them|these|those)(?!\w)", re.IGNORECASE)
_KIN = (
    frozenset({"gross_margin", "operating_margin", "profit_margin"}),
    frozenset({"total_debt", "debt_to_equity"}),
    frozenset({"revenue_ttm", "revenue_growth_yoy", "revenue_growth_consistency"}),
    frozenset({"average_volume_20d", "average_dollar_volume_20d", "relative_volume"}),
    frozenset({"insider_net_shares_6m", "insider_buys_6m"}),
    frozenset({"cash", "free_cash_flow_ttm", "cash_runway_quarters"}),
)
"""Facts that a short name such as margins or debt may introduce."""
_MORE = re.compile(
    r"\s+(?:plus|minus|times|kilo|mega|giga|grand|crores?|lakhs?|mm|bn|mn|tn|mln|bln|or (?:so|more|less|rather|thereabouts)|and counting|give or take)(?!\w)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:^|[.;:!?,(])\s*[-–]\s*$")
_DAILY = frozenset({"average_volume_20d", "average_dollar_volume_20d"})
_RATE = phrases(
    r"(?:per|a|an|each|every) (?:share|day|week|month|quarter|year|hour|minute|employee|annum)",
    "annually", "yearly", "quarterly", "monthly", "weekly", "daily", "hourly", "apiece", "times", "annualised",
    "annualized",
)  # fmt: skip
_BOUND = re.compile(
    r"(?:up to|at most|at least|as (?:much|many|little|few|high|low) as|upwards? of|north of|south of|short of"
    r"|in excess of|no (?:more|less|fewer)|minus|plus|negative|a loss of|losses of|a fraction of|times|part of|most of"
    r"|(?:the )?(?:rest|remainder|bulk|majority|portion|share) of)[\s:]+(?:an?\s+|its\s+|the\s+)?$",
    re.IGNORECASE,
)
_NEGATOR = (
    r"(?:not|no|never|neither|nor|without|lacks?|lacking|hardly|barely|scarcely|cannot|\w+n['’]t)"
)
_DENIED = re.compile(
    rf"(?<!\w){_NEGATOR}(?:\s+(?!only\b|just\b|merely\b)\w+){{0,3}}\s+$", re.IGNORECASE
)
_DENIES = re.compile(
    rf"\s+(?:(?:is|are|was|were|has|have|does|do|will|would|can)\s+)?{_NEGATOR}(?!\w)(?!\s+(?:only|just|merely)\b)",
    re.IGNORECASE,
)


def beside(draft: Draft) -> str:
    """Why the words around a label or a told value do not leave it what it is; empty when they do."""
    return _misnamed(draft) or _changed(draft)


def _misnamed(draft: Draft) -> str:
    """Why a label is followed by the number of another fact, as in "Total debt is cash $58M"."""
    found, told = draft.found, {one.start for one in draft.told}
    for one in draft.labels:
        said = draft.text[one.start : one.end]
        if one.start in told or GONE in draft.prose[one.start : one.end]:
            continue
        if _OBJECT.match(draft.text, one.end):
            return f"{said!r} does not name a fact here"
        after = next((other for other in found if other.start >= one.end), None)
        if (
            after is None
            or after.fact == one.fact
            or any({one.fact, after.fact} <= kin for kin in _KIN)
        ):
            continue
        if _NAMING.fullmatch(draft.text, one.end, after.start):
            return f"{said!r} is followed by another fact"
    return ""


def _changed(draft: Draft) -> str:
    """Why the words beside a told value make it another one."""
    for one in draft.told:
        said = draft.text[one.start : one.end]
        rate = _RATE.match(draft.prose.replace(GONE, " "), one.end + 1)
        if rate and not (one.fact in _DAILY and "da" in rate[0]):
            return f"{rate[0]!r} makes another number of {said!r}"
        more = _MORE.match(draft.prose, one.end)
        if more:
            return f"{more[0].strip()!r} makes another number of {said!r}"
        start = draft.clause(one.start)[0]
        if _LISTED.search(draft.prose[: one.start]):
            return f"a sign stands before {said!r}"
        bound = _BOUND.search(draft.prose[start : one.start])
        if bound:
            return f"{bound[0].strip()!r} makes another number of {said!r}"
        if _DENIED.search(draft.prose[start : one.start]) or _DENIES.match(draft.prose, one.end):
            return f"{said!r} is denied"
    return ""
