"""The facts behind the answer to a question: each can be asked for with `why`.

(topic, report) -> names of facts
"""

from collections.abc import Iterable

from ..facts.about import ABOUT
from ..facts.fact import Fact
from ..report import Report


def facts_behind(topic: str | None, report: Report) -> tuple[str, ...]:
    """Names of the known facts that an answer rests on, in the order in which it tells them.

    Args:
        topic: A key of `core.ask.question.TOPICS`; None for a question that no fact answers.
        report: With facts and findings.
    """
    if topic is None:
        return ()
    ranked = [risk for risk in report.risks if risk.severity is not None]
    found: list[Fact] = []
    if topic == "biggest_risk":
        found = _evidence(ranked[:1])
    elif topic == "risks":
        found = _evidence(ranked)
    elif topic == "opportunities":
        found = _evidence(report.opportunities)
    elif topic in ("should_buy", "overview"):
        found = _evidence([*report.opportunities, *report.checks, *ranked])
    told = ABOUT[topic].told if topic in ABOUT else ()
    names = (*(fact.name for fact in found), *told)
    return tuple(
        dict.fromkeys(
            name for name in names if name in report.facts and report.facts[name].value is not None
        )
    )


def _evidence(findings: Iterable[object]) -> list[Fact]:
    return [fact for finding in findings for fact in getattr(finding, "evidence", ())]
