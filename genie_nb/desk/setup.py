"""`setup`: the strategy that suits a ticker, if any, and the rules it would arm.

Ask -> daily and five-minute bars -> Setup
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.errors import Delisted, NoData, NotFound
from ..core.market import Bars, Interval
from ..core.smart import Setup, set_up
from ..core.verbs import Ask
from ..plugins import strategies
from .strategy import rule_provider
from .tape import moment_of, tape_of
from .tapes import closed_bars

if TYPE_CHECKING:
    from .desk import Desk


def setup(desk: "Desk", ask: Ask) -> Setup:
    """Score every strategy on the ticker and prepare the rules of the one that suits it.

    Raises:
        UnknownTicker: The provider knows no prices of that name.
        DataError: The bars could not be had, and why.
    """
    daily, _ = tape_of(desk, ask, Interval.D1)
    found = set_up(
        daily,
        _intraday(desk, ask, daily.ticker),
        as_of=moment_of(desk, ask),
        provider=desk.data.name,
        rule_provider=rule_provider(desk),
        everything=bool(ask.options.get("all")),
        strategies=strategies(),
    )
    return replace(found, fictional=desk.data.capabilities.fictional)


def _intraday(desk: "Desk", ask: Ask, ticker: str) -> Bars | None:
    """Five-minute bars; None where the source has none.

    Raises:
        DataError: The source has failed, which is not the same as having none.
    """
    if Interval.M5 not in desk.data.capabilities.intervals:
        return None
    outcome = closed_bars(desk, [ticker], Interval.M5, moment_of(desk, ask))[ticker]
    if isinstance(outcome, NotFound | NoData | Delisted):
        return None
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
