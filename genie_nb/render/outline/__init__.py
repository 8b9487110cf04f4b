"""Answers as documents: which facts are shown, in which order, in which words."""

from functools import singledispatch
from typing import Any

from ...core.changes.diff import Diff
from ...core.doctor import Health
from ...core.errors import GenieError
from ...core.notebook_run import NotebookRun
from ...core.preview import Preview
from ...core.report import Comparison, Explanation, Report
from ...core.rotation import Rotation
from ...core.scan import Scan
from ...core.scheduled import Scheduled
from ...core.service import Service
from ...core.smart import Setup
from ...core.study import Study
from ...core.upkeep import Upkeep
from ...core.watch.arming import Watch
from ...core.watch.checked import Check, Log
from ...core.watch.watched import Changed, Rules
from ..document import Document
from .comparison import of_comparison
from .diff import of_diff
from .explanation import of_explanation
from .health import of_health
from .message import of_error, of_mapping
from .preview import of_preview
from .report import of_report
from .rotation import of_rotation
from .running import of_run, of_schedule, of_service, of_upkeep
from .scan import of_scan
from .setup import of_setup
from .strategy import of_study
from .watching import of_changed, of_check, of_log, of_rules, of_watch


@singledispatch
def outline(answer: Any) -> Document:
    """The document of an answer.

    Every answer with `to_dict` has one: what has no outline of its own is shown by its JSON.
    """
    return of_mapping(answer.to_dict())


outline.register(Report, of_report)
outline.register(Comparison, of_comparison)
outline.register(Explanation, of_explanation)
outline.register(Diff, of_diff)
outline.register(Health, of_health)
outline.register(Scan, of_scan)
outline.register(Rotation, of_rotation)
outline.register(Study, of_study)
outline.register(Setup, of_setup)
outline.register(Preview, of_preview)
outline.register(NotebookRun, of_run)
outline.register(Service, of_service)
outline.register(Scheduled, of_schedule)
outline.register(Upkeep, of_upkeep)
outline.register(Watch, of_watch)
outline.register(Rules, of_rules)
outline.register(Changed, of_changed)
outline.register(Check, of_check)
outline.register(Log, of_log)
outline.register(GenieError, of_error)

__all__ = ["outline"]
