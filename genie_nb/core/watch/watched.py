"""The rules that are watched, each with where it stands: the answer of `rules`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from ..report import DISCLAIMER, Timing, iso
from ..rule import Rule
from .delivery import Delivery
from .distance import Distance
from .sink import Sink

Standing = Literal["waiting", "true", "unknown", "paused", "snoozed", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One rule and where it stands.

    Attributes:
        rule: The rule.
        provider: Whose bars it reads.
        standing: It may fire, is true and has to become false first, cannot be known, is kept
            without firing, or will not fire again.
        reason: Why, where that is not plain: what is unknown, why it ended, what a split changed.
        price: The newest close; None where there is none.
        currency: Of the price, when known.
        distance: The way of its price to its level; None where it has none.
        last_bar: Label of the newest bar that was evaluated; None before it was armed.
        checked_at: When it was last checked; None before.
        snoozed_until: It does not fire before; None when it is not snoozed.
        sinks: Where its alerts go.
        receipt: The newest delivery of one of its alerts; None where there was none.
        fired: The newest bar at which it fired; None where there was none.
    """

    rule: Rule
    provider: str
    standing: Standing
    reason: str = ""
    price: float | None = None
    currency: str | None = None
    distance: Distance | None = None
    last_bar: datetime | None = None
    checked_at: datetime | None = None
    snoozed_until: datetime | None = None
    sinks: tuple[Sink, ...] = ()
    receipt: Delivery | None = None
    fired: datetime | None = None

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `rules`."""
        return {
            "rule_id": self.rule.rule_id,
            "ticker": self.rule.ticker,
            "interval": str(self.rule.interval),
            "provider": self.provider,
            "rule": str(self.rule.condition),
            "line": str(self.rule),
            "state": self.standing,
            "reason": self.reason,
            "price": self.price,
            "level": None if self.distance is None else self.distance.level,
            "distance": None if self.distance is None else self.distance.fraction,
            "distance_atr": None if self.distance is None else self.distance.atr,
            "last_bar": iso(self.last_bar),
            "checked_at": iso(self.checked_at),
            "fired": iso(self.fired),
            "receipt": None if self.receipt is None else self.receipt.to_dict(),
            "sinks": [sink.address for sink in self.sinks],
            "snoozed_until": iso(self.snoozed_until),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A line of the watchlist that is no rule.

    Attributes:
        number: Counted from 1.
        text: As it stands there.
        reason: What is wrong with it, with a caret under the place.
    """

    number: int
    text: str
    reason: str

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `rules` and `check`."""
        return {"number": self.number, "text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The answer of `rules`.

    Attributes:
        rules: In the order of the watchlist.
        provider: The configured one, which rules that name none mean.
        as_of: What was knowable.
        path: The watchlist.
        unread: Lines that are no rule.
        failed: By ticker, why its bars could not be had.
        fictional: Whether the configured provider's companies are invented.
        timing: What it cost.
    """

    rules: tuple[Watched, ...]
    provider: str
    as_of: datetime
    path: str
    unread: tuple[Unread, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    fictional: bool = False
    timing: Timing = field(default_factory=Timing)

    @property
    def exit(self) -> int:
        """3 when bars could not be had, else 2 when a line cannot be read, else 0."""
        return 3 if self.failed else 2 if self.unread else 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-rules/1` JSON."""
        return {
            "schema": "genie-rules/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "rules": [rule.to_dict() for rule in self.rules],
            "unread": [line.to_dict() for line in self.unread],
            "failed": [
                {"ticker": ticker, "reason": reason} for ticker, reason in self.failed.items()
            ],
            "path": self.path,
            "fictional": self.fictional,
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }

    def to_frame(self) -> pd.DataFrame:
        """One row per rule."""
        frame = pd.DataFrame([rule.to_dict() for rule in self.rules]).drop(
            columns="receipt", errors="ignore"
        )
        frame.attrs = {"source": self.provider, "as_of": self.as_of.isoformat()}
        return frame.set_index("rule_id") if len(frame) else frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Rules that are no longer watched, or rest: the answer of `unwatch` and `snooze`.

    Attributes:
        verb: What was asked for.
        rules: Those it was done to.
        provider: The configured one.
        as_of: When, by the clock of that provider.
        text: What happened, in sentences.
        until: When they fire again, for a snooze; None otherwise.
    """

    verb: Literal["unwatch", "snooze"]
    rules: tuple[Rule, ...]
    provider: str
    as_of: datetime
    text: str
    until: datetime | None = None

    @property
    def exit(self) -> int:
        """0: it was done."""
        return 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-unwatch/1` or `genie-snooze/1` JSON."""
        done = {} if self.verb == "unwatch" else {"snoozed_until": iso(self.until)}
        return {
            "schema": f"genie-{self.verb}/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "rules": [
                {"rule_id": rule.rule_id, "ticker": rule.ticker, "line": str(rule)}
                for rule in self.rules
            ],
            **done,
            "text": self.text,
        }
