"""From what the user wrote to the ticker that the provider knows."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from ..core.errors import AskError, DataError, UnknownTicker
from ..core.provider import Match, Provider
from ..core.ticker import is_ticker, share_class
from ..core.verbs import Ask

_BEGINNING = 3
"""Letters that a misspelt name is looked up by."""
_ARMING = frozenset({"watch", "setup"})
"""Verbs that may leave a rule behind."""
_ALIKE = 0.6
"""How much of a name must agree."""


def resolve(written: str, provider: Provider) -> tuple[str, str]:
    """The ticker for what was written, and how that was read.

    A symbol is taken as it is; a name is looked up at the provider.

    Returns:
        The ticker, and a sentence when the reading is more than upper-casing; else an empty one.

    Raises:
        AskError: The name fits several companies.
        UnknownTicker: Nothing resembles it.
    """
    if is_ticker(written.upper()):
        return written.upper(), ""
    matches = provider.search(written)
    named = by_name(written, matches)
    if named is None:
        raise unknown_ticker(written, provider, matches)
    return named


def settle(ask: Ask, written: str, provider: Provider) -> tuple[str, str]:
    """As `resolve`, of a ticker of the request, which may have been written as a name is.

    `Ford` may be the ticker FORD or the Ford Motor Company. The company is meant where no ticker is spelt so.
    Where there is one, a request that arms something is refused, and any other takes the company and says so.

    Raises:
        AskError: The name fits several companies, or a company and another's ticker.
        UnknownTicker: Nothing resembles it.
    """
    spelt = next((word for word in ask.written if word.upper() == written), "")
    named = _by_title(spelt, provider, arming=ask.verb in _ARMING) if spelt else None
    return named or resolve(written, provider)


def _by_title(spelt: str, provider: Provider, *, arming: bool) -> tuple[str, str] | None:
    """The company of that name whose ticker is spelt otherwise; None where the ticker is meant."""
    try:
        matches = provider.search(spelt)
    except DataError:
        return None
    fits = [match for match in matches if _begins(match.name, spelt)]
    own = next((match for match in matches if match.ticker == spelt.upper()), None)
    if not fits or (own and own in fits):
        return None
    named = by_name(spelt, fits) if own is None or len(fits) == 1 else None
    if own is None:
        return named
    if arming:
        raise AskError(
            f"{spelt!r} may be the ticker of {own.name} ({own.ticker}), or the name of {_choice(fits)}.",
            seen=spelt,
            needed="one company",
            cure=f"Write the ticker in capitals: {own.ticker} or {fits[0].ticker}.",
        )
    also = f"{own.ticker} is the ticker of {own.name}, for which write {own.ticker} in capitals."
    return named and (named[0], f"{named[1]} {also}")


def by_name(written: str, matches: Sequence[Match]) -> tuple[str, str] | None:
    """The company of that name among *matches*, as `resolve` returns it; None without one.

    A name fits when it is the company's whole name or its first words.

    Raises:
        AskError: It fits several companies.
    """
    exact = [match for match in matches if _same(match.name, written)]
    close = exact or [match for match in matches if _begins(match.name, written)]
    if len(close) > 1:
        raise AskError(
            f"{written!r} fits {len(close)} companies: {_choice(close)}.",
            seen=written,
            needed="one company",
            cure="Name the ticker.",
        )
    if not close:
        return None
    return close[0].ticker, f"I read {written!r} as {close[0].name} ({close[0].ticker})."


def unknown_ticker(
    written: str, provider: Provider, matches: Sequence[Match] | None = None
) -> UnknownTicker:
    """The error for a name that the provider does not know, with near ones when it can tell."""
    matches = matches or near(written, provider)
    suggested = [f"{match.ticker} ({match.name})" for match in matches[:3]]
    return UnknownTicker(
        written,
        near=suggested,
        provider=provider.name,
        fictional=provider.capabilities.fictional,
        reading=share_class(written),
    )


def near(written: str, provider: Provider) -> Sequence[Match]:
    """What the provider has that resembles it, misspelt names too; nothing when it cannot tell."""
    try:
        found = provider.search(written)
        if found:
            return found
        first = (_words(written) or [""])[0]
        beginnings = dict.fromkeys(part for part in (first, first[:_BEGINNING]) if len(part) > 1)
        return _alike(written, [one for part in beginnings for one in provider.search(part)])
    except DataError:
        return ()


def _alike(written: str, matches: Sequence[Match]) -> Sequence[Match]:
    """Those whose name or ticker is spelt nearly so, the nearest first."""
    said = " ".join(_words(written))
    by_spelling = {
        spelt: one
        for one in matches
        for spelt in (one.ticker.casefold(), " ".join(_words(one.name)))
    }
    near = get_close_matches(said, by_spelling, n=3, cutoff=_ALIKE)
    return tuple({by_spelling[spelt].ticker: by_spelling[spelt] for spelt in near}.values())


def _choice(matches: Sequence[Match]) -> str:
    return ", ".join(f"{match.ticker} ({match.name})" for match in matches[:5])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _same(name: str, written: str) -> bool:
    return _words(name) == _words(written)


def _begins(name: str, written: str) -> bool:
    wanted = _words(written)
    return bool(wanted) and _words(name)[: len(wanted)] == wanted
