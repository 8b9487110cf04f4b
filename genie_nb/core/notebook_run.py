"""The answer of `run`: what became of one notebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from .report import iso


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a notebook says of itself when it has reached its end.

    Attributes:
        exit: The exit status it asks for.
        line: One line about what it did.
    """

    exit: int = 0
    line: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The content of the notebook's own output, `application/vnd.genie.run+json`."""
        return {"exit": self.exit, "line": self.line}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a notebook did not reach its end.

    Attributes:
        name: Name of the error, as `UnknownTicker`.
        message: What it said, without anything private.
        cell: Number of the cell it came from, as the notebook counts them; None when from none.
    """

    name: str
    message: str
    cell: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `run`."""
        return {"name": self.name, "message": self.message, "cell": self.cell}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookRun:
    """One run of one notebook.

    Attributes:
        notebook: The notebook, as it was named.
        output: Where the executed notebook is.
        html: Where its page is; empty when none was asked for.
        parameters: The values given to its parameters cell, without anything private.
        status: Completed, or failed before its end.
        exit: The exit status of the command line: the notebook's own, or that of the error.
        failure: Why it failed; None when it completed.
        ending: What it said at its end; None when it said nothing.
        began: When it began, real time, UTC.
        seconds: How long it took.
        notes: What else should be known, as where the output was put instead.
    """

    notebook: str
    output: str
    html: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    status: Literal["completed", "failed"] = "completed"
    exit: int = 0
    failure: Failure | None = None
    ending: Ending | None = None
    began: datetime
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """What became of it, in one line."""
        if self.failure is not None:
            where = "" if self.failure.cell is None else f" in cell {self.failure.cell}"
            return f"{self.notebook} failed{where}: {self.failure.name}: {self.failure.message}"
        if self.ending is not None and self.ending.line:
            return self.ending.line
        return f"{self.notebook} ran to its end"

    def to_dict(self) -> dict[str, Any]:
        """The `genie-run/1` JSON."""
        return {
            "schema": "genie-run/1",
            "as_of": _text(self.parameters.get("as_of")),
            "provider": _text(self.parameters.get("provider")),
            "notebook": self.notebook,
            "output": self.output,
            "html": self.html or None,
            "parameters": dict(self.parameters),
            "status": self.status,
            "exit": self.exit,
            "line": self.line,
            "error": None if self.failure is None else self.failure.to_dict(),
            "ending": None if self.ending is None else self.ending.to_dict(),
            "began": iso(self.began),
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
        }


def _text(value: object) -> str | None:
    return str(value) if value else None
