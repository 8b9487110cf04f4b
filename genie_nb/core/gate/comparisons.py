"""Comparatives: a closed list that is checked against the facts, and every other one refused.

"P/E 18.0 is higher than its sector's median" -> pe_trailing > pe_sector_median
"""

import re
from itertools import pairwise

from .draft import Draft
from .labels import Label
from .words import phrases

HIGHER = ("higher than", "above", "over(?!-)", "more than", "greater than", "larger than", "dearer than", "more expensive than", "exceeds",
          "beyond", "at a premium to", "ahead of", "a premium to", "tops")  # fmt: skip
LOWER = ("lower than", "below", "under", "less than", "smaller than", "cheaper than", "beneath", "short of", "at a discount to",
         "a discount to", "less expensive than", "behind")  # fmt: skip
_SIDE_BY_SIDE = ("against", "versus", "vs", "compared with", "compared to", "relative to", "next to", "alongside")  # fmt: skip
_COMPARE = phrases(rf"(?:(?P<degree>slightly|modestly|marginally|a little|a touch|just|somewhat|well|far|much|significantly|considerably|substantially|sharply|comfortably|way|markedly|significantly|vastly|twice) )?(?P<how>{'|'.join((*HIGHER, *LOWER))})")  # fmt: skip
_BESIDE = phrases(*_SIDE_BY_SIDE)
_UP = frozenset(word.partition("(")[0] for word in HIGHER)
_IDLE = phrases(
    "over time", r"under (?:pressure|review|scrutiny|control|the surface|stress|strain)", "above all", "carr(?:y|ies) over", "all over", "left over", "over all",
    "rather than", "other than", "more or less", r"more (?:broadly|generally|importantly)", "once more", "what is more", "not least", "most (?:recent|notable|notably|importantly|recently)",
    "last but not least", "latest", "a closer look", "near term", r"(?:long|short)er term", "even so", r"no more than (?:a |one )?(?:reading|summary|snapshot|picture)", "sooner or later", "lead(?:s|ing)? to", "leading indicator",
    "at best", "at least in part", "behind (?:it|this|that|these|the (?:numbers|figures))", "ahead(?! of)", "premium valuation", "up to date", "underlying", "risk reward",
)  # fmt: skip
_DEGREES = [
    "high",
    "low",
    "great",
    "large",
    "small",
    "big",
    "cheap",
    "dear",
    "rich",
    "strong",
    "weak",
    "fast",
    "slow",
    "quick",
    "risky",
    "safe",
    "good",
    "healthy",
    "sound",
    "steep",
    "deep",
    "shallow",
    "wide",
    "narrow",
    "tight",
    "thin",
    "thick",
    "fat",
    "lean",
    "heavy",
    "light",
    "hard",
    "soft",
    "long",
    "short",
    "old",
    "new",
    "young",
    "near",
    "bright",
    "dark",
    "steady",
    "smooth",
    "rough",
    "calm",
    "wild",
    "firm",
    "poor",
    "tough",
    "easy",
    "simple",
    "close",
    "clean",
    "clear",
    "hot",
    "cold",
    "warm",
    "sharp",
    "flat",
    "lofty",
    "hefty",
    "tidy",
    "loose",
    "busy",
    "fair",
    "full",
    "solid",
    "grand",
    "broad",
    "robust",
    "sturdy",
    "mild",
    "few",
    "pricey",
    "costly",
    "early",
    "late",
    "liquid",
    "choppy",
    "noisy",
    "tiny",
    "huge",
    "happy",
    "lucky",
    "lively",
    "sleepy",
    "bumpy",
    "patchy",
    "punchy",
    "pretty",
]
_NO_COMPARATIVE = frozenset({"later", "newest"})


def _degree_words() -> tuple[str, ...]:
    """The comparatives and superlatives of adjectives of size, price and quality."""
    made: list[str] = []
    for word in _DEGREES:
        stem = word[:-1] if word[-1] == "e" else word[:-1] + "i" if word[-1] == "y" and word[-2] not in "aeiou" else word  # fmt: skip
        twin = word + word[-1] if re.search(r"[^aeiou][aeiou][bdgmnpt]$", word) else stem
        made += [form + end for form in {stem, twin} for end in ("er", "est")]
    return tuple(sorted(word for word in made if word not in _NO_COMPARATIVE))


