"""When the next check is worth making: at the next close of a bar that some rule waits for.

rules -> calendar and interval of each -> next close + settling -> about the pace apart

Checks are set to the closes of bars rather than to each other: one that came late, at its start or for
its jitter, does not make the following ones late.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom

from ..core.market import Interval
from ..core.rule import Rule
from ..data.calendar import calendar_of

JITTER = 15.0
"""At most so many seconds are added, so that not everybody asks a provider at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A rule that waits for bars.

    Attributes:
        rule: The rule.
        delay: Seconds after the close until its provider has settled the bar.
        unbound: Whether its provider keeps no market's hours: data that lies here and may change at any
            moment, or a fictional market.
    """

    rule: Rule
    delay: float = 0.0
    unbound: bool = False


def next_check(
    waiting: Iterable[Waiting], now: datetime, every: float, *, owed: bool = False
) -> datetime:
    """The next moment at which a check may see something new, without jitter.

    Args:
        waiting: The rules; with none there is nothing to see, and the pace is kept.
        now: The moment to plan from, aware UTC.
        every: Seconds from one check to the next, give or take half of them where that meets a close.
        owed: Whether something is still to be sent, so that the pace is kept whatever the market does.

    Returns:
        For rules on live data alone, when a bar has closed and settled, which may be days away; where
        no close lies at the right distance, *every* seconds from now.
    """
    soonest = now + timedelta(seconds=every)
    rules = tuple(waiting)
    if owed or not rules or any(one.unbound for one in rules):
        return soonest
    half = timedelta(seconds=every / 2)
    early = soonest - min(half, *(Interval(one.rule.interval).length for one in rules))
    close = min(_settled_close(one, early) for one in rules)
    waits = any(_settled_close(one, now) < early for one in rules)
    return soonest if waits and close > soonest + half else close


def jitter(every: float) -> float:
    """Seconds to add at random: up to a tenth of the pace."""
    return SystemRandom().uniform(0.0, min(every / 10, JITTER))


def _settled_close(one: Waiting, now: datetime) -> datetime:
    """When the first bar is settled that was not settled *now*."""
    calendar, interval = calendar_of(one.rule.ticker), Interval(one.rule.interval)
    delay = timedelta(seconds=one.delay)
    return calendar.next_close(now - delay, interval) + delay
