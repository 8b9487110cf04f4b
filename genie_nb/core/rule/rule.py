"""A Rule: a condition somebody watches.

    CRSR 1d @yahoo: close crosses above 25 and rvol(20) > 1.5 rearm close < 24 cooldown 5 bars  # why

`str` of a rule is its line in the watchlist.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

import pandas as pd

from ..errors import AskError
from ..expr.condition import Condition
from ..expr.tape import NOTHING_ELSE, World
from ..expr.value import LONGEST
from ..market import Bars, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the watchlist.

    Attributes:
        ticker: Whose bars it reads.
        interval: The length of those bars.
        provider: Whose bars they are; None for the configured one.
        condition: What is watched for.
        rearm: What must have been true since the last fire before it may fire again.
        once: Whether it ends with its first fire.
        cooldown: Bars that must pass from one fire to the next.
        expires: The last session it is checked on.
        paused: Whether it is kept without firing.
        comment: The user's own words.
        said_back: How plain words were read, as a sentence; empty where none were.
    """

    ticker: str
    interval: Interval = Interval.D1
    provider: str | None = None
    condition: Condition
    rearm: Condition | None = None
    once: bool = False
    cooldown: int = 0
    expires: date | None = None
    paused: bool = False
    comment: str = ""
    said_back: str = field(default="", compare=False, repr=False)
    _id: str = field(default="", init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.cooldown <= LONGEST:
            raise AskError(
                f"A cooldown of {self.cooldown} bars cannot be.",
                seen=self.cooldown,
                needed=f"a whole number of bars from 0 to {LONGEST:,}",
                cure=f"Give a whole number of bars from 0 to {LONGEST:,}.",
            )
        object.__setattr__(self, "interval", Interval.of(self.interval))
        object.__setattr__(self, "comment", " ".join(self.comment.split()))

    @property
    def rule_id(self) -> str:
        """The first 12 hex digits of SHA-256 of the line without comment and `paused`."""
        if not self._id:
            line = str(replace(self, paused=False, comment=""))
            object.__setattr__(self, "_id", sha256(line.encode()).hexdigest()[:12])
        return self._id

    def evaluate(self, bars: Bars, world: World = NOTHING_ELSE) -> pd.Series:
        """The truth of its condition per bar; as `Condition.evaluate`."""
        return self.condition.evaluate(bars, world)

    def __str__(self) -> str:
        source = f" @{self.provider}" if self.provider else ""
        options = (
            f" rearm {self.rearm}" if self.rearm else "",
            " once" if self.once else "",
            f" cooldown {self.cooldown} bars" if self.cooldown else "",
            f" expires {self.expires}" if self.expires else "",
            " paused" if self.paused else "",
            f"  # {self.comment}" if self.comment else "",
        )
        return f"{self.ticker} {self.interval}{source}: {self.condition}{''.join(options)}"
