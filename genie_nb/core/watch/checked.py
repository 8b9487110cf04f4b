"""What a check found: the answer of `check`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd

from ..report import DISCLAIMER, Timing, iso
from .delivery import Delivery
from .fired import Fired, Outage
from .watched import Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One look at every rule.

    Attributes:
        as_of: What was knowable.
        provider: The one that was asked; else the configured one, which rules that name none mean.
        rules: How many rules the watchlist has.
        checked: How many of them were evaluated.
        alerts: What fired, in the order in which the bars closed.
        unknown: Rule id and reason, for rules that could not be known.
        notes: What else must be said: rules that were armed or disarmed, bars of the past.
        deliveries: Those that were tried, and those still open.
        outages: What is wrong with the watch itself.
        over: What was wrong with it and no longer is.
        unread: Lines of the watchlist that are no rule.
        failed: Whether a call to a provider failed.
        broken: Whether nothing can be watched: the watchlist is lost, or the clock was set back too far.
        line: All of it in one line.
        skipped: Why nothing was done; empty where the check took place.
        dry_run: Whether nothing was written or sent.
        fictional: Whether the configured provider's companies are invented.
        timing: What it cost.
    """

    as_of: datetime
    provider: str
    rules: int = 0
    checked: int = 0
    alerts: tuple[Fired, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    outages: tuple[Outage, ...] = ()
    over: tuple[Outage, ...] = ()
    unread: tuple[Unread, ...] = ()
    failed: bool = False
    broken: bool = False
    line: str = ""
    skipped: str = ""
    dry_run: bool = False
    fictional: bool = False
    timing: Timing = field(default_factory=Timing)

    @property
    def exit(self) -> int:
        """5 when the watch is broken, else 4 when a delivery is open or dead, 3 when a provider failed, 2 for an unread line."""
        if self.broken:
            return 5
        if any(delivery.status in ("pending", "dead") for delivery in self.deliveries):
            return 4
        return 3 if self.failed else 2 if self.unread else 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-check/1` JSON."""
        return {
            "schema": "genie-check/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "rules": self.rules,
            "checked": self.checked,
            "due": len(self.alerts),
            "alerts": [alert.to_dict() for alert in self.alerts],
            "unknown": [{"rule_id": rule, "reason": why} for rule, why in self.unknown],
            "deliveries": [delivery.to_dict() for delivery in self.deliveries],
            "outages": [outage.to_dict() for outage in self.outages],
            "over": [outage.to_dict() for outage in self.over],
            "unread": [line.to_dict() for line in self.unread],
            "notes": list(self.notes),
            "line": self.line,
            "skipped": self.skipped,
            "dry_run": self.dry_run,
            "fictional": self.fictional,
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }

    def to_frame(self) -> pd.DataFrame:
        """One row per alert."""
        frame = pd.DataFrame([alert.to_dict() for alert in self.alerts]).drop(
            columns="evidence", errors="ignore"
        )
        frame.attrs = {"source": self.provider, "as_of": self.as_of.isoformat()}
        return frame.set_index("id") if len(frame) else frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An alert of the log, and its ways to the sinks."""

    fired: Fired
    deliveries: tuple[Delivery, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `alerts`."""
        return {
            **self.fired.to_dict(),
            "deliveries": [delivery.to_dict() for delivery in self.deliveries],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The answer of `alerts`.

    Attributes:
        alerts: Newest first.
        provider: The configured one.
        as_of: When, by the clock of that provider.
        text: What was done, for resend, discard, test and export; empty for the log alone.
        open: How many deliveries are pending or dead.
        fictional: Whether the configured provider's companies are invented.
        timing: What it cost.
    """

    alerts: tuple[Logged, ...]
    provider: str
    as_of: datetime
    text: str = ""
    open: int = 0
    fictional: bool = False
    timing: Timing = field(default_factory=Timing)

    @property
    def exit(self) -> int:
        """4 when a delivery is pending or dead, else 0."""
        return 4 if self.open else 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-alerts/1` JSON."""
        return {
            "schema": "genie-alerts/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "alerts": [alert.to_dict() for alert in self.alerts],
            "open": self.open,
            "fictional": self.fictional,
            "text": self.text,
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }

    def to_frame(self) -> pd.DataFrame:
        """One row per alert."""
        rows = [alert.fired.to_dict() for alert in self.alerts]
        frame = pd.DataFrame(rows).drop(columns="evidence", errors="ignore")
        frame.attrs = {"source": self.provider, "as_of": self.as_of.isoformat()}
        return frame.set_index("id") if len(frame) else frame
