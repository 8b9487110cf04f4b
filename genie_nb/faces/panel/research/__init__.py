"""The research panel: one ticker to click through, from its card to questions about it.

Answer of `panel` -> ResearchPanel: ticker box, head, tabs -> each tab asks for what it shows when it is opened
"""

from typing import TYPE_CHECKING

from .panel import ResearchPanel

if TYPE_CHECKING:
    from ....answer import Answer


def open(answer: "Answer") -> ResearchPanel:  # noqa: A001 - as every panel's entry point is called
    """Open the panel of a `panel` in the cell that runs, its static twin below."""
    panel = ResearchPanel(answer)
    panel.show(answer.view())
    return panel


__all__ = ["ResearchPanel", "open"]
