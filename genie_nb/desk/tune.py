"""`tune`: the study that a panel of sliders begins with.

Ask without a strategy -> the one that fits best -> Study
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.market import Interval
from ..core.smart.fit import fit
from ..core.smart.traits import traits
from ..core.study import Study
from ..core.verbs import Ask
from ..plugins import strategies
from .strategy import strategy
from .tape import tape_of

if TYPE_CHECKING:
    from .desk import Desk


def tune(desk: "Desk", ask: Ask) -> Study:
    """Test the strategy that was asked for, or the one that fits the ticker best. Errors as for `strategy`."""
    return strategy(desk, named(desk, ask))


def named(desk: "Desk", ask: Ask) -> Ask:
    """The request with its strategy: the one it names, else the one that fits the ticker's bars best."""
    if ask.word:
        return ask
    interval = Interval.of(str(ask.options.get("interval", Interval.D1)))
    bars, _ = tape_of(desk, ask, interval)
    found = traits(bars)
    suits = {
        name: fit(one, found) or 0.0
        for name, one in strategies().items()
        if interval.intraday or not one.intraday_only
    }
    best = max(suits, key=suits.__getitem__)
    said = f"No strategy was named; {best} fits {bars.ticker} best ({suits[best]:.2f} of 1)."
    return replace(ask, word=best, said_back=" ".join(filter(None, (ask.said_back, said))))
