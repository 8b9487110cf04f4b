"""What is kept of a rule between two checks, and what a check gives."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from ..market import Interval
from .scan import Memory

Ended = Literal["once", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A rule after its last successful check.

    Attributes:
        history_start: Label of the first bar that its lines are computed from, fixed at arming.
        last_bar: Label of the newest bar that was evaluated.
        last_close: The close of that bar, as it was seen.
        memory: What the scan must know of the bars before.
        scale: What price literals have been multiplied by since arming, for splits.
        ended: Why it will not fire again; None while it may.
        unknown: Why the condition is unknown at the newest bar, one clause each.
        note: What the last check has to say, such as that the condition was true already.
    """

    history_start: datetime
    last_bar: datetime
    last_close: float
    memory: Memory
    scale: float = 1.0
    ended: Ended | None = None
    unknown: tuple[str, ...] = ()
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain values that JSON can hold."""
        return {
            **asdict(self),
            "history_start": self.history_start.isoformat(),
            "last_bar": self.last_bar.isoformat(),
            "unknown": list(self.unknown),
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "State":
        """The state that `to_dict` wrote."""
        fields = dict(kept)
        return cls(
            history_start=datetime.fromisoformat(fields.pop("history_start")),
            last_bar=datetime.fromisoformat(fields.pop("last_bar")),
            memory=Memory(**fields.pop("memory")),
            unknown=tuple(fields.pop("unknown")),
            **fields,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A rule fired at a bar.

    Attributes:
        id: The first 32 hex digits of SHA-256 of `rule_id|bar_time`; the same however often the bar
            is evaluated.
        rule_id: Which rule.
        ticker: Whose bar.
        interval: The length of the bar.
        rule: The canonical condition.
        bar_time: The bar's label, UTC.
        bar_close: When the bar closed, UTC.
        late: Whether a newer bar had closed already when this one was evaluated.
        price: The bar's close.
        evidence: The values that were compared at the bar, by their text; None where one is missing.
        text: One sentence.
    """

    id: str
    rule_id: str
    ticker: str
    interval: Interval
    rule: str
    bar_time: datetime
    bar_close: datetime
    late: bool
    price: float
    evidence: tuple[tuple[str, float | None], ...]
    text: str

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `check`; who evaluated it adds when."""
        return {
            "id": self.id,
            "rule_id": self.rule_id,
            "ticker": self.ticker,
            "interval": str(self.interval),
            "rule": self.rule,
            "bar_time": self.bar_time.isoformat(),
            "bar_close": self.bar_close.isoformat(),
            "late": self.late,
            "price": self.price,
            "evidence": [{"name": name, "value": value} for name, value in self.evidence],
            "text": self.text,
        }
