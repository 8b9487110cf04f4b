"""Sessions in a row on which the small-cap index did better than the large-cap one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from .pair import Pair

MOST = 10
"""Earlier streaks that are told, the longest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """One run of sessions, each ahead.

    Attributes:
        length: How many sessions.
        start: The first of them; None of a streak of none.
        end: The last.
        small: Price return of the small-cap index from the close before the first to that of the last.
        large: The same of the large-cap index.
    """

    length: int
    start: date | None = None
    end: date | None = None
    small: float | None = None
    large: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `rotation`; returns are fractions."""
        return {
            "length": self.length,
            "start": None if self.start is None else self.start.isoformat(),
            "end": None if self.end is None else self.end.isoformat(),
            "small_return": self.small,
            "large_return": self.large,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Streaks:
    """The streak that stands, and those before it.

    Attributes:
        now: Up to the newest session; of length 0 when the small-cap index was not ahead on it.
        history: Earlier ones, the longest ten, newest first.
        as_long: How many earlier ones were at least as long as `now`; None when there is none now.
        last_as_long: The newest of those.
        since: The first session that could be compared.
        basis: What counts, in words.
    """

    now: Streak
    history: tuple[Streak, ...]
    as_long: int | None
    last_as_long: Streak | None
    since: date
    basis: str

    def to_dict(self) -> dict[str, Any]:
        """The member `streak` of the JSON."""
        last = self.last_as_long
        return {
            **self.now.to_dict(),
            "unit": "sessions",
            "as_long_before": self.as_long,
            "last_as_long": None if last is None else last.to_dict(),
            "since": self.since.isoformat(),
            "basis": self.basis,
        }


def streaks(pair: Pair) -> Streaks:
    """Every streak of the bars there are.

    A session counts when the small-cap index's price return since the common session before it is
    greater than the large-cap index's; an equal one ends a streak.
    """
    found = _runs(pair)
    last = pair.day(-1).date()
    standing = bool(found) and found[-1].end == last
    now = found[-1] if standing else Streak(length=0)
    earlier = found[:-1] if standing else found
    longest = sorted(earlier, key=lambda one: (one.length, str(one.end)), reverse=True)[:MOST]
    as_long = [one for one in earlier if one.length >= now.length] if standing else []
    return Streaks(
        now=now,
        history=tuple(sorted(longest, key=lambda one: str(one.end), reverse=True)),
        as_long=len(as_long) if standing else None,
        last_as_long=as_long[-1] if as_long else None,
        since=pair.day(1).date(),
        basis=(
            f"consecutive sessions, up to the newest closed one, on which the daily price return of "
            f"{pair.small} was greater than that of {pair.large}; price return is close against the "
            "close before, without dividends, on sessions that both have"
        ),
    )


def _runs(pair: Pair) -> list[Streak]:
    closes = pair.closes.to_numpy(dtype="float64")
    returns = closes[1:] / closes[:-1]
    ahead = np.concatenate(([False], returns[:, 0] > returns[:, 1], [False])).astype(int)
    turns = np.diff(ahead)
    firsts, lasts = np.flatnonzero(turns == 1) + 1, np.flatnonzero(turns == -1)
    return [_streak(pair, int(first), int(last)) for first, last in zip(firsts, lasts, strict=True)]


def _streak(pair: Pair, first: int, last: int) -> Streak:
    small, large = pair.moves(first - 1, last)
    return Streak(
        length=last - first + 1,
        start=pair.day(first).date(),
        end=pair.day(last).date(),
        small=small,
        large=large,
    )
