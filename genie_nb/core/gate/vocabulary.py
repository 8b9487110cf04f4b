"""The words a summary may use between its facts: a closed list, so that no wording is overlooked.

A list of forbidden words would always miss one ("load up", "nvda", "quadrupled", "last spring"). What
is left of a text once facts, comparisons and verdicts are accounted for must be among these words,
none of which counts, dates, negates, praises, warns, compares or advises.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..facts.fact import Fact
from ..report import Report
from .labels import Label

PLAIN = frozenset(
    """
    a accompanied across additionally against alone alongside also although among amount amounts
    an analyst analysts and appear appears are as aspect at attention average averages balance
    bank based basis be because been behind being beside besides between borrowings both business
    but by capital carried carries carry carrying cash combined company compared concern concerns
    context convert converted converts cost costs counts coupled cover coverage covered covers
    current currently data debt depend depending depends describe described describes dilution
    does during earn earnings enterprise equity fact facts figure figures finally financed firm
    flow follow following follows for frame frames from fund fundamentals funded further
    furthermore gave generate generated generates generating give gives giving group growth had
    hand has have having held here holder holders holds how however in include includes including
    income insider insiders instead interest into investor investors is issuer it its itself
    judgement keep keeps kept known leave leaves left level levels leverage likewise line lines
    liquidity listed look looks made mainly make maker makes making margin margins market markets
    matter matters mean meaning means meant meanwhile measure measured measures measuring months
    moreover multiple multiples name notably noted now number numbers of on operate operates
    operating operations or other otherwise overall own paired partly performance period picture
    point points price priced prices produce produced produces profit profitability profits put
    puts question quote quoted range rank ranked ranks read reader readers reads reflect
    reflecting reflects remain remained remains report reported reporting reports respectively
    result return returns revenue revenues risk risks rounds running s said sales same say says
    security see seen sees share shareholder shareholders shares sheet show showed showing shows
    side sides similarly since sit sits sitting so spread spreads stand standing stands stated
    statement statements states stock stood suggest suggests summary support supported supporting
    supports tell tells term terms that the their them themselves then there these they this those
    though through to together told too topic toward towards trade traded trader traders trades
    trading trailing translates upon valuation via view volatility volume volumes was way weigh
    weighed weighs well were where whereas whether which while who whose with within year yet
    """.split()  # noqa: SIM905 - a list of words reads better than three hundred quotes
)
"""Words that say nothing a fact could contradict."""

PUNCTUATION = frozenset(" .,;:()'’“”\"—–-\x00")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GLUED = re.compile(r"[^\W\d_]\x00|\x00[^\W\d_]")
_DASH = re.compile(r"(?<![^\W\d_])[-–]\s*\x00|\x00\s*[-–]\x00|(?<![^\W\d_])-|-(?![^\W\d_])")
_LEADS = (
    r"(?:\s*[,(:]\s*|\s+(?:is|are|was|which is|that is|looks|in)\s+|\s+)(?:a |an |the |in the )?"
)
_TRAILS = r"(?:\s*[,:(]\s*|\s+(?:at|with|of|on)\s+(?:a |an |its |the )?|\s+)\Z"
_WORST = re.compile(
    r"(?:biggest|main|largest|greatest|top|weightiest) risk (?:here |of all )?(?:is|comes from|lies in) (?:its |the )?(?P<risk>[a-z]+)"
    r"|(?P<first>[a-z]+) is (?:its|the) (?:biggest|main|largest|greatest|top|weightiest) risk",
    re.IGNORECASE,
)


def borne_out(
    text: str, found: Sequence[Label], facts: Mapping[str, Fact], report: Report
) -> Iterator[tuple[int, int]]:
    """Stretches that are words of the report itself, where it says them.

    A fact's verdict directly beside that fact, the risk that comes first, the band and the sector.
    """
    for label in found:
        verdict = facts[label.fact].verdict
        if verdict:
            told = re.compile(_LEADS + rf"({re.escape(verdict)})(?![\w-])", re.IGNORECASE)
            said = told.match(text, _end(text, label))
            if said:
                yield said.span(1)
            ahead = re.compile(rf"(?<![\w-])({re.escape(verdict)}){_TRAILS}", re.IGNORECASE)
            said = ahead.search(text[: label.start])
            if said:
                yield said.span(1)
    weighed = [risk.name for risk in report.risks if risk.severity]
    for worst in _WORST.finditer(text):
        if weighed and (worst["risk"] or worst["first"]).casefold() == weighed[0]:
            yield worst.span()
    for phrase in _own_words(report):
        for said in re.finditer(rf"(?<!\w){phrase}(?!\w)", text, re.IGNORECASE):
            yield said.span()


def unknown_word(rest: str, report: Report) -> str:
    """The first thing in *rest* that a summary may not hold, as a reason; empty when there is none.

    Args:
        rest: The text, with what has been accounted for as NUL.
        report: Whose risks may be named.
    """
    odd = next((c for c in rest if not c.isalpha() and c not in PUNCTUATION), "")
    if odd:
        return f"it holds {odd!r}, which is no plain text"
    glued = _GLUED.search(rest) or _DASH.search(rest)
    if glued:
        return "something is glued to a fact or its sign"
    known = PLAIN | {risk.name for risk in report.risks if risk.severity}
    for word in _WORD.finditer(rest):
        if word[0].casefold() not in known:
            return f"{word[0]!r} is not among the words that a summary may use"
    return ""


def _own_words(report: Report) -> Iterator[str]:
    """What the company is: its band, and where it belongs."""
    profile = report.profile
    if profile.band:
        yield rf"{profile.band}[- ]cap"
    if profile.fictional:
        yield "fictional"
    for outside in (profile.sector, profile.industry):
        if outside and re.fullmatch(r"[A-Za-z&,\- ]{3,60}", outside):
            yield rf"{re.escape(outside)}(?: sector| industry)?"


def _end(text: str, label: Label) -> int:
    """Where the number of a written label ends; a slot's label ends after its number already."""
    number = re.compile(r"(?:\s+(?:is|of|at|was))?[:=\s]*\S*\d\S*?(?: %| bps| days?| quarters?)?(?=[\s,;:.()]|$)")  # fmt: skip
    said = number.match(text, label.end)
    return said.end() if said else label.end
