"""A rule that was armed, and all that is said back of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..narrate.condition import told
from ..report import DISCLAIMER, Timing, iso
from ..rule import Rule, State
from .distance import Distance
from .sink import Sink

NOWHERE = "No sink is set: its alerts are kept in the log, and each check shows them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """How often a rule would have fired.

    Attributes:
        fires: Since the first bar.
        last_year: In the last 365 days; None where the bars do not reach back so far.
        since: Label of the first bar.
        newest: Label of the bar of the newest fire; None where there was none.
    """

    fires: int
    last_year: int | None
    since: datetime
    newest: datetime | None

    @property
    def said(self) -> str:
        """One sentence.

        Example:
            >>> day = datetime(2025, 12, 4)
            >>> Past(fires=9, last_year=2, since=day, newest=day).said
            'It would have fired twice in the last year, last on 2025-12-04.'
        """
        count = self.fires if self.last_year is None else self.last_year
        period = f"since {self.since:%Y-%m-%d}" if self.last_year is None else "in the last year"
        newest = f"on {self.newest:%Y-%m-%d}" if self.newest else ""
        if not count:
            before = f"; the newest fire was {newest}" if newest else ""
            return f"It would not have fired {period}{before}."
        times = {1: "once", 2: "twice"}.get(count, f"{count} times")
        return f"It would have fired {times} {period}, {'last ' if count > 1 else ''}{newest}."

    def to_dict(self) -> dict[str, object]:
        """Plain values that JSON can hold."""
        return {
            "fires": self.fires,
            "fires_last_year": self.last_year,
            "since": iso(self.since),
            "newest": iso(self.newest),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Arming:
    """One rule that is watched from now on.

    Attributes:
        rule: The rule.
        fresh: Whether it is new; False when it was armed before, and nothing changed.
        state: What was known of it when it was armed.
        past: How often it would have fired.
        price: The newest close.
        currency: Of the price, when known.
        distance: The way of its price to its level; None where it has none.
        sinks: Where its alerts go.
        said_back: How plain words were read; empty where none were.
        notes: What else must be said, such as that a new sink was added to a rule armed before.
    """

    rule: Rule
    fresh: bool
    state: State
    past: Past
    price: float
    currency: str | None = None
    distance: Distance | None = None
    sinks: tuple[Sink, ...] = ()
    said_back: str = ""
    notes: tuple[str, ...] = ()

    @property
    def already(self) -> bool:
        """Whether it was true when it was armed."""
        return self.state.memory.last is True and not self.state.unknown

    @property
    def said(self) -> tuple[str, ...]:
        """What was understood and what will happen, sentence by sentence."""
        unknown = "; ".join(self.state.unknown)
        since = f"{self.state.last_bar:%Y-%m-%d}"
        head = "It is armed." if self.fresh else "It was armed already: nothing changed."
        sentences = (
            self.said_back or f"I read this as: {self.rule}.",
            head,
            f"It fires when this becomes true: {told(self.rule.condition)}.",
            self.past.said,
            f"It is {self.state.note}." if self.fresh and self.state.note else "",
            f"It is unknown now: {unknown}." if self.fresh and unknown else "",
            told_sinks(self.sinks),
            *self.notes,
            f"Each check looks at every {self.rule.interval} bar that closed after {since}: genie check.",
        )
        return tuple(sentence for sentence in sentences if sentence)

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `watch` and `setup`."""
        return {
            "rule_id": self.rule.rule_id,
            "ticker": self.rule.ticker,
            "interval": str(self.rule.interval),
            "provider": self.rule.provider,
            "rule": str(self.rule.condition),
            "line": str(self.rule),
            "new": self.fresh,
            "already_true": self.already,
            "unknown": list(self.state.unknown),
            "last_bar": iso(self.state.last_bar),
            "price": self.price,
            "distance": None if self.distance is None else self.distance.fraction,
            "distance_atr": None if self.distance is None else self.distance.atr,
            "preview": self.past.to_dict(),
            "sinks": [sink.address for sink in self.sinks],
            "said": list(self.said),
        }


def told_sinks(sinks: Sequence[Sink]) -> str:
    """Where alerts go, as a sentence."""
    if not sinks:
        return NOWHERE
    return f"Its alerts go to {', '.join(sink.address for sink in sinks)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The answer of `watch`.

    Attributes:
        arming: The rule and what is said of it.
        provider: Whose bars it reads.
        as_of: When it was armed, by the provider's clock.
        fictional: Whether the company is invented.
        timing: What it cost.
    """

    arming: Arming
    provider: str
    as_of: datetime
    fictional: bool = False
    timing: Timing = field(default_factory=Timing)

    @property
    def rule(self) -> Rule:
        """What is watched for."""
        return self.arming.rule

    @property
    def exit(self) -> int:
        """0: it is armed."""
        return 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-watch/1` JSON."""
        return {
            "schema": "genie-watch/1",
            "as_of": iso(self.as_of),
            **self.arming.to_dict(),
            "provider": self.provider,
            "said_back": " ".join(self.arming.said),
            "fictional": self.fictional,
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }
