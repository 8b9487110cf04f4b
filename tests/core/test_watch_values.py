"""The small pure parts of watching: stories, distances, splits told, nonsense refused, time to rest."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from genie_nb.core.errors import AskError
from genie_nb.core.expr import Tape
from genie_nb.core.grammar import parse_condition, parse_rule
from genie_nb.core.market import Bars, Interval
from genie_nb.core.rule import Alert
from genie_nb.core.watch.distance import distance
from genie_nb.core.watch.rescaled import rescaled
from genie_nb.core.watch.sense import nonsense
from genie_nb.core.watch.snooze import rest_of
from genie_nb.core.watch.story import Story, storied

FIRST = datetime(2025, 12, 4, 21, tzinfo=UTC)


def alert(day: int, ticker: str = "X", rule: str = "r") -> Alert:
    close = FIRST + timedelta(days=day)
    return Alert(
        id=f"{ticker}{rule}{day}", rule_id=rule, ticker=ticker, interval=Interval.D1, rule="close > 25",
        bar_time=close, bar_close=close, late=False, price=1.0, evidence=(), text="",
    )  # fmt: skip


def stories(*alerts: Alert, before: dict[str, Story] | None = None) -> list[tuple[str, str]]:
    """Id and story of each, counting every day as a session."""
    found = storied(
        alerts,
        evaluated_at=dict.fromkeys({one.rule_id for one in alerts}, FIRST),
        open_stories=before or {},
        apart=lambda _: lambda one, other: abs((other - one).days),
    )
    return [(one.id, one.story) for one in found]


def test_alerts_within_two_sessions_of_the_newest_are_one_story() -> None:
    assert stories(alert(0), alert(2), alert(4)) == [("Xr0", "Xr0"), ("Xr2", "Xr0"), ("Xr4", "Xr0")]


def test_a_third_session_begins_another() -> None:
    assert stories(alert(0), alert(3)) == [("Xr0", "Xr0"), ("Xr3", "Xr3")]


def test_stories_are_of_one_ticker() -> None:
    assert stories(alert(0), alert(1, "Y")) == [("Xr0", "Xr0"), ("Yr1", "Yr1")]


def test_a_story_goes_on_from_one_check_to_the_next() -> None:
    before = {"X": Story(id="old", newest=FIRST - timedelta(days=1))}
    assert stories(alert(0), alert(2), before=before) == [("Xr0", "old"), ("Xr2", "old")]


def test_alerts_are_told_in_the_order_in_which_their_bars_closed() -> None:
    found = stories(alert(2), alert(0, rule="b"), alert(0, rule="a"))
    assert [name for name, _ in found] == ["Xa0", "Xb0", "Xr2"]


def tape(closes: list[float]) -> Tape:
    frame = pd.DataFrame(
        dict.fromkeys(("open", "high", "low", "close"), closes) | {"volume": 1e6},
        index=pd.bdate_range("2026-01-01", periods=len(closes)),
    )
    return Tape(bars=Bars.from_frame(frame, ticker="X"))


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("close > 25", 0.25),
        ("25 < close", 0.25),
        ("close crosses below 15", -0.25),
        ("close touches 22", 0.1),
        ("rvol(20) > 1.5 and close crosses above 25", 0.25),
        ("rsi(14) < 30", None),
        ("volume > 5", None),
        ("close > sma(50)", None),
    ],
)
def test_the_distance_is_that_of_the_first_test_of_a_price(text: str, way: float | None) -> None:
    found = distance(parse_condition(text), tape([21.0, 20.0]))
    assert (found and found.fraction) == (way if way is None else pytest.approx(way))


def test_the_distance_in_average_true_ranges_is_the_way_over_their_mean() -> None:
    closes = [20.0 + (n % 2) for n in range(40)]
    found = distance(parse_condition("close > 24"), tape(closes))
    assert found is not None
    assert found.atr == pytest.approx((24 - closes[-1]) / 1.0), "every bar moves by one"


@pytest.mark.parametrize(
    ("rule", "scale", "told"),
    [
        ("close > 25", 0.5, "25 → 12.50 after 2:1"),
        ("close > 25", 10.0, "25 → 250 after 1:10"),
        ("close inside 20..25", 2 / 3, "20 → 13.33 and 25 → 16.67 after 3:2"),
        ("close rises by 5 in 3 bars", 0.5, "5 → 2.50 after 2:1"),
        ("rsi(14) < 30", 0.5, ""),
        ("close > 25 rearm close < 24", 0.5, "25 → 12.50 and 24 → 12 after 2:1"),
        ("close > 25", 1.0, ""),
    ],
)
def test_a_split_is_told_with_the_numbers_before_and_after(
    rule: str, scale: float, told: str
) -> None:
    assert rescaled(parse_rule(f"X 1d: {rule}"), scale) == told


@pytest.mark.parametrize(
    "text",
    ["close > rsi(14)", "close < volume", "gap > atr(14)", "vwap > volume", "rsi(14) > close",
     "close inside bb_lower(20, 2)..rsi(14)", "close touches rsi(14)", "close[3] > -volume"],
)  # fmt: skip
def test_prices_volumes_and_pure_numbers_are_not_compared_with_each_other(text: str) -> None:
    assert nonsense(parse_condition(text))


@pytest.mark.parametrize(
    "text",
    ["close > 25", "close > sma(50) + 2 * atr(14)", "close * volume > 1000000", "rvol(20) > 1.5",
     "close / prev_close - 1 > 0.05", "close > close of SPY", "close > fact sma_50", "obv() > sma(20, obv())",
     "fact market_cap > close * fact shares_outstanding", "adx(14) > rsi(14)", "bars_left < 3"],
)  # fmt: skip
def test_what_may_mean_something_is_left_alone(text: str) -> None:
    assert nonsense(parse_condition(text)) == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [("30m", timedelta(minutes=30)), ("3H", timedelta(hours=3)), (" 2d ", timedelta(days=2)), ("off", None)],
)  # fmt: skip
def test_a_time_to_rest(text: str, rest: timedelta | None) -> None:
    assert rest_of(text) == rest


@pytest.mark.parametrize("text", ["2w", "", "d", "2", "0d", "-2d", "2 fortnights", "999999d"])
def test_what_is_no_time_to_rest_is_refused(text: str) -> None:
    with pytest.raises(AskError, match="no time to rest"):
        rest_of(text)


def test_a_missing_price_has_no_distance() -> None:
    assert distance(parse_condition("close > close[1]"), tape([20.0])) is None
