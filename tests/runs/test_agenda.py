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
            "2025-11-24 15:05:20",
        ),  # the close, a little before the pace
        (
            (FIVE,),
            "2025-11-24 15:04:00",
            "2025-11-24 15:10:20",
        ),  # so soon after a check a close waits for the next one
        (
            (DAILY,),
            "2025-11-24 20:59:00",
            "2025-11-24 21:04:00",
        ),  # the pace, for a close that nothing follows soon
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


@pytest.mark.parametrize(
    ("line", "now", "expected"),
    [
        ("AAPL 1d", "2025-10-31 20:05:00", "2025-11-03 21:00:20"),  # summer time ended
        ("AAPL 5m", "2025-10-31 20:05:00", "2025-11-03 14:35:20"),
        ("AAPL 1d", "2025-12-23 21:05:00", "2025-12-24 18:00:20"),  # Christmas Eve is a half day
        ("AAPL 5m", "2025-12-24 18:05:00", "2025-12-26 14:35:20"),
        ("AAPL 1d", "2025-12-31 21:05:00", "2026-01-02 21:00:20"),  # New Year
        ("AAPL 1d", "2026-04-02 20:05:00", "2026-04-06 20:00:20"),  # Good Friday
        ("AAPL 1d", "2026-07-02 20:05:00", "2026-07-06 20:00:20"),  # the 4th is a Saturday
        (
            "AAPL 1wk",
            "2025-11-24 15:00:00",
            "2025-11-28 18:00:20",
        ),  # a week that ends on a half day
        ("OCDO.L 1d", "2026-03-27 16:35:00", "2026-03-30 15:30:20"),  # summer time began in London
        ("7203.T 1d", "2026-01-05 06:35:00", "2026-01-06 06:30:20"),  # Tokyo closes at 15:30
        ("BTC-USD 1h", "2025-11-01 23:59:00", "2025-11-02 00:04:00"),  # too soon: after the pace
    ],
)
def test_holidays_half_days_and_summer_time_are_those_of_the_exchange(
    line: str, now: str, expected: str
) -> None:
    assert next_check((waiting(f"{line}: close > 1"),), at(now), 300) == at(expected)


def test_the_pace_is_kept_where_the_market_does_not_matter() -> None:
    now, soon = at("2025-11-29 12:00:00"), at("2025-11-29 12:05:00")
    assert next_check((), now, 300) == soon
    assert next_check((DAILY, waiting("ACME 1d: close > 1", unbound=True)), now, 300) == soon
    assert next_check((DAILY,), now, 300, owed=True) == soon


def test_a_service_that_began_between_two_closes_falls_into_step_with_them() -> None:
    now, lags = at("2025-11-24 15:02:13"), []
    for _ in range(12):
        due = next_check((FIVE,), now, 300)
        lags.append((due - at("2025-11-24 15:00:20")).total_seconds() % 300)
        now = due + timedelta(seconds=17)  # jitter and the check itself
    assert lags == [0.0] * 12


def test_a_pace_of_an_hour_checks_five_minute_bars_each_hour() -> None:
    assert next_check((FIVE,), at("2025-11-24 15:00:40"), 3600) == at("2025-11-24 16:00:20")


def test_the_jitter_is_small() -> None:
    assert all(0 <= jitter(1.0) <= 0.1 for _ in range(100))
    assert max(jitter(86400.0) for _ in range(100)) <= timedelta(seconds=15).total_seconds()
