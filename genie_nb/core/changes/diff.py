"""What changed with one ticker, as a value with its JSON: `diff`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from ..fundamentals import Missing
from ..report import DISCLAIMER, Timing, iso

Kind = Literal["fact", "signal", "check", "risk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is not as it was.

    Attributes:
        kind: What it is.
        name: Of the fact, signal, check or risk.
        before: The value then: a fact's in its unit, whether a signal was active, a check's status,
            a risk's severity; None when it was unknown.
        after: The same now.
        unit: Of the fact; None for a signal or check.
        size: How much a number changed: its difference for fractions, indices, basis points, days
            and quarters, else after / before - 1; None without both, or where *before* is 0 and the
            change relative.
        cause: Why, told from where the values came from.
        text: One sentence.
        weight: How far it moved against what is a lot for such a thing, for ranking; 0 or more.
    """

    kind: Kind
    name: str
    before: float | bool | str | None
    after: float | bool | str | None
    unit: str | None = None
    size: float | None = None
    cause: str
    text: str = ""
    weight: float = 0.0

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `diff`."""
        return {
            "kind": self.kind,
            "fact": self.name,
            "before": self.before,
            "after": self.after,
            "unit": self.unit,
            "size": self.size,
            "cause": self.cause,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What changed with one ticker between two moments: `diff`.

    Attributes:
        ticker: The symbol.
        provider: Which source answered.
        since: The earlier moment.
        as_of: The later one.
        changes: The most telling first.
        summary: The first of them in sentences.
        fictional: Whether the company is invented.
        missing: What could not be compared and why.
        notes: How the request was read, where that is worth saying back.
        timing: What it cost.
    """

    ticker: str
    provider: str
    since: datetime
    as_of: datetime
    changes: tuple[Change, ...]
    summary: str
    fictional: bool = False
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    timing: Timing = field(default_factory=Timing)

    @property
    def exit(self) -> int:
        """0, or 3 when a provider call failed and the answer is partial."""
        return 3 if any(missing.failed for missing in self.missing) else 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-diff/1` JSON."""
        return {
            "schema": "genie-diff/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "ticker": self.ticker,
            "fictional": self.fictional,
            "since": iso(self.since),
            "changes": [change.to_dict() for change in self.changes],
            "summary": self.summary,
            "notes": list(self.notes),
            "missing": [missing.to_dict() for missing in self.missing],
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }
