"""The answer of `ledger`: what the ledger holds, and what was done to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .report import iso


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """The ledger after a request about it.

    Attributes:
        ledger: Where it is, without user and password.
        as_of: When, real time, UTC.
        action: What was done: `prune`, `export` or `backup`; empty where it was only looked at.
        counts: Rows that were removed or written, or that there are.
        path: The file that was written; empty where none was.
        heartbeats: Name, time and note of whatever checks here, and the seconds until its next sign.
    """

    ledger: str
    as_of: datetime
    action: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    path: str = ""
    heartbeats: tuple[tuple[str, datetime, float | None, str], ...] = ()

    @property
    def line(self) -> str:
        """What was done, in one line."""
        told = ", ".join(f"{count:,} {name}" for name, count in self.counts.items())
        done = {
            "prune": f"forgot {told}",
            "export": f"wrote {told} to {self.path}",
            "backup": f"copied to {self.path}",
        }
        return done.get(self.action, told)

    def to_dict(self) -> dict[str, Any]:
        """The `genie-ledger/1` JSON."""
        return {
            "schema": "genie-ledger/1",
            "as_of": iso(self.as_of),
            "provider": None,
            "ledger": self.ledger,
            "action": self.action or None,
            "counts": dict(self.counts),
            "path": self.path or None,
            "heartbeats": [
                {"name": name, "at": iso(at), "every": every, "note": note}
                for name, at, every, note in self.heartbeats
            ],
            "line": self.line,
        }
