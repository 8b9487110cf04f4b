"""What facts and bars amount to: signals, checks, risks. Plain values; the sentences come from facts."""

from dataclasses import dataclass
from typing import Literal

from ..facts.fact import Fact

Status = Literal["pass", "warn", "fail", "unknown", "not_applicable"]


def _evidence(facts: tuple[Fact, ...]) -> list[dict[str, object]]:
    return [{"name": fact.name, "value": fact.value, "unit": fact.unit} for fact in facts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something the tape just did, or is in the middle of.

    Attributes:
        name: From the closed list of signals.
        active: Whether it is so at the newest bar, or happened at most 3 bars ago; None when it
            cannot be told (too few bars, no volume).
        bars_ago: 0 for the newest bar; None when not active. For a state, since when it holds.
        with_volume: Whether volume confirmed it (relative volume above 1.5 at that bar); None where
            volume is unknown or the signal is a state.
        text: One sentence.
        evidence: The facts in it.
    """

    name: str
    active: bool | None
    bars_ago: int | None
    with_volume: bool | None
    text: str
    evidence: tuple[Fact, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `analyze`."""
        return {
            "name": self.name,
            "active": self.active,
            "bars_ago": self.bars_ago,
            "with_volume": self.with_volume,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One quality question, answered; unknown is never a pass.

    Attributes:
        name: From the closed list of checks.
        status: The answer.
        text: One sentence.
        evidence: The facts behind it.
    """

    name: str
    status: Status
    text: str
    evidence: tuple[Fact, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `analyze`."""
        return {
            "name": self.name,
            "status": self.status,
            "text": self.text,
            "evidence": _evidence(self.evidence),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One way to be hurt, and how much it stands out here.

    Attributes:
        name: From the closed list of risks.
        severity: 0 (does not stand out) to 1 (dominates); None when unknown.
        text: One sentence, with the numbers that make it so.
        evidence: The facts behind it.
    """

    name: str
    severity: float | None
    text: str
    evidence: tuple[Fact, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `analyze`."""
        return {
            "name": self.name,
            "severity": self.severity,
            "text": self.text,
            "evidence": _evidence(self.evidence),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """Something that speaks for a closer look; never advice."""

    name: str
    text: str
    evidence: tuple[Fact, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `analyze`."""
        return {"name": self.name, "text": self.text, "evidence": _evidence(self.evidence)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one company stands among its peers in one multiple.

    Attributes:
        fact: The fact compared, such as `pe_trailing`.
        median: Of the peers that have it; None when fewer than 8 do.
        n: How many have it.
        members: Their tickers.
        excluded: Ticker and reason of those left out.
        percentile: Share of members below this company, a fraction; None when it has no value.
        basis: What makes them peers.
        source: Who says so.
        reason: Why *median* is None.
    """

    fact: str
    median: float | None
    n: int
    members: tuple[str, ...]
    excluded: tuple[tuple[str, str], ...]
    percentile: float | None
    basis: str
    source: str
    reason: str | None = None

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `analyze`."""
        return {
            "fact": self.fact,
            "median": self.median,
            "n": self.n,
            "members": list(self.members),
            "excluded": [{"ticker": ticker, "reason": reason} for ticker, reason in self.excluded],
            "percentile": self.percentile,
            "basis": self.basis,
            "source": self.source,
            "reason": self.reason,
        }
