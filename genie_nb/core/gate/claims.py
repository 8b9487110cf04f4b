"""Plain claims that the facts bear out or not: "profitable", "debt-free", "thinly traded", "a sound balance sheet"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..report import Report
from .draft import Draft
from .words import phrases

type Truth = bool | None
"""None where the facts do not say."""

_GOOD = "(?:sound|strong|solid|healthy|robust|conservative|clean|sturdy|resilient|comfortable|stable|good|excellent|pristine|fortress)"
_BAD = "(?:weak|stretched|fragile|poor|leveraged|shaky|strained|troubled|over ?leveraged|vulnerable|risky|bad|levered)"
_LINKS = "(?:is|looks?|remains?|appears?|seems?|are) (?:\\w+ly |quite |fairly |very |rather )?"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    words: re.Pattern[str]
    holds: Callable[[Report], Truth]


def _value(report: Report, fact: str) -> float | None:
    return report.facts[fact].value


def _above(fact: str, bound: float = 0.0) -> Callable[[Report], Truth]:
    def holds(report: Report) -> Truth:
        value = _value(report, fact)
        return None if value is None else value > bound

    return holds


def _below(fact: str, bound: float = 0.0) -> Callable[[Report], Truth]:
    def holds(report: Report) -> Truth:
        value = _value(report, fact)
        return None if value is None else value < bound

    return holds


def _verdict(fact: str, *told: str) -> Callable[[Report], Truth]:
    def holds(report: Report) -> Truth:
        verdict = report.facts[fact].verdict
        return None if verdict is None else verdict in told

    return holds


def _check(name: str, *statuses: str) -> Callable[[Report], Truth]:
    def holds(report: Report) -> Truth:
        status = next((check.status for check in report.checks if check.name == name), "unknown")
        return None if status in ("unknown", "not_applicable") else status in statuses

    return holds


def _signal(*names: str) -> Callable[[Report], Truth]:
    return lambda report: any(one.active for one in report.signals if one.name in names)


def _profit(report: Report) -> Truth:
    known = [
        value
        for fact in ("eps_ttm", "profit_margin")
        if (value := _value(report, fact)) is not None
    ]
    if not known or len({value > 0 for value in known}) > 1:
        return None
    return known[0] > 0


def _loss(report: Report) -> Truth:
    profit = _profit(report)
    return None if profit is None else not profit


def _more_cash(report: Report) -> Truth:
    cash, debt = _value(report, "cash"), _value(report, "total_debt")
    return None if cash is None or debt is None else cash > debt


def _more_debt(report: Report) -> Truth:
    more = _more_cash(report)
    return None if more is None else not more


CLAIMS = (
    _Claim(words=phrases(r"profitable", "in the black", r"(?:makes?|making|earn(?:s|ing)?|turn(?:s|ing)?|posts?|reports?|generat(?:es?|ing)) (?:an? |its )?(?:(?!no |zero |little |any )\w+ )?profits?", "(?:makes|earns|making|earning) money", "profit making", "in profit"), holds=_profit),
    _Claim(words=phrases(r"unprofitable", "non profitable", r"loss ?mak(?:ing|er)", r"(?:losing|loses) money", "in the red", r"(?:makes?|making|earns?|earning|turns?|posts?) no (?:money|profits?)", r"(?:no|without|lacks?|lacking)(?: a| any)? profits?", r"(?<!profit or )loss(?:es)?"), holds=_loss),
    _Claim(words=phrases(r"burn(?:s|ing)?(?: through)? (?:its )?cash", "cash burn", r"consum(?:es|ing) cash", r"negative (?:free )?cash flow", r"(?:free )?cash flow (?:is )?negative"), holds=_below("free_cash_flow_ttm")),
    _Claim(words=phrases(r"cash generati(?:ve|on|ng)", r"generat(?:es?|ing) (?:positive |strong |solid |healthy )?(?:free )?cash(?: flow)?", r"positive (?:free )?cash flow", r"(?:free )?cash flow (?:is )?positive", "self funding"), holds=_above("free_cash_flow_ttm")),
    _Claim(words=phrases("debt free", "free of debt", "unlevered", "ungeared"), holds=lambda report: None if _value(report, "total_debt") is None else _value(report, "total_debt") == 0),
    _Claim(words=phrases("net cash(?: position)?", "more cash than debt", "cash (?:exceeds|covers|outweighs) (?:its |the |total )?debt"), holds=_more_cash),
    _Claim(words=phrases("net debt(?: position)?", "more debt than cash", "debt (?:exceeds|outweighs) (?:its |the )?cash"), holds=_more_debt),
    _Claim(words=phrases(rf"{_GOOD} (?:\w+ )?(?:balance sheet|finances|financial (?:position|footing|condition|health|base|foundation))", rf"(?:balance sheet|finances|financial (?:position|footing|condition|health)) {_LINKS}{_GOOD}", r"financially (?:sound|strong|healthy|solid|stable|robust)", "solvent"), holds=_check("balance_sheet", "pass")),
    _Claim(words=phrases(rf"{_BAD} (?:\w+ )?(?:balance sheet|finances|financial (?:position|footing|condition|health))", rf"(?:balance sheet|finances|financial (?:position|footing|condition|health)) {_LINKS}{_BAD}", "financially (?:weak|stretched|fragile)"), holds=_check("balance_sheet", "warn", "fail")),
    _Claim(words=phrases("(?:low|little|modest|light|limited|minimal) (?:debt|leverage|gearing|borrowings?)(?: load| burden)?", "lightly (?:leveraged|indebted|geared)", "conservatively (?:financed|funded)"), holds=_verdict("debt_to_equity", "low leverage", "no debt")),
    _Claim(words=phrases("(?:high|heavy|large|substantial|elevated|excessive) (?:debt|leverage|gearing|borrowings?)(?: load| burden)?", "(?:highly|heavily|deeply) (?:leveraged|indebted|geared)", "debt laden", "debt heavy"), holds=_verdict("debt_to_equity", "high leverage", "very high leverage")),
    _Claim(words=phrases("cheap", "cheaply", "inexpensive", r"attractive(?:ly)?(?: valuation| valued| priced| price)?", "low multiple", "undemanding"), holds=_check("valuation", "pass")),
    _Claim(words=phrases("expensive", "pricey", r"rich(?:ly)? (?:valued|priced|valuation|multiple)", "demanding", "lofty", "stretched valuation", "steep price", "dear"), holds=_check("valuation", "fail")),
    _Claim(words=phrases(r"pay(?:s|ing)? (?:out )?(?:an? )?(?:(?!no )\w+ )?dividends?", "dividend pay(?:er|ing)"), holds=_above("dividend_yield")),
    _Claim(words=phrases(r"thin(?:ly)? trad(?:ing|ed|es)", "trading is thin", "trades thinly", r"illiquid(?:ity)?", "(?:thin|low|poor|limited|weak) liquidity", "(?:low|thin|light) (?:trading |dollar )?volumes?", "lightly traded", r"hard(?:er)? to (?:sell|exit|trade)", "liquidity is (?:thin|low|poor|limited|weak)"), holds=_verdict("average_dollar_volume_20d", "thin", "very thin")),
    _Claim(words=phrases("(?:highly |deeply |very )?liquid(?! funds)", "(?:actively|heavily|widely) traded", "(?:ample|deep|good|strong|high|plentiful|excellent) liquidity", "(?:liquidity|trading) is (?:ample|deep|good|strong|high|plentiful|excellent)", "easy to (?:sell|exit|trade)", "deep (?:market|trading)"), holds=_verdict("average_dollar_volume_20d", "deep")),
    _Claim(words=phrases("volatile", "(?:wild|large|sharp|big|wide) (?:price )?swings", "(?:high|elevated|extreme|heavy) volatility", r"swings (?:widely|sharply|wildly)", "volatility is (?:very )?(?:high|elevated|extreme)"), holds=_verdict("volatility_1y", "high", "very high")),
    _Claim(words=phrases("(?:low|little|subdued|muted) volatility", "(?:calm|steady|stable) (?:price|shares|stock|trading)", "volatility is (?:low|subdued|muted)"), holds=_verdict("volatility_1y", "low", "very low")),
    _Claim(words=phrases("overbought"), holds=_above("rsi_14", 70)),
    _Claim(words=phrases("oversold"), holds=_below("rsi_14", 30)),
    _Claim(words=phrases("up ?trend", "trending up"), holds=_signal("uptrend")),
    _Claim(words=phrases("down ?trend", "trending down"), holds=_signal("downtrend")),
    _Claim(words=phrases("golden cross"), holds=_signal("golden_cross")),
    _Claim(words=phrases("death cross"), holds=_signal("death_cross")),
    _Claim(words=phrases("new high"), holds=_signal("new_high_52w")),
    _Claim(words=phrases("new low"), holds=_signal("new_low_52w")),
    _Claim(words=phrases("break ?out", r"br(?:oke|oken|eaks?|eaking) out"), holds=_signal("breakout_20", "new_high_52w")),
    _Claim(words=phrases("volume spike", "spike in volume", "(?:heavy|strong|unusual|high) volume", "with volume"), holds=_above("relative_volume", 1.5)),
    _Claim(words=phrases(r"gap(?:ped|s) up"), holds=_signal("gap_up")),
    _Claim(words=phrases(r"gap(?:ped|s) down"), holds=_signal("gap_down")),
    _Claim(words=phrases("(?:financial |financially )?distress(?:ed)?(?: zone| territory)?"), holds=_verdict("altman_z", "distress zone")),
    _Claim(words=phrases("grey zone", "gray zone"), holds=_verdict("altman_z", "grey zone")),
    _Claim(words=phrases("safe zone"), holds=_verdict("altman_z", "far from distress")),
    _Claim(words=phrases(r"dilut(?:e|es|ed|ing|ive|er)(?: (?:shareholders|holders|investors))?", "heavy dilution", r"issu(?:es?|ed|ing) (?:new |more |additional )?(?:shares|stock|equity)"), holds=_above("share_count_growth_yoy", 0.01)),
    _Claim(words=phrases(r"buy ?backs?", r"buy(?:s|ing) back", "bought back", r"repurchas\w+", "retir(?:es|ed|ing) shares"), holds=_below("share_count_growth_yoy")),
    _Claim(words=phrases(r"insiders? (?:(?:has|have|were|was|are|been|net|also|recently|on|balance) )*(?:bought|buying|buyers?|added|adding)", "insider (?:net )?(?:buying|purchases|demand)", "net (?:buying|buyers|purchases)"), holds=_above("insider_net_shares_6m")),
    _Claim(words=phrases(r"insiders? (?:(?:has|have|were|was|are|been|net|also|recently|on|balance) )*(?:sold|selling|sellers?)", "insider (?:net )?(?:selling|sales)", "net (?:selling|sellers|sales)"), holds=_below("insider_net_shares_6m")),
    _Claim(words=phrases("(?:thin|little|sparse|limited|scant|low|light) (?:analyst )?coverage", "(?:thinly|barely|sparsely|lightly) (?:covered|followed)", "few analysts", "(?:analyst )?coverage is (?:thin|sparse|limited|scant|low|light)", "under ?covered", "under ?followed"), holds=_verdict("analyst_count", "thin coverage", "nobody covers it")),
    _Claim(words=phrases("(?:broad|wide|good|heavy|ample|extensive) (?:analyst )?coverage", "(?:well|widely|broadly|heavily|closely) (?:covered|followed)", "many analysts"), holds=_verdict("analyst_count", "well covered")),
    _Claim(words=phrases("nobody (?:covers|follows) it", "uncovered"), holds=_verdict("analyst_count", "nobody covers it")),
    _Claim(words=phrases("every (?:single )?quarter", "each quarter", "consistent(?:ly)? (?:revenue |sales |quarterly )?grow(?:th|ing|s|n)", "uninterrupted growth"), holds=_above("revenue_growth_consistency", 0.99)),
    _Claim(words=phrases("pre revenue", "reports no revenue", "no (?:reported revenue|revenue (?:is |are )?(?:reported|on record))", "no revenue to speak of"), holds=lambda report: not _value(report, "revenue_ttm")),
)  # fmt: skip

_DENIES = r"not|no|without|neither|nor|isn['’]t|aren['’]t|wasn['’]t|doesn['’]t|don['’]t|cannot|far from|anything but|yet to|nowhere near"
_FLIPS = re.compile(rf"(?<!\w)(?:{_DENIES})(?:\s+(?:yet|a|an|the|in|be|any|currently|been|of|signs?|sign|look|appear|seem|point|to|suggest|indicate|show|qualify|count|become|turned|made|as|anywhere|near|remotely|what|one|would|call|financial|immediate|particularly|especially|very|highly))*\s+$", re.IGNORECASE)  # fmt: skip
_HEDGES = re.compile(
    rf"(?<!\w)(?:{_DENIES}|never|hardly|barely|scarcely|no longer|almost|nearly|rarely|seldom|once|formerly|used to be|was|were|until|as if|supposedly|failed|fails|unable)(?:\s+\w+){{0,2}}\s+$|(?<!\w)(?:nobody|no one|none|few)(?:\s+\w+){{0,4}}\s+$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*\?|,?\s+(?:(?:it|they|this)\s+)?(?:is|are|was|were|does|do)(?:\s+not|n['’]t)\b",
    re.IGNORECASE,
)
_SURE = re.compile(r"(?<!\w)(?:not|no) (?:only|just|merely|doubt|surprise)\b", re.IGNORECASE)
_ZERO = re.compile(r"(?<!\w)(?:no|without|zero|lacks?|lacking|free of|absence of|devoid of|not any|doesn['’]t have|does not have|has not|have no)(?:\s+(?:any|significant|meaningful|material|net|long-term|outstanding|recent))*\s+$", re.IGNORECASE)  # fmt: skip
_UNTOLD = re.compile(r"\s+(?:is|are|was|were|data|figure)?\s*(?:reported|on record|available|known|disclosed|given|to report|figure|data)\b", re.IGNORECASE)  # fmt: skip


def claims(draft: Draft) -> str:
    """Account for every claim that the facts bear out; why another is refused."""
    draft.settle_all(_SURE)
    for start, end, truth in _said(draft):
        before = draft.prose[draft.clause(start)[0] : start]
        said = draft.text[start:end]
        flipped = _FLIPS.search(before)
        if (
            truth is None
            or _AFTER.match(draft.text, end)
            or (_HEDGES.search(before) and not flipped)
            or truth == bool(flipped)
        ):
            return f"{said!r} is not borne out by the facts"
        draft.settle(flipped.start() + start - len(before) if flipped else start, end)
    return _denied(draft)


def _said(draft: Draft) -> Iterator[tuple[int, int, Truth]]:
    """Each claim with its truth, the longest first where one lies within another."""
    found = [
        (match.start(), match.end(), claim)
        for claim in CLAIMS
        for match in claim.words.finditer(draft.prose)
    ]
    for start, end, claim in found:
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in found):
            yield start, end, claim.holds(draft.report)


def _denied(draft: Draft) -> str:
    """Why a fact that is said to be absent is not zero."""
    for one in draft.labels:
        before = draft.prose[draft.clause(one.start)[0] : one.start]
        denied = _ZERO.search(before)
        if denied:
            value = draft.fact(one.fact).value
            untold = _UNTOLD.match(draft.text, one.end)
            if value if untold else value != 0:
                return f"{denied[0].strip()} {draft.text[one.start : one.end]!r} is not borne out by the facts"
    return ""