_OTHER = phrases(
    "than", "more", "less", "most", "least", "fewer", "fewest", *_degree_words(), "better", "best", "worse", "worst", "superior", "inferior",
    "above", "below", "over", "under", "beneath", "beyond", r"exceed(?:s|ed|ing)?", r"excess(?:ive)?", r"surpass\w*", r"topp(?:ed|ing)", r"beat(?:s|en|ing)?", r"lag(?:s|ged|ging|gard)?", r"trail(?:s|ed)",
    r"(?:out|under)(?:pace|paces|paced|pacing|perform\w*|strip\w*|weigh\w*|grow\w*|shine\w*|do|does|did|class\w*|rank\w*|sell\w*|earn\w*)", r"dwarf\w*", r"overshadow\w*", r"eclips\w*", "ahead of", "behind",
    "relative to", "versus", "vs", r"compared (?:with|to)", r"compar(?:es|ing|able|ably|ison)\w*", "in line with", "on a? ?par with", "similar to", "same as", r"equal(?:s|led|ling)? ?(?:to)?", r"match(?:es|ed|ing)", r"rival(?:s|led|ling)?",
    r"premium", r"discount(?:ed|s)?", r"lead(?:s|er|ers|ing)?", "led", "pioneers?", "premier", "dominat\\w*", "dominant", "unmatched", "unrivall?ed", "unparalleled", "unbeatable", "unbeaten", "peerless", "second to none", "world class", "top tier", "first rate",
    "best in class", "number one", "flagship", "records?", "all time", "maximum", "minimum", "maximal", "minimal", "peak(?:s|ed|ing)?", "highs", "lows", "bottom(?:s|ed)?", "unique(?:ly)?", "exceptionally", "extraordinar\\w*", "unusually", "abnormal\\w*",
    r"peers?", r"for (?:its|the|a|their) (?:sector|industry|size|class|group|kind|peers)", "industry average", "sector average", "market average", "the (?:norm|average)", "rest of the (?:market|sector|industry)", "competition", "comps",
    "up", "down",
)  # fmt: skip
_PARTICLE = phrases(r"(?:back|backs|backed|add|adds|make|makes|made|sum|sums|summing|end|ends|set|sets|open|opens|show|shows|hold|holds|weigh|weighs|follow|wind|pick|picks|give|gives|take|takes|taken|close|closes|clear|clears|freed|tied|ties|tie|eat|eats|use|uses|used|build|builds|come|comes|came|bring|brings|keep|keeps|break|breaks|slow|slows|boil|boils|run|runs|prop|props) (?:up|down)", "up (?:front|to date)", "down to", "upside down", "up and down", "ups and downs", "upon")  # fmt: skip
_AND = re.compile(r"\s+(?:and|or)\s+(?:its\s+|the\s+)?")
_SECTOR = {"pe_trailing": "pe_sector_median", "pe_forward": "pe_sector_median"}
_ITS_SECTOR = re.compile(
    r"\s*(?:its|the|their|that of its|that of the)?\s*(?:sector|peers?|industry)(?:['’]s?)?(?:\s+(?:group|peers))?(?:\s+(?:median|multiple|level))?(?:\s+p/e)?\b",
    re.IGNORECASE,
)
_LEVELS = frozenset({"sma_20", "sma_50", "sma_200", "high_52w", "low_52w"})
_TRADES = re.compile(r"(?<!\w)(?:trad(?:es|ing|ed)|shares?|stock|price|sits?|sitting|broke|closed|moved|stands?)(?!\w)", re.IGNORECASE)  # fmt: skip
_DENIED = re.compile(r"(?:\bnot|\bno|\bneither|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)
_HEDGED = re.compile(r"(?:\bnever|\bhardly|\bbarely|\bscarcely|\bno longer|\balmost|\bnearly)\s+(?:\w+\s+)?$", re.IGNORECASE)  # fmt: skip
_SMALL, _LARGE = 0.15, 0.25
_SLIGHT = frozenset({"slightly", "modestly", "marginally", "a little", "a touch", "just", "somewhat"})  # fmt: skip


def comparisons(draft: Draft) -> str:
    """Account for comparatives that the facts bear out; why another is refused."""
    draft.settle_all(_IDLE)
    for found in _COMPARE.finditer(draft.prose):
        end = _borne_out(draft, found)
        if not end:
            return f"{found[0]!r} is not borne out by the facts"
        denied = _DENIED.search(draft.prose[: found.start()])
        draft.settle(denied.start() if denied else found.start(), end)
    for found in _BESIDE.finditer(draft.prose):
        ours, others, end = _sides(draft, found.start(), found.end())
        if ours and others and all(draft.fact(ours).unit == draft.fact(one).unit for one in others):
            draft.settle(found.start(), end)
    return ""


def uncheckable(draft: Draft) -> str:
    """The first comparative or superlative that is left, as a reason; empty when there is none."""
    draft.settle_all(_PARTICLE)
    found = _OTHER.search(draft.rest)
    return f"{found[0]!r} compares what the gate cannot check" if found else ""


def _borne_out(draft: Draft, found: re.Match[str]) -> int:
    """Where a true comparison ends; 0 when it is not true, or of nothing that can be checked."""
    ours, others, end = _sides(draft, found.start(), found.end())
    before = draft.prose[draft.clause(found.start())[0] : found.start()]
    if not ours or not others or _HEDGED.search(before):
        return 0
    degree = re.sub(r"[\s-]+", " ", (found["degree"] or "").casefold())
    how = re.sub(r"[\s-]+", " ", found["how"].casefold())
    denied = _DENIED.search(before) is not None
    true = all(
        _stands(draft, ours, one, higher=how in _UP, denied=denied, degree=degree) for one in others
    )
    return end if true else 0


def _sides(draft: Draft, start: int, end: int) -> tuple[str, list[str], int]:
    """The fact before a comparative, those after it, and where the comparison ends."""
    first, last = draft.clause(start)
    here = [one for one in draft.found if first <= one.start < last]
    before = [one for one in here if one.end <= start]
    ours = before[-1].fact if before else ""
    sector = _ITS_SECTOR.match(draft.text, end)
    if sector and not before:
        ours = next((one.fact for one in here if one.start >= sector.end()), "")
    if sector and not any(end <= one.start < sector.end() for one in here):
        return ours, [_SECTOR[ours]] if ours in _SECTOR else [], sector.end()
    others = _joined(draft.text, end, here)
    if (
        others
        and {one.fact for one in others} <= _LEVELS
        and (not ours or draft.fact(ours).name not in ("price", *_LEVELS))
    ):
        ours = "price" if _TRADES.search(draft.text, first, start) else ours
    if any(one.fact == "pe_sector_median" for one in others) and ours not in _SECTOR:
        others = []
    return ours, [one.fact for one in others], max(end, *(one.end for one in others), end)


def _joined(text: str, place: int, here: list[Label]) -> list[Label]:
    """The facts that a comparative is about: the one after it, and those joined to that by and."""
    after = [one for one in here if one.start >= place]
    if not after or after[0].start > place + 12:
        return []
    told = [after[0]]
    for one, other in pairwise(after):
        if not _AND.fullmatch(text, one.end, other.start):
            break
        told.append(other)
    return told


def _stands(
    draft: Draft, ours: str, theirs: str, *, higher: bool, denied: bool, degree: str
) -> bool:
    one, other = draft.fact(ours), draft.fact(theirs)
    if one.value is None or other.value is None or one.unit != other.unit:
        return False
    true = one.value > other.value if higher else one.value < other.value
    if denied:
        return not true and not degree
    off = abs(one.value / other.value - 1) if other.value else float("inf")
    return true and (not degree or (off <= _SMALL if degree in _SLIGHT else off >= _LARGE))
