"""The service sleeps to the next settled close of a bar that a rule waits for, on real calendar days."""

from datetime import UTC, datetime, timedelta

import pytest

from genie_nb.core.english import parse_rule
from genie_nb.runs.agenda import Waiting, jitter, next_check


def waiting(line: str, **more: object) -> Waiting:
    return Waiting(rule=parse_rule(line), delay=20.0, **more)  # pyright: ignore[reportArgumentType]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DAILY = waiting("AAPL 1d: close > 1")
FIVE = waiting("AAPL 5m: close > 1")


@pytest.mark.parametrize(
    ("rules", "now", "expected"),
    [
        (
            (FIVE,),
            "2025-11-24 15:01:00",
            "2025-11-24 15:06:00",
        ),  # the pace, for a bar closed at 15:05
        ((DAILY,), "2025-11-24 15:01:00", "2025-11-24 21:00:20"),
        (
            (DAILY, FIVE),
            "2025-11-24 21:01:00",
            "2025-11-25 14:35:20",
        ),  # the next session's first bar
        ((DAILY,), "2025-11-26 22:00:00", "2025-11-28 18:00:20"),  # Thanksgiving, then a half day
        ((FIVE,), "2025-11-28 18:01:00", "2025-12-01 14:35:20"),  # the weekend
        ((DAILY,), "2026-03-06 22:00:00", "2026-03-09 20:00:20"),  # summer time began in New York
        ((waiting("OCDO.L 1d: close > 1"),), "2025-11-24 12:00:00", "2025-11-24 16:30:20"),
        ((waiting("BTC-USD 1d: close > 1"),), "2025-11-29 12:00:00", "2025-11-30 00:00:20"),
        (
            (DAILY,),
            "2025-11-24 21:00:10",
            "2025-11-24 21:05:10",
        ),  # closed, not settled: after the pace
    ],
)
def test_it_sleeps_to_the_next_settled_close(
    rules: tuple[Waiting, ...], now: str, expected: str
) -> None:
    assert next_check(rules, at(now), 300) == at(expected)


def test_the_pace_is_kept_where_the_market_does_not_matter() -> None:
    now, soon = at("2025-11-29 12:00:00"), at("2025-11-29 12:05:00")
    assert next_check((), now, 300) == soon
    assert next_check((DAILY, waiting("ACME 1d: close > 1", unbound=True)), now, 300) == soon
    assert next_check((DAILY,), now, 300, owed=True) == soon


def test_the_jitter_is_small() -> None:
    assert all(0 <= jitter(1.0) <= 0.1 for _ in range(100))
    assert max(jitter(86400.0) for _ in range(100)) <= timedelta(seconds=15).total_seconds()
