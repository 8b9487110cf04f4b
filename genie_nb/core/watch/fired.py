"""What is told: a rule that fired, or a watch that is broken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ..rule import Alert

Trouble = Literal[
    "provider_down", "stale_data", "missed_run", "failing_sink", "rule_unknown", "watch_broken"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """An alert, with when it was found and what it belongs to.

    Attributes:
        alert: What fired.
        evaluated_at: When it was found, UTC.
        story: Id of the first alert of the run of events it belongs to; its own when it is the first.
        fictional: Whether its company is invented.
    """

    alert: Alert
    evaluated_at: datetime
    story: str
    fictional: bool = False

    @property
    def id(self) -> str:
        """The alert's, which is the idempotency key of its delivery."""
        return self.alert.id

    def to_dict(self) -> dict[str, object]:
        """An entry of `alerts` in the JSON of `check`, and the body that a webhook is sent."""
        return {
            **self.alert.to_dict(),
            "evaluated_at": self.evaluated_at.isoformat(),
            "story": self.story,
            "fictional": self.fictional,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The watch itself is in trouble; told once, when it begins.

    Attributes:
        id: 32 hex digits of SHA-256 of `outage|kind|subject|since`; the idempotency key.
        kind: What is wrong.
        subject: The provider, ticker, rule, or sink it is about.
        since: When it was first seen, UTC.
        text: One sentence, with what to do.
    """

    id: str
    kind: Trouble
    subject: str
    since: datetime
    text: str

    def to_dict(self) -> dict[str, object]:
        """An entry of `outages` in the JSON of `check`, and the body that a webhook is sent."""
        return {
            "id": self.id,
            "outage": self.kind,
            "subject": self.subject,
            "since": self.since.isoformat(),
            "text": self.text,
        }
