"""Previews: the fold of `due`, what followed, random days, spread noise."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from genie_nb.core.errors import AskError, BadBars, TooFewBars
from genie_nb.core.grammar import parse_rule
from genie_nb.core.indicators import edge_spread
from genie_nb.core.market import Bars
from genie_nb.core.preview import HORIZONS, preview
from genie_nb.core.preview.afterwards import afterwards, random_days
from genie_nb.core.rule import due

ZIGZAG = [10.0, 12, 10, 12, 10, 12, 10]


def bars_of(closes: list[float], **columns: list[float]) -> Bars:
    frame = pd.DataFrame({**dict.fromkeys(("open", "high", "low", "close"), closes), **columns})
    frame["volume"] = 100.0
    return Bars.from_frame(
        frame.set_index(pd.bdate_range("2024-01-02", periods=len(closes))), ticker="X"
    )


def walk(count: int = 400, seed: int = 3) -> Bars:
    """Prices that move within each bar, so that their spread can be estimated."""
    dice = np.random.default_rng(seed)
    path = 50 * np.exp(np.cumsum(dice.normal(0, 0.004, (count, 20)), axis=None)).reshape(count, 20)
    frame = pd.DataFrame(
        {
            "open": path[:, 0],
            "high": path.max(axis=1),
            "low": path.min(axis=1),
            "close": path[:, -1],
            "volume": 1000.0,
        },
        index=pd.bdate_range("2024-01-02", periods=count),
    )
    return Bars.from_frame(frame, ticker="X")


def rule_of(text: str):
    return parse_rule(text, ticker="X")


def test_it_fires_where_an_alert_armed_on_the_first_bar_would_have() -> None:
    assert preview(rule_of("close > 11"), bars_of(ZIGZAG)).positions == (1, 3, 5)


def test_what_is_true_from_the_start_has_to_be_false_first() -> None:
    assert preview(rule_of("close < 11"), bars_of(ZIGZAG)).positions == (2, 4, 6)


@pytest.mark.parametrize(
    ("options", "fires"),
    [("once", (1,)), ("cooldown 3 bars", (1, 5)), ("rearm close < 9", (1,)), ("paused", (1, 3, 5))],
)
def test_the_options_of_the_rule_are_kept_and_a_pause_is_not(
    options: str, fires: tuple[int, ...]
) -> None:
    assert preview(rule_of(f"close > 11 {options}"), bars_of(ZIGZAG)).positions == fires


@settings(deadline=None)
@given(closes=arrays(float, st.integers(2, 40), elements=st.sampled_from([9.0, 10.0, 11.0, 12.0])))
def test_it_is_the_fold_of_due_bar_by_bar(closes: np.ndarray) -> None:
    bars, rule = bars_of(closes.tolist()), rule_of("close > sma(3) cooldown 2 bars")
    _, state = due(rule, bars.head(1), None)
    folded = []
    for end in range(2, len(bars) + 1):
        alerts, state = due(rule, bars.head(end), state)
        folded += [alert.bar_time for alert in alerts]
    found = preview(rule, bars)
    assert found.to_dict()["fires"] == [moment.isoformat() for moment in folded]


def test_labels_are_the_callers_own() -> None:
    frame = bars_of(ZIGZAG).frame[["open", "high", "low", "close", "volume"]]
    local = frame.set_index(pd.bdate_range("2024-01-02", periods=7, tz="America/New_York"))
    found = preview(rule_of("close > 11"), Bars.from_frame(local, ticker="X"))
    assert list(found.fires) == [local.index[at] for at in (1, 3, 5)]
    assert list(found.to_frame().index) == list(found.fires)


def test_spacing_is_counted_in_bars() -> None:
    spacing = preview(rule_of("close > 11"), bars_of([10, 12, 10, 12, 10, 10, 10, 12])).spacing
    assert spacing is not None
    assert (spacing.least, spacing.most, spacing.median, spacing.mean) == (2, 4, 3, 3)


def test_what_followed_is_from_close_to_close() -> None:
    close = np.array([10.0, 12, 9, 12, 15])
    after = afterwards(close, [1, 3], 1)
    assert after.fires == 2
    assert (after.mean, after.median) == pytest.approx(((9 / 12 + 15 / 12) / 2 - 1,) * 2)
    assert after.rose == 0.5


def test_a_fire_with_too_few_bars_after_it_is_not_counted() -> None:
    assert afterwards(np.array([10.0, 12, 9, 12]), [1, 3], 2).fires == 1
    assert afterwards(np.array([10.0, 12]), [1], 5).mean is None


def test_the_interval_of_equal_returns_is_a_point() -> None:
    close = 10 * 1.1 ** np.arange(30.0)
    interval = afterwards(close, range(5, 25), 1).interval
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.1, 0.1))


def test_an_interval_holds_its_mean_and_is_the_same_each_time() -> None:
    bars, rule = walk(), rule_of("close > highest(5)")
    one, two = preview(rule, bars), preview(rule, bars)
    assert one.to_dict() == two.to_dict()
    for after in one.after.values():
        assert after.mean is not None
        assert after.interval is not None
        assert after.mean in after.interval


def test_random_days_are_every_other_place_for_the_same_pattern() -> None:
    close = np.random.default_rng(1).uniform(9, 11, 60)
    known, fires = np.arange(60) >= 5, [10, 11, 30]
    found = random_days(close, fires, known, 1)
    returns = (close[1:] / close[:-1] - 1)[5:]
    places = np.array(fires) - 5
    means = [np.roll(returns, -shift)[places].mean() for shift in range(len(returns))]
    assert found.days == 54
    assert found.mean == pytest.approx(returns.mean())
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx(
        tuple(np.percentile(means, [2.5, 97.5]))
    )


def test_a_rule_that_fires_by_chance_lies_among_random_days() -> None:
    dice = np.random.default_rng(11)
    close = 50 * np.exp(np.cumsum(dice.normal(0, 0.02, 3000)))
    inside = 0
    for _ in range(100):
        fires = sorted(dice.choice(2900, 30, replace=False).tolist())
        after = afterwards(close, fires, 5)
        chance = random_days(close, fires, np.ones(3000, bool), 5)
        assert after.mean is not None
        assert chance.interval is not None
        inside += after.mean in chance.interval
    assert 85 <= inside <= 100


def test_few_fires_are_said_to_be_too_few() -> None:
    assert not preview(rule_of("close > 11"), bars_of(ZIGZAG)).enough
    assert preview(rule_of("close > 11"), bars_of([10.0, 12.0] * 20)).enough


def test_a_fire_is_noise_when_the_price_moved_less_than_half_the_spread() -> None:
    bars = walk()
    found = preview(rule_of("close > sma(5)"), bars)
    close = bars.close.to_numpy()
    spreads = {at: edge_spread(bars.head(at + 1)) for at in found.positions}
    known = [at for at in found.positions if spreads[at] >= 0]
    noise = [at for at in known if abs(close[at] / close[at - 1] - 1) < spreads[at] / 2]
    assert found.noise_known == len(known) > 0
    assert found.noise_share == len(noise) / len(known)


def test_without_a_spread_noise_is_unknown_not_zero() -> None:
    assert preview(rule_of("close > 11"), bars_of(ZIGZAG)).noise_share is None


def test_a_rule_that_is_never_known_never_fires_and_says_why() -> None:
    found = preview(rule_of("close > vwap"), walk(50))
    assert (found.positions, found.known_bars, found.per_year) == ((), 0, None)
    assert "intraday" in found.unknown[0]
    assert found.random_days[1].mean is None


def test_what_is_true_now_waits() -> None:
    assert preview(rule_of("close < 11"), bars_of(ZIGZAG)).already


def test_the_json_has_what_the_design_names() -> None:
    found = preview(rule_of("close > 11 cooldown 1 bars"), bars_of(ZIGZAG)).to_dict()
    assert found["rule"] == "close > 11"
    assert found["line"] == "X 1d: close > 11 cooldown 1 bars"
    assert set(found["after"]) == set(found["random_days"]) == {str(n) for n in HORIZONS}
    json.dumps(found, allow_nan=False)


def test_bars_of_another_ticker_are_refused() -> None:
    with pytest.raises(AskError, match="watches Y 1d bars"):
        preview(replace(rule_of("close > 11"), ticker="Y"), bars_of(ZIGZAG))


@pytest.mark.parametrize("count", [0, 1])
def test_bars_that_cannot_fire_are_refused(count: int) -> None:
    with pytest.raises(TooFewBars, match=f"{count}"):
        preview(rule_of("close > 11"), bars_of(ZIGZAG).head(count))


def test_a_close_of_nothing_is_refused() -> None:
    with pytest.raises(BadBars, match="closes at 0"):
        preview(rule_of("close > 11"), bars_of([10.0, 0.0, 12.0]))
