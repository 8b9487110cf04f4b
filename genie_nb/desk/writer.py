"""The summary that a language model writes, when one is configured and its text passes the gate.

Report -> prompt -> model -> gate -> Report with that summary, or with the reason it was not used
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from ..core.errors import GenieError
from ..core.gate import Admitted, admit
from ..core.gate.prompt import once_more, prompt
from ..core.report import Report
from . import model as models

if TYPE_CHECKING:
    from ..core.gate.prompt import Message
    from .desk import Desk

TRIES = 2


def rewritten(desk: "Desk", report: Report) -> Report:
    """The report with the model's summary; with its own, and why, where there is none that passes."""
    try:
        model = models.model_of(desk.config, desk.directory)
        if model is None:
            return report
        models.library()
        text, reason = _text(report, model.ask)
    except GenieError as error:
        return _noted(report, f"The summary is the program's own: {error}")
    if text is None:
        return _noted(
            report, f"The summary is the program's own: the text of {model.name} was refused, as {reason}."
        )  # fmt: skip
    return _noted(
        replace(report, summary=text),
        f"{model.name} wrote the summary; every number in it is a fact of this report.",
    )


def _text(
    report: Report, ask: "Callable[[Sequence[Message], float], str]"
) -> tuple[str | None, str]:
    """Text that passed, or None and why the last one did not."""
    messages, reason = prompt(report), ""
    end = monotonic() + models.PATIENCE
    for _ in range(TRIES):
        answer = ask(messages, max(end - monotonic(), 0.1))
        verdict = admit(answer, report)
        if isinstance(verdict, Admitted):
            return verdict.text, ""
        reason = verdict.reason
        messages = once_more(messages, answer, reason)
    return None, reason


def _noted(report: Report, note: str) -> Report:
    return replace(report, notes=(*report.notes, note))
