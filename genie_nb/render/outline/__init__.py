"""Answers as documents: which facts are shown, in which order, in which words."""

from functools import singledispatch
from typing import Any

from ...core.doctor import Health
from ...core.errors import GenieError
from ...core.notebook_run import NotebookRun
from ...core.preview import Preview
from ...core.report import Comparison, Explanation, Report
from ...core.scan import Scan
from ...core.smart import Setup
from ...core.study import Study
from ..document import Document
from .comparison import of_comparison
from .explanation import of_explanation
from .health import of_health
from .message import of_error, of_mapping
from .preview import of_preview
from .report import of_report
from .running import of_run
from .scan import of_scan
from .setup import of_setup
from .strategy import of_study


@singledispatch
def outline(answer: Any) -> Document:
    """The document of an answer.

    Every answer with `to_dict` has one: what has no outline of its own is shown by its JSON.
    """
    return of_mapping(answer.to_dict())


outline.register(Report, of_report)
outline.register(Comparison, of_comparison)
outline.register(Explanation, of_explanation)
outline.register(Health, of_health)
outline.register(Scan, of_scan)
outline.register(Study, of_study)
outline.register(Setup, of_setup)
outline.register(Preview, of_preview)
outline.register(NotebookRun, of_run)
outline.register(GenieError, of_error)

__all__ = ["outline"]
