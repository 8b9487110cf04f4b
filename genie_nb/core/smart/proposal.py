"""Proposals: rules that would be armed, and how often they would have fired."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..market import Bars
from ..report import iso
from ..rule import Rule, due

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A rule that would be armed.

    Attributes:
        strategy: Whose rule it is.
        name: What the strategy calls it.
        rule: The rule.
        fires: How often it would have fired since the first bar.
        fires_last_year: The same in the last 365 days; None where the bars do not reach back so far.
        since: Label of the first bar.
    """

    strategy: str
    name: str
    rule: Rule
    fires: int
    fires_last_year: int | None
    since: datetime

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `setup`."""
        return {
            "rule_id": self.rule.rule_id,
            "strategy": self.strategy,
            "name": self.name,
            "rule": str(self.rule.condition),
            "text": str(self.rule),
            "fires_last_year": self.fires_last_year,
            "fires": self.fires,
            "since": iso(self.since),
            "said": self.said,
        }

    @property
    def past(self) -> str:
        """How often it would have fired, such as `twice in the last year`."""
        return f"{self._times} {self._span}"

    @property
    def said(self) -> str:
        """The same as a sentence."""
        times = self._times
        fired = "never have fired" if times == "never" else f"have fired {times}"
        return f"It would {fired} {self._span}."

    @property
    def _times(self) -> str:
        count = self.fires if self.fires_last_year is None else self.fires_last_year
        return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")

    @property
    def _span(self) -> str:
        return (
            f"since {self.since:%Y-%m-%d}" if self.fires_last_year is None else "in the last year"
        )


def propose(rule: Rule, bars: Bars, *, strategy: str, name: str) -> Proposal:
    """A rule with how often it would have fired: `due`, armed at the first bar and checked at the last.

    Args:
        rule: Which.
        bars: Closed bars of its ticker and interval, at least one.
        strategy: Whose rule it is.
        name: What the strategy calls it.
    """
    _, armed = due(rule, bars.head(1), None)
    alerts, checked = due(rule, bars, armed)
    start, end = armed.history_start, checked.last_bar
    recent = sum(alert.bar_time > end - YEAR for alert in alerts)
    return Proposal(
        strategy=strategy,
        name=name,
        rule=rule,
        fires=len(alerts),
        fires_last_year=recent if start <= end - YEAR else None,
        since=start,
    )
