"""A text under examination: what of it has been accounted for, and what is still to be judged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..facts.fact import Fact
from ..report import Report
from .labels import Label

GONE = "\x00"
"""Stands for every character that has been accounted for."""

_CLAUSE = re.compile(r"[^.;!?]+(?:\.\d+[^.;!?]*)*")


@dataclass(slots=True, kw_only=True)
class Draft:
    """Text with its slots rendered.

    Attributes:
        text: All of it.
        prose: The same, with what has been accounted for as `GONE`; its labels can still be read.
        report: Whose facts it may tell.
        slots: Each rendered slot, from its label to the end of its value.
        labels: The labels that were written, in order.
        told: The facts whose value is told, each from its label to the end of its value.
    """

    text: str
    prose: str
    report: Report
    slots: tuple[Label, ...]
    labels: tuple[Label, ...]
    told: list[Label] = field(default_factory=list)

    @property
    def found(self) -> list[Label]:
        """Every fact that is named, with its value where that is told, in order."""
        starts = {one.start for one in self.told}
        return sorted(
            (*self.told, *(one for one in self.labels if one.start not in starts)),
            key=lambda one: one.start,
        )

    @property
    def rest(self) -> str:
        """What is neither accounted for nor a label."""
        text = self.prose
        for one in self.labels:
            text = text[: one.start] + GONE * (one.end - one.start) + text[one.end :]
        return text

    def fact(self, name: str) -> Fact:
        """A fact of the report."""
        return self.report.facts[name]

    def settle(self, start: int, end: int) -> None:
        """Account for a stretch of the text."""
        self.prose = self.prose[:start] + GONE * (end - start) + self.prose[end:]

    def settle_all(self, pattern: re.Pattern[str]) -> None:
        """Account for every match of a pattern."""
        for found in pattern.finditer(self.prose):
            self.settle(*found.span())

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Where each clause begins and ends."""
        return (found.span() for found in _CLAUSE.finditer(self.text))

    def clause(self, place: int) -> tuple[int, int]:
        """The clause around a place."""
        around = (span for span in self.clauses() if span[0] <= place < span[1])
        return next(around, (place, place))
