"""The completion sentinel: the output by which a notebook says that it reached its end.

finish(answer) -> application/vnd.genie.run+json {"exit", "line"} -> read back by the run

A notebook that promises one, by `genie.sentinel` in its metadata, by a cell tagged `genie-sentinel` or
by a last cell that calls `finish`, and does not give it has failed, even where no cell did.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..core.notebook_run import Ending

MIME = "application/vnd.genie.run+json"
TAG = "genie-sentinel"
_CALL = re.compile(r"^(?:\w+\.)*finish\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Finished:
    """An ending that shows itself: a line for readers, the sentinel for the run."""

    ending: Ending

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        del include, exclude
        return {MIME: self.ending.to_dict(), "text/plain": self.ending.line}


def finish(answer: Any = None, line: str = "") -> Finished:
    """What the last cell of a notebook shows, so that its run knows how it ended.

    Args:
        answer: An answer whose exit status and line become the run's; None for a run that is fine.
        line: What the run did, in one line, in place of the answer's own.

    Example:
        >>> finish(line="nothing to do")._repr_mimebundle_()["application/vnd.genie.run+json"]
        {'exit': 0, 'line': 'nothing to do'}
    """
    said = line or str(getattr(answer, "line", "") or "")
    return Finished(Ending(exit=int(getattr(answer, "exit", 0)), line=said))


def promised(notebook: Any) -> bool:
    """Whether the notebook says that it ends with a sentinel."""
    declared = notebook.metadata.get("genie", {})
    if isinstance(declared, Mapping) and declared.get("sentinel"):
        return True
    if any(TAG in cell.metadata.get("tags", ()) for cell in notebook.cells):
        return True
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    told = any("genie_nb.runs" in source for source in sources)
    return told and bool(_CALL.search(sources[-1]))


def ending_of(notebook: Any) -> Ending | None:
    """The last sentinel in the outputs; None where there is none that can be read."""
    found = None
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            said = output.get("data", {}).get(MIME)
            if isinstance(said, Mapping) and isinstance(said.get("exit"), int):
                found = Ending(exit=said["exit"], line=str(said.get("line", "")))
    return found
