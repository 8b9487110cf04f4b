"""A preview: how often a rule would have fired, and what followed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from ..errors import BadBars, TooFewBars
from ..expr import NOTHING_ELSE, Tape, World
from ..expr.reasons import why_unknown
from ..expr.truth import TRUE, UNKNOWN
from ..indicators import edge_spread
from ..indicators.runs import floats
from ..market import Bars
from ..report import DISCLAIMER, Timing, iso
from ..rule import Rule, due
from .afterwards import HORIZONS, Afterwards, RandomDays, afterwards, random_days

FEW = 20
"""Fires below which chance says more than they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """Bars from one fire to the next."""

    median: float
    mean: float
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Preview:
    """What a rule would have done on past bars.

    Attributes:
        rule: The rule.
        bars: Closed bars of its ticker and interval.
        positions: Where in *bars* it would have fired.
        spacing: Bars between fires; None with fewer than two.
        after: What followed, by bars after the fire.
        random_days: What followed other days of the ticker, by the same.
        noise_share: Share of fires at which the price moved less than half the spread; None where the
            spread at no fire could be estimated.
        noise_known: Fires at which it could.
        known_bars: Bars at which the rule was true or false, not unknown.
        already: Whether it is true at the newest bar, so that it fires only after it has been false.
        unknown: Why it is unknown at the newest bar; nothing when it is known.
        provider: Which source answered.
        as_of: What was knowable.
        fictional: Whether the company is invented.
        said_back: How the rule was read from plain words; empty when it was written as it is.
        timing: What it cost.
    """

    rule: Rule
    bars: Bars = field(repr=False)
    positions: tuple[int, ...]
    spacing: Spacing | None
    after: Mapping[int, Afterwards]
    random_days: Mapping[int, RandomDays]
    noise_share: float | None
    noise_known: int
    known_bars: int
    already: bool
    unknown: tuple[str, ...]
    provider: str
    as_of: datetime
    fictional: bool = False
    said_back: str = ""
    timing: Timing = field(default_factory=Timing)

    @property
    def fires(self) -> pd.Index:
        """The labels of the bars at which it would have fired, on the caller's own index."""
        return self.bars.labels[list(self.positions)]

    @property
    def per_year(self) -> float | None:
        """Fires a year of bars at which the rule was known; None where it never was."""
        if not self.known_bars:
            return None
        return len(self.positions) / self.known_bars * self.bars.interval.bars_per_year

    @property
    def enough(self) -> bool:
        """Whether there were fires enough to say what follows."""
        return len(self.positions) >= FEW

    @property
    def exit(self) -> int:
        """0: that it never fired is an answer."""
        return 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-preview/1` JSON."""
        index: Any = self.bars.index
        return {
            "schema": "genie-preview/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "ticker": self.rule.ticker,
            "interval": str(self.rule.interval),
            "rule": str(self.rule.condition),
            "rule_id": self.rule.rule_id,
            "line": str(self.rule),
            "fires": [index[at].isoformat() for at in self.positions],
            "fires_per_year": self.per_year,
            "enough": self.enough,
            "spacing": None if self.spacing is None else asdict(self.spacing),
            "after": {str(bars): one.to_dict() for bars, one in self.after.items()},
            "random_days": {str(bars): one.to_dict() for bars, one in self.random_days.items()},
            "noise_share": self.noise_share,
            "noise_known": self.noise_known,
            "bars": len(self.bars),
            "known_bars": self.known_bars,
            "since": index[0].isoformat(),
            "bar_time": index[-1].isoformat(),
            "already_true": self.already,
            "unknown": list(self.unknown),
            "fictional": self.fictional,
            "said_back": self.said_back,
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }

    def to_frame(self) -> pd.DataFrame:
        """One row per fire: close, and the return so many bars after; NaN where they are to come.

        Its `attrs` keep source and as_of.
        """
        close = floats(self.bars.close)
        fired = np.array(self.positions, dtype=np.int64)
        later = np.append(close, np.full(max(HORIZONS), np.nan))
        columns = {f"after_{n}": later[fired + n] / close[fired] - 1 for n in HORIZONS}
        frame = pd.DataFrame({"close": close[fired], **columns}, index=self.fires)
        frame.attrs = {"source": self.provider, "as_of": self.as_of.isoformat()}
        return frame


def preview(
    rule: Rule,
    bars: Bars,
    world: World = NOTHING_ELSE,
    *,
    provider: str | None = None,
    as_of: datetime | None = None,
    said_back: str = "",
) -> Preview:
    """What a rule would have done: `due`, armed at the first bar and checked at each one after.

    A paused rule is previewed as if it were not.

    Args:
        rule: The rule.
        bars: Closed bars of its ticker and interval.
        world: Facts and other tickers' bars, where the condition reads them.
        provider: Which source answered; the bars' own unless given.
        as_of: What was knowable; the close of the newest bar unless given.
        said_back: How the rule was read from plain words.

    Raises:
        AskError: The bars are of another ticker or interval.
        TooFewBars: There are fewer than two bars.
        BadBars: A close is not above zero, so no return can be computed from it.
    """
    if len(bars) < 2:
        raise TooFewBars(bars.ticker, have=len(bars), need=2)
    close = _closes(bars)
    rule = replace(rule, paused=False)
    positions = _fold(rule, bars, world)
    tape = Tape(bars=bars, world=world)
    truth = tape.truth(rule.condition)
    known = truth != UNKNOWN
    noise, estimated = _noise(bars, close, positions)
    return Preview(
        rule=rule,
        bars=bars,
        positions=positions,
        spacing=_spacing(positions),
        after={n: afterwards(close, positions, n) for n in HORIZONS},
        random_days={n: random_days(close, positions, known, n) for n in HORIZONS},
        noise_share=noise,
        noise_known=estimated,
        known_bars=int(known.sum()),
        already=bool(truth[-1] == TRUE),
        unknown=why_unknown(rule.condition, tape),
        provider=provider or bars.source,
        as_of=as_of or bars.closed_at(-1),
        said_back=said_back,
    )


def _fold(rule: Rule, bars: Bars, world: World) -> tuple[int, ...]:
    _, armed = due(rule, bars.head(1), None, world)
    alerts, _ = due(rule, bars, armed, world)
    return tuple(bars.index.get_indexer([one.bar_time for one in alerts]).tolist())


def _closes(bars: Bars) -> np.ndarray:
    close = floats(bars.close)
    bad = np.flatnonzero(~(close > 0))
    if len(bad):
        at = int(bad[0])
        raise BadBars(
            f"{bars.ticker} closes at {close[at]:g} on {bars.labels[at]}.",
            seen=close[at],
            needed="closes above zero",
            cure="Correct or drop that bar.",
        )
    return close


def _spacing(positions: Sequence[int]) -> Spacing | None:
    if len(positions) < 2:
        return None
    steps = np.diff(positions)
    return Spacing(
        median=float(np.median(steps)),
        mean=float(steps.mean()),
        least=int(steps.min()),
        most=int(steps.max()),
    )


def _noise(bars: Bars, close: np.ndarray, positions: Sequence[int]) -> tuple[float | None, int]:
    """Share of fires within spread noise, and the fires at which that can be told.

    A fire is within it when its close lies less than half the spread from the close before, as a
    fraction of that close: so far a price goes when trades alternate between bid and ask and nothing
    else happens. The spread is the EDGE estimate over the 63 bars up to the fire.
    """
    spreads = {at: edge_spread(bars.head(at + 1)) for at in positions}
    told = [at for at in positions if at and spreads[at] >= 0]
    if not told:
        return None, 0
    within = sum(abs(close[at] / close[at - 1] - 1) < spreads[at] / 2 for at in told)
    return within / len(told), len(told)
