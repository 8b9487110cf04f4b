"""The answer of `doctor`: what is in order and what to do about the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from .report import iso

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One thing looked at.

    Attributes:
        name: What was looked at.
        status: ok, warn (works, with a limit) or fail.
        text: What was seen.
        cure: What to do; empty when nothing is to be done.
    """

    name: str
    status: State
    text: str
    cure: str = ""

    def to_dict(self) -> dict[str, str]:
        """As in the JSON of `doctor`."""
        return {"name": self.name, "status": self.status, "text": self.text, "cure": self.cure}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """All probes of one visit to the doctor.

    Attributes:
        provider: The provider that was tried.
        as_of: When, by the provider's clock.
        checks: In the order looked at.
        exit: 5 when the set-up stands in the way, 3 when only the provider failed, else 0.
    """

    provider: str
    as_of: datetime
    checks: Sequence[Probe]

    @property
    def exit(self) -> int:
        """As the command line ends."""
        failed = [probe.name for probe in self.checks if probe.status == "fail"]
        if not failed:
            return 0
        return 3 if failed == ["provider"] else 5

    def to_dict(self) -> dict[str, Any]:
        """The `genie-doctor/1` JSON."""
        return {
            "schema": "genie-doctor/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "checks": [probe.to_dict() for probe in self.checks],
        }
