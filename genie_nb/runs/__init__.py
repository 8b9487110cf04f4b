"""Notebooks that run by themselves, and what keeps them going.

    notebook, parameters -> typed -> papermill on this Python -> scrubbed -> output, NotebookRun

A notebook says what became of it by its last cell, `finish(answer)`: an output of its own media type
that the run reads back.
"""

from .sentinel import finish

__all__ = ["finish"]
