"""The answer of `schedule`: a job that was made, or what makes one."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A schedule for some other scheduler, ready to be saved.

    Attributes:
        kind: Which scheduler.
        files: Name and content of each file.
        steps: What to do with them, in order.
    """

    kind: str
    files: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """What became of a wish for a schedule.

    Attributes:
        status: A job was created, or something is needed first, or a recipe is given.
        cron: The cron line, in UTC.
        notebook: What is run, as the Jupyter server or the recipe names it; empty for a check alone.
        parameters: Values for its parameters cell.
        server: The Jupyter server that keeps the job; empty where there is none.
        job: Id of the job definition; empty where there is none.
        needed: What has to be done first, one sentence each.
        recipe: For another scheduler; None where none was asked for.
    """

    status: Literal["created", "needed", "recipe"]
    cron: str
    notebook: str
    parameters: tuple[tuple[str, str], ...] = ()
    server: str = ""
    job: str = ""
    needed: tuple[str, ...] = ()
    recipe: Recipe | None = None

    @property
    def exit(self) -> int:
        """5 while something is needed first."""
        return 5 if self.status == "needed" else 0

    @property
    def line(self) -> str:
        """What became of it, in one line."""
        if self.recipe is not None:
            return f"how {self.recipe.kind} runs it at {self.cron} (UTC)"
        if self.status == "created":
            return f"{self.notebook} runs at {self.cron} (UTC) while {self.server} runs"
        return "nothing was scheduled: " + " ".join(self.needed)

    def to_dict(self) -> dict[str, Any]:
        """The `genie-schedule/1` JSON."""
        recipe = self.recipe
        return {
            "schema": "genie-schedule/1",
            "as_of": None,
            "provider": dict(self.parameters).get("provider"),
            "status": self.status,
            "cron": self.cron,
            "timezone": "UTC",
            "notebook": self.notebook or None,
            "parameters": dict(self.parameters),
            "server": self.server or None,
            "job": self.job or None,
            "needed": list(self.needed),
            "recipe": recipe.kind if recipe else None,
            "files": [{"name": name, "text": text} for name, text in recipe.files]
            if recipe
            else [],
            "steps": list(recipe.steps) if recipe else [],
            "line": self.line,
        }
