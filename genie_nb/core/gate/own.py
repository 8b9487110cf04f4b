"""What the report itself says in words: its name, its verdicts, its worst risk, its band and sector."""

import re

from ..report import Report
from .draft import Draft
from .words import phrases

_LEADS = r"(?:\s*[,(:—]\s*|\s+(?:is|are|was|which is|that is|looks|in|remains)\s+|\s+)(?:a |an |the |in the )?"
_TRAILS = r"(?:\s*[,:(—]\s*|\s+(?:at|with|of|on)\s+(?:a |an |its |the )?|\s+)\Z"
_WORST = phrases(
    r"(?:(?:single )?(?:biggest|main|largest|greatest|top|weightiest|principal|primary|chief|key|most (?:important|significant|serious|pressing)|number one|foremost|dominant|worst|heaviest)) (?:risk|concern|worry|weakness|drawback|watch ?point|danger|caveat)s?",
    "(?:risk|concern) that stands out(?: most)?",
)  # fmt: skip
_BE = re.compile(r"\s*(?::|—|,|\(|(?:\w+\s+){0,3}?(?:is|are|comes?|lies?|remains?|stems?|being)\b)", re.IGNORECASE)  # fmt: skip
_IS = re.compile(r"(?<!\w)(?:is|are|remains?|was|represents?|as|makes?|being|becomes?)\s+(?:(?:therefore|also|still|clearly|by far|probably|perhaps|thus)\s+)?(?:the|its|a|by far the)?\s*$|(?:makes?|making)\s[^,.]*\s(?:the|its)\s+$", re.IGNORECASE)  # fmt: skip
_LIGHT = 0.3
_NONE = phrases(r"(?:is|are|poses?|looks?|seems?|presents?) (?:not|no|hardly) (?:a |an )?(?:pressing |major |big |real |serious |immediate |great |much of a )?(?:problem|concern|risk|worry|issue|threat|danger)s?")  # fmt: skip
_RISK_WORDS = {
    "liquidity": "liquidity|illiquidity|illiquid|thin(?:ly)? trad(?:ing|ed)|trading is thin|(?:low|thin|limited) (?:trading )?volumes?|spreads?",
    "coverage": "(?:analyst )?coverage|covered by|analysts?",
    "bankruptcy": "bankruptcy|solvency|insolvency|financial distress|distress|runway|cash burn",
    "concentration": "concentration|concentrated",
    "volatility": "volatility|volatile|(?:price )?swings",
    "leverage": "leverage|leveraged|indebtedness|debt|borrowings|balance sheet",
    "dilution": "dilution|diluted|diluting|dilutive|share issuance",
    "valuation": "valuation|price tag|multiple|p/e",
}
_RISKS = {risk: phrases(words) for risk, words in _RISK_WORDS.items()}
_BAND = phrases(r"(?P<band>nano|micro|small|mid|medium|large|mega|big|giant) (?:cap|capitali[sz]ation)s?")  # fmt: skip
_SECTORS = {
    "tech|technology|software|semiconductor|chip|internet": "technology software semiconductor information internet",
    "health ?care|biotech|biotechnology|pharma|pharmaceutical|drug|medical|biopharma": "health biotech biotechnology pharma therapeutics drug medical",
    "bank|banking|insurance|insurer|financial|financials|financial services|lender|fintech": "bank banks banking financial financials insurance capital credit",
    "energy|oil|gas|oil and gas|mining|miner": "energy oil gas mining metals materials gold",
    "utility|utilities|electricity": "utilities utility electric power",
    "industrial|industrials|machinery|manufacturing|aerospace|airline": "industrials industrial machinery manufacturers aerospace airlines instruments",
    "material|materials|chemicals?|steel": "materials chemicals steel metals building",
    "retail|retailer|consumer|consumer discretionary|consumer staples|auto|automotive|restaurant|apparel": "consumer retail auto restaurants apparel stores staples discretionary",
    "real estate|property|reit": "estate reit property",
    "telecom|communication|communications|communication services|media|entertainment|gaming": "communication communications telecom media entertainment gaming games",
}
_SECTOR = {
    phrases(
        rf"(?:{said}) (?:sector|industry|company|companies|stock|group|firm|business|maker|producer|name|player|space)"
    ): frozenset(own.split())
    for said, own in _SECTORS.items()
}


