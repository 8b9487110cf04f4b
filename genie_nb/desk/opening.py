"""Where a panel begins that was opened without a word on whom it is about."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.errors import AskError
from ..core.report import Report
from ..core.verbs import Ask
from .home import watchlist_of
from .research import analyze

if TYPE_CHECKING:
    from .desk import Desk

SHOWN = "ACME"
"""The company of the demo market that it begins with."""


def panel(desk: "Desk", ask: Ask) -> Report:
    """The report that a research panel begins with.

    Raises:
        AskError: No ticker is named, none is watched, and the market is not the demo one.
        GenieError: As for `analyze`.
    """
    if ask.tickers:
        return analyze(desk, ask)
    ticker, why = _first(desk)
    report = analyze(desk, replace(ask, tickers=(ticker,)))
    return replace(
        report, notes=(f"No ticker was named, so this is {ticker}, {why}.", *report.notes)
    )


def _first(desk: "Desk") -> tuple[str, str]:
    watched = watchlist_of(desk).rules()
    if watched:
        return watched[0].ticker, "the first that is watched"
    if desk.data.capabilities.fictional:
        return SHOWN, "a company of the demo market"
    raise AskError(
        "No ticker was named, and none is watched.",
        needed="a ticker",
        cure="Name one, such as: panel CRSR",
    )
