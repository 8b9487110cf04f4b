"""The watch panel: every rule with where it stands, a box to add one, the log of alerts.

Answer of `watching` -> WatchPanel: buttons -> watch, unwatch, snooze, check, alerts -> the tables anew
"""

from typing import TYPE_CHECKING

from .panel import WatchPanel

if TYPE_CHECKING:
    from ....answer import Answer


def open(answer: "Answer") -> WatchPanel:  # noqa: A001 - as every panel's entry point is called
    """Open the panel of a `watching` in the cell that runs, its static twin below."""
    panel = WatchPanel(answer)
    panel.show(answer.view())
    return panel


__all__ = ["WatchPanel", "open"]
