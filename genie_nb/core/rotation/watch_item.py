"""What would change the picture, each with a rule that can be armed."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..facts.fact import Input
from ..figures import written, written_beside
from ..indicators.averages import sma
from .pair import Pair
from .streak import Streaks

BARS = 50
"""Bars of the averages that are watched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchItem:
    """One event that would change the picture.

    Attributes:
        name: What would change: streak, ratio, price.
        text: What it is, and how things stand now.
        rule: The rule that tells of it, in canonical text.
        evidence: The numbers of the sentence.
    """

    name: str
    text: str
    rule: str
    evidence: tuple[Input, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """One entry of the member `watch_items`."""
        return {
            "name": self.name,
            "text": self.text,
            "rule": self.rule,
            "evidence": [one.to_dict() for one in self.evidence],
        }


def watch_items(pair: Pair, found: Streaks) -> tuple[WatchItem, ...]:
    """The end or begin of a streak, and the next crossings of two averages from where things stand.

    An average that the bars do not reach back for has no item.
    """
    name, other = pair.small, pair.large
    return (
        _streak(pair, found),
        *_crossing(
            pair,
            "ratio",
            pair.ratio.to_numpy(dtype="float64"),
            subject=f"{name} divided by {other}",
            rule=f"{name} 1d: close / close of {other} crosses {{way}} sma({BARS}, close / close of {other})",
            names=("ratio", f"ratio_sma_{BARS}"),
            unit="ratio",
        ),
        *_crossing(
            pair,
            "price",
            pair.small_closes.to_numpy(dtype="float64"),
            subject=f"{name} itself",
            rule=f"{name} 1d: close crosses {{way}} sma({BARS})",
            names=("close", f"sma_{BARS}"),
            unit=pair.currency,
        ),
    )


def _streak(pair: Pair, found: Streaks) -> WatchItem:
    small, large = pair.moves(-2)
    evidence = (
        _figure(pair, f"change of {pair.small}", small, "fraction"),
        _figure(pair, f"change of {pair.large}", large, "fraction"),
    )
    moved = f"{written(small, 'fraction', signed=True)} against {written(large, 'fraction', signed=True)}"
    if found.now.length:
        count = "1 session" if found.now.length == 1 else f"{found.now.length} sessions"
        text = (
            f"The streak of {count} ends on the first session on which {pair.small} does not move "
            f"ahead of {pair.large}; on the newest it was {moved}."
        )
        return WatchItem(
            name="streak",
            text=text,
            rule=f"{pair.small} 1d: change <= change of {pair.large}",
            evidence=evidence,
        )
    text = (
        f"A streak begins on the first session on which {pair.small} moves ahead of {pair.large}; "
        f"on the newest it was {moved}."
    )
    return WatchItem(
        name="streak",
        text=text,
        rule=f"{pair.small} 1d: change > change of {pair.large}",
        evidence=evidence,
    )


def _crossing(
    pair: Pair,
    name: str,
    line: np.ndarray,
    *,
    subject: str,
    rule: str,
    names: tuple[str, str],
    unit: str,
) -> tuple[WatchItem, ...]:
    if len(line) < BARS:
        return ()
    now, average = float(line[-1]), float(sma(line, BARS)[-1])
    side = "above" if now > average else "below" if now < average else "level with"
    way = "below" if now > average else "above"
    text = (
        f"{subject} is at {_number(now, average, unit)}, {side} its mean of {BARS} "
        f"sessions, {_number(average, now, unit)}; it changes sides when it crosses "
        f"{way}."
    )
    evidence = tuple(
        _figure(pair, figure, value, unit)
        for figure, value in zip(names, (now, average), strict=True)
    )
    return (WatchItem(name=name, text=text, rule=rule.format(way=way), evidence=evidence),)


def _figure(pair: Pair, name: str, value: float, unit: str) -> Input:
    day = pair.day(-1).date()
    return Input(name=name, value=value, source=pair.source, as_of=day, unit=unit)


def _number(value: float, beside: float, unit: str) -> str:
    """Written so that the two stand to each other as they truly do."""
    return written_beside(value, beside, unit)
