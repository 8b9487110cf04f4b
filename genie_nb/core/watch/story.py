"""Stories: alerts of one ticker that belong to one run of events.

A gap up, its pullback and the next leg up are three alerts and one story.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..rule import Alert
from .fired import Fired

NEAR = 2
"""Sessions from the newest alert of a story to the next that still belongs to it."""

type Apart = Callable[[datetime, datetime], int]
"""The number of sessions from one moment to a later one; 0 within one session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A run of events that may go on.

    Attributes:
        id: Id of its first alert.
        newest: When the bar of its newest alert closed, UTC.
    """

    id: str
    newest: datetime


def storied(
    alerts: Iterable[Alert],
    *,
    evaluated_at: Mapping[str, datetime],
    open_stories: Mapping[str, Story],
    apart: Callable[[str], Apart],
) -> tuple[Fired, ...]:
    """Give each alert its story.

    Args:
        alerts: Of any tickers, in any order.
        evaluated_at: By rule id, when they were found, UTC.
        open_stories: By ticker, the newest story so far.
        apart: For a ticker, how its sessions are counted.

    Returns:
        The alerts in the order in which their bars closed.
    """
    running = dict(open_stories)
    fired: list[Fired] = []
    for alert in sorted(alerts, key=lambda one: (one.bar_close, one.ticker, one.rule_id)):
        story = running.get(alert.ticker)
        if story is None or apart(alert.ticker)(story.newest, alert.bar_close) > NEAR:
            story = Story(id=alert.id, newest=alert.bar_close)
        running[alert.ticker] = Story(id=story.id, newest=max(story.newest, alert.bar_close))
        found = evaluated_at[alert.rule_id]
        fired.append(Fired(alert=alert, evaluated_at=found, story=story.id))
    return tuple(fired)
