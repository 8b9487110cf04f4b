"""The tune panel: a strategy's parameters under sliders, chart and figures in step with them.

Answer of `tune` -> Bench (bars, costs) -> TunePanel: slider -> Workbench.at -> Scene, figures
"""

from typing import TYPE_CHECKING

from .panel import TunePanel

if TYPE_CHECKING:
    from ....answer import Answer


def open(answer: "Answer") -> TunePanel:  # noqa: A001 - as every panel's entry point is called
    """Open the panel of a `tune` in the cell that runs, its static twin below."""
    panel = TunePanel(answer)
    panel.show(answer.view())
    return panel


__all__ = ["TunePanel", "open"]
