"""Finding a company by what somebody typed."""

from collections.abc import Sequence

from ...core.provider import Match
from .company import companies
from .index import INDICES

_LEGAL = frozenset(
    {"corp", "corporation", "inc", "incorporated", "co", "company", "ltd", "plc", "the"}
)
_LIKELY = 72.0
_BEGUN_TICKER, _BEGUN_NAME = 95.0, 90.0
"""How likely a ticker or a name is of which only the beginning was typed."""

_MOST = 8


def search(words: str) -> Sequence[Match]:
    """Companies and indices whose ticker or name resembles *words*, best first.

    An exact ticker or name comes first; nothing that resembles is an empty answer.
    """
    wanted = words.strip().lower()
    if not wanted:
        return ()
    scored = sorted((-_likeness(wanted, match), match.ticker, match) for match in _everything())
    return tuple(match for score, _, match in scored if -score >= _LIKELY)[:_MOST]


def _everything() -> list[Match]:
    listed = [
        Match(ticker=company.ticker, name=company.name, exchange="DEMO")
        for company in companies().values()
    ]
    return listed + [
        Match(ticker=index.ticker, name=index.name, kind="index", exchange="DEMO")
        for index in INDICES.values()
    ]


def _likeness(wanted: str, match: Match) -> float:
    from rapidfuzz import fuzz

    ticker, name = match.ticker.lower(), match.name.lower()
    if wanted in (ticker, name):
        return 101.0
    core, heart = _without_form(wanted), _without_form(name)
    if core == heart:
        return 100.5
    if ticker.startswith(wanted):
        return _BEGUN_TICKER
    if any(part.startswith(wanted) for part in name.split()):
        return _BEGUN_NAME
    by_name = max(fuzz.ratio(core, heart), _by_words(core, heart))
    return max(fuzz.ratio(wanted, ticker), by_name)


def _by_words(wanted: str, name: str) -> float:
    """How many of the wanted words the name has, for names given in part."""
    from rapidfuzz import fuzz

    parts = name.split()
    each = [max(fuzz.ratio(word, part) for part in parts) for word in wanted.split()]
    return 0.97 * sum(each) / len(each) if each else 0.0


def _without_form(name: str) -> str:
    kept = [word for word in name.replace(",", " ").replace(".", " ").split() if word not in _LEGAL]
    return " ".join(kept) or name
