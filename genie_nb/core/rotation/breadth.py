"""How many small companies take part, now and a month of sessions ago."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from ..facts.fact import Fact
from ..fundamentals import Missing
from ..indicators.averages import sma
from .member import Member
from .pair import Pair

MONTH = 21
"""Sessions that count as a month."""

FEWEST = 8
"""Companies below which a share says nothing."""

AVERAGES = (50, 200)
Direction = Literal["broader", "narrower", "mixed", "unchanged"]

type _Truth = Callable[[Member, pd.Timestamp, pd.Timestamp], bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The share of companies of which something is true, at two moments.

    Attributes:
        name: What is true of them: above_sma_50, above_sma_200, beat_index.
        label: The same in words.
        now: At the newest session.
        before: A month of sessions earlier, of the same companies.
        companies: How many could be looked at, at both moments.
    """

    name: str
    label: str
    now: Fact
    before: Fact
    companies: int

    @property
    def change(self) -> float:
        """Now minus before, a fraction."""
        return (self.now.value or 0.0) - (self.before.value or 0.0)

    def to_dict(self) -> dict[str, Any]:
        """One entry of `shares` in the JSON."""
        return {
            "name": self.name,
            "label": self.label,
            "now": self.now.to_dict(),
            "before": self.before.to_dict(),
            "change": self.change,
            "companies": self.companies,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadth:
    """Whether more or fewer small companies take part than a month ago.

    Attributes:
        members: Companies that are small today.
        shares: At least one measure.
        basis: Who they are, in words.
    """

    members: int
    shares: tuple[Share, ...]
    basis: str

    @property
    def direction(self) -> Direction:
        """`broader` when no measure fell and one rose, `narrower` the other way round.

        `mixed` when one rose and another fell.
        """
        rose = any(share.change > 0 for share in self.shares)
        fell = any(share.change < 0 for share in self.shares)
        if rose and fell:
            return "mixed"
        return "broader" if rose else "narrower" if fell else "unchanged"

    def to_dict(self) -> dict[str, Any]:
        """The member `breadth` of the JSON."""
        return {
            "direction": self.direction,
            "members": self.members,
            "sessions_between": MONTH,
            "shares": [share.to_dict() for share in self.shares],
            "basis": self.basis,
        }


def breadth(
    pair: Pair, members: Sequence[Member], basis: str
) -> tuple[Breadth | None, tuple[Missing, ...]]:
    """Take part: stand above an average, or do better than the small-cap index over a month.

    A company counts in a measure when it traded on each session that the measure reads and has the
    history for it, at both moments; so a change is never one of the companies counted.

    Args:
        pair: The indices; their common sessions are the sessions that count.
        members: The small companies.
        basis: Who they are, in words.
    """
    if len(pair.sessions) <= 2 * MONTH:
        reason = f"Two months of sessions are needed, and there are {len(pair.sessions)}."
        return None, (Missing(what="breadth", reason=reason),)
    shares: list[Share] = []
    missing: list[Missing] = []
    for name, label, formula, true_of in _measures(pair):
        share = _share(pair, members, (name, label, formula), true_of)
        if isinstance(share, Share):
            shares.append(share)
        else:
            missing.append(Missing(what=label, reason=_too_few(share)))
    if not shares:
        return None, (Missing(what="breadth", reason=_too_few(len(members))),)
    return Breadth(members=len(members), shares=tuple(shares), basis=basis), tuple(missing)


def _measures(pair: Pair) -> list[tuple[str, str, str, _Truth]]:
    index = pair.small_closes
    above: list[tuple[str, str, str, _Truth]] = [
        (
            f"above_sma_{bars}",
            f"above their {bars}-day average",
            f"companies whose close is above sma({bars}) / companies",
            lambda member, _, last, bars=bars: _is_above(member, bars, last),
        )
        for bars in AVERAGES
    ]
    return [
        *above,
        (
            "beat_index",
            f"ahead of {pair.small} over {MONTH} sessions",
            f"companies whose price return over {MONTH} sessions is above that of {pair.small} / companies",
            lambda member, first, last: _is_ahead(member, index, first, last),
        ),
    ]


def _share(
    pair: Pair, members: Sequence[Member], told: tuple[str, str, str], true_of: _Truth
) -> Share | int:
    """The measure at both moments; how many companies could be looked at, where they are too few."""
    now, month_ago, two_ago = (pair.day(-1 - back * MONTH) for back in range(3))
    pairs = [(true_of(one, month_ago, now), true_of(one, two_ago, month_ago)) for one in members]
    known = [(new, old) for new, old in pairs if new is not None and old is not None]
    if len(known) < FEWEST:
        return len(known)
    name, label, formula = told
    return Share(
        name=name,
        label=label,
        now=_fact(name, formula, sum(new for new, _ in known) / len(known), now, pair.source),
        before=_fact(
            name, formula, sum(old for _, old in known) / len(known), month_ago, pair.source
        ),
        companies=len(known),
    )


def _fact(name: str, formula: str, value: float, day: pd.Timestamp, source: str) -> Fact:
    return Fact(
        name=name,
        value=value,
        unit="fraction",
        as_of=day.date(),
        source=f"computed from daily closes of {source}",
        formula=formula,
    )


def _is_above(member: Member, bars: int, day: pd.Timestamp) -> bool | None:
    closes = member.closes
    at = closes.index.get_indexer(pd.DatetimeIndex([day]))[0]
    if at < bars - 1:
        return None
    window = closes.to_numpy(dtype="float64")[at - bars + 1 : at + 1]
    return bool(window[-1] > sma(window, bars)[-1])


def _is_ahead(
    member: Member, index: pd.Series, first: pd.Timestamp, last: pd.Timestamp
) -> bool | None:
    moves = []
    for closes in (member.closes, index):
        at = closes.index.get_indexer(pd.DatetimeIndex([first, last]))
        if np.any(at < 0):
            return None
        before, after = closes.to_numpy(dtype="float64")[at]
        moves.append(after / before)
    return bool(moves[0] > moves[1])


def _too_few(count: int) -> str:
    return (
        f"{count} small companies with enough history are known here, and a share of fewer than "
        f"{FEWEST} says nothing."
    )
