"""The answer of `serve`: what a foreground service did until it was stopped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from .report import iso


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One life of the service.

    Attributes:
        provider: The configured one.
        every: The shortest time between two checks, in seconds.
        began: When it began, real time, UTC.
        ended: When it ended, real time, UTC.
        checks: How many checks were made.
        failed: How many of them could not be finished.
        last: What the last one said, in one line.
        stopped: `once` when one check was asked for, else the signal it was stopped by.
        exit: The exit status of the only check; 0 for a service that was stopped.
    """

    provider: str
    every: float
    began: datetime
    ended: datetime
    checks: int = 0
    failed: int = 0
    last: str = ""
    stopped: Literal["once", "signal"] = "signal"
    exit: int = 0

    @property
    def line(self) -> str:
        """What it did, in one line."""
        count = "1 check" if self.checks == 1 else f"{self.checks} checks"
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{count}{failed}. {self.last}".rstrip()

    def to_dict(self) -> dict[str, Any]:
        """The `genie-serve/1` JSON."""
        return {
            "schema": "genie-serve/1",
            "as_of": iso(self.ended),
            "provider": self.provider,
            "every": self.every,
            "began": iso(self.began),
            "ended": iso(self.ended),
            "checks": self.checks,
            "failed": self.failed,
            "last": self.last,
            "stopped": self.stopped,
            "line": self.line,
        }