def own_words(draft: Draft) -> str:
    """Account for the report's own words where it says them; why a claim to them is refused."""
    _verdicts(draft)
    reason = _worst(draft) or _harmless(draft) or _band(draft) or _sector(draft)
    if reason:
        return reason
    for said in _profile(draft.report):
        draft.settle_all(phrases(said))
    return ""


def own_name(report: Report) -> re.Pattern[str]:
    """The ticker and the company's name, whole or by its first words."""
    names = {report.profile.ticker, report.profile.name}
    words = report.profile.name.split()
    names |= {" ".join(words[:n]) for n in range(1, len(words)) if len(words[0]) > 3 or n > 1}
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    return re.compile(rf"(?<![\w$])(?:{either})(?!\w)")


def _verdicts(draft: Draft) -> None:
    """A fact's verdict, word for word directly beside that fact."""
    for one in draft.found:
        verdict = draft.fact(one.fact).verdict
        if not verdict:
            continue
        after = re.compile(_LEADS + rf"({re.escape(verdict)})(?![\w-])", re.IGNORECASE)
        said = after.match(draft.text, one.end)
        if said:
            draft.settle(*said.span(1))
        before = re.compile(rf"(?<![\w-])({re.escape(verdict)}){_TRAILS}", re.IGNORECASE)
        said = before.search(draft.text[: one.start])
        if said:
            draft.settle(*said.span(1))


def _worst(draft: Draft) -> str:
    """Why the risk that is called the biggest is not the one that comes first."""
    weighed = [risk for risk in draft.report.risks if risk.severity]
    for found in _WORST.finditer(draft.prose):
        start, end = draft.clause(found.start())
        ahead = not _IS.search(draft.prose[start : found.start()]) and _BE.match(
            draft.prose, found.end()
        )
        named = (
            _named(draft, found.end(), end)[:1]
            if ahead
            else _named(draft, start, found.start())[-1:]
        )
        if not named:
            named = _named(draft, found.end(), end)[:1]
        if not weighed or not named or weighed[0].name not in named[0]:
            return f"{found[0]!r} is not what the ranking of the report says"
        draft.settle(*found.span())
    return ""


def _named(draft: Draft, start: int, end: int) -> list[frozenset[str]]:
    """The risks named in a stretch, in order: by name, or by a fact that they rest on."""
    named = [
        (said.start(), frozenset({risk}))
        for risk, words in _RISKS.items()
        for said in words.finditer(draft.text, start, end)
        if not any(one.start <= said.start() < one.end for one in draft.told)
    ]
    for one in draft.told:
        rests = frozenset(
            risk.name
            for risk in draft.report.risks
            if one.fact in {fact.name for fact in risk.evidence}
        )
        if rests and start <= one.start < end:
            named.append((one.start, rests))
    return [risks for _, risks in sorted(named, key=lambda pair: pair[0])]


def _harmless(draft: Draft) -> str:
    """Why a risk that is called none weighs after all."""
    severe = {
        risk.name for risk in draft.report.risks if risk.severity is None or risk.severity >= _LIGHT
    }
    for found in _NONE.finditer(draft.text):
        named = _named(draft, draft.clause(found.start())[0], found.start())[-1:]
        if named and named[0] <= severe:
            return f"{found[0]!r} is not what the report says of that risk"
    return ""


def _band(draft: Draft) -> str:
    band = draft.report.profile.band
    for found in _BAND.finditer(draft.prose):
        said = {"medium": "mid", "big": "large", "giant": "mega"}.get(found["band"].casefold(), found["band"].casefold())  # fmt: skip
        if said != band:
            return f"{found[0]!r} is not the band of the report"
        draft.settle(*found.span())
    return ""


def _sector(draft: Draft) -> str:
    profile = draft.report.profile
    said = f"{profile.name} {profile.sector or ''} {profile.industry or ''}".casefold()
    own = frozenset(re.findall(r"[^\W\d_]+", said))
    for pattern, words in _SECTOR.items():
        found = pattern.search(draft.prose)
        if found and not words & own and found[0].casefold().split()[0] not in own:
            return f"{found[0]!r} is not the sector of the report"
    return ""


def _profile(report: Report) -> tuple[str, ...]:
    """What the company is, as its provider names it."""
    outside = (report.profile.sector, report.profile.industry)
    plain = tuple(
        re.escape(said).replace(r"\ ", " ") + "(?: sector| industry)?"
        for said in outside
        if said and re.fullmatch(r"[A-Za-z&,\- ]{3,60}", said)
    )
    return (*plain, "fictional")
