"""Names and tickers of others: a summary names its own company alone."""

import re

from ..facts.registry import REGISTRY
from ..report import Report
from .draft import GONE, Draft
from .words import phrases

_ABBREVIATIONS = frozenset(
    [
        "A",
        "P/E",
        "PE",
        "P/S",
        "P/B",
        "D/E",
        "PEG",
        "EPS",
        "TTM",
        "YoY",
        "YOY",
        "QoQ",
        "FY",
        "MRQ",
        "RSI",
        "SMA",
        "EMA",
        "MA",
        "ATR",
        "EV",
        "EBIT",
        "EBITDA",
        "EV/EBITDA",
        "ROE",
        "ROA",
        "ROIC",
        "FCF",
        "USD",
        "US",
        "R&D",
        "IT",
        "SG&A",
        "GAAP",
        "CAGR",
        "VWAP",
        "MACD",
        "ETF",
        "P&L",
    ]
)
_LETTERS = r"[^\W\d_]"
_WORD = re.compile(rf"(?<![\w$/&]){_LETTERS}(?:[/&]?{_LETTERS})*(?:['’]s?)?(?![\w/&])")
_OPENS = re.compile(r"(?:^|[.!?:;—][\"”’')]*\s*|^[\"“‘'(]+|[\"“‘(])\s*$")
_FAMOUS = phrases(
    "nvda", "nvidia", "aapl", "msft", "microsoft", "goog", "googl", "google", "alphabet", "amzn", "amazon", "tsla", "tesla",
    "meta", "facebook", "nflx", "netflix", "amd", "intc", "intel", "brk", "berkshire", "jpm", "gme", "gamestop", "amc", "pltr",
    "palantir", "spy", "qqq", "iwm", "dia", "voo", "vti", "nasdaq", "nyse", "russell", "dow", "ftse", "dax", "nikkei", "apple",
    "samsung", "toyota", "boeing", "walmart", "costco", "musk", "buffett", "powell", "goldman", "blackrock", "crsr", "logi",
    "docn", "corsair", "logitech", "digitalocean", "reddit", "openai", "wall street", "main street",
)  # fmt: skip
_SUBJECTS = frozenset(
    """
    a all also altogether although an analysts and another any as at balance beta both broad business but capital cash
    caution company coverage debt despite dilution dividend dividends each earnings either equity every everything
    financing finances first for free from fundamentals given growth her here his holders how however if in income indeed insider
    insiders interest investors it its lastly later leverage liquidity low management many margin margins market
    meanwhile momentum most much neither net next nobody none nothing of on operations other others overall ownership
    price profit profitability profits quality quarterly reported results returns revenue revenues risk risks sales
    second sentiment several shareholders shares short short-selling since size solvency some spread spreads still
    stock such that the their then there these they third this those though thus to trading turnover valuation
    volatility volume volumes what whatever when where whether which while who with yet solvency shorts technically
    """.split()  # noqa: SIM905 - a list of words reads better than quotes
)
_VERB = re.compile(
    r"(?:['’]s\b|\s+(?:is|are|was|were|has|have|had|does|did|may|might|could|can|owns?|makes?|leads?|holds?|says?|said|sees?|saw"
    r"|thinks?|trades?|competes?|supplies|supports?|stands?|sits?|looks?|remains?|reports?|reported|shows?|grew|grows?|fell|rose"
    r"|carries|gives?|gave|posts?|posted|wants?|loves?|likes?|backs?|backed|joins?|joined|follows|covers|warns?|warned)\b)"
)
_LETTER = re.compile(r"(?<![\w$/&'’.])[b-zB-HJ-Z](?![\w/&'’])")
"""A letter that may be a scale, a unit or a ticker."""
_ODD = re.compile(r"(?<![^\W\d_])\$|[$#@_~^*|=+<>\\{}\[\]`]")
_PLAIN = frozenset(["keep", "lamp", "fan", "key", "tell", "real", "fast", "run", "see", "low", "cost", "all", "any", "are", "can", "on", "or", "so", "it", "be", "by"])  # fmt: skip


def named(draft: Draft) -> str:
    """Why a name in the text is not the report's own; empty when there is none."""
    rest = draft.rest
    odd = _ODD.search(rest)
    if odd:
        return f"it holds {odd[0]!r}, which is no plain text"
    famous = _FAMOUS.search(rest)
    if famous:
        return f"{famous[0]!r} is a name that the report is not about"
    others, own = _others(draft.report), _own(draft.report)
    letter = _LETTER.search(rest)
    if letter:
        return f"{letter[0]!r} stands alone"
    for found in _WORD.finditer(rest):
        word = re.sub(r"['’]s?$", "", found[0])
        if word.casefold() in others and not (word.islower() and word in _PLAIN):
            return f"{word!r} is the ticker of another"
        if word not in _ABBREVIATIONS and word.casefold() not in own and not word.islower():
            reason = _capital(draft, rest, word, found.start())
            if reason:
                return reason
    return _foreign(rest)


def _capital(draft: Draft, rest: str, word: str, place: int) -> str:
    """Why a capitalised word is no plain word that opens a sentence."""
    if word != word.capitalize():
        return f"{word!r} may be a ticker that the report is not about"
    opens = len(word) > 1 and _opens(draft.text, place)
    subject = word.casefold() not in _SUBJECTS and _VERB.match(rest, place + len(word))
    return "" if opens and not subject else f"{word!r} may be a name that the report is not about"


def _opens(text: str, place: int) -> bool:
    """Whether a sentence, or something quoted, begins here."""
    return _OPENS.search(text[:place]) is not None


def _others(report: Report) -> frozenset[str]:
    """The tickers of its peers, lowered."""
    return frozenset(
        ticker.casefold()
        for standing in report.standings
        for ticker in (*standing.members, *(left for left, _ in standing.excluded))
    )


def _own(report: Report) -> frozenset[str]:
    """The words of its name, its sector, its risks and the labels, lowered."""
    profile = report.profile
    said = (
        profile.ticker,
        profile.name,
        profile.sector or "",
        profile.industry or "",
        *(risk.name for risk in report.risks),
        *(spec.label for spec in REGISTRY.values()),
    )
    return frozenset(re.findall(_LETTERS + "+", " ".join(said).casefold()))


def _foreign(rest: str) -> str:
    """Why a letter or a mark is of no plain English text."""
    for letter in rest:
        if letter == GONE or letter in " .,;:!?()'’‘“”\"—–-…/&":
            continue
        if not letter.isalpha():
            return f"it holds {letter!r}, which is no plain text"
        if ord(letter) > 0x24F:
            return f"{letter!r} is of another script"
    return ""
