"""From what the user wrote to the ticker that the provider knows."""

import re
from collections.abc import Sequence

from ..core.errors import AskError, DataError, UnknownTicker
from ..core.provider import Match, Provider
from ..core.ticker import is_ticker, share_class


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
    matches = near(written, provider) if matches is None else matches
    suggested = [f"{match.ticker} ({match.name})" for match in matches[:3]]
    return UnknownTicker(
        written,
        near=suggested,
        provider=provider.name,
        fictional=provider.capabilities.fictional,
        reading=share_class(written),
    )


def near(written: str, provider: Provider) -> Sequence[Match]:
    """What the provider has that resembles it; nothing when it cannot tell."""
    try:
        return provider.search(written)
    except DataError:
        return ()


def _choice(matches: Sequence[Match]) -> str:
    return ", ".join(f"{match.ticker} ({match.name})" for match in matches[:5])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _same(name: str, written: str) -> bool:
    return _words(name) == _words(written)


def _begins(name: str, written: str) -> bool:
    wanted = _words(written)
    return bool(wanted) and _words(name)[: len(wanted)] == wanted
